#include "layout/PolarTree.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hmgrl::layout {

namespace {

constexpr std::uint32_t leafSize = 5;
constexpr std::uint32_t largestRegion = 1024; ///< so that there is work for several threads
constexpr std::uint32_t smallestRegion = 48;  ///< of fewer points a field spares little
constexpr double widestRegion = 0.3;          ///< radius; the field is a polynomial only nearby
constexpr double fieldBegins = 3;             ///< radii from the centre
constexpr std::size_t lanes = 8;              ///< of the kernels

template <typename Act>
void forEach(Workers& workers, std::size_t count, Act act) {
    constexpr std::size_t chunk = 1024;
    workers.run((count + chunk - 1) / chunk, [&](std::size_t task, std::size_t) {
        for (std::size_t i = task * chunk; i < std::min(count, (task + 1) * chunk); ++i)
            act(i);
    });
}

/// Geodesic width of an arc at radius r.
double arcWidth(double r, double angle) {
    return 2 * std::asinh(std::sinh(r) * std::sin(std::min(angle, std::numbers::pi) / 2));
}

/// A sum of points of the hyperboloid as one source, which stands at their Lorentz centroid.
Source centroid(double sx, double sy, double t, double count) {
    // The sum's norm is at least the number of points.
    const double norm = std::sqrt(std::max(count * count, t * t - sx * sx - sy * sy));
    const double v = std::sqrt(0.5 * (1 + std::max(1.0, t / norm)));
    const double scale = 0.5 / (norm * v);
    const double x = sx * scale;
    const double y = sy * scale;
    return {x, y, std::sqrt(1 + x * x + y * y), count, sx, sy, t, 0};
}

} // namespace

void PolarTree::build(std::span<const HalfPoint> points, Workers& workers) {
    m_cells.clear();
    m_ranges.clear();
    m_groups.clear();
    m_regions.clear();
    m_outermost.clear();
    locate(points, workers);
    if (points.empty()) {
        m_outermost.push_back(0);
        return;
    }
    const auto n = static_cast<std::uint32_t>(points.size());
    m_cells.emplace_back();
    m_ranges.push_back(rangeOf(0, n));
    // Children are appended behind their parent, so this visits all of them.
    for (std::uint32_t cell = 0; cell < m_cells.size(); ++cell)
        split(cell);
    m_sources.resize(n);
    forEach(workers, n, [&](std::size_t place) {
        m_sources[place] = Source::at(points[m_items[place].row], 1);
    });
    sumUp();
    divide(0, 0);
    m_outermost.push_back(static_cast<std::uint32_t>(m_regions.size()));
}

void PolarTree::locate(std::span<const HalfPoint> points, Workers& workers) {
    // The order of the last build is nearly right for the next: rows keep their places until cut.
    if (m_items.size() != points.size()) {
        m_items.resize(points.size());
        for (std::size_t i = 0; i < points.size(); ++i)
            m_items[i].row = static_cast<std::uint32_t>(i);
    }
    forEach(workers, m_items.size(), [&](std::size_t place) {
        Item& item = m_items[place];
        const HalfPoint& p = points[item.row];
        const double modulus = std::sqrt(p.x * p.x + p.y * p.y);
        item.r = 2 * std::log(modulus + p.v);
        item.theta = std::atan2(p.y, p.x);
    });
}

void PolarTree::renumber() {
    for (std::size_t place = 0; place < m_items.size(); ++place)
        m_items[place].row = static_cast<std::uint32_t>(place);
}

PolarTree::Range PolarTree::rangeOf(std::uint32_t begin, std::uint32_t end) const {
    const Item& any = m_items[begin];
    Range range{begin, end, {any.r, any.theta}, {any.r, any.theta}};
    for (std::uint32_t i = begin; i < end; ++i) {
        const Item& item = m_items[i];
        range.low[0] = std::min(range.low[0], item.r);
        range.high[0] = std::max(range.high[0], item.r);
        range.low[1] = std::min(range.low[1], item.theta);
        range.high[1] = std::max(range.high[1], item.theta);
    }
    return range;
}

/// Both halves hold a point, because the range is spanned by its points. False: it can't be cut.
bool PolarTree::bisect(const Range& range, Range& first, Range& second) {
    const double radial = range.high[0] - range.low[0];
    const double angular = std::sinh(range.high[0]) * (range.high[1] - range.low[1]);
    const int side = radial > angular ? 0 : 1;
    const double middle = 0.5 * (range.low[side] + range.high[side]);
    if (!(middle < range.high[side]))
        return false;
    const auto begin = m_items.begin() + range.begin;
    const auto end = m_items.begin() + range.end;
    const auto cut = std::partition(
        begin, end, [&](const Item& item) { return (side == 0 ? item.r : item.theta) <= middle; });
    const auto between = static_cast<std::uint32_t>(cut - m_items.begin());
    first = rangeOf(range.begin, between);
    second = rangeOf(between, range.end);
    return true;
}

