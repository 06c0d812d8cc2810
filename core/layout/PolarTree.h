#pragma once

#include "layout/Kernels.h"
#include "support/Workers.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl::layout {

/// Points of the disk in a quadtree over polar coordinates. A cell is cut twice, each time across
/// the side that is longer in the hyperbolic metric, at the middle of what its points span: cells
/// stay compact near the rim, where a step of angle is long, and near the centre. Cells and points
/// lie in the order of the tree; nothing is allocated once it was built for as many points.
class PolarTree {
public:
    struct Cell {
        Source source;        ///< Lorentz centroid and number of its points
        double sinhReach = 0; ///< of width / (2 theta): nearer than width / theta it is opened
        double coshReach = 1; ///< of the same
        std::uint32_t begin = 0;
        std::uint32_t end = 0;   ///< its points, in the order of the tree
        std::uint32_t child = 0; ///< the first; 0: a leaf
        std::uint32_t children = 0;
        double box = 0;          ///< the longer side
        bool isOnePlace = false; ///< all its points coincide: always taken whole
    };
    /// Neighbouring points, at most Targets::capacity, for which the tree is walked once.
    struct Group {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;
        HalfPoint centre;
        double sinhRadius = 0; ///< sinh and cosh of half its radius
        double coshRadius = 1;
    };

    /// Cells are taken whole when width^2 / d^2 < theta^2, d to the nearest of a group; theta 0:
    /// never.
    explicit PolarTree(double theta)
        : m_theta(theta) {}

    void build(std::span<const HalfPoint> points, Workers& workers);

    /// The points get the numbers of their places in the tree.
    void renumber();

    [[nodiscard]] std::span<const Cell> cells() const { return m_cells; }
    [[nodiscard]] std::span<const Group> groups() const { return m_groups; }
    /// Row of the point at a place of the tree's order.
    [[nodiscard]] std::uint32_t row(std::size_t place) const { return m_items[place].row; }
    [[nodiscard]] const Source& source(std::size_t place) const { return m_sources[place]; }

    /// All that the points of the group are repelled by, cells and single points, themselves among
    /// them: the first of `out`, as many as returned. `stack` and `out` are scratch memory that
    /// grows to the size of the tree once.
    std::size_t gather(const Group& group, std::vector<std::uint32_t>& stack,
                       std::vector<Source>& out) const;

private:
    struct Item {
        double r;
        double theta;
        std::uint32_t row;
    };
    struct Range {
        std::uint32_t begin;
        std::uint32_t end;
        double low[2]; ///< r and theta
        double high[2];
    };

    void locate(std::span<const HalfPoint> points, Workers& workers);
    [[nodiscard]] Range rangeOf(std::uint32_t begin, std::uint32_t end) const;
    bool bisect(const Range& range, Range& first, Range& second);
    void split(std::uint32_t cell);
    void measure(Cell& cell, const Range& range) const;
    void sumUp();
    void setReach(Cell& cell) const;
    void group();
    void addGroup(std::uint32_t begin, std::uint32_t end);

    double m_theta;
    std::vector<Item> m_items;
    std::vector<Source> m_sources;
    std::vector<Cell> m_cells;
    std::vector<Range> m_ranges; ///< of the cells
    std::vector<Group> m_groups;
    std::vector<std::uint32_t> m_stack;
};

} // namespace hmgrl::layout
