#include "extraction/MentionDecoder.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

using Row = std::array<float, 3>;
constexpr Row outside = {0.9F, 0.05F, 0.05F};
constexpr Row begin = {0.1F, 0.8F, 0.1F};
constexpr Row inside = {0.1F, 0.1F, 0.8F};

/// [CLS], the given ranges, [SEP].
Encoding encodingOf(std::vector<Span> spans) {
    Encoding out;
    out.offsets.push_back({-1, -1});
    out.offsets.insert(out.offsets.end(), spans.begin(), spans.end());
    out.offsets.push_back({-1, -1});
    out.ids.assign(out.offsets.size(), 1);
    return out;
}

TEST(MentionDecoder, JoinsBeginAndInsideAndSplitsAtBegin) {
    const std::string text = "Ada Lovelace Paris";
    const auto encoding = encodingOf({{0, 3}, {4, 12}, {13, 18}});
    const auto spans =
        decodeMentions(encoding, text, {outside, begin, inside, begin, outside}, 0.5);
    ASSERT_EQ(spans.size(), 2U);
    EXPECT_EQ(spans[0].span, (Span{0, 12}));
    EXPECT_EQ(spans[1].span, (Span{13, 18}));
    EXPECT_NEAR(spans[0].probability, 0.9, 1e-6);
}

TEST(MentionDecoder, GrowsToWholeWordsButNotOverPunctuation) {
    const std::string text = "in Timbuktu, then";
    // Only the middle piece of the word was found.
    const auto spans =
        decodeMentions(encodingOf({{0, 2}, {3, 6}, {6, 9}, {9, 11}, {11, 12}}), text,
                       {outside, outside, outside, begin, outside, outside, outside}, 0.5);
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(spans[0].span, (Span{3, 11}));
}

TEST(MentionDecoder, CountsCodePointsNotBytes) {
    const std::string text = "é😀 Zürich";
    const auto spans = decodeMentions(encodingOf({{0, 1}, {1, 2}, {3, 9}}), text,
                                      {outside, outside, outside, begin, outside}, 0.5);
    ASSERT_EQ(spans.size(), 1U);
    EXPECT_EQ(spans[0].span, (Span{3, 9}));
}

TEST(MentionDecoder, ThresholdDecides) {
    const auto encoding = encodingOf({{0, 3}});
    EXPECT_TRUE(decodeMentions(encoding, "Ada", {outside, begin, outside}, 0.95).empty());
    EXPECT_EQ(decodeMentions(encoding, "Ada", {outside, begin, outside}, 0.5).size(), 1U);
    EXPECT_TRUE(decodeMentions(encodingOf({}), "", {outside, outside}, 0.5).empty());
}

} // namespace
} // namespace hmgrl
