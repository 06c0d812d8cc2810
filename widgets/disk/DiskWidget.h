#pragma once

#include "disk/DiskLegend.h"
#include "disk/HoverCard.h"
#include "picture/DiskColours.h"
#include "view/DiskController.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <span>
#include <vector>

class QVariantAnimation;

namespace hmgrl {

class DiskCanvas;
class DiskGestures;
class DiskHints;
class DiskToolbar;
class HoverCardView;
class LabelPainter;
class LegendPanel;

/// The interactive Poincaré disk. UI thread only; never reads files and never waits: what the hover
/// card says is asked for with hoverRequested() and given later with setHoverCard().
class DiskWidget : public QWidget {
    Q_OBJECT
public:
    enum class Renderer { Automatic, OpenGl, Raster };
    explicit DiskWidget(QWidget* parent = nullptr, Renderer renderer = Renderer::Automatic);
    ~DiskWidget() override;

    /// New points; focus, zoom and, where points are the same, the selection stay. Ends the filter.
    void setScene(DiskScene scene);
    [[nodiscard]] const DiskController& controller() const { return *m_view; }
    /// "OpenGL" or "raster".
    [[nodiscard]] QString rendererName() const;

    void setColours(const DiskColours& colours);
    [[nodiscard]] const DiskColours& colours() const { return m_colours; }

    /// Rows that match a search; the others grey out. One a row, or empty: all.
    /// @throws Error for another length
    void setFilter(std::vector<bool> matching);
    /// What the colours mean, when they don't mean categories. Until the next setScene().
    /// @throws Error when entryOfRow doesn't fit the scene
    void setLegend(DiskLegend legend);
    void isolate(const QStringList& legendEntries); ///< empty: all

    /// What is drawn beside the points: change a copy of controller().overlay() and give it back.
    void setOverlay(DiskOverlay overlay);

    /// Rows the user, or selectRows(), has selected; ascending.
    [[nodiscard]] std::vector<int> selectedRows() const;
    /// From outside: selectionChanged() isn't emitted.
    void selectRows(std::span<const int> rows);

    /// The card of the hovered row; ignored when the mouse has moved on.
    void setHoverCard(int row, HoverCard card);

    void recentre(DiskPoint target); ///< animated
    void reveal(int row);            ///< animated; nothing for -1
public Q_SLOTS:
    void goHome(); ///< animated
    void zoomIn();
    void zoomOut();
    void focusSelection(); ///< its hyperbolic mean, or the hovered point

Q_SIGNALS:
    void pointActivated(int row); ///< clicked
    void selectionChanged();      ///< by the user
    void hoverRequested(int row); ///< answer with setHoverCard()
    void hoverChanged(int row);   ///< at once, -1: none any more
    void viewChanged();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makeCanvas(Renderer renderer);
    void makeOverlays();
    void connectGestures();
    void paintOverlay(QPainter& painter);
    void paintEmptyNotice(QPainter& painter) const;
    void arrangeOverlays();
    void onChange(DiskController::Change change);
    void onHoverChange();
    HoverCardView* cardView();
    void updateActive();
    void updateCursor();
    void animate(int milliseconds);
    void stopAnimation();
    void zoomAtMiddle(double factor);
    [[nodiscard]] DiskLegend categoryLegend() const;

    std::unique_ptr<DiskController> m_view;
    std::unique_ptr<DiskCanvas> m_canvas;
    std::unique_ptr<LabelPainter> m_labels;
    DiskGestures* m_gestures;
    LegendPanel* m_legend = nullptr;
    DiskToolbar* m_toolbar = nullptr;
    DiskHints* m_hints = nullptr;
    QPointer<HoverCardView>
        m_card; ///< a child of the top-level window, so that it may leave the disk
    QVariantAnimation* m_animation;
    QTimer m_hoverTimer, m_fadeTimer;
    DiskColours m_colours;
    DiskLegend m_legendData;
    std::vector<bool> m_filter;
};

} // namespace hmgrl