void PolarTree::split(std::uint32_t index) {
    const Range range = m_ranges[index];
    measure(m_cells[index], range);
    Range half[2];
    if (range.end - range.begin <= leafSize || !bisect(range, half[0], half[1]))
        return;
    const auto child = static_cast<std::uint32_t>(m_cells.size());
    for (const Range& part : half) {
        Range quarter[2];
        if (part.end - part.begin > leafSize && bisect(part, quarter[0], quarter[1]))
            m_ranges.insert(m_ranges.end(), {quarter[0], quarter[1]});
        else
            m_ranges.push_back(part);
    }
    m_cells.resize(m_ranges.size());
    m_cells[index].child = child;
    m_cells[index].children = static_cast<std::uint32_t>(m_cells.size()) - child;
}

void PolarTree::measure(Cell& cell, const Range& range) const {
    cell.begin = range.begin;
    cell.end = range.end;
    cell.child = cell.children = 0;
    cell.isOnePlace = range.low[0] == range.high[0] && range.low[1] == range.high[1];
    cell.box = std::max(range.high[0] - range.low[0],
                        arcWidth(range.high[0], range.high[1] - range.low[1]));
}

void PolarTree::sumUp() {
    for (std::size_t index = m_cells.size(); index-- > 0;) {
        Cell& cell = m_cells[index];
        double sx = 0;
        double sy = 0;
        double t = 0;
        const auto add = [&](const Source& part) {
            sx += part.sx;
            sy += part.sy;
            t += part.t;
        };
        if (cell.children == 0)
            for (std::uint32_t i = cell.begin; i < cell.end; ++i)
                add(m_sources[i]);
        for (std::uint32_t child = cell.child; child < cell.child + cell.children; ++child)
            add(m_cells[child].source);
        cell.source = centroid(sx, sy, t, cell.end - cell.begin);
        setReach(cell);
    }
}

/// What a cell is mistaken by grows with the second moment of its points, and that comes with the
/// centroid: the norm of their sum over their number is the mean of cosh d to it. A uniform square
/// has the width sqrt(6) times the root mean square distance to its middle. Half of the box counts
/// at least, so that a point is never part of a cell that repels it as a whole.
void PolarTree::setReach(Cell& cell) const {
    const Source& s = cell.source;
    const double norm = std::sqrt(std::max(0.0, s.t * s.t - s.sx * s.sx - s.sy * s.sy));
    const double moment = std::max(0.0, 0.5 * (norm / s.count - 1)); // mean of sinh^2(d/2)
    const double width =
        std::max(std::sqrt(6.0) * 2 * std::asinh(std::sqrt(moment)), 0.5 * cell.box);
    // Beyond this no point of the disk is far enough; exp would overflow.
    const double reach = m_theta > 0 ? std::min(width / (2 * m_theta), 300.0) : 300.0;
    const double e = std::exp(reach);
    cell.sinhReach = 0.5 * (e - 1 / e);
    cell.coshReach = 0.5 * (e + 1 / e);
}

/// Regions of a cell's points, nested like the tree.
void PolarTree::divide(std::uint32_t index, std::uint32_t depth) {
    const auto sizeOf = [&](std::uint32_t cell) { return m_cells[cell].end - m_cells[cell].begin; };
    const Cell& cell = m_cells[index];
    Ball ball;
    const bool hasField = setField(cell, ball);
    const bool isWhole = cell.children == 0 || sizeOf(index) < 2 * smallestRegion;
    if (hasField || isWhole)
        addRegion(depth, hasField, ball);
    if (isWhole) {
        group(index, index + 1);
        return;
    }
    depth += hasField ? 1 : 0;
    const std::uint32_t last = cell.child + cell.children;
    for (std::uint32_t child = cell.child; child < last;) {
        const std::uint32_t first = child;
        while (child < last && sizeOf(child) < smallestRegion)
            ++child;
        if (first < child) {
            addRegion(depth, false, {});
            group(first, child);
        } else {
            divide(child++, depth);
        }
    }
}

void PolarTree::addRegion(std::uint32_t depth, bool hasField, const Ball& ball) {
    if (depth == 0)
        m_outermost.push_back(static_cast<std::uint32_t>(m_regions.size()));
    const auto next = static_cast<std::uint32_t>(m_groups.size());
    m_regions.push_back({next, next, depth, hasField, ball});
}

