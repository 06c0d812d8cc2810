#pragma once

#include "geometry/Disk.h"
#include "view/DiskOverlay.h"
#include "view/DiskScene.h"
#include "view/Flight.h"
#include "view/PlaceTransition.h"
#include "view/ViewPoints.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace hmgrl {

/// Focus, zoom, hover and selection of the Poincaré disk, without any toolkit. Screen coordinates
/// are pixels, origin top left, y down. All members from one thread.
class DiskController {
public:
    /// Keeps the focus and the selection: a sample is known again by (kind, id), whatever category
    /// it has now, a prototype by (kind, category name). Every point becomes active and the hover
    /// ends.
    /// @throws Error when the columns of the scene differ in length or point outside it; the scene
    /// that was shown stays.
    void setScene(DiskScene scene);
    /// The same, but points that were shown before set out from where they lay: stepTransition(t)
    /// takes them along geodesics to where they will lie. New ones are where they will lie, and
    /// come up by their presence(). Everything else, scene().points too, is that of the end
    /// already.
    /// @throws Error as setScene()
    void beginTransition(DiskScene scene);
    /// Other places for the points of this scene, at once or by stepTransition(); hover, selection
    /// and active rows stay. The ruler goes, as it does with a scene whose points lie elsewhere.
    /// @throws Error when there is not one place for each row
    void setPlaces(std::span<const DiskPoint> places);
    void beginTransition(std::span<const DiskPoint> places);
    /// t from 0 to 1, where everything is exactly as if it had been set at once.
    void stepTransition(double t);
    [[nodiscard]] bool isInTransition() const { return m_transition.isRunning(); }
    /// How much of a point is there to be seen: less than 1 while it is new in a transition.
    [[nodiscard]] float presence(std::size_t row) const { return m_transition.presence(row); }
    [[nodiscard]] double presence(std::size_t from, std::size_t to) const { ///< of what joins them
        return static_cast<double>(std::min(presence(from), presence(to)));
    }
    [[nodiscard]] const DiskScene& scene() const { return m_scene; }

    /// Pixels. The disk stays clear of `coveredRight` pixels at the right edge, where overlays lie.
    void setViewport(double width, double height, double coveredRight = 0);
    [[nodiscard]] std::pair<double, double> viewportCentre() const {
        return {m_width / 2, m_height / 2};
    }
    [[nodiscard]] double pixelsPerUnit() const;          ///< radius of the unit circle in pixels
    [[nodiscard]] double zoom() const { return m_zoom; } ///< 1: the whole disk fills the viewport
    [[nodiscard]] disk::Complex pan() const { return m_pan; } ///< disk point at the view's centre
    [[nodiscard]] disk::Complex toDisk(double x, double y) const; ///< may lie outside the unit disk
    [[nodiscard]] std::pair<double, double> toScreen(disk::Complex z) const;

    [[nodiscard]] Viewpoint viewpoint() const { return {m_focus, m_zoom, m_pan}; }
    void setViewpoint(const Viewpoint& viewpoint); ///< ends a drag

    /// The map from layout to view; view coordinates of every point, kept up to date.
    [[nodiscard]] const disk::Isometry& focus() const { return m_focus; }
    [[nodiscard]] std::span<const disk::Complex> viewPoints() const { return m_points.all(); }

    /// Inside the disk a drag is a Möbius translation: the grabbed point stays under the cursor,
    /// and coming back to where the drag began restores the view. Begun outside the disk it turns
    /// the disk.
    void beginDrag(double x, double y);
    void drag(double x, double y);
    void endDrag();
    /// The layout's centre is never taken farther from the view's than this (hyperbolic): a drag
    /// stops there, so that the picture can't be lost and distances keep their digits.
    static constexpr double farthestFocus = 14;
    void zoomAt(double x, double y, double factor); ///< Euclidean zoom of the view about the cursor
    void rotate(double radians);
    void reset(); ///< Home
    /// Animation towards a point at the centre: call stepRecentre(t) with t from 0 to 1. The view's
    /// centre walks the geodesic; at 1 the view is exactly the one that was wanted.
    void beginRecentre(DiskPoint target);
    void beginReset();                         ///< the same towards the view of reset()
    void beginFlight(const Viewpoint& wanted); ///< the same towards any view
    void stepRecentre(double t);
    /// Where the animation leads or led.
    [[nodiscard]] const Viewpoint& destination() const { return m_flight.destination(); }

