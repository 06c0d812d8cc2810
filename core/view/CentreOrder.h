#pragma once

#include "view/DiskController.h"

namespace hmgrl {

/// The points in the order of their distance from the middle of the viewport, as keys walk through
/// them. Only rows that can be picked count; -1: there is none.
[[nodiscard]] int nextFromCentre(const DiskController& view, int row); ///< -1, or the last: nearest
[[nodiscard]] int previousFromCentre(const DiskController& view, int row); ///< of the first: last

} // namespace hmgrl
