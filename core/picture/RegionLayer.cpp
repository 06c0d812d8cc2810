#include "picture/RegionLayer.h"

#include "geometry/GeodesicArc.h"
#include "geometry/Klein.h"
#include "picture/SplatSet.h"
#include "picture/ViewScale.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hmgrl {

using disk::Complex;
using disk::Voronoi;

namespace {
constexpr double tolerance = 0.2; ///< pixels between an arc and its straight pieces
constexpr double full = 2 * std::numbers::pi;

Complex seen(const disk::Isometry& focus, DiskPoint at) {
    if (!std::isinf(at.r))
        return disk::toCartesian(focus.apply(at));
    const Complex z = focus.apply(std::polar(1.0, at.theta));
    return z / std::abs(z);
}

/// Straight pieces for an arc of `angle` on the rim.
int rimPieces(double angle, double pixels) {
    const double step = std::sqrt(8 * tolerance / std::max(pixels, 1.0));
    return std::clamp(static_cast<int>(std::ceil(angle / step)), 1, 720);
}
} // namespace

void RegionLayer::draw(LayerSink& sink, const DiskController& view, const DiskColours& colours) {
    update(view);
    if (m_sites.empty())
        return;
    see(view);
    for (std::size_t site = 0; site < m_sites.size(); ++site)
        fill(sink, view, colours, site);
    for (const bool strong : {false, true})
        for (std::size_t site = 0; site < m_sites.size(); ++site)
            if (!strong || isStrong(view, site))
                borders(sink, view, colours, site, strong);
}

void RegionLayer::update(const DiskController& view) {
    const DiskScene& scene = view.scene();
    m_rowsNow.clear();
    m_sitesNow.clear();
    for (std::size_t row = 0; row < scene.size(); ++row)
        if (isPrototype(scene.kind[row]) && view.isActive(row)) {
            m_rowsNow.push_back(static_cast<std::uint32_t>(row));
            m_sitesNow.push_back(scene.points[row]);
        }
    m_rows.swap(m_rowsNow);
    if (m_sites == m_sitesNow)
        return;
    m_sites.swap(m_sitesNow);
    m_diagram = Voronoi(m_sites);
}

/// Brings all corners into the view.
void RegionLayer::see(const DiskController& view) {
    m_corners.resize(m_sites.size());
    m_toLayout = view.focus().inverse();
    double nearest = 2;
    for (std::size_t site = 0; site < m_sites.size(); ++site) {
        m_corners[site].clear();
        for (const auto& corner : m_diagram.cells()[site].corners)
            m_corners[site].push_back(seen(view.focus(), corner.at));
        const double away = std::abs(view.viewPoints()[m_rows[site]]);
        if (away < nearest && !m_diagram.cells()[site].isEmpty) {
            nearest = away;
            m_home = site;
        }
    }
}

bool RegionLayer::isStrong(const DiskController& view, std::size_t site) const {
    return view.hover() == static_cast<int>(m_rows[site]) || view.selected()[m_rows[site]];
}

/// Whether the arc that follows a corner has the rim's point opposite to that corner: asked of the
/// layout, where the ends are apart.
bool RegionLayer::holdsFarSide(std::size_t site, std::size_t corner) const {
    const auto& corners = m_diagram.cells()[site].corners;
    const double begin = corners[corner].at.theta;
    const double end = corners[(corner + 1) % corners.size()].at.theta;
    const double far = std::arg(m_toLayout.apply(-m_corners[site][corner]));
    const auto onwards = [&](double angle) {
        const double turn = std::fmod(angle - begin, full);
        return turn < 0 ? turn + full : turn;
    };
    return onwards(far) < onwards(end);
}

