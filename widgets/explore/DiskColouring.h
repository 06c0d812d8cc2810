#pragma once

#include "disk/DiskLegend.h"
#include "workflow/DiskData.h"

#include <optional>

namespace hmgrl {

/// What the points' colours say.
enum class ColourBy { Category, Confidence, Seen, Status };

/// Colours the scene's points by `by`. Returns what the colours mean, nothing for categories: the
/// disk makes that legend itself.
[[nodiscard]] std::optional<DiskLegend> colourScene(DiskScene& scene, const DiskData& disk,
                                                    ColourBy by);

} // namespace hmgrl
