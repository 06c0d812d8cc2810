#pragma once

#include "geometry/Disk.h"

#include <span>
#include <vector>

namespace hmgrl::disk {

/// The hyperbolic Voronoi diagram: to each site the region of the disk that is nearer to it than to
/// any other. Each cell is cut from the disk in Klein's model about its own site, where the
/// bisector towards a site at distance d is the straight line square to its direction at tanh(d/2):
/// nothing is lost between near sites, nor far out. Sites^2 steps.
class Voronoi {
public:
    static constexpr int infinity = -1;

    struct Corner {
        DiskPoint at;   ///< r is infinite on the circle at infinity
        int beyond = 0; ///< site across the edge to the next corner; infinity: that edge is an arc
                        ///< of the circle at infinity
    };
    /// Corners counterclockwise. Without corners the cell is the whole disk, or, when an earlier
    /// site lies on the same spot, nothing.
    struct Cell {
        std::vector<Corner> corners;
        bool isEmpty = false;
    };

    Voronoi() = default;
    explicit Voronoi(std::span<const DiskPoint> sites);
    [[nodiscard]] const std::vector<Cell>& cells() const { return m_cells; } ///< one a site

private:
    std::vector<Cell> m_cells;
};

} // namespace hmgrl::disk
