#include "learning/Losses.h"
#include "learning/Oracle.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hmgrl {
namespace {

using namespace hmgrl::test;
using torch::Tensor;

using Inputs = std::vector<Tensor>;

constexpr double gradientTolerance = 1e-6;

double value(const Tensor& loss) {
    return loss.item().to<double>();
}

Tensor single(const Tensor& t) {
    return t.to(torch::kFloat32);
}

TEST(InfoNce, AgreesWithTheOracleAtEveryBatchSize) {
    for (const auto& golden : oracle().at("info_nce")) {
        const Tensor a = tensorOf(golden.at("a")), b = tensorOf(golden.at("b"));
        const double temperature = golden.at("temperature").get<double>();
        Tensor valid;
        if (golden.contains("valid"))
            valid = tensorOf(golden.at("valid")).to(torch::kBool);
        const double expected = golden.at("loss").get<double>();
        EXPECT_NEAR(value(infoNce(a, b, temperature, valid)), expected, 1e-12) << a.size(0);
        EXPECT_NEAR(value(infoNce(single(a), single(b), temperature, valid)), expected, 1e-5);
        const auto f = [&](const Inputs& i) { return infoNce(i[0], i[1], temperature, valid); };
        EXPECT_LE(gradientError(f, {a, b}), gradientTolerance);
    }
}

TEST(InfoNce, OfOneOrNoPairIsZeroWithFiniteGradient) {
    const Tensor a = torch::randn({3, 4}), b = torch::randn({3, 4});
    for (const int pairs : {0, 1}) {
        const Tensor valid = torch::arange(3) < pairs;
        const auto f = [&](const Inputs& i) { return infoNce(i[0], i[1], 1, valid); };
        EXPECT_EQ(value(f({a, b})), 0);
        for (const Tensor& gradient : gradients(f, {a, b}))
            EXPECT_EQ(gradient.abs().max().item<float>(), 0);
    }
    EXPECT_EQ(value(infoNce(torch::zeros({0, 4}), torch::zeros({0, 4}))), 0);
}

TEST(InfoNce, LeavesMissingRowsAlone) {
    const Tensor a = torch::randn({4, 3}), b = torch::randn({4, 3});
    const Tensor valid = torch::tensor({true, false, true, true});
    Tensor spoilt = b.clone();
    spoilt[1].fill_(std::nanf(""));
    EXPECT_EQ(value(infoNce(a, b, 1, valid)), value(infoNce(a, spoilt, 1, valid)));
}

TEST(InfoNce, StaysFiniteAtLargeNorms) {
    const Tensor a = vectorsOfNorm({1e4}, 8, 5).to(torch::kFloat32);
    const auto f = [](const Inputs& i) { return infoNce(i[0], i[1], 0.05); };
    for (const Tensor& gradient : gradients(f, {a, -a}))
        EXPECT_TRUE(allFinite(gradient));
}

TEST(RankingLoss, AgreesWithTheOracle) {
    const auto& golden = oracle().at("ranking");
    const Tensor scores = tensorOf(golden.at("scores"));
    const Tensor target = tensorOf(golden.at("target")).to(torch::kLong);
    EXPECT_NEAR(value(rankingLoss(scores, target)), golden.at("loss").get<double>(), 1e-12);
    const auto f = [&](const Inputs& i) { return rankingLoss(i[0], target); };
    EXPECT_LE(gradientError(f, {scores}), gradientTolerance);
}

TEST(RankingLoss, IsZeroWhenTheMarginIsKeptAndForNoSamples) {
    const Tensor scores = torch::tensor({{3.0F, 1.0F, 0.5F}});
    const Tensor first = torch::zeros({1}, torch::kLong);
    EXPECT_EQ(value(rankingLoss(scores, first)), 0);
    EXPECT_NEAR(value(rankingLoss(scores, first, 2.25)), 0.25, 1e-6);
    EXPECT_EQ(value(rankingLoss(torch::zeros({0, 3}), torch::zeros({0}, torch::kLong))), 0);
}

TEST(UnseenLosses, AgreeWithTheOracle) {
    for (const auto& golden : oracle().at("alignment")) {
        const Tensor z = tensorOf(golden.at("z"));
        EXPECT_NEAR(value(uniformAlignment(z)), golden.at("kl").get<double>(), 1e-12);
        EXPECT_NEAR(value(unseenCrossEntropy(z)), golden.at("ce").get<double>(), 1e-12);
        EXPECT_LE(gradientError([](const Inputs& i) { return uniformAlignment(i[0]); }, {z}),
                  gradientTolerance);
        EXPECT_LE(gradientError([](const Inputs& i) { return unseenCrossEntropy(i[0]); }, {z}),
                  gradientTolerance);
    }
}

TEST(UnseenLosses, OfNoUnseenClassAreZero) {
    EXPECT_EQ(value(uniformAlignment(torch::zeros({0, 0}))), 0);
    EXPECT_EQ(value(unseenCrossEntropy(torch::zeros({0, 0}))), 0);
}

TEST(UnseenLosses, StayFiniteAtLargeScores) {
    const Tensor z = torch::randn({5, 5}) * 1e6;
    for (const auto& f : {Function([](const Inputs& i) { return uniformAlignment(i[0]); }),
                          Function([](const Inputs& i) { return unseenCrossEntropy(i[0]); })})
        EXPECT_TRUE(allFinite(gradients(f, {z})[0]));
}

TEST(DistributionAlignment, AgreesWithTheOracle) {
    const auto& golden = oracle().at("distribution");
    const Tensor seen = tensorOf(golden.at("seen")), unseen = tensorOf(golden.at("unseen"));
    const double expected = golden.at("loss").get<double>();
    EXPECT_NEAR(value(distributionAlignment(seen, unseen)), expected, 1e-12);
    EXPECT_NEAR(value(distributionAlignment(unseen, seen)), expected, 1e-12);
    const auto f = [](const Inputs& i) { return distributionAlignment(i[0], i[1]); };
    EXPECT_LE(gradientError(f, {seen, unseen}), gradientTolerance);
}

TEST(DistributionAlignment, IgnoresOrderShiftAndScale) {
    const Tensor seen = torch::randn({6, 4}, torch::kFloat64) * 20;
    const Tensor same = seen.flip(1) * 3 - 7;
    EXPECT_NEAR(value(distributionAlignment(seen, same)), 0, 1e-8);
    EXPECT_GT(value(distributionAlignment(seen, seen.pow(3))), 1e-4);
}

TEST(DistributionAlignment, SurvivesConstantScoresAndEmptySides) {
    const auto f = [](const Inputs& i) { return distributionAlignment(i[0], i[1]); };
    for (const Tensor& gradient : gradients(f, {torch::ones({3, 4}), torch::ones({2, 1})}))
        EXPECT_TRUE(allFinite(gradient));
    EXPECT_EQ(value(f({torch::ones({0, 4}), torch::ones({2, 3})})), 0);
    EXPECT_EQ(value(f({torch::ones({2, 4}), torch::ones({0, 3})})), 0);
}

TEST(GaussianKl, IsZeroAtTheStandardNormalAndForAnEmptyMask) {
    const Tensor zero = torch::zeros({2, 3, 4});
    EXPECT_EQ(value(gaussianKl(zero, zero)), 0);
    const Tensor none = torch::zeros({2, 3}, torch::kBool);
    EXPECT_EQ(value(gaussianKl(zero + 5, zero, none)), 0);
    EXPECT_NEAR(value(gaussianKl(zero + 1, zero)), 2, 1e-6);
}

TEST(GaussianKl, GradientAgreesWithCentralDifferences) {
    torch::manual_seed(21);
    const Tensor mu = torch::randn({2, 3, 4}, torch::kFloat64), logvar = torch::randn_like(mu);
    const Tensor mask = torch::tensor({{true, true, false}, {false, true, false}});
    const auto f = [&](const Inputs& i) { return gaussianKl(i[0], i[1], mask); };
    EXPECT_LE(gradientError(f, {mu, logvar}), gradientTolerance);
}

TEST(GaussianKl, FreeBitsAgreeWithTheOracle) {
    const auto& golden = oracle().at("free_bits");
    const Tensor mu = tensorOf(golden.at("mu")), logvar = tensorOf(golden.at("logvar"));
    const double bits = golden.at("free_bits").get<double>();
    EXPECT_NEAR(value(gaussianKlFreeBits(mu, logvar, bits)), golden.at("loss").get<double>(),
                1e-12);
    const Tensor zero = torch::zeros({5, 4});
    EXPECT_NEAR(value(gaussianKlFreeBits(zero, zero, 0.5)), 2, 1e-6);
}

} // namespace
} // namespace hmgrl
