#include "document/WordSnap.h"

#include <QTextBoundaryFinder>
#include <algorithm>

namespace hmgrl {
namespace {

// Boundaries are looked for in a window around the place: a finder reads all it is given, and a
// text may be a megabyte without a blank.
constexpr int window = 2000;

struct Window {
    QStringView text;
    int start = 0;
};

Window windowAround(QStringView text, int position) {
    int from = std::max(0, position - window);
    int to = std::min(static_cast<int>(text.size()), position + window);
    if (from > 0 && text[from].isLowSurrogate())
        --from;
    if (to < text.size() && text[to].isLowSurrogate())
        ++to;
    return {text.mid(from, to - from), from};
}

int boundaryAtOrBefore(QTextBoundaryFinder::BoundaryType type, QStringView text, int position) {
    const Window w = windowAround(text, position);
    QTextBoundaryFinder finder(type, w.text);
    finder.setPosition(position - w.start);
    if (!finder.isAtBoundary())
        finder.toPreviousBoundary();
    return w.start + std::max(0, static_cast<int>(finder.position()));
}

int boundaryAfter(QTextBoundaryFinder::BoundaryType type, QStringView text, int position) {
    const Window w = windowAround(text, position);
    QTextBoundaryFinder finder(type, w.text);
    finder.setPosition(position - w.start);
    const auto next = finder.toNextBoundary();
    return w.start + (next < 0 ? static_cast<int>(w.text.size()) : static_cast<int>(next));
}

bool isWordPart(QStringView text, int i) {
    const QChar c = text[i];
    return c.isSurrogate() || c.isLetterOrNumber() || c.isMark() || c.isSymbol() || c == u'#' ||
           c == u'@';
}

TextRange trimmed(QStringView text, TextRange range) {
    const TextRange whole = range;
    while (!range.isEmpty() && !isWordPart(text, range.begin))
        ++range.begin;
    while (!range.isEmpty() && !isWordPart(text, range.end - 1))
        --range.end;
    if (!range.isEmpty())
        return range;
    range = whole; // only punctuation: what was asked for, without blanks
    while (!range.isEmpty() && text[range.begin].isSpace())
        ++range.begin;
    while (!range.isEmpty() && text[range.end - 1].isSpace())
        --range.end;
    return range;
}

} // namespace

TextRange snapToCharacters(QStringView text, int a, int b) {
    if (text.isEmpty())
        return {};
    const int last = static_cast<int>(text.size()) - 1;
    const auto [low, high] = std::minmax(std::clamp(a, 0, last), std::clamp(b, 0, last));
    return {boundaryAtOrBefore(QTextBoundaryFinder::Grapheme, text, low),
            boundaryAfter(QTextBoundaryFinder::Grapheme, text, high)};
}

TextRange snapToWords(QStringView text, int a, int b) {
    if (text.isEmpty())
        return {};
    const int last = static_cast<int>(text.size()) - 1;
    const auto [low, high] = std::minmax(std::clamp(a, 0, last), std::clamp(b, 0, last));
    const TextRange words{boundaryAtOrBefore(QTextBoundaryFinder::Word, text, low),
                          boundaryAfter(QTextBoundaryFinder::Word, text, high)};
    const TextRange range = trimmed(text, words);
    return range.isEmpty() ? range : snapToCharacters(text, range.begin, range.end - 1);
}

TextRange wordAfter(QStringView text, int from) {
    int p = std::max(0, from);
    while (p < text.size() && !isWordPart(text, p))
        ++p;
    return p < text.size() ? snapToWords(text, p, p) : TextRange{};
}

TextRange wordBefore(QStringView text, int from) {
    int p = std::min(from, static_cast<int>(text.size())) - 1;
    while (p >= 0 && !isWordPart(text, p))
        --p;
    return p >= 0 ? snapToWords(text, p, p) : TextRange{};
}

int characterAfter(QStringView text, int position) {
    return position >= text.size() ? static_cast<int>(text.size())
                                   : boundaryAfter(QTextBoundaryFinder::Grapheme, text, position);
}

int characterBefore(QStringView text, int position) {
    return position <= 0 ? 0
                         : boundaryAtOrBefore(QTextBoundaryFinder::Grapheme, text, position - 1);
}

} // namespace hmgrl
