#pragma once

#include <cstddef>
#include <span>

namespace hmgrl {

/// Gromov's four-point hyperbolicity of a finite metric space, with the first point as base: the
/// largest min((x|z), (z|y)) - (x|y) over all x, y, z, by the max-min product of the matrix of
/// Gromov products. A tree has delta 0. `relative` is 2 delta / diameter: 0 tree-like, 1 as far
/// from it as can be (Khrulkov et al., Hyperbolic Image Embeddings, 2020).
struct GromovDelta {
    double delta = 0;
    double relative = 0;
    double diameter = 0;
};

/// distances: n x n, row by row, symmetric. O(n^3): a few hundred points. Fewer than four points
/// give 0. @throws Error when the size is no square
[[nodiscard]] GromovDelta gromovDelta(std::span<const double> distances, std::size_t n);

} // namespace hmgrl