/// The arc of the circle at infinity that follows a corner. Two ends that look like one are either
/// no arc or, where everything else is out of sight, the whole circle.
void RegionLayer::rim(std::size_t site, std::size_t corner, double pixels) {
    const auto& corners = m_corners[site];
    const Complex from = corners[corner];
    const Complex to = corners[(corner + 1) % corners.size()];
    constexpr double hair = 1e-6;
    double angle = std::arg(to * std::conj(from));
    if (angle < 0)
        angle += full;
    if (angle < hair || angle > full - hair) {
        const bool alone = std::all_of(corners.begin(), corners.end(),
                                       [&](Complex z) { return std::abs(z - from) < 1e-3; });
        angle = alone && site == m_home && holdsFarSide(site, corner) ? full : 0;
    }
    const int count = rimPieces(angle, pixels);
    for (int i = 0; i < count; ++i)
        m_outline.push_back(from * std::polar(1.0, angle * i / count));
}

void RegionLayer::traceOutline(std::size_t site, double pixels) {
    const auto& cell = m_diagram.cells()[site];
    const auto& corners = m_corners[site];
    m_outline.clear();
    for (std::size_t i = 0; i < corners.size(); ++i) {
        if (cell.corners[i].beyond == Voronoi::infinity) {
            rim(site, i, pixels);
            continue;
        }
        const disk::GeodesicArc arc(corners[i], corners[(i + 1) % corners.size()]);
        const int count = arc.pieces(tolerance / pixels);
        for (int k = 0; k < count; ++k)
            m_outline.push_back(arc.at(static_cast<double>(k) / count));
    }
    const int around = corners.empty() && !cell.isEmpty ? rimPieces(full, pixels) : 0;
    for (int i = 0; i < around; ++i)
        m_outline.push_back(std::polar(1.0, full * i / around));
}

void RegionLayer::fill(LayerSink& sink, const DiskController& view, const DiskColours& colours,
                       std::size_t site) {
    const double pixels = view.pixelsPerUnit();
    traceOutline(site, pixels);
    if (m_outline.size() < 3)
        return;
    double widest = 0;
    Complex middle = 0; // of the outline in Klein's model: inside, and where there is most to see
    for (const Complex z : m_outline) {
        widest = std::max(widest, std::abs(z - m_outline[0]));
        middle += disk::toKlein(z);
    }
    if (widest * pixels < 1.5)
        return;
    const double strength = isStrong(view, site) ? 2.2 : 1;
    const double alpha = (colours.dark ? 0.13 : 0.11) * strength;
    sink.area(m_outline, disk::fromKlein(middle / static_cast<double>(m_outline.size())),
              withAlpha(view.scene().colour[m_rows[site]], alpha));
}

/// Each border once, between the colours of both sides; those of a strong region in its own.
void RegionLayer::borders(LayerSink& sink, const DiskController& view, const DiskColours& colours,
                          std::size_t site, bool strong) {
    const double pixels = view.pixelsPerUnit();
    const auto& cell = m_diagram.cells()[site];
    const auto& corners = m_corners[site];
    const Argb own = withAlpha(view.scene().colour[m_rows[site]], 1);
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const int beyond = cell.corners[i].beyond;
        if (beyond == Voronoi::infinity || (!strong && beyond < static_cast<int>(site)))
            continue;
        const disk::GeodesicArc arc(corners[i], corners[(i + 1) % corners.size()]);
        if (arc.length() * pixels < 1)
            continue;
        const Argb other =
            withAlpha(view.scene().colour[m_rows[static_cast<std::size_t>(beyond)]], 1);
        const Argb between = mixed(mixed(own, other, 0.5), withAlpha(colours.edge, 1), 0.35);
        const Argb colour = strong ? own : faded(between, colours.dark ? 0.5 : 0.55);
        const int count = std::max(arc.pieces(tolerance / pixels),
                                   std::min(static_cast<int>(arc.length() * pixels / 40) + 1, 6));
        m_points.clear();
        for (int k = 0; k <= count; ++k) {
            const Complex z = arc.at(static_cast<double>(k) / count);
            const double near = nearness(z, pixels, 40);
            m_points.push_back({z, strong ? 1.8F : 1.1F, faded(colour, near)});
        }
        sink.polyline(m_points);
    }
}

} // namespace hmgrl
