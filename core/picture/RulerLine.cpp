#include "picture/RulerLine.h"

#include "geometry/GeodesicArc.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {
using disk::Complex;

/// Square to the arc at one of its ends.
void tick(LineSink& sink, Complex end, Complex inwards, double pixels, float width, Argb colour) {
    constexpr double half = 6; // pixels
    const Complex along = inwards - end;
    if (std::abs(along) < 1e-12)
        return;
    const Complex across = Complex(0, half / pixels) * along / std::abs(along);
    const StrokePoint line[]{{end - across, width, colour}, {end + across, width, colour}};
    sink.polyline(line);
}
} // namespace

void drawRuler(LineSink& sink, const DiskController& view, const DiskColours& colours,
               std::vector<StrokePoint>& scratch) {
    if (!view.overlay().ruler)
        return;
    const auto [from, to] = *view.overlay().ruler;
    const double pixels = view.pixelsPerUnit();
    const disk::GeodesicArc arc(disk::toCartesian(view.focus().apply(from)),
                                disk::toCartesian(view.focus().apply(to)));
    const int count = std::max(2, arc.pieces(0.1 / pixels));
    // A light edge below, so that the ruler is seen over any crowd of points.
    for (const bool edge : {true, false}) {
        const Argb colour = edge ? colours.halo : colours.accent;
        const float width = edge ? 5 : 2;
        scratch.clear();
        for (int i = 0; i <= count; ++i)
            scratch.push_back({arc.at(static_cast<double>(i) / count), width, colour});
        sink.polyline(scratch);
        tick(sink, arc.at(0), arc.at(0.01), pixels, width, colour);
        tick(sink, arc.at(1), arc.at(0.99), pixels, width, colour);
    }
}

} // namespace hmgrl
