#pragma once

#include "view/DiskScene.h"

#include <cstdint>
#include <string>
#include <vector>

namespace hmgrl {

/// A prototype that has a name to be shown.
struct LabelName {
    std::string text;
    std::uint32_t row = 0;
    int depth = 0; ///< steps to the root of its tree
};

[[nodiscard]] std::vector<LabelName> labelNames(const DiskScene& scene);

} // namespace hmgrl
