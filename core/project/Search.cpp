#include "project/Search.h"

#include "support/Text.h"

#include <algorithm>

namespace hmgrl {
namespace {

bool isBlank(char32_t c) {
    return c <= U' ' || c == U'\u00a0' || c == U'\u3000' || (c >= U'\u2000' && c <= U'\u200b');
}

/// Scripts written without blanks between words, and symbols: a word index is no help there.
bool needsLiteralSearch(char32_t c) {
    return (c >= U'\u0e00' && c <= U'\u0fff') || (c >= U'\u1000' && c <= U'\u109f') ||
           (c >= U'\u1780' && c <= U'\u17ff') || c >= U'\u2e80';
}

bool isWordCharacter(char32_t c) {
    if (c < 0x80)
        return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
    return c >= U'\u00c0' && c < U'\u2000' && c != U'\u00d7' && c != U'\u00f7';
}

/// A phrase in double quotes with its own quotes doubled is data to FTS5, never syntax.
std::string quotedPrefix(const std::string& term) {
    std::string phrase = "\"";
    for (const char c : term)
        phrase += c == '"' ? std::string("\"\"") : std::string(1, c);
    return phrase + "\"*";
}

void addTerm(const std::u32string& term, SearchTerms& terms) {
    if (term.empty())
        return;
    const bool literal = std::any_of(term.begin(), term.end(), needsLiteralSearch) ||
                         std::none_of(term.begin(), term.end(), isWordCharacter);
    if (literal)
        terms.literals.push_back(encodeUtf8(term));
    else
        terms.match += (terms.match.empty() ? "" : " AND ") + quotedPrefix(encodeUtf8(term));
}

} // namespace

SearchTerms searchTerms(const std::string& userText) {
    SearchTerms terms;
    if (firstInvalidUtf8(userText)) {
        terms.literals.push_back(userText); // occurs in no stored text
        return terms;
    }
    std::u32string term;
    for (const char32_t c : decodeUtf8(userText)) {
        if (!isBlank(c)) {
            term += c;
            continue;
        }
        addTerm(term, terms);
        term.clear();
    }
    addTerm(term, terms);
    return terms;
}

} // namespace hmgrl
