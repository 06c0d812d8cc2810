#pragma once

#include "geometry/Disk.h"
#include "picture/Stroke.h"

#include <vector>

namespace hmgrl {

/// A polar grid around the layout's origin whose cells all have about the same hyperbolic size:
/// each ring is ln 2 deep and has twice the sectors of the ring inside it. It has no outer end: the
/// cells near the centre of the view are drawn, wherever the view has travelled to.
class HyperbolicGrid {
public:
    /// @param focus layout -> view; lines fade out where a cell is small on the screen
    void draw(LineSink& sink, const disk::Isometry& focus, double pixelsPerUnit, Argb colour);

private:
    struct Cell;
    void visit(const Cell& cell);
    void line(const Cell& cell, double r1, double t1, double r2, double t2);
    [[nodiscard]] double distanceToSubtree(const Cell& cell) const;

    LineSink* m_sink = nullptr;
    disk::Isometry m_focus;
    DiskPoint m_eye; ///< layout point at the centre of the view
    double m_pixelsPerUnit = 1;
    double m_reach = 4; ///< hyperbolic radius that is drawn
    Argb m_colour = 0;
    std::vector<StrokePoint> m_points;
};

} // namespace hmgrl
