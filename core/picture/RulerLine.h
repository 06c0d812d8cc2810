#pragma once

#include "picture/Stroke.h"
#include "view/DiskController.h"

#include <vector>

namespace hmgrl {

/// The overlay's ruler, if there is one: the geodesic it measures with a tick at each end. Its
/// length is among overlayTexts(). `scratch` keeps its memory between calls.
void drawRuler(LineSink& sink, const DiskController& view, const DiskColours& colours,
               std::vector<StrokePoint>& scratch);

} // namespace hmgrl
