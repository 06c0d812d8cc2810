#include "view/LassoArea.h"

#include <algorithm>
#include <limits>

namespace hmgrl {

using disk::Complex;

namespace {
constexpr std::size_t mostSlabs = 1024;

/// One decision for both: the edge counts for points at heights from `first` up to, not including,
/// the other end.
bool crosses(Complex a, Complex b, Complex z) {
    return (a.imag() > z.imag()) != (b.imag() > z.imag()) &&
           z.real() <
               a.real() + (b.real() - a.real()) * (z.imag() - a.imag()) / (b.imag() - a.imag());
}
} // namespace

LassoArea::LassoArea(std::span<const Complex> corners) {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    m_low = {infinity, infinity};
    m_high = {-infinity, -infinity};
    if (corners.size() < 3)
        return;
    std::vector<Edge> edges;
    edges.reserve(corners.size());
    for (std::size_t i = 0, j = corners.size() - 1; i < corners.size(); j = i++) {
        edges.push_back({corners[i], corners[j]});
        const Complex z = corners[i];
        m_low = {std::min(m_low.real(), z.real()), std::min(m_low.imag(), z.imag())};
        m_high = {std::max(m_high.real(), z.real()), std::max(m_high.imag(), z.imag())};
    }
    sortIntoSlabs(edges);
}

void LassoArea::sortIntoSlabs(std::span<const Edge> edges) {
    const std::size_t slabs = std::min(mostSlabs, edges.size());
    const double height = m_high.imag() - m_low.imag();
    m_slabsPerUnit = height > 0 ? static_cast<double>(slabs) / height : 0;
    m_start.assign(slabs + 1, 0);
    const auto eachSlab = [&](const Edge& edge, auto&& visit) {
        const std::size_t last = slabOf(std::max(edge.a.imag(), edge.b.imag()));
        for (std::size_t slab = slabOf(std::min(edge.a.imag(), edge.b.imag())); slab <= last;
             ++slab)
            visit(slab);
    };
    for (const Edge& edge : edges)
        eachSlab(edge, [&](std::size_t slab) { ++m_start[slab + 1]; });
    for (std::size_t slab = 0; slab < slabs; ++slab)
        m_start[slab + 1] += m_start[slab];
    m_edges.resize(m_start[slabs]);
    std::vector<std::size_t> next(m_start.begin(), m_start.end() - 1);
    for (const Edge& edge : edges)
        eachSlab(edge, [&](std::size_t slab) { m_edges[next[slab]++] = edge; });
}

/// Monotonic in y, so that an edge stands in the slab of every height between its ends.
std::size_t LassoArea::slabOf(double y) const {
    const double slab = std::max(0.0, (y - m_low.imag()) * m_slabsPerUnit);
    return std::min(static_cast<std::size_t>(slab), m_start.size() - 2);
}

bool LassoArea::contains(Complex z) const {
    if (!(z.real() >= m_low.real() && z.real() <= m_high.real() && z.imag() >= m_low.imag() &&
          z.imag() <= m_high.imag()))
        return false;
    const std::size_t slab = slabOf(z.imag());
    bool inside = false;
    for (std::size_t i = m_start[slab]; i < m_start[slab + 1]; ++i)
        inside ^= crosses(m_edges[i].a, m_edges[i].b, z);
    return inside;
}

} // namespace hmgrl
