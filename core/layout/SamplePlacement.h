#pragma once

#include "layout/TreePlacement.h"
#include "support/Cancel.h"
#include "support/Progress.h"

#include <cstdint>
#include <vector>

namespace hmgrl::layout {

/// A sample and where it belongs: its home and the prototypes around it. Indices are into the
/// nodes.
struct Membership {
    std::size_t row = 0; ///< of the embedding
    std::size_t home = 0;
    double distance = 0; ///< to the home, on the hyperboloid
    std::vector<std::pair<std::size_t, double>>
        around; ///< nearest prototypes first, with distances
};

/// Every row that is no prototype. Home is the prototype of the row's category when there is one,
/// else the nearest. @throws Cancelled
[[nodiscard]] std::vector<Membership>
memberships(const EmbeddingSet& set, const Hyperboloid& points, const std::vector<TreeNode>& nodes,
            const CancelToken& cancel, const ProgressSink& progress);

/// Places samples around prototypes that are placed. What lies between two categories is drawn
/// between them (Lorentz centroid of the nearest prototypes, softmax of distances); around that
/// point a sample goes in the direction of its principal tangent coordinates, turned so that they
/// look towards the other prototypes as they do on the hyperboloid, as far as the rank of its
/// distance to its home. Writes to where[row]. @throws Cancelled
void placeSamples(const std::vector<Membership>& samples, const Hyperboloid& points,
                  const std::vector<TreeNode>& nodes, std::uint32_t seed, const CancelToken& cancel,
                  std::vector<DiskPoint>& where);

} // namespace hmgrl::layout
