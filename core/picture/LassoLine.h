#pragma once

#include "picture/Stroke.h"
#include "view/DiskController.h"

#include <span>
#include <utility>
#include <vector>

namespace hmgrl {

/// The lasso with its closing chord, which is fainter. `scratch` keeps its memory between calls.
void drawLassoLine(LineSink& sink, const DiskController& view,
                   std::span<const std::pair<double, double>> line, const DiskColours& colours,
                   std::vector<StrokePoint>& scratch);

} // namespace hmgrl
