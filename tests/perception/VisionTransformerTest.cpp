#include "perception/VisionTransformer.h"

#include "Support.h"

#include <algorithm>
#include <cmath>
#include <gmock/gmock.h>
#include <random>

namespace hmgrl {
namespace {

using ::testing::HasSubstr;

VitConfig tiny() {
    VitConfig config;
    config.hiddenSize = 8;
    config.layers = 2;
    config.heads = 2;
    config.intermediateSize = 12;
    config.imageSize = 12;
    config.patchSize = 4;
    return config;
}

TEST(VitConfig, theDefaultIsTheBaseEncoderAtTheReferencesSize) {
    EXPECT_EQ(VitConfig().tokens(), 577);
    EXPECT_NEAR(VitConfig().matrixParameters(), 86e6, 1e6);
}

TEST(VitConfig, roundTrip) {
    VitConfig config = tiny();
    config.tanhGelu = true;
    config.qkvBias = false;
    config.layerNormEps = 1e-6;
    EXPECT_EQ(VitConfig::fromJson(config.toJson(), "f").toJson(), config.toJson());
}

TEST(VisionTransformer, eachPictureOfABatchAsIfAlone) {
    VisionTransformer encoder(tiny());
    encoder->eval();
    const torch::NoGradGuard noGrad;
    const auto pixels = torch::randn({5, 3, 12, 12});
    const auto together = encoder->forward(pixels);
    ASSERT_EQ(together.sizes(), (std::vector<std::int64_t>{5, 10, 8}));
    for (std::int64_t i = 0; i < 5; ++i)
        EXPECT_LT((encoder->forward(pixels.slice(0, i, i + 1))[0] - together[i])
                      .abs()
                      .max()
                      .item<double>(),
                  1e-5);
}

TEST(VisionTransformer, refusesOtherShapes) {
    VisionTransformer encoder(tiny());
    for (const auto& pixels : {torch::zeros({3, 12, 12}), torch::zeros({1, 1, 12, 12}),
                               torch::zeros({1, 3, 12, 16}), torch::zeros({1, 3, 16, 12})})
        EXPECT_THAT(test::errorOf([&] { (void)encoder->forward(pixels); }),
                    HasSubstr("(N, 3, 12, 12)"));
}

Image randomPicture(int width, int height, unsigned seed) {
    std::mt19937 random(seed);
    Image image{width, height,
                std::vector<std::uint8_t>(3 * static_cast<std::size_t>(width) *
                                          static_cast<std::size_t>(height))};
    for (auto& value : image.rgb)
        value = static_cast<std::uint8_t>(random());
    return image;
}

double sample(const Image& image, int x, int y, int channel) {
    x = std::clamp(x, 0, image.width - 1);
    y = std::clamp(y, 0, image.height - 1);
    return image.rgb[3 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) +
                          static_cast<std::size_t>(x)) +
                     static_cast<std::size_t>(channel)];
}

/// Width and height of a picture.
class Preparation : public ::testing::TestWithParam<std::pair<int, int>> {};

TEST_P(Preparation, nearestTakesThePixelUnderTheCentre) {
    const auto [width, height] = GetParam();
    const Image image = randomPicture(width, height, 3);
    ImagePreparation preparation;
    preparation.side = 24;
    preparation.resample = Resample::Nearest;
    const auto pixels = imageToTensor(image, preparation);
    ASSERT_EQ(pixels.sizes(), (std::vector<std::int64_t>{3, 24, 24}));
    for (int c = 0; c < 3; ++c)
        for (int y = 0; y < 24; ++y)
            for (int x = 0; x < 24; ++x) {
                // whole numbers, so that halves fall as they should
                const double value =
                    sample(image, (2 * x + 1) * width / 48, (2 * y + 1) * height / 48, c);
                ASSERT_NEAR(pixels[c][y][x].item<double>(), value / 127.5 - 1, 1e-6)
                    << c << " " << y << " " << x;
            }
}

TEST_P(Preparation, bilinearBlendsTheFourAround) {
    const auto [width, height] = GetParam();
    if (width > 48 || height > 48)
        return; // averaged down first
    const Image image = randomPicture(width, height, 4);
    ImagePreparation preparation;
    preparation.side = 24;
    const auto pixels = imageToTensor(image, preparation);
    for (int y = 0; y < 24; ++y)
        for (int x = 0; x < 24; ++x) {
            const double atX = (x + 0.5) * width / 24 - 0.5;
            const double atY = (y + 0.5) * height / 24 - 0.5;
            const int left = static_cast<int>(std::floor(atX));
            const int top = static_cast<int>(std::floor(atY));
            const double right = atX - left;
            const double down = atY - top;
            const double value = (1 - down) * ((1 - right) * sample(image, left, top, 1) +
                                               right * sample(image, left + 1, top, 1)) +
                                 down * ((1 - right) * sample(image, left, top + 1, 1) +
                                         right * sample(image, left + 1, top + 1, 1));
            // rounded to 8 bits, weights to 11
            ASSERT_NEAR(pixels[1][y][x].item<double>(), value / 127.5 - 1, 1.01 / 127.5);
        }
}

INSTANTIATE_TEST_SUITE_P(Sizes, Preparation,
                         ::testing::Values(std::pair{24, 24}, std::pair{7, 19}, std::pair{48, 31},
                                           std::pair{1, 1}, std::pair{500, 333},
                                           std::pair{4001, 25}),
                         [](const auto& size) {
                             return std::to_string(size.param.first) + "x" +
                                    std::to_string(size.param.second);
                         });

TEST(ImagePreparation, scalesEachChannelByItsOwn) {
    ImagePreparation preparation;
    preparation.side = 2;
    preparation.mean = {0.5, 0.25, 0};
    preparation.deviation = {0.5, 0.25, 1};
    const auto pixels = imageToTensor({1, 1, {255, 255, 51}}, preparation);
    EXPECT_NEAR(pixels[0][1][1].item<double>(), 1, 1e-6);
    EXPECT_NEAR(pixels[1][0][1].item<double>(), 3, 1e-6);
    EXPECT_NEAR(pixels[2][1][0].item<double>(), 0.2, 1e-6);
}

TEST(ImagePreparation, fineDetailAveragesOutWithBilinear) {
    Image board{2000, 2000, {}};
    for (int y = 0; y < 2000; ++y)
        for (int x = 0; x < 2000; ++x)
            board.rgb.insert(board.rgb.end(), 3, (x + y) % 2 == 0 ? 255 : 0);
    EXPECT_LT(imageToTensor(board, {}).abs().max().item<double>(), 0.1);
}

TEST(ImagePreparation, refusesAnEmptyPicture) {
    EXPECT_THROW((void)imageToTensor({}, {}), Error);
    EXPECT_THROW((void)imageToTensor({4, 4, {1, 2}}, {}), Error);
}

} // namespace
} // namespace hmgrl
