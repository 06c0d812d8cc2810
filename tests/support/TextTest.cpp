#include "support/Text.h"

#include "support/Error.h"

#include <gtest/gtest.h>
#include <random>

namespace hmgrl {
namespace {

const std::string mixed = "aé€😀e\u0301"; // 1, 2, 3, 4, 1 and 2 bytes

TEST(Text, invalidUtf8IsLocated) {
    EXPECT_FALSE(firstInvalidUtf8(mixed));
    EXPECT_FALSE(firstInvalidUtf8(""));
    EXPECT_EQ(firstInvalidUtf8("ok\xFF"), 2U);
    EXPECT_EQ(firstInvalidUtf8("ok\xC3"), 2U);                   // cut off
    EXPECT_EQ(firstInvalidUtf8("\xC0\xAF"), 0U);                 // overlong '/'
    EXPECT_EQ(firstInvalidUtf8("x\xED\xA0\x80"), 1U);            // surrogate
    EXPECT_EQ(firstInvalidUtf8("xy\xF4\x90\x80\x80"), 2U);       // above U+10FFFF
    EXPECT_FALSE(firstInvalidUtf8(std::string_view("a\0b", 3))); // NUL is valid UTF-8
}

TEST(Text, decodeAndEncodeAreInverse) {
    EXPECT_EQ(decodeUtf8(mixed), U"aé€😀e\u0301");
    EXPECT_EQ(encodeUtf8(decodeUtf8(mixed)), mixed);
    EXPECT_THROW((void)decodeUtf8("a\x80"), Error);
    std::mt19937 random(2);
    for (int round = 0; round < 200; ++round) {
        std::u32string points;
        for (int i = 0; i < 20; ++i) {
            const auto c = static_cast<char32_t>(random() % 0x110000);
            points.push_back(c >= 0xD800 && c < 0xE000 ? U'x' : c);
        }
        EXPECT_EQ(decodeUtf8(encodeUtf8(points)), points);
    }
}

TEST(Text, countsAndOffsets) {
    EXPECT_EQ(codePointCount(mixed), 6);
    EXPECT_EQ(codePointOffsets(mixed), (std::vector<std::size_t>{0, 1, 3, 6, 10, 11, 13}));
    EXPECT_EQ(codePointOffsets(""), (std::vector<std::size_t>{0}));
}

TEST(Text, substringClamps) {
    EXPECT_EQ(substring(mixed, 1, 4), "é€😀");
    EXPECT_EQ(substring(mixed, -3, 1), "a");
    EXPECT_EQ(substring(mixed, 5, 99), "\u0301");
    EXPECT_EQ(substring(mixed, 4, 2), "");
    EXPECT_EQ(substring("", 0, 1), "");
}

TEST(Text, collapseSpace) {
    EXPECT_EQ(collapseSpace("  a\t\n b  c "), "a b c");
    EXPECT_EQ(collapseSpace(" \n"), "");
}

TEST(Text, lowerCaseComposes) {
    EXPECT_EQ(lowerCase("ÀB E\u0301 Ж"), "àb é ж");
    EXPECT_EQ(lowerCase(""), "");
}

TEST(Text, escapeMarkup) {
    EXPECT_EQ(escapeMarkup("a<b> & \"c\" 'd' é"), "a&lt;b&gt; &amp; &quot;c&quot; &#39;d&#39; é");
    EXPECT_EQ(escapeMarkup(""), "");
}

} // namespace
} // namespace hmgrl
