#pragma once

#include "extraction/CategorySpace.h"
#include "project/Project.h"

#include <optional>
#include <string>
#include <vector>

namespace hmgrl {

/// The ranking of a stored latent; nothing for one of another model's width.
[[nodiscard]] std::optional<std::vector<Candidate>> rankRow(const LatentRow& row,
                                                            const CategorySpace& space);

/// Why the best ones of a stored latent's ranking are best, in the order of `candidates`; empty for
/// a latent of another model's width or where a candidate isn't in the space.
[[nodiscard]] std::vector<CategorySpace::Reason>
reasonsOf(const LatentRow& row, const CategorySpace& space,
          const std::vector<Candidate>& candidates);

} // namespace hmgrl
