#pragma once

#include "view/DiskController.h"

#include <QObject>
#include <QPointF>
#include <QTimer>
#include <vector>

class QKeyEvent;
class QMouseEvent;
class QWheelEvent;

namespace hmgrl {

/// Turns mouse and keys into what the controller does. Drag travels, the wheel zooms, Shift+drag
/// draws a lasso, a click selects.
class DiskGestures : public QObject {
    Q_OBJECT
public:
    explicit DiskGestures(DiskController& view, QObject* parent = nullptr);

    void press(const QMouseEvent& event);
    void move(const QMouseEvent& event);
    void release(const QMouseEvent& event);
    void doubleClick(const QMouseEvent& event);
    void wheel(const QWheelEvent& event);
    void leave();
    bool key(const QKeyEvent& event); ///< false: not ours
    void cancel();                    ///< ends whatever the mouse is doing, without effect

    using Line = std::vector<std::pair<double, double>>;
    [[nodiscard]] const Line& lasso() const { return m_lasso; }
    [[nodiscard]] bool isDragging() const { return m_mode == Mode::Travel; }
    [[nodiscard]] QPointF position() const { return m_position; }

Q_SIGNALS:
    void started();        ///< the user takes over: stop animations
    void clicked(int row); ///< a point, after the selection has changed
    void selectionEdited();
    void lassoChanged();
    void modeChanged();
    void recentreWanted(hmgrl::DiskPoint target);
    void homeWanted();
    void focusWanted();

private:
    enum class Mode { Idle, Pressed, Travel, Lasso };
    void setMode(Mode mode);
    void hoverAt(QPointF position);
    void click(QPointF position, Qt::KeyboardModifiers modifiers);
    void finishLasso(Qt::KeyboardModifiers modifiers);
    void select(std::span<const int> rows, DiskController::SelectMode mode);
    void pan(double dx, double dy);
    [[nodiscard]] QPointF middle() const;

    DiskController& m_view;
    Mode m_mode = Mode::Idle;
    QPointF m_pressedAt, m_position;
    Line m_lasso;
    QTimer m_clearSoon; ///< a click on nothing clears unless it begins a double click
};

} // namespace hmgrl
