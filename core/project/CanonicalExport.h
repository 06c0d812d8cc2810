#pragma once

#include "data/Document.h"

#include <string>

namespace hmgrl {

/// One line of canonical JSONL: keys in alphabetical order, labels sorted by what they say and not
/// by row, so that equal content gives equal bytes.
[[nodiscard]] std::string canonicalLine(const Document& document, bool reviewed);

} // namespace hmgrl
