#include "layout/PolarTree.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hmgrl::layout {

namespace {

constexpr std::uint32_t leafSize = 8;

/// Geodesic width of an arc at radius r.
double arcWidth(double r, double angle) {
    return 2 * std::asinh(std::sinh(r) * std::sin(std::min(angle, std::numbers::pi) / 2));
}

} // namespace

void PolarTree::build(std::span<const HalfPoint> points) {
    m_cells.clear();
    m_ranges.clear();
    m_groups.clear();
    locate(points);
    if (points.empty())
        return;
    const auto n = static_cast<std::uint32_t>(points.size());
    m_cells.emplace_back();
    m_ranges.push_back(rangeOf(0, n));
    // Children are appended behind their parent, so this visits all of them.
    for (std::uint32_t cell = 0; cell < m_cells.size(); ++cell)
        split(cell);
    m_sources.resize(n);
    for (std::size_t place = 0; place < n; ++place)
        m_sources[place] = Source::at(points[m_items[place].row], 1);
    sumUp();
    group();
}

void PolarTree::locate(std::span<const HalfPoint> points) {
    // The order of the last build is nearly right for the next: rows keep their places until cut.
    if (m_items.size() != points.size()) {
        m_items.resize(points.size());
        for (std::size_t i = 0; i < points.size(); ++i)
            m_items[i].row = static_cast<std::uint32_t>(i);
    }
    for (Item& item : m_items) {
        const HalfPoint& p = points[item.row];
        const double modulus = std::sqrt(p.x * p.x + p.y * p.y);
        item.r = 2 * std::log(modulus + p.v);
        item.theta = std::atan2(p.y, p.x);
    }
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
    const double width = std::max(range.high[0] - range.low[0],
                                  arcWidth(range.high[0], range.high[1] - range.low[1]));
    // Beyond this no point of the disk is far enough; exp would overflow.
    const double reach = m_theta > 0 ? std::min(width / (2 * m_theta), 300.0) : 300.0;
    const double e = std::exp(reach);
    cell.sinhReach = 0.5 * (e - 1 / e);
    cell.coshReach = 0.5 * (e + 1 / e);
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
        // The sum, brought back to the hyperboloid. Its norm is at least the number of points.
        const double count = cell.end - cell.begin;
        const double norm = std::sqrt(std::max(count * count, t * t - sx * sx - sy * sy));
        const double v = std::sqrt(0.5 * (1 + std::max(1.0, t / norm)));
        const double scale = 0.5 / (norm * v);
        const double x = sx * scale;
        const double y = sy * scale;
        cell.source = Source::at({x, y, std::sqrt(1 + x * x + y * y), 0}, count);
        cell.source.sx = sx;
        cell.source.sy = sy;
        cell.source.t = t;
    }
}

void PolarTree::group() {
    const auto add = [&](std::uint32_t begin, std::uint32_t end, const Source& source) {
        Group out{begin, end, {source.x, source.y, source.v, 0}, 0, 1};
        double farthest = 0;
        for (std::uint32_t i = begin; i < end; ++i) {
            const Source& s = m_sources[i];
            farthest = std::max(farthest, halfChord(out.centre, {s.x, s.y, s.v, 0}));
        }
        out.sinhRadius = std::sqrt(farthest);
        out.coshRadius = std::sqrt(1 + farthest);
        m_groups.push_back(out);
    };
    std::vector<std::uint32_t>& stack = m_stack;
    stack.assign(1, 0);
    while (!stack.empty()) {
        const Cell& cell = m_cells[stack.back()];
        stack.pop_back();
        if (cell.end - cell.begin > Targets::capacity && cell.children > 0) {
            for (std::uint32_t i = 0; i < cell.children; ++i)
                stack.push_back(cell.child + i);
            continue;
        }
        for (std::uint32_t at = cell.begin; at < cell.end; at += Targets::capacity)
            add(at, std::min<std::uint32_t>(cell.end, at + Targets::capacity), cell.source);
    }
}

void PolarTree::gather(const Group& group, std::vector<std::uint32_t>& stack,
                       std::vector<Source>& out) const {
    out.clear();
    stack.assign(1, 0);
    while (!stack.empty()) {
        const Cell& cell = m_cells[stack.back()];
        stack.pop_back();
        const HalfPoint centre{cell.source.x, cell.source.y, cell.source.v, 0};
        // d > radius + width / theta, all three halved inside sinh.
        const double limit = cell.sinhReach * group.coshRadius + cell.coshReach * group.sinhRadius;
        if (cell.isOnePlace || halfChord(centre, group.centre) > limit * limit) {
            out.push_back(cell.source);
        } else if (cell.children == 0) {
            out.insert(out.end(), m_sources.begin() + cell.begin, m_sources.begin() + cell.end);
        } else {
            for (std::uint32_t i = 0; i < cell.children; ++i)
                stack.push_back(cell.child + i);
        }
    }
}

} // namespace hmgrl::layout
