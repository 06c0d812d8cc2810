#include "extraction/MentionDecoder.h"

#include "support/Text.h"

#include <algorithm>

namespace hmgrl {
namespace {

bool isBlank(char32_t c) {
    return c == U' ' || c == U'\t' || c == U'\n' || c == U'\r' || c == 0xA0;
}

bool isWordCharacter(char32_t c) {
    if (c < 128)
        return (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
    const bool punctuation = (c >= 0x2000 && c <= 0x206F) || (c >= 0x3000 && c <= 0x3003) ||
                             (c >= 0xFF01 && c <= 0xFF0F) || c == 0xAB || c == 0xBB || c == 0xA0;
    return !punctuation;
}

Span wholeWords(Span span, const std::u32string& text) {
    const int length = static_cast<int>(text.size());
    const auto at = [&](int i) { return text[static_cast<std::size_t>(i)]; };
    while (span.begin < span.end && isBlank(at(span.begin)))
        ++span.begin;
    while (span.end > span.begin && isBlank(at(span.end - 1)))
        --span.end;
    while (span.begin > 0 && span.begin < length && isWordCharacter(at(span.begin)) &&
           isWordCharacter(at(span.begin - 1)))
        --span.begin;
    while (span.end > 0 && span.end < length && isWordCharacter(at(span.end - 1)) &&
           isWordCharacter(at(span.end)))
        ++span.end;
    return span;
}

} // namespace

std::vector<DetectedSpan> decodeMentions(const Encoding& encoding, const std::string& text,
                                         const std::vector<std::array<float, 3>>& probabilities,
                                         double threshold) {
    const std::u32string points = decodeUtf8(text);
    std::vector<DetectedSpan> out;
    Span span{-1, -1};
    double sum = 0;
    int tokens = 0;
    const auto close = [&] {
        if (tokens > 0 && sum / tokens >= threshold) {
            const Span whole = wholeWords(span, points);
            const bool overlaps = !out.empty() && out.back().span.end > whole.begin;
            if (whole.begin < whole.end && !overlaps)
                out.push_back({whole, sum / tokens});
        }
        tokens = 0;
        sum = 0;
    };
    for (std::size_t t = 0; t < probabilities.size(); ++t) {
        const Span token = encoding.offsets[t];
        const auto [outside, begin, inside] = probabilities[t];
        const double mention = 1 - double{outside};
        if (token.begin < 0 || mention < threshold) {
            close();
            continue;
        }
        // A piece glued to the previous token continues its word and thereby its mention.
        const bool sameWord = tokens > 0 && token.begin == span.end &&
                              isWordCharacter(points[static_cast<std::size_t>(token.begin)]) &&
                              isWordCharacter(points[static_cast<std::size_t>(span.end - 1)]);
        if (begin > inside && !sameWord)
            close();
        if (tokens == 0)
            span.begin = token.begin;
        span.end = token.end;
        sum += mention;
        ++tokens;
    }
    close();
    return out;
}

} // namespace hmgrl