    /// Nearest visible point within `radius` pixels, prototypes before samples; -1 when none.
    [[nodiscard]] int pick(double x, double y, double radius = 8) const;
    /// Rows whose view position lies inside the polygon of screen points.
    [[nodiscard]] std::vector<int>
    pickPolygon(std::span<const std::pair<double, double>> polygon) const;

    void setHover(int row); ///< -1: none
    [[nodiscard]] int hover() const { return m_hover; }
    enum class SelectMode { Replace, Add, Remove };
    void select(std::span<const int> rows, SelectMode mode); ///< rows outside the scene are ignored
    [[nodiscard]] const std::vector<bool>& selected() const { return m_selected; }

    /// Greyed-out points stay where they are but are not picked. Empty: all active.
    /// @throws Error when neither empty nor one a row
    void setActive(std::vector<bool> active);
    [[nodiscard]] bool isActive(std::size_t row) const;
    /// False for generated samples while the overlay leaves them out: neither drawn nor picked.
    [[nodiscard]] bool isShown(std::size_t row) const;

    /// What is drawn over and under the points. Links whose rows are outside the scene are left
    /// out; setScene() removes all links.
    void setOverlay(DiskOverlay overlay);
    [[nodiscard]] const DiskOverlay& overlay() const { return m_overlay; }

    /// Index into scene().arcs of the shown arc that passes nearest, within `radius` pixels; -1:
    /// none.
    [[nodiscard]] int pickArc(double x, double y, double radius = 5) const;
    /// The hovered arc is drawn with emphasis and the others fade. -1: none.
    void setHoverArc(int arc);
    [[nodiscard]] int hoverArc() const { return m_hoverArc; }
    /// An arc is active when both its ends are and its category isn't hidden by the overlay.
    [[nodiscard]] bool isArcActive(std::size_t arc) const;
    /// An active arc is shown when all are (overlay), or when one of its ends is selected or
    /// hovered, or it is hovered itself.
    [[nodiscard]] bool isArcShown(std::size_t arc) const;

    /// Places: points moved within the layout; rows, looks and viewpoint are what they were.
    /// Active: also when generated samples come or go. Overlay: no mark looks different.
    enum class Change { Scene, View, Hover, Selection, Active, Overlay, Places };
    void onChange(std::function<void(Change)> listener) { m_listener = std::move(listener); }

private:
    void replaceScene(DiskScene scene);
    void replacePlaces(std::span<const DiskPoint> places);
    void checkPlaces(std::span<const DiskPoint> places) const;
    [[nodiscard]] std::vector<float> presences() const;
    void moveTo(const disk::Isometry& focus);
    void updatePickable();
    void setPan(disk::Complex pan);
    void notify(Change change) const;

    DiskScene m_scene;
    disk::Isometry m_focus;
    ViewPoints m_points;
    std::vector<bool> m_selected, m_active;
    std::function<void(Change)> m_listener;
    double m_width = 1, m_height = 1, m_zoom = 1; ///< m_width: what nothing covers
    disk::Complex m_pan{0, 0};                    ///< view centre in disk units
    int m_hover = -1;
    int m_hoverArc = -1;
    DiskOverlay m_overlay;
    std::optional<DiskPoint> m_grabbed; ///< view position under the cursor when the drag began
    std::optional<double> m_turning;    ///< angle of the cursor when a turning drag began
    disk::Isometry m_dragFocus;         ///< focus when the drag began
    Flight m_flight;
    PlaceTransition m_transition;
};

} // namespace hmgrl
