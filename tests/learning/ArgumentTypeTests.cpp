#include "learning/Adam.h"
#include "learning/HmgrlLoss.h"

#include <cmath>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

using torch::Tensor;

TEST(ArgumentScores, AreLogProbabilitiesOfTheAllowedTypes) {
    // One sample, two anchors, three types.
    const Tensor probability = torch::tensor({{{0.5, 0.3, 0.2}, {0.1, 0.1, 0.8}}});
    const Tensor allowed = torch::tensor({{{true, false, false}, {false, false, true}},
                                          {{true, true, true}, {true, true, true}},
                                          {{false, true, true}, {true, true, false}}});
    const Tensor scores = argumentScores(probability.log(), allowed);
    ASSERT_EQ(scores.sizes(), (std::vector<std::int64_t>{1, 3}));
    EXPECT_NEAR(scores[0][0].item<double>(), std::log(0.5 * 0.8), 1e-6);
    EXPECT_NEAR(scores[0][1].item<double>(), 0, 1e-6) << "allowing everything costs nothing";
    EXPECT_NEAR(scores[0][2].item<double>(), std::log(0.5 * 0.2), 1e-6);
}

/// A relation head over random states in which an anchor's first component tells its type.
class ArgumentTypes : public ::testing::TestWithParam<bool> {
protected:
    static constexpr std::int64_t width = 16, rows = 24;

    void SetUp() override {
        torch::manual_seed(5);
        config.latentWidth = 8;
        config.vibWidth = 8;
        config.hiddenWidth = 16;
        config.vaeLatent = 4;
        config.vaeHidden = 8;
        config.hyperbolic = GetParam();
        config.weightArguments = 1;
        head = HmgrlHead(config, 2, width, 4);

        auto& in = batch.input;
        in.tokens = torch::randn({rows, 5, width});
        in.tokenMask = torch::ones({rows, 5}, torch::kBool);
        in.image = torch::zeros({rows, 1, 4});
        in.imagePresent = torch::zeros({rows}, torch::kBool);
        in.textPresent = torch::ones({rows}, torch::kBool);
        in.row = torch::arange(rows);
        in.anchors = torch::randn({rows, 2, width});
        batch.target = torch::arange(rows) % 3;
        // Categories 0..2 are seen and of types (0, 0), (0, 1), (1, 1); 3 and 4 are unseen.
        const std::int64_t types[5][2] = {{0, 0}, {0, 1}, {1, 1}, {1, 0}, {0, 0}};
        batch.allowedTypes = torch::zeros({5, 2, 2}, torch::kBool);
        for (std::int64_t c = 0; c < 5; ++c)
            for (std::int64_t a = 0; a < 2; ++a)
                batch.allowedTypes[c][a][types[c][a]] = true;
        for (std::int64_t i = 0; i < rows; ++i)
            for (std::int64_t a = 0; a < 2; ++a)
                in.anchors[i][a][0] = types[i % 3][a] == 0 ? -4.0 : 4.0;
        batch.labelStates = torch::randn({5, width});
        batch.argumentTypes = torch::randn({2, width});
        batch.seen = torch::arange(3);
        batch.unseen = torch::tensor({3, 4}, torch::kInt64);
    }

    [[nodiscard]] Tensor typesOfAnchors() {
        const torch::NoGradGuard guard;
        head->eval();
        return head->argumentTypes(head->perceive(batch.input).fused, batch.argumentTypes);
    }

    HmgrlConfig config;
    HmgrlHead head{nullptr};
    TaskBatch batch;
};

TEST_P(ArgumentTypes, AreADistributionForEveryAnchor) {
    const Tensor types = typesOfAnchors();
    ASSERT_EQ(types.sizes(), (std::vector<std::int64_t>{rows, 2, 2}));
    EXPECT_TRUE(torch::allclose(types.exp().sum(-1), torch::ones({rows, 2})));
}

TEST_P(ArgumentTypes, AreLearnedFromTheCategories) {
    Adam::Group group{{}, 0.01, 0};
    for (const auto& item : head->named_parameters())
        group.parameters.emplace_back(item.key(), item.value());
    Adam adam({group}, {});
    for (int step = 0; step < 120; ++step) {
        head->train();
        const LossTerms loss = hmgrlLoss(head, batch, drawNoise(head, batch));
        ASSERT_TRUE(loss.terms.count("arguments"));
        adam.zeroGradients();
        loss.total.backward();
        adam.step();
    }
    const Tensor found = typesOfAnchors().argmax(-1);
    const Tensor wanted = (batch.input.anchors.select(2, 0) > 0).to(torch::kInt64);
    EXPECT_GT((found == wanted).to(torch::kFloat32).mean().item<double>(), 0.95);
}

TEST_P(ArgumentTypes, AreLeftAloneWhereNothingIsSaid) {
    batch.argumentTypes = batch.allowedTypes = Tensor();
    EXPECT_EQ(hmgrlLoss(head, batch, drawNoise(head, batch)).terms.count("arguments"), 0U);
    config.weightArguments = 0;
    const HmgrlHead plain(config, 2, width, 4);
    for (const auto& item : plain->named_parameters())
        EXPECT_EQ(item.key().find("type"), std::string::npos) << item.key();
}

TEST_P(ArgumentTypes, GeneratedSamplesAmongAllCategoriesAreHarderToTell) {
    head->eval();
    const HeadNoise noise = drawNoise(head, batch);
    const auto unseenTerm = [&](bool amongAll) {
        config.generatedAmongAll = amongAll;
        HmgrlHead other(config, 2, width, 4);
        const torch::NoGradGuard guard;
        for (const auto& item : other->named_parameters())
            item.value().copy_(head->named_parameters()[item.key()]);
        other->eval();
        return hmgrlLoss(other, batch, noise).terms.at("unseen").item<double>();
    };
    EXPECT_GT(unseenTerm(true), unseenTerm(false));
}

TEST_P(ArgumentTypes, WithoutABottleneckNothingIsDrawnForIt) {
    EXPECT_TRUE(drawNoise(head, batch).text.defined());
    config.weightVib = 0;
    const HeadNoise none = drawNoise(HmgrlHead(config, 2, width, 4), batch);
    EXPECT_FALSE(none.text.defined());
    EXPECT_FALSE(none.image.defined());
    EXPECT_TRUE(none.vae.defined());
}

INSTANTIATE_TEST_SUITE_P(Geometry, ArgumentTypes, ::testing::Values(true, false));

} // namespace
} // namespace hmgrl
