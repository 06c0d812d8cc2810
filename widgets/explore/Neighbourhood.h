#pragma once

#include "workflow/DiskData.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace hmgrl {

/// What lies around one row in latent space, by exact hyperbolic distance at the model's curvature.
struct Neighbourhood {
    int row = -1;
    std::string category;                        ///< of the row itself
    std::vector<std::pair<int, double>> nearest; ///< samples, nearest first
    double reach = 0; ///< distance of the last of `nearest`: the k-th neighbour's

    /// Distances to all other samples, `width` each bin; of its own category, and of others.
    std::vector<int> own, others;
    double width = 0;
    [[nodiscard]] double farthest() const { return width * static_cast<double>(own.size()); }
};

/// Any thread; some milliseconds at ten thousand samples. @throws Error for a row outside the disk
[[nodiscard]] Neighbourhood neighbourhoodOf(const DiskData& disk, int row, std::size_t k,
                                            std::size_t bins = 36);

/// From the row to its nearest samples, the nearest the heaviest.
[[nodiscard]] std::vector<DiskLink> neighbourLinks(const DiskData& disk,
                                                   const Neighbourhood& around);

} // namespace hmgrl
