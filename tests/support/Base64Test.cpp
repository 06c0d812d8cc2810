#include "support/Base64.h"

#include "support/Random.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

TEST(Base64, TheStandardsOwnExamples) { // RFC 4648, section 10
    EXPECT_EQ(toBase64(""), "");
    EXPECT_EQ(toBase64("f"), "Zg==");
    EXPECT_EQ(toBase64("fo"), "Zm8=");
    EXPECT_EQ(toBase64("foo"), "Zm9v");
    EXPECT_EQ(toBase64("foobar"), "Zm9vYmFy");
    EXPECT_EQ(fromBase64("Zm9vYg=="), "foob");
}

TEST(Base64, EveryByteComesBack) {
    Random random(3);
    for (int length = 0; length < 300; ++length) {
        std::string bytes;
        for (int i = 0; i < length; ++i)
            bytes.push_back(static_cast<char>(random.upTo(255)));
        EXPECT_EQ(fromBase64(toBase64(bytes)), bytes);
    }
}

TEST(Base64, BlanksAreSkippedAndForeignCharactersRefused) {
    EXPECT_EQ(fromBase64("Zm 9v"), "foo");
    EXPECT_FALSE(fromBase64("Zm9?"));
    EXPECT_FALSE(fromBase64("Zm9\xC3"));
}

} // namespace
} // namespace hmgrl
