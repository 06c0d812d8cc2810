#pragma once

#include "data/EmbeddingSet.h"
#include "support/Cancel.h"
#include "support/Progress.h"

#include <cstdint>
#include <vector>

namespace hmgrl {

enum class LayoutMethod {
    HorosphericalPca, ///< deterministic, instant: tangent-space principal plane, radii rescaled
    TreeFirst ///< prototypes placed by the category tree, samples around their best prototypes
};

struct LayoutOptions {
    LayoutMethod method = LayoutMethod::TreeFirst;
    double rimRadius = 5.0; ///< no point is placed farther from the centre (hyperbolic units)
    std::uint32_t seed = 1;
};

/// Input: samples and prototypes of ONE kind (entity or relation) on the hyperboloid, with the
/// tree.
struct LayoutInput {
    EmbeddingSet points;              ///< prototypes and samples in any order
    std::vector<std::int32_t> parent; ///< row of the parent prototype, -1 for roots and samples
};

/// Disk coordinates, one per row. Deterministic for a seed. @throws Cancelled
[[nodiscard]] std::vector<DiskPoint> layoutOnDisk(const LayoutInput& input,
                                                  const LayoutOptions& options = {},
                                                  const CancelToken& cancel = {},
                                                  const ProgressSink& progress = {});

/// Places further points without moving the rest: each goes where its nearest hyperbolic neighbours
/// among `placed` are (Lorentz centroid of their disk positions, weighted by distance).
[[nodiscard]] std::vector<DiskPoint> placeMore(const EmbeddingSet& placed,
                                               const std::vector<DiskPoint>& where,
                                               const EmbeddingSet& more);

struct LayoutQuality {
    double recall15 = 0;        ///< of the 15 nearest hyperbolic neighbours, share kept on the disk
    double trustworthiness = 0; ///< k = 15
    double continuity = 0;      ///< k = 15
    double maxRadius = 0;       ///< hyperbolic; above 6: rim alarm
    std::size_t sampled = 0;    ///< points it was computed from
};
/// On at most `limit` points drawn with the seed.
[[nodiscard]] LayoutQuality layoutQuality(const EmbeddingSet& points,
                                          const std::vector<DiskPoint>& where,
                                          std::size_t limit = 2000, std::uint32_t seed = 1);

/// Exact hyperbolic nearest neighbours of row `query` (itself left out): rows and distances,
/// nearest first.
[[nodiscard]] std::vector<std::pair<std::size_t, double>> nearest(const EmbeddingSet& points,
                                                                  std::size_t query, std::size_t k);

} // namespace hmgrl