/// False when a field isn't worth it or isn't accurate.
bool PolarTree::setField(const Cell& cell, Ball& ball) const {
    const std::uint32_t size = cell.end - cell.begin;
    if (m_theta == 0 || size < smallestRegion || size > largestRegion)
        return false;
    ball.centre = {cell.source.x, cell.source.y, cell.source.v, 0};
    const double radius = 2 * std::asinh(std::sqrt(farthest(ball.centre, cell.begin, cell.end)));
    ball.sinhRadius = std::sinh(fieldBegins * radius / 2);
    ball.coshRadius = std::cosh(fieldBegins * radius / 2);
    return radius <= widestRegion;
}

/// Groups of neighbouring cells. They follow the order of the tree, in which neighbours are near
/// each other, across the borders of cells: full registers are worth more than small groups.
void PolarTree::group(std::uint32_t first, std::uint32_t last) {
    const std::uint32_t end = m_cells[last - 1].end;
    for (std::uint32_t at = m_cells[first].begin; at < end; at += Targets::capacity)
        addGroup(at, std::min<std::uint32_t>(end, at + Targets::capacity));
    m_regions.back().end = static_cast<std::uint32_t>(m_groups.size());
}

/// sinh^2 of half the distance.
double PolarTree::farthest(const HalfPoint& centre, std::uint32_t begin, std::uint32_t end) const {
    double out = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
        const Source& s = m_sources[i];
        out = std::max(out, halfChord(centre, {s.x, s.y, s.v, 0}));
    }
    return out;
}

void PolarTree::addGroup(std::uint32_t begin, std::uint32_t end) {
    double sx = 0;
    double sy = 0;
    double t = 0;
    for (std::uint32_t i = begin; i < end; ++i) {
        sx += m_sources[i].sx;
        sy += m_sources[i].sy;
        t += m_sources[i].t;
    }
    const Source middle = centroid(sx, sy, t, end - begin);
    Group out{begin, end, {{middle.x, middle.y, middle.v, 0}, 0, 1}};
    const double chord = farthest(out.ball.centre, begin, end);
    out.ball.sinhRadius = std::sqrt(chord);
    out.ball.coshRadius = std::sqrt(1 + chord);
    m_groups.push_back(out);
}

bool PolarTree::isFar(const Cell& cell, const Ball& ball) {
    const HalfPoint centre{cell.source.x, cell.source.y, cell.source.v, 0};
    // d > radius + width / theta, all three halved inside sinh.
    const double limit = cell.sinhReach * ball.coshRadius + cell.coshReach * ball.sinhRadius;
    return halfChord(centre, ball.centre) > limit * limit;
}

std::size_t PolarTree::gatherField(const Region& region, Walk& walk) const {
    walk.stack.resize(m_cells.size());
    walk.sources.resize(m_sources.size() + lanes);
    walk.near.resize(std::max<std::size_t>(walk.near.size(), region.depth + 2));
    if (region.depth == 0)
        walk.near[0].assign(1, 0);
    if (!region.hasField)
        return 0;
    std::vector<std::uint32_t>& left = walk.near[region.depth + 1];
    left.clear();
    std::size_t found = 0;
    std::size_t waiting = 0;
    for (const std::uint32_t index : walk.near[region.depth])
        walk.stack[waiting++] = index;
    while (waiting > 0) {
        const std::uint32_t index = walk.stack[--waiting];
        const Cell& cell = m_cells[index];
        if (isFar(cell, region.ball))
            walk.sources[found++] = cell.source;
        // The wider of the two is what forbids it; that may be the region.
        else if (cell.children == 0 || cell.sinhReach < region.ball.sinhRadius)
            left.push_back(index);
        else
            for (std::uint32_t i = 0; i < cell.children; ++i)
                walk.stack[waiting++] = cell.child + i;
    }
    for (; found % lanes != 0; ++found) {
        walk.sources[found] = walk.sources[found - 1];
        walk.sources[found].count = walk.sources[found].t = 0; // nobody
        walk.sources[found].sx = walk.sources[found].sy = 0;
    }
    return found;
}

std::size_t PolarTree::gatherNear(const Region& region, const Group& group, Walk& walk) const {
    std::size_t found = 0;
    std::size_t waiting = 0;
    for (const std::uint32_t index : walk.near[region.depth + (region.hasField ? 1 : 0)])
        walk.stack[waiting++] = index;
    while (waiting > 0) {
        const Cell& cell = m_cells[walk.stack[--waiting]];
        if (cell.isOnePlace || isFar(cell, group.ball)) {
            walk.sources[found++] = cell.source;
        } else if (cell.children == 0) {
            for (std::uint32_t i = cell.begin; i < cell.end; ++i)
                walk.sources[found++] = m_sources[i];
        } else {
            for (std::uint32_t i = 0; i < cell.children; ++i)
                walk.stack[waiting++] = cell.child + i;
        }
    }
    return found;
}

} // namespace hmgrl::layout
