#include "picture/HyperbolicGrid.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hmgrl {

namespace {
constexpr double pi = std::numbers::pi;
constexpr double ringDepth = std::numbers::ln2;
constexpr int innerSectors = 6;
constexpr int deepestRing = 44; // r = 30: far beyond what a layout uses

/// Difference of two angles, in [-pi, pi].
double turn(double from, double to) {
    return std::remainder(to - from, 2 * pi);
}

/// Distance of p to the ray {angle, r >= start}.
double distanceToRay(DiskPoint p, double angle, double start) {
    const double between = std::abs(turn(angle, p.theta));
    const double along = std::tanh(p.r) * std::cos(between);
    if (between < pi / 2 && along > std::tanh(start))
        return std::asinh(std::sinh(p.r) * std::sin(between));
    return disk::distance(p, {start, angle});
}
} // namespace

/// A cell spans [ring, ring + 1) and one of innerSectors * 2^(ring - 1) sectors.
struct HyperbolicGrid::Cell {
    int ring;
    double begin, width; ///< angles
    [[nodiscard]] double inner() const { return ring * ringDepth; }
};

void HyperbolicGrid::draw(LineSink& sink, const disk::Isometry& focus, double pixelsPerUnit,
                          Argb colour) {
    m_sink = &sink;
    m_focus = focus;
    m_eye = focus.inverse().apply(DiskPoint{0, 0});
    m_pixelsPerUnit = pixelsPerUnit;
    m_reach = std::clamp(std::log(pixelsPerUnit / 4), 2.5, 6.0); // there a cell is about 4 pixels
    m_colour = colour;
    for (int i = 0; i < innerSectors; ++i) {
        const Cell cell{1, 2 * pi * i / innerSectors, 2 * pi / innerSectors};
        if (i % 2 == 0)
            line(cell, 0, cell.begin, ringDepth, cell.begin);
        visit(cell);
    }
}

double HyperbolicGrid::distanceToSubtree(const Cell& cell) const {
    const double into = turn(cell.begin, m_eye.theta);
    if (into >= 0 && into <= cell.width)
        return std::max(cell.inner() - m_eye.r, 0.0);
    return std::min(distanceToRay(m_eye, cell.begin, cell.inner()),
                    distanceToRay(m_eye, cell.begin + cell.width, cell.inner()));
}

void HyperbolicGrid::visit(const Cell& cell) {
    if (cell.ring > deepestRing || distanceToSubtree(cell) > m_reach)
        return;
    const double r = cell.inner();
    line(cell, r, cell.begin, r, cell.begin + cell.width);
    line(cell, r, cell.begin, r + ringDepth, cell.begin);
    const double half = cell.width / 2;
    visit({cell.ring + 1, cell.begin, half});
    visit({cell.ring + 1, cell.begin + half, half});
}

void HyperbolicGrid::line(const Cell& cell, double r1, double t1, double r2, double t2) {
    constexpr int most = 14;
    const double middle = disk::distance(m_eye, {(r1 + r2) / 2, (t1 + t2) / 2});
    if (middle > m_reach + ringDepth)
        return;
    const double scale = m_pixelsPerUnit / std::pow(std::cosh(middle / 2), 2) / 2; // pixels a unit
    const int count = std::clamp(static_cast<int>(scale / (cell.ring == 1 ? 6 : 12)) + 1, 1, most);
    m_points.clear();
    for (int i = 0; i <= count; ++i) {
        const double t = static_cast<double>(i) / count;
        const auto z = m_focus.apply(disk::toCartesian({r1 + t * (r2 - r1), t1 + t * (t2 - t1)}));
        const double local = m_pixelsPerUnit * (1 - std::norm(z)) / 2;
        m_points.push_back({z, 1, faded(m_colour, std::clamp((local - 3) / 30, 0.0, 1.0))});
    }
    m_sink->polyline(m_points);
}

} // namespace hmgrl
