#include "perception/WordingEncoder.h"

#include "Support.h"
#include "perception/TorchFiles.h"

#include <set>
#include <torch/nn/functional.h>

namespace hmgrl {
namespace {

using torch::Tensor;

BertConfig smallConfig() {
    BertConfig config;
    config.vocabSize = 40;
    config.hiddenSize = 16;
    config.layers = 3;
    config.heads = 4;
    config.intermediateSize = 32;
    config.maxPositions = 12;
    return config;
}

class WordingTest : public test::FolderTest {
protected:
    void SetUp() override {
        FolderTest::SetUp();
        torch::manual_seed(3);
        text = TextEncoder(smallConfig());
        text->eval();
        text->trainTopLayers(2);
        wording = WordingEncoder(smallConfig(), 2, 5);
        wording->copyFrom(text);
        ids = torch::randint(0, 40, {3, 7}, torch::kLong);
        mask = torch::ones({3, 7}, torch::kBool);
        mask[2][6] = false;
    }
    [[nodiscard]] Tensor states() { return wording->forward(text->lower(ids, mask), mask); }

    TextEncoder text{nullptr};
    WordingEncoder wording{nullptr};
    Tensor ids, mask;
};

TEST_F(WordingTest, IsTheTextEncoderAsItWas) {
    const torch::NoGradGuard guard;
    const Tensor before = text->forward(ids, mask);
    EXPECT_TRUE(torch::equal(states(), before));
    for (auto& parameter : text->parameters())
        if (parameter.requires_grad())
            parameter.add_(0.1);
    EXPECT_FALSE(torch::allclose(text->forward(ids, mask), before));
    EXPECT_TRUE(torch::equal(states(), before)) << "training doesn't reach it";
}

TEST_F(WordingTest, LearnsNothing) {
    EXPECT_FALSE(states().requires_grad());
    for (const auto& parameter : wording->parameters())
        EXPECT_FALSE(parameter.requires_grad());
}

TEST_F(WordingTest, KeepsProductsOfWhatLiesInItsDirections) {
    // Vectors of a space of 5 dimensions somewhere in 16: 5 directions keep everything.
    const Tensor basis = std::get<0>(at::linalg_qr(torch::randn({16, 5})));
    const Tensor vectors =
        torch::nn::functional::normalize(torch::randn({40, 5}).matmul(basis.transpose(0, 1)));
    wording->keepDirectionsOf(vectors);
    const Tensor kept = wording->kept(vectors);
    ASSERT_EQ(kept.sizes(), (std::vector<std::int64_t>{40, 5}));
    EXPECT_TRUE(torch::allclose(kept.matmul(kept.transpose(0, 1)),
                                vectors.matmul(vectors.transpose(0, 1)), 1e-4, 1e-5));
    // What lies across is dropped, and lengths never grow.
    const Tensor others = torch::nn::functional::normalize(torch::randn({40, 16}));
    EXPECT_LE(wording->kept(others).norm(2, 1).max().item<double>(), 1 + 1e-5);
}

TEST_F(WordingTest, ItsFileHoldsTheNamesOfTheTextEncoder) {
    const auto file = m_folder / "wording.safetensors";
    wording->keepDirectionsOf(torch::randn({30, 16}));
    saveModule(*wording, file, DType::F32);
    std::set<std::string> names;
    const auto stored = SafetensorsFile::open(file);
    for (const TensorView& view : stored.tensors())
        names.insert(std::string(view.name));
    EXPECT_TRUE(names.count("directions"));
    EXPECT_TRUE(names.count("encoder.layer.1.attention.self.query.weight"));
    EXPECT_FALSE(names.count("encoder.layer.0.attention.self.query.weight"));
    WordingEncoder loaded(smallConfig(), 2, 5);
    loadModule(*loaded, stored);
    const Tensor x = torch::randn({4, 16});
    EXPECT_TRUE(torch::equal(loaded->kept(x), wording->kept(x)));
}

TEST_F(WordingTest, NoLayersAreTheStatesBelow) {
    WordingEncoder none(smallConfig(), 0, 16);
    const Tensor hidden = torch::randn({2, 7, 16});
    EXPECT_TRUE(torch::equal(none->forward(hidden, mask.slice(0, 0, 2)), hidden));
    EXPECT_EQ(WordingEncoder(smallConfig(), 1, 99)->width(), 16) << "no more than a state has";
}

TEST_F(WordingTest, RefusesShapesThatCannotBe) {
    EXPECT_THROW(WordingEncoder(smallConfig(), 4, 5), Error);
    EXPECT_THROW(WordingEncoder(smallConfig(), -1, 5), Error);
    EXPECT_THROW(WordingEncoder(smallConfig(), 1, 0), Error);
}

} // namespace
} // namespace hmgrl
