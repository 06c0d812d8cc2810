#pragma once

#include "inspector/InspectorFacts.h"

#include <QString>

namespace hmgrl {

/// "nearness −1.3 · words +4.2 · calibration −1.6": what a score is made of. Parts below 0.05 are
/// left out.
[[nodiscard]] QString reasonText(const CategorySpace::Reason& reason);

/// Why the best candidate is ahead of the second: the differences of their parts, from the largest
/// gain to the largest loss. Empty for fewer than two candidates, or where the model can't tell.
[[nodiscard]] QString leadText(const std::vector<CategoryFact>& best);

} // namespace hmgrl
