#include "picture/DiskBackdrop.h"

#include "geometry/GeodesicArc.h"
#include "picture/LinkLayer.h"
#include "picture/RingLayer.h"
#include "picture/SplatSet.h"
#include "picture/ViewScale.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace hmgrl {

using disk::Complex;

bool DiskBackdrop::shows(DiskController::Change change, const DiskController& view) {
    using enum DiskController::Change;
    if (change == Selection)
        return view.overlay().regions || !view.scene().arcs.empty();
    const Hovered hovered = hoveredHere(view);
    const bool isOther = std::exchange(m_hovered, hovered) != hovered;
    return change != Hover || isOther;
}

DiskBackdrop::Hovered DiskBackdrop::hoveredHere(const DiskController& view) {
    Hovered hovered;
    const DiskScene& scene = view.scene();
    const DiskOverlay& shown = view.overlay();
    hovered.arc = view.hoverArc();
    if (view.hover() < 0)
        return hovered;
    const auto row = static_cast<std::uint32_t>(view.hover());
    const auto touches = [row](const DiskArc& arc) { return arc.head == row || arc.tail == row; };
    const bool counts = isPrototype(scene.kind[row])
                            ? shown.regions || (shown.arcs && !scene.arcs.empty())
                            : std::any_of(scene.arcs.begin(), scene.arcs.end(), touches);
    if (counts)
        hovered.row = view.hover();
    return hovered;
}

void DiskBackdrop::draw(StrokeSink& sink, const DiskController& view, const DiskColours& colours) {
    drawGround(sink, view, colours);
    drawLayers(sink, view, colours);
}

void DiskBackdrop::drawGround(StrokeSink& sink, const DiskController& view,
                              const DiskColours& colours) {
    surface(sink, view.pixelsPerUnit(), colours);
    boundary(sink, view.pixelsPerUnit(), colours);
}

void DiskBackdrop::drawLayers(LayerSink& sink, const DiskController& view,
                              const DiskColours& colours) {
    const DiskOverlay& shown = view.overlay();
    const double pixels = view.pixelsPerUnit();
    if (shown.regions)
        m_regions.draw(sink, view, colours);
    if (shown.regions) // which lie over the boundary
        drawCircle(sink, {1, 1.6F, colours.boundary}, pixels, m_points);
    if (shown.grid) // which recedes where something else is to be read
        m_grid.draw(sink, view.focus(), pixels,
                    faded(colours.grid, shown.rings || shown.regions ? 0.45 : 1));
    if (shown.rings)
        drawRings(sink, view, colours, m_points);
    for (std::size_t i = 0; shown.tree && i < view.scene().treeEdges.size(); ++i)
        edge(sink, view, i, colours);
    m_arcs.draw(sink, view, colours);
    drawLinks(sink, view, colours, m_points);
}

void DiskBackdrop::boundary(StrokeSink& sink, double pixels, const DiskColours& c) {
    constexpr double rim = 0.8;
    sink.band(1 - rim / 2 / pixels, 1 + rim / 2 / pixels, c.boundary, c.boundary);
    sink.band(1 - (rim / 2 + 1) / pixels, 1 - rim / 2 / pixels, faded(c.boundary, 0), c.boundary);
    sink.band(1 + rim / 2 / pixels, 1 + (rim / 2 + 1) / pixels, c.boundary, faded(c.boundary, 0));
}

void DiskBackdrop::surface(StrokeSink& sink, double pixelsPerUnit, const DiskColours& c) {
    constexpr std::array radii{0.0, 0.55, 0.8, 0.92, 1.0};
    for (std::size_t i = 0; i + 1 < radii.size(); ++i)
        sink.band(radii[i], radii[i + 1], mixed(c.centre, c.rim, std::pow(radii[i], 3)),
                  mixed(c.centre, c.rim, std::pow(radii[i + 1], 3)));
    sink.band(1, 1 + 4 / pixelsPerUnit, c.shadow, faded(c.shadow, 0.45));
    sink.band(1 + 4 / pixelsPerUnit, 1 + 16 / pixelsPerUnit, faded(c.shadow, 0.45),
              faded(c.shadow, 0));
}

void DiskBackdrop::edge(LineSink& sink, const DiskController& view, std::size_t index,
                        const DiskColours& colours) {
    const auto [parent, child] = view.scene().treeEdges[index];
    const auto points = view.viewPoints();
    if (parent >= points.size() || child >= points.size())
        return;
    const double pixels = view.pixelsPerUnit();
    const disk::GeodesicArc arc(points[parent], points[child]);
    const int count = std::max(arc.pieces(0.12 / pixels),
                               std::clamp(static_cast<int>(arc.length() * pixels / 24), 3, 24));
    const bool dim = !view.isActive(parent) || !view.isActive(child);
    const Argb tint = withAlpha(view.scene().colour[child], colours.dark ? 0.75 : 0.6);
    const double there = view.presence(parent, child);
    m_points.clear();
    for (int i = 0; i <= count; ++i) {
        const double t = static_cast<double>(i) / count;
        const Complex z = arc.at(t);
        const double near = std::clamp(localScale(z, pixels) / 120, 0.0, 1.0);
        const Argb colour = dim ? faded(colours.edge, 0.35) : mixed(colours.edge, tint, t);
        m_points.push_back({z, static_cast<float>(0.8 + 1.4 * std::sqrt(near)),
                            faded(colour, there * (0.35 + 0.65 * std::sqrt(near)))});
    }
    sink.polyline(m_points);
}

} // namespace hmgrl
