#pragma once

#include "geometry/Disk.h"

#include <span>
#include <vector>

namespace hmgrl {

/// Which points lie inside a closed polygon, by the even-odd rule; a point on an edge may fall on
/// either side. The edges are sorted into horizontal slabs once, so that a freehand line of
/// hundreds of corners costs a point no more than the few edges beside it.
class LassoArea {
public:
    /// Fewer than three corners enclose nothing.
    explicit LassoArea(std::span<const disk::Complex> corners);
    [[nodiscard]] bool contains(disk::Complex z) const;

private:
    struct Edge {
        disk::Complex a, b;
    };
    [[nodiscard]] std::size_t slabOf(double y) const;
    void sortIntoSlabs(std::span<const Edge> edges);

    std::vector<Edge> m_edges;        ///< slab by slab; one that crosses several stands in each
    std::vector<std::size_t> m_start; ///< of each slab, and the end
    disk::Complex m_low, m_high;      ///< corners of the bounding box
    double m_slabsPerUnit = 0;
};

} // namespace hmgrl
