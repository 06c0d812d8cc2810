#pragma once

#include <string>
#include <vector>

namespace hmgrl {

/// What a search text means: the terms between its blanks must all occur. Words match from their
/// beginning, whatever their case or accents, through the text index; what the index can't split
/// into words (scripts without blanks, emoji, punctuation) is looked for literally.
struct SearchTerms {
    std::string match;                 ///< FTS5 expression of quoted prefixes, empty: none
    std::vector<std::string> literals; ///< substrings
};

[[nodiscard]] SearchTerms searchTerms(const std::string& userText);

} // namespace hmgrl
