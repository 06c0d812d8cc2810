#include "learning/Generative.h"
#include "learning/Losses.h"
#include "learning/Oracle.h"
#include "support/Error.h"

#include <gtest/gtest.h>
#include <torch/nn/functional/loss.h>

namespace hmgrl {
namespace {

using namespace hmgrl::test;
using torch::Tensor;

using Inputs = std::vector<Tensor>;

constexpr auto kWide = torch::kFloat64;

Tensor single(const Tensor& t) {
    return t.to(torch::kFloat32);
}

Tensor vaeLoss(Vae vae, const Tensor& x, const Tensor& condition, const Tensor& eps) {
    const auto out = vae->forward(x, condition, eps);
    return torch::nn::functional::mse_loss(out.reconstruction, x.detach()) +
           gaussianKl(out.latent.mu, out.latent.logvar);
}

class VibOracle : public ::testing::TestWithParam<const char*> {
protected:
    const nlohmann::json& golden = oracle().at("vib").at(GetParam());
    Vib vib{6, 4, std::string(GetParam()) == "lorentz"};
    Tensor x = tensorOf(golden.at("x")), eps = tensorOf(golden.at("eps"));

    void SetUp() override { setParameters(*vib, golden.at("parameters")); }
};

TEST_P(VibOracle, Forward) {
    const Gaussian narrow = vib(single(x), single(eps));
    EXPECT_LE(rowError(narrow.sample, tensorOf(golden.at("sample"))), 1e-5);
    vib->to(kWide);
    const Gaussian wide = vib(x, eps);
    EXPECT_LE(rowError(wide.mu, tensorOf(golden.at("mu"))), 1e-12);
    EXPECT_LE(rowError(wide.logvar, tensorOf(golden.at("logvar"))), 1e-12);
    EXPECT_LE(rowError(wide.sample, tensorOf(golden.at("sample"))), 1e-12);
}

TEST_P(VibOracle, Divergence) {
    vib->to(kWide);
    const Gaussian g = vib(x, eps);
    const Tensor mask = tensorOf(golden.at("mask")).to(torch::kBool);
    EXPECT_NEAR(gaussianKl(g.mu, g.logvar).item<double>(), golden.at("kl").get<double>(), 1e-10);
    EXPECT_NEAR(gaussianKl(g.mu, g.logvar, mask).item<double>(),
                golden.at("kl_masked").get<double>(), 1e-10);
}

TEST_P(VibOracle, WithoutNoiseTheSampleIsTheMean) {
    const Gaussian zero = vib(single(x), torch::zeros({2, 3, 4})), none = vib(single(x));
    EXPECT_TRUE(torch::equal(zero.sample, zero.mu));
    EXPECT_TRUE(torch::equal(none.sample, none.mu));
}

TEST_P(VibOracle, Gradient) {
    vib->to(kWide);
    const auto f = [this](const Inputs& i) {
        const Gaussian g = vib(i[0], eps);
        return g.sample.sum() + gaussianKl(g.mu, g.logvar);
    };
    EXPECT_LE(gradientError(f, {x}), 1e-6);
}

TEST_P(VibOracle, StaysFiniteAtEveryNorm) {
    const Tensor rows = vectorsOfNorm({0, 1e-30, 1e-8, 1, 1e4}, 10, 6).to(torch::kFloat32);
    const auto f = [this](const Inputs& i) {
        const Gaussian g = vib(i[0], torch::ones({10, 4}));
        return g.sample.sum() + gaussianKl(g.mu, g.logvar);
    };
    EXPECT_TRUE(allFinite(gradients(f, {rows})[0]));
    for (const Tensor& parameter : vib->parameters())
        EXPECT_TRUE(allFinite(parameter.grad()));
}

INSTANTIATE_TEST_SUITE_P(Geometry, VibOracle, ::testing::Values("lorentz", "plain"));

VaeConfig configOf(const std::string& name) {
    VaeConfig config{6, 3, 4, 8};
    config.hyperbolic = name != "plain";
    config.wrapped = name == "wrapped";
    return config;
}

class VaeOracle : public ::testing::TestWithParam<const char*> {
protected:
    const nlohmann::json& golden = oracle().at("vae").at(GetParam());
    Vae vae{configOf(GetParam())};
    Tensor x = tensorOf(golden.at("x")), condition = tensorOf(golden.at("condition")),
           eps = tensorOf(golden.at("eps"));

