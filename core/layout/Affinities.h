#pragma once

#include "layout/Neighbours.h"

#include <cstdint>
#include <vector>

namespace hmgrl::layout {

/// The symmetric affinities p_ij of t-SNE as sparse rows; they sum to 1 within 1e-7. Each row is
/// filled up to a multiple of eight with p = 0, which the inner loops want.
struct Affinities {
    std::vector<std::size_t> start; ///< size() + 1 offsets
    std::vector<std::uint32_t> column;
    std::vector<float>
        p; ///< float: half the memory that each step reads; a constant of the objective

    [[nodiscard]] std::size_t size() const { return start.empty() ? 0 : start.size() - 1; }
};

/// p_{j|i} ~ exp(-beta_i d_ij^2) with beta_i such that the perplexity is as asked (at most the
/// number of neighbours), then made symmetric.
[[nodiscard]] Affinities affinities(const NeighbourTable& neighbours, double perplexity,
                                    Workers& workers, const CancelToken& cancel = {});

} // namespace hmgrl::layout
