#pragma once

#include "disk/DiskLegend.h"

namespace hmgrl {

/// The categories of a scene by the number of their samples, each with the colour and the mark of
/// its points.
[[nodiscard]] DiskLegend categoryLegend(const DiskScene& scene, const QString& title);

} // namespace hmgrl
