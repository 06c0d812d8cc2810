#pragma once

#include "data/Document.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace hmgrl {

enum class Part { Train, Validation, Test };

/// Which part a document belongs to. Documents never stand on both sides. Those that name a
/// category kept for testing go to test with probability 0.55 and to training (there without that
/// label) otherwise, likewise for validation; the rest is drawn 75 / 10 / 15. Depends on seed and
/// key alone, not on order.
[[nodiscard]] Part partOf(const Document& document, const std::set<std::string>& validationUnseen,
                          const std::set<std::string>& testUnseen, std::uint32_t seed);

/// Takes the labels of unseen categories off: mentions stay untyped, relations go.
void hideCategories(Document& document, const std::set<std::string>& hidden);

} // namespace hmgrl
