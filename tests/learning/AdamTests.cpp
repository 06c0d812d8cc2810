#include "learning/Adam.h"
#include "learning/Oracle.h"
#include "support/Error.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

using namespace hmgrl::test;
using torch::Tensor;

/// One parameter on the oracle's function sum a (x - b)^2 / 2 + q (x - b)^4 / 4.
struct Descent {
    Descent(const nlohmann::json& values, torch::ScalarType type)
        : golden(values)
        , x(tensorOf(golden.at("x")).to(type).requires_grad_()) {}

    [[nodiscard]] Adam optimiser() const {
        Adam::Options options;
        options.epsilon = golden.at("epsilon").get<double>();
        options.epsilonBeforeCorrection = golden.at("hat").get<bool>();
        options.clipNorm = golden.at("clip_norm").get<double>();
        return Adam(
            {{{{"x", x}}, golden.at("rate").get<double>(), golden.at("decay").get<double>()}},
            options);
    }

    void step(Adam& adam, std::size_t index) const {
        const Tensor a = tensorOf(golden.at("a")).to(x.dtype()), b = tensorOf(golden.at("b"));
        const Tensor q = tensorOf(golden.at("quartic")).to(x.dtype());
        const Tensor d = x - b.to(x.dtype());
        adam.zeroGradients();
        (a * d.square() / 2 + q * d.pow(4) / 4).sum().backward();
        adam.step(golden.at("factors").at("data").at(index).get<double>());
    }

    [[nodiscard]] Tensor expected(std::int64_t index) const {
        return tensorOf(golden.at("path"))[index];
    }

    const nlohmann::json& golden;
    Tensor x;
};

class AdamOracle : public ::testing::TestWithParam<int> {
protected:
    const nlohmann::json& golden =
        referenceOracle().at("adam").at(static_cast<std::size_t>(GetParam()));

    [[nodiscard]] double errorOfTwentySteps(torch::ScalarType type) const {
        const Descent descent(golden, type);
        Adam adam = descent.optimiser();
        double error = 0;
        for (std::size_t i = 0; i < 20; ++i) {
            descent.step(adam, i);
            const Tensor expected = descent.expected(static_cast<std::int64_t>(i));
            error = std::max(error, entryError(descent.x, expected, 1.0));
        }
        EXPECT_EQ(adam.steps(), 20);
        return error;
    }
};

TEST_P(AdamOracle, TwentySteps) {
    EXPECT_LE(errorOfTwentySteps(torch::kFloat64), 1e-12);
    EXPECT_LE(errorOfTwentySteps(torch::kFloat32), 1e-5);
}

TEST_P(AdamOracle, ResumedHalfWayGoesOnAsBefore) {
    const Descent first(golden, torch::kFloat64);
    Adam before = first.optimiser();
    for (std::size_t i = 0; i < 10; ++i)
        first.step(before, i);
    Descent second(golden, torch::kFloat64);
    second.x = first.x.detach().clone().requires_grad_();
    Adam after = second.optimiser();
    after.loadState(before.state());
    for (std::size_t i = 10; i < 20; ++i)
        second.step(after, i);
    EXPECT_LE(entryError(second.x, second.expected(19), 1.0), 1e-12);
}

INSTANTIATE_TEST_SUITE_P(Options, AdamOracle, ::testing::Range(0, 4));

TEST(Adam, TheReferenceWeighsEpsilonAgainstTheUncorrectedMoment) {
    // One step at gradient 1e-6: rate * g / (g + eps / sqrt(0.001)).
    Tensor x = torch::zeros({1}, torch::kFloat64).requires_grad_();
    Adam adam({{{{"x", x}}, Adam::referenceRate, 0}}, Adam::referenceOptions());
    (x * 1e-6).sum().backward();
    adam.step();
    EXPECT_NEAR(x.item<double>() / (-1e-5 * 1e-6 / (1e-6 + 1e-7 / std::sqrt(0.001))), 1, 1e-9);
}

TEST(Adam, LeavesParametersWithoutGradientAlone) {
    Tensor used = torch::ones({2}).requires_grad_(), idle = torch::ones({2}).requires_grad_();
    Adam adam({{{{"used", used}, {"idle", idle}}, 0.1, 0.5}}, {});
    used.sum().backward();
    adam.step();
    EXPECT_TRUE(torch::equal(idle, torch::ones({2})));
    EXPECT_LT(used.max().item<double>(), 1);
}

TEST(Adam, RejectsAStateThatDoesNotFit) {
    Tensor x = torch::ones({2}).requires_grad_();
    Adam adam({{{{"x", x}}, 0.1, 0}}, {});
    auto state = adam.state();
    state.erase("v.x");
    EXPECT_THROW(adam.loadState(state), Error);
    state["v.x"] = torch::zeros({3});
    EXPECT_THROW(adam.loadState(state), Error);
}

} // namespace
} // namespace hmgrl
