#pragma once

#include "picture/ArcLayer.h"
#include "picture/HyperbolicGrid.h"
#include "picture/RegionLayer.h"
#include "view/DiskController.h"

namespace hmgrl {

/// What lies beneath the points: the disk, its boundary and whatever the overlay has switched on of
/// regions, grid, rings, tree edges, relations and links. No toolkit.
class DiskBackdrop {
public:
    /// Whether a change shows here: draw again, not only the points. Tell every change.
    [[nodiscard]] bool shows(DiskController::Change change, const DiskController& view);
    void draw(StrokeSink& sink, const DiskController& view, const DiskColours& colours);
    /// The same in two parts: the disk and its boundary, which stay as they are while the view
    /// travels, and all that lies on them.
    static void drawGround(StrokeSink& sink, const DiskController& view,
                           const DiskColours& colours);
    void drawLayers(LayerSink& sink, const DiskController& view, const DiskColours& colours);

private:
    static void surface(StrokeSink& sink, double pixelsPerUnit, const DiskColours& colours);
    static void boundary(StrokeSink& sink, double pixelsPerUnit, const DiskColours& colours);
    void edge(LineSink& sink, const DiskController& view, std::size_t index,
              const DiskColours& colours);

    /// The arc and the point under the mouse, where hovering changes what is drawn; -1: none.
    struct Hovered {
        int arc = -1, row = -1;
        friend bool operator==(const Hovered&, const Hovered&) = default;
    };
    [[nodiscard]] static Hovered hoveredHere(const DiskController& view);

    Hovered m_hovered;
    RegionLayer m_regions;
    HyperbolicGrid m_grid;
    ArcLayer m_arcs;
    std::vector<StrokePoint> m_points;
};

} // namespace hmgrl
