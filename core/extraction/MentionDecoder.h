#pragma once

#include "data/Document.h"
#include "perception/WordPiece.h"

#include <array>
#include <string>
#include <vector>

namespace hmgrl {

/// A span that mention detection found, with its probability.
struct DetectedSpan {
    Span span;
    double probability = 0;
};

/// Reads spans off token probabilities. `probabilities`: one {O, B, I} row a token of the encoding.
/// A span's probability is the mean over its tokens of 1 - P(O) times P(B) at its start against
/// P(I); spans grow to whole words of the text and lose white space and closing punctuation at
/// their ends.
[[nodiscard]] std::vector<DetectedSpan>
decodeMentions(const Encoding& encoding, const std::string& text,
               const std::vector<std::array<float, 3>>& probabilities, double threshold);

} // namespace hmgrl
