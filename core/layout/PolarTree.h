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
    /// Points within a radius of a centre.
    struct Ball {
        HalfPoint centre;
        double sinhRadius = 0; ///< sinh and cosh of half its radius
        double coshRadius = 1;
    };
    /// Neighbouring points, at most Targets::capacity, for which the tree is walked once.
    struct Group {
        std::uint32_t begin = 0;
        std::uint32_t end = 0; ///< its points, in the order of the tree
        Ball ball;
    };
    /// Neighbouring points that share a far field, if they are several and close together. Regions
    /// are nested, each followed by those inside it; what acts on a point is the fields of all
    /// regions around it and what they leave to its group.
    struct Region {
        std::uint32_t begin = 0;
        std::uint32_t end = 0;   ///< its groups that are in no region inside it
        std::uint32_t depth = 0; ///< how many regions with a field are around it
        bool hasField = false;
        Ball ball; ///< the radius beyond which a source may be part of the field
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
    /// They hold every group, in order.
    [[nodiscard]] std::span<const Region> regions() const { return m_regions; }
    /// The regions that are in no other one, with those inside them: begin of each, and the end.
    [[nodiscard]] std::span<const std::uint32_t> outermost() const { return m_outermost; }
    /// Row of the point at a place of the tree's order.
    [[nodiscard]] std::uint32_t row(std::size_t place) const { return m_items[place].row; }
    [[nodiscard]] const Source& source(std::size_t place) const { return m_sources[place]; }

    /// Scratch memory of one thread; it grows to the size of the tree once.
    struct Walk {
        std::vector<std::uint32_t> stack;
        /// Cells that the fields around leave out, by their number.
        std::vector<std::vector<std::uint32_t>> near;
        std::vector<Source> sources;
    };
    /// What a region's field is made of: the first of walk.sources, as many as returned, a multiple
    /// of 8. The regions around it must have been walked before.
    std::size_t gatherField(const Region& region, Walk& walk) const;
    /// What else the points of one of its groups are repelled by, cells and single points,
    /// themselves among them: the first of walk.sources, as many as returned.
    std::size_t gatherNear(const Region& region, const Group& group, Walk& walk) const;

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
    [[nodiscard]] static bool isFar(const Cell& cell, const Ball& ball);
    void divide(std::uint32_t cell, std::uint32_t depth);
    [[nodiscard]] bool setField(const Cell& cell, Ball& ball) const;
    void addRegion(std::uint32_t depth, bool hasField, const Ball& ball);
    void group(std::uint32_t first, std::uint32_t last); ///< of the last region
    void addGroup(std::uint32_t begin, std::uint32_t end);
    [[nodiscard]] double farthest(const HalfPoint& centre, std::uint32_t begin,
                                  std::uint32_t end) const;

    double m_theta;
    std::vector<Item> m_items;
    std::vector<Source> m_sources;
    std::vector<Cell> m_cells;
    std::vector<Range> m_ranges; ///< of the cells
    std::vector<Group> m_groups;
    std::vector<Region> m_regions;
    std::vector<std::uint32_t> m_outermost;
};

} // namespace hmgrl::layout
