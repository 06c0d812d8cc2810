#include "perception/Image.h"

#include "Support.h"

#include <array>
#include <gmock/gmock.h>
#include <random>

namespace hmgrl {
namespace {

using ::testing::HasSubstr;
using Colour = std::array<int, 3>;

std::filesystem::path picture(const std::string& name) {
    return test::dataFolder() / "images" / name;
}

Colour at(const Image& image, int x, int y) {
    const auto* p = image.rgb.data() + 3 * (static_cast<std::size_t>(y) * image.width + x);
    return {p[0], p[1], p[2]};
}

void expectNear(const Colour& found, const Colour& expected, int tolerance) {
    for (std::size_t c = 0; c < 3; ++c)
        EXPECT_NEAR(found[c], expected[c], tolerance) << "channel " << c;
}

void expectUpright(const Image& image, int tolerance) {
    ASSERT_EQ(image.width, 32);
    ASSERT_EQ(image.height, 24);
    ASSERT_EQ(image.rgb.size(), 3U * 32 * 24);
    expectNear(at(image, 5, 4), {255, 0, 0}, tolerance);
    expectNear(at(image, 26, 4), {0, 255, 0}, tolerance);
    expectNear(at(image, 5, 19), {0, 0, 255}, tolerance);
    expectNear(at(image, 26, 19), {255, 255, 255}, tolerance);
}

struct Kind {
    const char* file;
    int tolerance;
};

class EveryKind : public ::testing::TestWithParam<Kind> {};

TEST_P(EveryKind, isDecodedUpright) {
    expectUpright(decodeImageFile(picture(GetParam().file)), GetParam().tolerance);
}

/// A picture cut anywhere is an error or, where only trailing bytes went, the whole picture; never
/// a part.
TEST_P(EveryKind, cutAnywhereIsNeverHalfAPicture) {
    const std::string bytes = readFile(picture(GetParam().file));
    for (std::size_t n = 0; n < bytes.size(); n += 1 + n / 16) {
        SCOPED_TRACE(n);
        try {
            expectUpright(decodeImage(std::string_view(bytes).substr(0, n), "cut"),
                          GetParam().tolerance);
        } catch (const Error& error) {
            EXPECT_EQ(error.issue().file, "cut");
        }
    }
}

/// Damage inside may go unnoticed, but must not crash or throw anything but Error.
TEST_P(EveryKind, damageIsSurvived) {
    const std::string whole = readFile(picture(GetParam().file));
    std::mt19937 random(5);
    for (int round = 0; round < 60; ++round) {
        std::string bytes = whole;
        for (int i = 0; i < 4; ++i)
            bytes[random() % bytes.size()] = static_cast<char>(random());
        try {
            (void)decodeImage(bytes, "damaged", {1 << 20, 1'000'000});
        } catch (const Error& error) {
            EXPECT_EQ(error.issue().file, "damaged");
        }
    }
}

INSTANTIATE_TEST_SUITE_P(
    Files, EveryKind,
    ::testing::Values(Kind{"plain.png", 0}, Kind{"plain.bmp", 0}, Kind{"plain.tif", 0},
                      Kind{"lossy.webp", 12}, Kind{"progressive.jpg", 8}, Kind{"cmyk.jpg", 12},
                      Kind{"palette.png", 0}, Kind{"interlaced.gif", 0}, Kind{"alpha.png", 0},
                      Kind{"alpha.webp", 0}, Kind{"animated.gif", 0}, Kind{"orientation1.jpg", 8},
                      Kind{"orientation2.jpg", 8}, Kind{"orientation3.jpg", 8},
                      Kind{"orientation4.jpg", 8}, Kind{"orientation5.jpg", 8},
                      Kind{"orientation6.jpg", 8}, Kind{"orientation7.jpg", 8},
                      Kind{"orientation8.jpg", 8}, Kind{"orientation6.png", 0},
                      Kind{"orientation8.webp", 0}, Kind{"orientation6.tif", 0}),
    [](const auto& kind) {
        std::string name = kind.param.file;
        name[name.find('.')] = '_';
        return name;
    });

class Grey : public ::testing::TestWithParam<const char*> {};

TEST_P(Grey, becomesRgb) {
    const auto image = decodeImageFile(picture(GetParam()));
    ASSERT_EQ(image.width, 32);
    for (int x = 0; x < 32; ++x)
        expectNear(at(image, x, 12), {x * 255 / 31, x * 255 / 31, x * 255 / 31}, 4);
}

INSTANTIATE_TEST_SUITE_P(Files, Grey,
                         ::testing::Values("grey.png", "grey16.png", "grey.jpg", "greyalpha.png"));

std::string bigEndian(std::uint32_t value) {
    return {static_cast<char>(value >> 24), static_cast<char>(value >> 16),
            static_cast<char>(value >> 8), static_cast<char>(value)};
}

TEST(Image, refusesHugeHeadersBeforeDecoding) {
    std::string png = readFile(picture("plain.png"));
    png.replace(16, 8, bigEndian(30'000) + bigEndian(30'000));
    EXPECT_THAT(test::errorOf([&] { (void)decodeImage(png, "big.png"); }),
                HasSubstr("big.png: expected at most 100000000 pixels, found 30000 x 30000"));
    std::string jpeg = readFile(picture("orientation1.jpg"));
    const auto frame = jpeg.find("\xFF\xC0");
    ASSERT_NE(frame, std::string::npos);
    jpeg.replace(frame + 5, 4, std::string("\x75\x30\x75\x30"));
    EXPECT_THAT(test::errorOf([&] { (void)decodeImage(jpeg, "big.jpg"); }),
                HasSubstr("30000 x 30000"));
    std::string gif = readFile(picture("interlaced.gif"));
    gif.replace(6, 4, "\x30\x75\x30\x75");
    EXPECT_THAT(test::errorOf([&] { (void)decodeImage(gif, "big.gif"); }),
                HasSubstr("30000 x 30000"));
    std::string bmp = readFile(picture("plain.bmp"));
    bmp.replace(22, 4, std::string("\0\0\0\x80", 4)); // -2^31
    EXPECT_THAT(test::errorOf([&] { (void)decodeImage(bmp, "big.bmp"); }),
                HasSubstr("32 x 2147483648"));
}

TEST(Image, truncatedJpegIsAnErrorNotAHalfGreyPicture) {
    const std::string jpeg = readFile(picture("orientation1.jpg"));
    EXPECT_THAT(test::errorOf([&] {
                    (void)decodeImage(std::string_view(jpeg).substr(0, jpeg.size() - 40),
                                      "cut.jpg");
                }),
                HasSubstr("cut.jpg: expected a whole JPEG picture, found a truncated one"));
}

TEST(Image, bytesAfterThePictureAreHarmless) {
    const std::string jpeg = readFile(picture("orientation1.jpg")) + std::string(100, 'x');
    expectUpright(decodeImage(jpeg, "long.jpg"), 8);
}

TEST(Image, refusesWhatIsNoPicture) {
    EXPECT_THAT(test::errorOf([] { (void)decodeImage("<html>not found</html>", "a.jpg"); }),
                HasSubstr("a.jpg: expected a JPEG, PNG"));
    EXPECT_THROW((void)decodeImage("", "empty"), Error);
    EXPECT_THROW((void)decodeImageFile(picture("absent.png")), Error);
    EXPECT_THROW((void)decodeImageFile(picture("")), Error);
    EXPECT_THAT(test::errorOf([] { (void)decodeImageFile(picture("plain.bmp"), {100}); }),
                HasSubstr("at most 100 bytes"));
    std::mt19937 random(3);
    std::string noise(4096, ' ');
    for (char& c : noise)
        c = static_cast<char>(random());
    EXPECT_THROW((void)decodeImage(noise, "noise"), Error);
}

TEST(Image, thumbnailKeepsTheShapeAndNeverGrows) {
    const auto image = decodeImageFile(picture("plain.png"));
    const auto small = decodeImage(thumbnailJpeg(image, 16), "thumbnail");
    EXPECT_EQ(small.width, 16);
    EXPECT_EQ(small.height, 12);
    expectNear(at(small, 3, 3), {255, 0, 0}, 12);
    expectUpright(decodeImage(thumbnailJpeg(image, 500), "thumbnail"), 12);
    const Image line{1000, 1, std::vector<std::uint8_t>(3000, 7)};
    EXPECT_EQ(decodeImage(thumbnailJpeg(line, 100), "thumbnail").height, 1);
    EXPECT_THROW((void)thumbnailJpeg({2, 2, {1, 2, 3}}), Error);
    EXPECT_THROW((void)thumbnailJpeg({}), Error);
}

} // namespace
} // namespace hmgrl
