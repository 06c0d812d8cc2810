#pragma once

#include "view/DiskScene.h"

#include <vector>

namespace hmgrl {

/// The shapes of marks. All shapes of one radius have the area of the circle of that radius, so
/// that none looks heavier than another. y is up. The sprites' shader knows the same formulas.
struct MarkShape {
    struct Corner {
        double x, y;
    };
    /// Signed distance of (x, y) to the edge of the mark with its middle at the origin, negative
    /// inside; beyond a corner it is the distance to the nearest prolonged edge, which keeps
    /// corners crisp.
    [[nodiscard]] static double distance(Marker marker, double x, double y, double radius);
    /// Radius of the circle around the mark of radius 1.
    [[nodiscard]] static double reach(Marker marker);
    /// The corners in turn; none for a circle.
    [[nodiscard]] static std::vector<Corner> outline(Marker marker, double radius);
};

} // namespace hmgrl
