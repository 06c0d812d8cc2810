#pragma once

#include "picture/Stroke.h"
#include "view/DiskController.h"

#include <vector>

namespace hmgrl {

/// The overlay's links as dashed geodesics, wider and stronger by weight. `scratch` keeps its
/// memory between calls.
void drawLinks(LineSink& sink, const DiskController& view, const DiskColours& colours,
               std::vector<StrokePoint>& scratch);

} // namespace hmgrl
