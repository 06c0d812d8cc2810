#pragma once

#include "disk/DiskCommands.h"
#include "disk/DiskLegend.h"
#include "disk/HoverCard.h"
#include "picture/DiskColours.h"
#include "view/DiskController.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace hmgrl {

class DiskCanvas;
class DiskGestures;
class DiskHints;
class DiskLayersMenu;
class DiskToolbar;
class DiskTravel;
class HoverCardView;
class LabelPainter;
class LegendPanel;
class MiniMap;

/// The interactive Poincaré disk. UI thread only; never reads files and never waits: what the hover
/// card says is asked for with hoverRequested() and given later with setHoverCard().
class DiskWidget : public QWidget {
    Q_OBJECT
public:
    enum class Renderer { Automatic, OpenGl, Raster };
    explicit DiskWidget(QWidget* parent = nullptr, Renderer renderer = Renderer::Automatic);
    ~DiskWidget() override;

    /// New points; focus, zoom and, where points are the same, the selection stay. Ends the filter.
    /// Animated: points that were shown before travel to their new places along geodesics.
    /// What is isolated stays so where the legend, that of categories without one, has its name.
    /// @throws Error, and nothing has changed, when the legend doesn't fit the scene
    enum class Transition { AtOnce, Animated };
    void setScene(DiskScene scene, Transition transition = Transition::AtOnce,
                  std::optional<DiskLegend> legend = {});
    /// Other places for the same points, for a layout that improves while it runs: hover,
    /// selection, filter and legend stay.
    /// @throws Error when there is not one place for each row
    void setPlaces(std::span<const DiskPoint> places, bool animated);
    [[nodiscard]] const DiskController& controller() const { return *m_view; }
    /// "OpenGL" or "raster".
    [[nodiscard]] QString rendererName() const;

    void setColours(const DiskColours& colours);
    [[nodiscard]] const DiskColours& colours() const { return m_colours; }

    /// Rows that match a search; the others grey out. One a row, or empty: all.
    /// @throws Error for another length
    void setFilter(std::vector<bool> matching);
    /// What the colours mean, when they don't mean categories. Until the next setScene(), which may
    /// bring its own.
    /// @throws Error when entryOfRow doesn't fit the scene
    void setLegend(DiskLegend legend);
    [[nodiscard]] const DiskLegend& legend() const { return m_legendData; } ///< that is shown
    void isolate(const QStringList& legendEntries);                         ///< empty: all

    /// What is drawn beside the points: change a copy of controller().overlay() and give it back.
    void setOverlay(DiskOverlay overlay);

    /// The layers that are switched on and the arcs that are hidden; links and ruler are left
    /// alone. layersChanged() follows when the user changes them, not when this does.
    void setLayers(const DiskOverlay& layers);
    [[nodiscard]] const DiskOverlay& layers() const;

    void setGliding(bool gliding); ///< a drag that ends in motion runs on; off at first
    [[nodiscard]] bool glides() const;
    void setOverview(bool wanted); ///< the map in the corner while it is of use; on at first
    [[nodiscard]] bool hasOverview() const;

    /// Rows the user, or selectRows(), has selected; ascending.
    [[nodiscard]] std::vector<int> selectedRows() const;
    /// From outside: selectionChanged() isn't emitted.
    void selectRows(std::span<const int> rows);

    /// The card of the hovered row; ignored when the mouse has moved on.
    void setHoverCard(int row, HoverCard card);

    void recentre(DiskPoint target); ///< animated
    void reveal(int row);            ///< animated; nothing for -1
public Q_SLOTS:
    void goHome();    ///< animated, as the next two
    void goBack();    ///< to the view before
    void goForward(); ///< and again to the one after
    void zoomIn();
    void zoomOut();
    void focusSelection(); ///< its hyperbolic mean, or the hovered point

Q_SIGNALS:
    void pointActivated(int row); ///< clicked
    void selectionChanged();      ///< by the user
    void hoverRequested(int row); ///< answer with setHoverCard()
    void hoverChanged(int row);   ///< at once, -1: none any more
    void viewChanged();
    void arcActivated(int arc); ///< index into scene().arcs, clicked
    void layersChanged();       ///< by the user
    void historyChanged(bool canGoBack, bool canGoForward);

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
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void makeCanvas(Renderer renderer);
    void makeOverlays();
    void connectLegend();
    void connectMiniMap();
    void connectGestures();
    void bindViewKeys();
    void bindSelectionKeys();
    void bindLayerKeys();
    void paintOverlay(QPainter& painter);
    void paintEmptyNotice(QPainter& painter) const;
    void arrangeOverlays();
    void onChange(DiskController::Change change);
    void onHoverChange();
    HoverCardView* cardView();
    void updateActive();
    void updateCursor();
    void setTool(DiskCommand lassoOrBox);
    void toggleLayer(DiskCommand layer);
    void toggleHints();
    [[nodiscard]] std::vector<int> rowsOfEntry(const QString& legendEntry) const;

    std::unique_ptr<DiskController> m_view;
    std::unique_ptr<DiskCanvas> m_canvas;
    std::unique_ptr<LabelPainter> m_labels;
    DiskGestures* m_gestures;
    DiskTravel* m_travel;
    DiskKeys m_keys;
    LegendPanel* m_legend = nullptr;
    DiskToolbar* m_toolbar = nullptr;
    DiskLayersMenu* m_layersMenu = nullptr;
    DiskHints* m_hints = nullptr;
    MiniMap* m_map = nullptr;
    QPointer<HoverCardView>
        m_card; ///< a child of the top-level window, so that it may leave the disk
    QTimer m_hoverTimer, m_fadeTimer;
    DiskColours m_colours;
    DiskLegend m_legendData;
    std::vector<bool> m_filter;
};

} // namespace hmgrl
