#include "picture/LassoLine.h"

namespace hmgrl {

void drawLassoLine(LineSink& sink, const DiskController& view,
                   std::span<const std::pair<double, double>> line, const DiskColours& colours,
                   std::vector<StrokePoint>& scratch) {
    if (line.size() < 2)
        return;
    scratch.clear();
    for (const auto& [x, y] : line)
        scratch.push_back({view.toDisk(x, y), 1.8F, colours.accent});
    sink.polyline(scratch);
    const StrokePoint chord[]{{scratch.front().z, 1, faded(colours.accent, 0.5)},
                              {scratch.back().z, 1, faded(colours.accent, 0.5)}};
    sink.polyline(chord);
}

} // namespace hmgrl
