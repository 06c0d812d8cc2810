#include "geometry/Voronoi.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

namespace hmgrl::disk {

namespace {
constexpr double sameSpot = 1e-12; ///< sites closer than this are one
constexpr double noEdge = 1e-13;   ///< shorter edges are none

double dot(Complex a, Complex b) {
    return a.real() * b.real() + a.imag() * b.imag();
}

/// A corner of the polygon in Klein's model about the site, and what lies across its next edge.
struct Node {
    Complex at;
    int beyond;
};

/// Points k with normal . k <= offset.
struct HalfPlane {
    Complex normal;
    double offset;
    int beyond;
};

void clip(std::vector<Node>& polygon, const HalfPlane& half, std::vector<Node>& scratch) {
    const auto above = [&](Complex k) { return dot(half.normal, k) - half.offset; };
    if (std::none_of(polygon.begin(), polygon.end(),
                     [&](const Node& node) { return above(node.at) > 0; }))
        return;
    scratch.clear();
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Node& node = polygon[i];
        const Complex next = polygon[(i + 1) % polygon.size()].at;
        const double here = above(node.at);
        const double there = above(next);
        if (here <= 0)
            scratch.push_back(node);
        if ((here <= 0) != (there <= 0)) {
            const Complex cut = node.at + (next - node.at) * (here / (here - there));
            scratch.push_back({cut, here <= 0 ? half.beyond : node.beyond});
        }
    }
    polygon.swap(scratch);
}

/// The part of an edge that lies in the open disk.
struct Segment {
    Complex from, to;
    bool fromIdeal, toIdeal;
    int beyond;
};

bool withinDisk(Complex from, Complex to, int beyond, Segment& segment) {
    const Complex along = to - from;
    const double a = std::norm(along);
    const double length = std::sqrt(a);
    if (length < noEdge)
        return false;
    // |from + t along| = 1, by the foot of the perpendicular from the centre.
    const double foot = -dot(from, along) / a;
    const double away = std::norm(from + foot * along);
    if (away >= 1)
        return false;
    const double reach = std::sqrt(1 - away) / length;
    const double begin = foot - reach, end = foot + reach;
    if (begin >= 1 || end <= 0)
        return false;
    const auto onRim = [&](double t) {
        const Complex z = from + t * along;
        return z / std::abs(z);
    };
    segment = {begin > 0 ? onRim(begin) : from, end < 1 ? onRim(end) : to, begin > 0, end < 1,
               beyond};
    return true;
}

class CellBuilder {
public:
    explicit CellBuilder(std::span<const DiskPoint> sites)
        : m_sites(sites) {}

    Voronoi::Cell build(std::size_t site) {
        Voronoi::Cell cell;
        m_home = Isometry::fromOrigin(m_sites[site]);
        if (!collect(site)) {
            cell.isEmpty = true;
            return cell;
        }
        m_polygon = {{{2, -2}, Voronoi::infinity},
                     {{2, 2}, Voronoi::infinity},
                     {{-2, 2}, Voronoi::infinity},
                     {{-2, -2}, Voronoi::infinity}};
        for (const HalfPlane& half : m_halves)
            clip(m_polygon, half, m_scratch);
        collectSegments();
        for (std::size_t i = 0; i < m_segments.size(); ++i) {
            const Segment& segment = m_segments[i];
            cell.corners.push_back(corner(segment.from, segment.fromIdeal, segment.beyond));
            if (segment.toIdeal)
                cell.corners.push_back(corner(segment.to, true, Voronoi::infinity));
        }
        return cell;
    }

private:
    /// Half-planes of all bisectors, nearest first; false when an earlier site is on the same spot.
    bool collect(std::size_t site) {
        m_halves.clear();
        const Isometry away = m_home.inverse();
        for (std::size_t other = 0; other < m_sites.size(); ++other) {
            if (other == site)
                continue;
            const double d = distance(m_sites[site], m_sites[other]);
            if (d < sameSpot && other < site)
                return false;
            const double offset = std::tanh(d / 2);
            if (d < sameSpot || offset >= 1)
                continue;
            const double angle = away.apply(m_sites[other]).theta;
            m_halves.push_back({std::polar(1.0, angle), offset, static_cast<int>(other)});
        }
        std::sort(m_halves.begin(), m_halves.end(),
                  [](const HalfPlane& a, const HalfPlane& b) { return a.offset < b.offset; });
        return true;
    }

    void collectSegments() {
        m_segments.clear();
        Segment segment{};
        for (std::size_t i = 0; i < m_polygon.size(); ++i) {
            const Node& node = m_polygon[i];
            const Complex next = m_polygon[(i + 1) % m_polygon.size()].at;
            if (node.beyond != Voronoi::infinity && withinDisk(node.at, next, node.beyond, segment))
                m_segments.push_back(segment);
        }
    }

    [[nodiscard]] Voronoi::Corner corner(Complex klein, bool ideal, int beyond) const {
        if (!ideal && std::abs(klein) < 1) {
            const DiskPoint here{std::atanh(std::abs(klein)), std::arg(klein)};
            return {m_home.apply(here), beyond};
        }
        const Complex rim = m_home.apply(klein / std::abs(klein));
        return {{std::numeric_limits<double>::infinity(), std::arg(rim)}, beyond};
    }

    std::span<const DiskPoint> m_sites;
    Isometry m_home; ///< from the frame of the site to that of the layout
    std::vector<HalfPlane> m_halves;
    std::vector<Node> m_polygon, m_scratch;
    std::vector<Segment> m_segments;
};
} // namespace

Voronoi::Voronoi(std::span<const DiskPoint> sites) {
    CellBuilder builder(sites);
    m_cells.reserve(sites.size());
    for (std::size_t i = 0; i < sites.size(); ++i)
        m_cells.push_back(builder.build(i));
}

} // namespace hmgrl::disk
