#include "perception/ImageEncoder.h"

#include "Support.h"
#include "perception/TorchFiles.h"

#include <cmath>
#include <vector>

namespace hmgrl {
namespace {

/// A wave of `count` numbers in float64.
torch::Tensor wave(std::int64_t count, double step, double phase) {
    return torch::sin(torch::arange(count, torch::kFloat64) * step + phase);
}

/// Weights by formula, in the order of their names: reproducible anywhere without a file.
void fill(ImageEncoderImpl& encoder) {
    std::map<std::string, torch::Tensor> state;
    for (const auto& item : encoder.named_parameters())
        state.emplace(item.key(), item.value());
    for (const auto& item : encoder.named_buffers())
        if (item.key().find("num_batches_tracked") == std::string::npos)
            state.emplace(item.key(), item.value());
    ASSERT_EQ(state.size(), 245U);
    const torch::NoGradGuard noGrad;
    double phase = 0;
    for (auto& [name, tensor] : state) {
        auto values = wave(tensor.numel(), 0.37, phase++);
        if (tensor.dim() == 4)
            values = values * std::sqrt(2.0 / static_cast<double>(tensor[0].numel()));
        else if (name.ends_with("running_var") || name.ends_with(".weight"))
            values = 1 + 0.5 * values;
        else
            values = 0.2 * values;
        tensor.copy_(values.view(tensor.sizes()));
    }
}

torch::Tensor testPixels() {
    return wave(3 * 224 * 224, 0.0137, 0).to(torch::kFloat32).view({1, 3, 224, 224});
}

/// Expected: the published implementation of the network (efficientnet_lite_pytorch 0.1.0) in
/// float64 with the same weights.
TEST(ImageEncoder, agreesWithThePublishedImplementation) {
    ImageEncoder encoder;
    fill(*encoder);
    const torch::NoGradGuard noGrad;
    const auto features = encoder->forward(testPixels());
    ASSERT_EQ(features.sizes(), (std::vector<std::int64_t>{1, 16, 1280}));
    const std::vector<double> means = {0.927607282, 0.932465986, 0.932407133, 0.921697168,
                                       0.917314458, 0.919229125, 0.919150884, 0.910855254,
                                       0.917425265, 0.919451856, 0.919597109, 0.911172493,
                                       0.908705,    0.910781071, 0.910894119, 0.905516534};
    for (std::int64_t i = 0; i < 16; ++i)
        EXPECT_NEAR(features[0][i].mean().item<double>(), means[static_cast<std::size_t>(i)], 2e-4);
    EXPECT_NEAR(features[0][3][100].item<double>(), 2.43965444, 1e-3);
    EXPECT_NEAR(features[0][7][640].item<double>(), 1.18243064, 1e-3);
    EXPECT_NEAR(features[0][12][901].item<double>(), 1.70798655, 1e-3);
    EXPECT_NEAR(features[0][15][1279].item<double>(), 1.99278188, 1e-3);
}

TEST(ImageEncoder, trainingModeAndBatchChangeNothing) {
    ImageEncoder encoder;
    fill(*encoder);
    const torch::NoGradGuard noGrad;
    encoder->train();
    const auto pixels = torch::cat({testPixels(), testPixels().flip(3) * 0.5});
    const auto together = encoder->forward(pixels);
    encoder->eval();
    for (std::int64_t i = 0; i < 2; ++i) {
        const auto alone = encoder->forward(pixels.slice(0, i, i + 1));
        EXPECT_LT((alone[0] - together[i]).abs().max().item<double>(), 1e-5);
    }
}

TEST(ImageEncoder, publishedWeightsGiveThePublishedFeatures) {
    const auto folder = test::pretrained();
    if (folder.empty())
        GTEST_SKIP() << "models/pretrained is absent: run models/convert_encoders.py";
    ImageEncoder encoder;
    loadModule(*encoder, SafetensorsFile::open(folder / "image/model.safetensors"));
    const torch::NoGradGuard noGrad;
    const auto pixels = wave(3 * 224 * 224, 0.0137, 0) * 0.9;
    const auto features = encoder->forward(pixels.to(torch::kFloat32).view({1, 3, 224, 224}));
    EXPECT_NEAR(features[0][3][100].item<double>(), 1.763628363609314, 1e-3);
    EXPECT_NEAR(features[0][0].mean().item<double>(), 0.09896146506071091, 1e-4);
    EXPECT_NEAR(features[0][11].mean().item<double>(), 0.17946000397205353, 1e-4);
}

TEST(ImageToTensor, scalesAndOrdersChannels) {
    Image image{2, 1, {255, 127, 0, 255, 127, 0}};
    const auto tensor = imageToTensor(image);
    ASSERT_EQ(tensor.sizes(), (std::vector<std::int64_t>{3, 224, 224}));
    EXPECT_TRUE(tensor.is_contiguous());
    EXPECT_NEAR(tensor[0].min().item<double>(), 1.0, 1e-6);
    EXPECT_NEAR(tensor[1].abs().max().item<double>(), 0.0, 1e-6);
    EXPECT_NEAR(tensor[2].max().item<double>(), -127.0 / 128.0, 1e-6);
}

TEST(ImageToTensor, fineDetailAveragesOut) {
    Image board{2000, 2000, {}};
    for (int y = 0; y < 2000; ++y)
        for (int x = 0; x < 2000; ++x)
            board.rgb.insert(board.rgb.end(), 3, (x + y) % 2 == 0 ? 255 : 0);
    const auto tensor = imageToTensor(board);
    EXPECT_LT(tensor.abs().max().item<double>(), 0.1);
}

TEST(ImageToTensor, leftStaysLeftAndTopStaysTop) {
    const auto image = decodeImageFile(test::dataFolder() / "images/plain.png");
    const auto tensor = imageToTensor(image);
    EXPECT_GT(tensor[0][20][20].item<double>(), 0.9);
    EXPECT_GT(tensor[1][20][200].item<double>(), 0.9);
    EXPECT_GT(tensor[2][200][20].item<double>(), 0.9);
    EXPECT_LT(tensor[1][200][20].item<double>(), -0.9);
}

TEST(ImageToTensor, refusesAnEmptyPicture) {
    EXPECT_THROW((void)imageToTensor({}), Error);
    EXPECT_THROW((void)imageToTensor({4, 4, {1, 2}}), Error);
}

} // namespace
} // namespace hmgrl
