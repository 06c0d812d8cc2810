#include "picture/RingLayer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hmgrl {

namespace {
constexpr int mostRings = 40;
constexpr double leastGap = 3; ///< pixels between two rings that are drawn
} // namespace

double ringGap(int distance, double pixelsPerUnit) {
    return (std::tanh(distance / 2.0) - std::tanh((distance - 1) / 2.0)) * pixelsPerUnit;
}

void drawCircle(LineSink& sink, const StrokePoint& point, double pixelsPerUnit,
                std::vector<StrokePoint>& scratch) {
    const double radius = std::abs(point.z);
    const double step = std::sqrt(8 * 0.1 / (radius * pixelsPerUnit)); // a tenth of a pixel
    const int count = std::clamp(static_cast<int>(2 * std::numbers::pi / step), 32, 720);
    scratch.assign(static_cast<std::size_t>(count) + 1, point);
    for (int i = 0; i <= count; ++i)
        scratch[static_cast<std::size_t>(i)].z =
            std::polar(radius, 2 * std::numbers::pi * i / count);
    sink.polyline(scratch);
}

void drawRings(LineSink& sink, const DiskController& view, const DiskColours& colours,
               std::vector<StrokePoint>& scratch) {
    const double pixels = view.pixelsPerUnit();
    for (int distance = 1; distance <= mostRings; ++distance) {
        const double gap = ringGap(distance, pixels);
        if (gap < leastGap)
            return;
        const double radius = std::tanh(distance / 2.0);
        const double strength = 0.10 + 0.29 * std::min((gap - leastGap) / 40, 1.0);
        drawCircle(sink, {radius, 1.1F, faded(colours.mutedText, strength)}, pixels, scratch);
    }
}

} // namespace hmgrl