    void SetUp() override { setParameters(*vae, golden.at("parameters")); }
};

TEST_P(VaeOracle, Forward) {
    const auto narrow = vae->forward(single(x), single(condition), single(eps));
    EXPECT_LE(rowError(narrow.reconstruction, tensorOf(golden.at("reconstruction"))), 1e-5);
    vae->to(kWide);
    const auto out = vae->forward(x, condition, eps);
    EXPECT_LE(rowError(out.latent.mu, tensorOf(golden.at("mu"))), 1e-12);
    EXPECT_LE(rowError(out.latent.logvar, tensorOf(golden.at("logvar"))), 1e-12);
    EXPECT_LE(rowError(out.reconstruction, tensorOf(golden.at("reconstruction"))), 1e-11);
    EXPECT_LE(rowError(vae->generate(eps, condition), tensorOf(golden.at("generated"))), 1e-11);
}

TEST_P(VaeOracle, Loss) {
    vae->to(kWide);
    const double expected = golden.at("loss").get<double>();
    EXPECT_NEAR(vaeLoss(vae, x, condition, eps).item<double>() / expected, 1, 1e-11);
}

TEST_P(VaeOracle, NoGradientReachesWhatIsEncoded) {
    vae->to(kWide);
    Tensor encoded = x.clone().requires_grad_();
    vaeLoss(vae, encoded * 1, condition, eps).backward();
    EXPECT_FALSE(encoded.grad().defined() && encoded.grad().abs().max().item<double>() > 0);
    for (const auto& item : vae->named_parameters())
        EXPECT_GT(item.value().grad().abs().max().item<double>(), 0) << item.key();
}

TEST_P(VaeOracle, GradientOfGeneration) {
    vae->to(kWide);
    const auto f = [this](const Inputs& i) { return vae->generate(i[0], i[1]); };
    EXPECT_LE(gradientError(f, {eps, condition}), 1e-6);
}

TEST_P(VaeOracle, ManySamplesForEachClass) {
    vae->to(kWide);
    const Tensor noise = torch::randn({5, 3, 4}, kWide); // 5 samples of 3 classes
    const Tensor many = vae->generate(noise, condition);
    ASSERT_EQ(many.sizes(), (std::vector<std::int64_t>{5, 3, 6}));
    EXPECT_LE(rowError(many[2], vae->generate(noise[2], condition)), 1e-12);
    const Tensor one = vae->generate(noise, condition[1]);
    EXPECT_LE(rowError(one[4][1], many[4][1]), 1e-12);
}

TEST_P(VaeOracle, WithoutNoiseDecodesTheMean) {
    const auto out = vae->forward(single(x), single(condition), {});
    EXPECT_TRUE(torch::equal(out.reconstruction, vae->generate(out.latent.mu, single(condition))));
}

TEST_P(VaeOracle, StaysFiniteAtEveryNorm) {
    const Tensor rows = vectorsOfNorm({0, 1e-8, 1, 1e4}, 8, 6).to(torch::kFloat32);
    vaeLoss(vae, rows, torch::ones({8, 3}), torch::ones({8, 4})).backward();
    for (const Tensor& parameter : vae->parameters())
        EXPECT_TRUE(allFinite(parameter.grad()));
}

INSTANTIATE_TEST_SUITE_P(Geometry, VaeOracle, ::testing::Values("lorentz", "wrapped", "plain"));

TEST(Vae, RejectsWidthsThatAreNotPositive) {
    VaeConfig config{6, 3, 4, 0};
    EXPECT_THROW(Vae{config}, Error);
}

} // namespace
} // namespace hmgrl
