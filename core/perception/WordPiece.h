#pragma once

#include "data/Document.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace hmgrl {

/// A tokenized text. ids[0] is [CLS], ids.back() is [SEP]; offsets[i] is the code-point range of
/// token i in the original text, {-1, -1} for special tokens. Combining marks that were stripped
/// belong to the token before them, so that a span never cuts a visible character.
struct Encoding {
    std::vector<std::int64_t> ids;
    std::vector<Span> offsets;
    bool truncated = false;
};

/// A code-point range of a text to be replaced by / surrounded with special tokens when encoding.
struct Marker {
    int position = 0;    ///< code point before which the token is inserted
    std::int64_t id = 0; ///< vocabulary id of the token, e.g. of "[unused1]"
};

/// BERT's tokenizer: clean-up, CJK spacing, optional lower-casing with accent stripping (NFD, Mn
/// removed), punctuation splitting, greedy longest-match WordPiece (words over 100 characters
/// become [UNK]). Immutable; all members may be called from any thread.
class WordPiece {
public:
    /// @throws Error when the file is no vocabulary (missing [PAD], [UNK], [CLS], [SEP])
    [[nodiscard]] static WordPiece load(const std::filesystem::path& vocabulary, bool lowerCase);

    /// At most maxTokens tokens with the special ones. `markers` are sorted by position; a marker
    /// beyond a truncated end is dropped; one inside a word splits the word.
    /// @throws Error when the text is invalid UTF-8, maxTokens < 2 or a marker's id is not in the
    /// vocabulary
    [[nodiscard]] Encoding encode(std::string_view text, int maxTokens,
                                  const std::vector<Marker>& markers = {}) const;

    /// Vocabulary id. @throws Error when absent
    [[nodiscard]] std::int64_t id(const std::string& token) const;
    [[nodiscard]] std::size_t size() const { return m_tokens.size(); }
    [[nodiscard]] const std::string& token(std::int64_t id) const;
    [[nodiscard]] bool lowerCases() const { return m_lowerCase; }
    /// Whether a token other than the special ones, in brackets, has a capital of A to Z: only
    /// vocabularies of cased text do.
    [[nodiscard]] bool hasCapitals() const;

private:
    std::vector<std::string> m_tokens;
    std::unordered_map<std::string, std::int64_t> m_ids;
    std::size_t m_longestToken = 0; ///< bytes; bounds the search for the longest match
    bool m_lowerCase = true;
};

} // namespace hmgrl
