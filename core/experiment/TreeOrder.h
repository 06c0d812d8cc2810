#pragma once

// LibTorch header: for core rooms only.
#include <torch/types.h>

namespace hmgrl {

/// How well prototypes follow the tree: shares, 0 to 1, of the categories with a parent.
struct TreeOrder {
    double farther = 0; ///< lie farther from the origin than their parent
    double inCone = 0;  ///< lie inside its entailment cone
};

/// prototypes (C, d) space parts, parents (C) int64 rows, -1: none; at least one has a parent.
[[nodiscard]] TreeOrder treeOrder(const torch::Tensor& prototypes, const torch::Tensor& parents,
                                  const torch::Tensor& curvature);

} // namespace hmgrl
