#include "bridge/TextOffsets.h"
#include "support/Error.h"
#include "support/Text.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace hmgrl {
namespace {

/// Code points of every kind that has broken somebody's offsets: Latin, combining marks, Hebrew,
/// Arabic, CJK, emoji with modifiers and joiners, direction marks, the last code point of all.
rc::Gen<std::u32string> anyText() {
    const auto point = rc::gen::element<char32_t>(
        U'a', U' ', U'ß', U'\u0301', U'\u0308', U'\u05D0', U'\u0627', U'\u064B', U'\u6F22',
        U'\u200D', U'\u200F', U'\u202E', U'\uFE0F', U'\uFFFD', U'\U0001F469', U'\U0001F3FD',
        U'\U0001F680', U'\U0001D54F', U'\U0010FFFF', U'\n');
    return rc::gen::map(
        rc::gen::container<std::vector<char32_t>>(point),
        [](const std::vector<char32_t>& v) { return std::u32string(v.begin(), v.end()); });
}

TEST(TextOffsets, EmojiTakesTwoUnits) {
    const TextOffsets offsets("a\xF0\x9F\x9A\x80"
                              "b");
    EXPECT_EQ(offsets.codePoints(), 3);
    EXPECT_EQ(offsets.text().size(), 4);
    EXPECT_EQ(offsets.toUtf16(Span{1, 2}), std::pair(1, 3));
    EXPECT_EQ(offsets.toUtf16(2), 3);
    EXPECT_EQ(offsets.toCodePoint(2), 1); // within the pair
    EXPECT_EQ(offsets.toSpan(2, 3), (Span{1, 2}));
    EXPECT_EQ(offsets.toSpan(1, 2), (Span{1, 2})); // a cut pair is kept whole
}

TEST(TextOffsets, ClampsWhatIsOutside) {
    const TextOffsets offsets("ab");
    EXPECT_EQ(offsets.toUtf16(-5), 0);
    EXPECT_EQ(offsets.toUtf16(99), 2);
    EXPECT_EQ(offsets.toCodePoint(-1), 0);
    EXPECT_EQ(offsets.toCodePoint(99), 2);
    EXPECT_EQ(TextOffsets().codePoints(), 0);
    EXPECT_EQ(TextOffsets("").toUtf16(1), 0);
}

TEST(TextOffsets, RefusesInvalidUtf8) {
    EXPECT_THROW(TextOffsets("a\xC3"), Error);
}

TEST(TextOffsets, LoneSurrogatesBecomeReplacements) {
    EXPECT_EQ(fromQString(QString(QChar(0xD83D)) + QLatin1Char('x')), "\xEF\xBF\xBDx");
}

TEST(TextOffsets, EverySpanCutsTheSameTextOnBothSides) {
    EXPECT_TRUE(rc::check([] {
        const std::u32string points = *anyText();
        const std::string utf8 = encodeUtf8(points);
        const TextOffsets offsets(utf8);
        const int count = static_cast<int>(points.size());
        RC_ASSERT(offsets.codePoints() == count);
        const int begin = *rc::gen::inRange(0, count + 1);
        const int end = *rc::gen::inRange(begin, count + 1);
        const auto [from, to] = offsets.toUtf16(Span{begin, end});
        RC_ASSERT(fromQString(offsets.text().mid(from, to - from)) == substring(utf8, begin, end));
        RC_ASSERT(offsets.toSpan(from, to) == (Span{begin, end}));
    }));
}

TEST(TextOffsets, ConversionsAreInverse) {
    EXPECT_TRUE(rc::check([] {
        const std::string utf8 = encodeUtf8(*anyText());
        RC_ASSERT(fromQString(toQString(utf8)) == utf8);
    }));
}

} // namespace
} // namespace hmgrl
