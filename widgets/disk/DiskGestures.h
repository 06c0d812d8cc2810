#pragma once

#include "view/DiskController.h"
#include "view/Glide.h"

#include <QObject>
#include <QPointF>
#include <QTimer>
#include <functional>
#include <vector>

class QMouseEvent;
class QNativeGestureEvent;
class QWheelEvent;

namespace hmgrl {

/// Turns the mouse into what the controller does, and selects. Drag travels, the wheel zooms or,
/// with Shift, turns; Shift+drag selects with the lasso or the box; while measuring, a drag lays
/// the ruler; a click selects.
class DiskGestures : public QObject {
    Q_OBJECT
public:
    explicit DiskGestures(DiskController& view, QObject* parent = nullptr);

    void press(const QMouseEvent& event);
    void move(const QMouseEvent& event);
    void release(const QMouseEvent& event);
    void doubleClick(const QMouseEvent& event);
    void wheel(const QWheelEvent& event);
    void pinch(const QNativeGestureEvent& event); ///< two fingers on a touchpad: zoom and turn
    void leave();
    void cancel(); ///< ends whatever the mouse is doing, without effect

    enum class Tool { Lasso, Box };
    void setTool(Tool tool);
    void setMeasuring(bool measuring); ///< off: the ruler goes as well
    [[nodiscard]] bool isMeasuring() const { return m_isMeasuring; }
    void setGliding(bool gliding); ///< a drag that ends in motion runs on for a while
    [[nodiscard]] bool glides() const { return m_glides; }
    /// Milliseconds; for tests. The steady clock without it.
    void setClock(std::function<double()> clock) { m_clock = std::move(clock); }

    // What keys do.
    void travel(double dx, double dy); ///< a short drag of what lies in the middle
    void turn(double radians);
    void zoom(double factor); ///< about the middle
    void selectAll();         ///< active points
    void invertSelection();   ///< among active points
    void toggleSelected(int row);
    void activate(int row); ///< as a click does
    void hoverNext(bool outward);
    /// The point hovered by keys, while it is hovered and the mouse lies still; -1: none. Keys
    /// and flights that move the view leave it.
    [[nodiscard]] int stepped() const { return m_stepped == m_view.hover() ? m_stepped : -1; }
    /// Ends what goes on, measuring, or the selection, in this order.
    void escape();

    void select(std::span<const int> rows, DiskController::SelectMode mode);
    void forgetClear() { m_clearSoon.stop(); } ///< another selection has come from elsewhere

    using Line = std::vector<std::pair<double, double>>;
    [[nodiscard]] const Line& lasso() const { return m_line; } ///< or the box; empty: none
    [[nodiscard]] bool isDragging() const { return m_mode == Mode::Travel; }
    /// Whether the view is on its way from where it came to rest last.
    [[nodiscard]] bool isTravelling() const { return isDragging() || m_glide.isGliding(); }

Q_SIGNALS:
    void started();           ///< the user takes over: stop animations
    void moved();             ///< one of many small movements of the view
    void arrived();           ///< a drag has ended
    void clicked(int row);    ///< a point, after the selection has changed
    void arcClicked(int arc); ///< where no point was
    void selectionEdited();
    void lassoChanged();
    void modeChanged();
    void measuringChanged(bool measuring);
    void recentreWanted(hmgrl::DiskPoint target);
    void backWanted();
    void forwardWanted();

private:
    enum class Mode { Idle, Pressed, Travel, Select, Measure };
    void setMode(Mode mode);
    void hoverAt(QPointF position);
    void click(QPointF position, Qt::KeyboardModifiers modifiers);
    void clickNothing(QPointF position, DiskController::SelectMode mode);
    void stretchLine();
    void finishLine(Qt::KeyboardModifiers modifiers);
    void layRuler();
    void removeRuler();
    [[nodiscard]] DiskPoint snapped(QPointF position) const;
    void endTravel();
    void stopGlide();
    void glideOn();
    [[nodiscard]] QPointF middle() const;

    DiskController& m_view;
    Mode m_mode = Mode::Idle;
    Tool m_tool = Tool::Lasso;
    bool m_isMeasuring = false, m_glides = false;
    QPointF m_pressedAt, m_position;
    Line m_line;
    DiskPoint m_rulerFrom;
    int m_stepped = -1;
    Glide m_glide;
    std::function<double()> m_clock;
    QTimer m_clearSoon; ///< a click on nothing clears unless it begins a double click
    QTimer m_glideTimer;
};

} // namespace hmgrl
