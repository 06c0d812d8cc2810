#include "picture/DiskBackdrop.h"

#include "geometry/Geodesic.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace hmgrl {

namespace {
using disk::Complex;

double localScale(Complex z, double pixelsPerUnit) {
    return pixelsPerUnit * std::max(1 - std::norm(z), 0.0) / 2;
}
} // namespace

void DiskBackdrop::draw(StrokeSink& sink, const DiskController& view, const DiskColours& colours) {
    const double pixels = view.pixelsPerUnit();
    surface(sink, pixels, colours);
    if (view.overlay().grid)
        m_grid.draw(sink, view.focus(), pixels, colours.grid);
    constexpr double rim = 0.8;
    sink.band(1 - rim / 2 / pixels, 1 + rim / 2 / pixels, colours.boundary, colours.boundary);
    sink.band(1 - (rim / 2 + 1) / pixels, 1 - rim / 2 / pixels, faded(colours.boundary, 0),
              colours.boundary);
    sink.band(1 + rim / 2 / pixels, 1 + (rim / 2 + 1) / pixels, colours.boundary,
              faded(colours.boundary, 0));
    for (std::size_t i = 0; view.overlay().tree && i < view.scene().treeEdges.size(); ++i)
        edge(sink, view, i, colours);
}

void DiskBackdrop::surface(StrokeSink& sink, double pixelsPerUnit, const DiskColours& c) const {
    constexpr std::array radii{0.0, 0.55, 0.8, 0.92, 1.0};
    for (std::size_t i = 0; i + 1 < radii.size(); ++i)
        sink.band(radii[i], radii[i + 1], mixed(c.centre, c.rim, std::pow(radii[i], 3)),
                  mixed(c.centre, c.rim, std::pow(radii[i + 1], 3)));
    sink.band(1, 1 + 4 / pixelsPerUnit, c.shadow, faded(c.shadow, 0.45));
    sink.band(1 + 4 / pixelsPerUnit, 1 + 16 / pixelsPerUnit, faded(c.shadow, 0.45),
              faded(c.shadow, 0));
}

void DiskBackdrop::edge(StrokeSink& sink, const DiskController& view, std::size_t index,
                        const DiskColours& colours) {
    const auto [parent, child] = view.scene().treeEdges[index];
    const auto points = view.viewPoints();
    if (parent >= points.size() || child >= points.size())
        return;
    const double pixels = view.pixelsPerUnit();
    const disk::Geodesic arc(points[parent], points[child]);
    const double length = std::abs(points[child] - points[parent]) * pixels;
    const int count = std::clamp(static_cast<int>(length / 8) + 2, 3, 64);
    const bool dim = !view.isActive(parent) || !view.isActive(child);
    const Argb tint = withAlpha(view.scene().colour[child], colours.dark ? 0.75 : 0.6);
    m_points.clear();
    for (int i = 0; i <= count; ++i) {
        const double t = static_cast<double>(i) / count;
        const Complex z = arc.at(t);
        const double near = std::clamp(localScale(z, pixels) / 120, 0.0, 1.0);
        const Argb colour = dim ? faded(colours.edge, 0.35) : mixed(colours.edge, tint, t);
        m_points.push_back({z, static_cast<float>(0.8 + 1.4 * std::sqrt(near)),
                            faded(colour, 0.35 + 0.65 * std::sqrt(near))});
    }
    sink.polyline(m_points);
}

} // namespace hmgrl
