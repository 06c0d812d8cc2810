#pragma once

#include "layout/Hyperboloid.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl::layout {

/// A prototype in the tree that is to be placed. Indices are into the vector of nodes.
struct TreeNode {
    std::size_t row = 0; ///< of the embedding
    int parent = -1;     ///< -1: below the virtual root
    double samples = 0;  ///< how many samples will gather here
    DiskPoint where;     ///< the result
};

/// Places a forest of prototypes under a virtual root at the centre: every subtree owns a wedge as
/// wide as what it has to hold, siblings stand so that similar ones adjoin, radii grow with depth
/// until the leaves have elbow room. No node goes beyond `reach` (hyperbolic). A single root takes
/// the centre.
/// @throws Error when the parents form a cycle
void placeTree(std::vector<TreeNode>& nodes, const Hyperboloid& points, double reach);

/// A short closed tour (or open path) through items by their distances: greedy chain, then 2-opt.
/// `distances` is size n * n. Deterministic.
[[nodiscard]] std::vector<std::size_t> seriate(std::span<const double> distances, std::size_t n,
                                               bool closed);

} // namespace hmgrl::layout
