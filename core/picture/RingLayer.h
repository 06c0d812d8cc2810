#pragma once

#include "picture/Stroke.h"
#include "view/DiskController.h"

#include <vector>

namespace hmgrl {

/// Circles at whole hyperbolic distances about the view's centre. `scratch` keeps its memory
/// between calls.
void drawRings(LineSink& sink, const DiskController& view, const DiskColours& colours,
               std::vector<StrokePoint>& scratch);

/// A circle about the centre with the radius, width and colour of `point`.
void drawCircle(LineSink& sink, const StrokePoint& point, double pixelsPerUnit,
                std::vector<StrokePoint>& scratch);

/// How far a ring is seen from the one inside it, in pixels. @param distance whole, > 0
[[nodiscard]] double ringGap(int distance, double pixelsPerUnit);

} // namespace hmgrl
