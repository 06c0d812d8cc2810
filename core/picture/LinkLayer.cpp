#include "picture/LinkLayer.h"

#include "geometry/GeodesicArc.h"
#include "picture/ViewScale.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {
constexpr double dash = 6, gap = 4.5; ///< pixels
constexpr double mostDashes = 160;
constexpr double tolerance = 0.15; ///< pixels between an arc and its straight pieces

void drawLink(LineSink& sink, const DiskController& view, const DiskLink& link,
              const DiskColours& colours, std::vector<StrokePoint>& scratch) {
    const double pixels = view.pixelsPerUnit();
    const disk::GeodesicArc arc(view.viewPoints()[link.from], view.viewPoints()[link.to]);
    const double length = arc.length() * pixels;
    if (length < 4)
        return;
    const double weight = std::clamp(link.weight, 0.0, 1.0);
    const double alpha = 0.3 + 0.65 * weight;
    const Argb colour = faded(mixed(withAlpha(link.colour, 1), colours.text, 0.15), alpha);
    const auto width = static_cast<float>(0.9 + 2.1 * weight);
    // Whole periods, so that the line ends with a dash.
    const double periods =
        std::clamp(std::round((length + gap) / (dash + gap)), 1.0, mostDashes) - gap / (dash + gap);
    const double period = 1 / periods;
    const double share = dash / (dash + gap) * period;
    const int bends =
        std::max(1, static_cast<int>(std::ceil(arc.pieces(tolerance / pixels) * share)));
    for (double t = 0; t < 1 - 1e-9; t += period) {
        scratch.clear();
        for (int i = 0; i <= bends; ++i) {
            const auto z = arc.at(std::min(t + share * i / bends, 1.0));
            scratch.push_back({z, width, faded(colour, 0.3 + 0.7 * nearness(z, pixels, 40))});
        }
        sink.polyline(scratch);
    }
}
} // namespace

void drawLinks(LineSink& sink, const DiskController& view, const DiskColours& colours,
               std::vector<StrokePoint>& scratch) {
    const auto& scene = view.scene();
    for (const DiskLink& link : view.overlay().links) {
        if (link.from >= scene.size() || link.to >= scene.size())
            continue;
        const auto isGhost = [&](std::uint32_t row) {
            return scene.kind[row] == PointKind::Generated;
        };
        if (!view.overlay().ghosts && (isGhost(link.from) || isGhost(link.to)))
            continue;
        drawLink(sink, view, link, colours, scratch);
    }
}

} // namespace hmgrl
