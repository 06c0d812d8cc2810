#pragma once

#include "view/DiskController.h"

namespace hmgrl::test {

/// A scene with the shape of real ones: 40 entity types in a tree of two levels, `samples` mentions
/// gathered around them unevenly, a few generated points. The same for the same arguments.
[[nodiscard]] DiskScene sampleScene(std::size_t samples, unsigned seed = 7);

} // namespace hmgrl::test
