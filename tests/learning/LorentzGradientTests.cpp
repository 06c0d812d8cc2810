#include "learning/Lorentz.h"
#include "learning/Losses.h"
#include "learning/Oracle.h"

#include <gtest/gtest.h>

namespace hmgrl::lorentz {
namespace {

using namespace hmgrl::test;
using torch::Tensor;

using Inputs = std::vector<Tensor>;

constexpr double gradientTolerance = 1e-6;

struct Named {
    const char* name;
    Function function; ///< of (x, y, c): points (..., d), curvature
};

/// Ambient vector at x with space part v.
Tensor tangentAt(const Tensor& x, const Tensor& v, const Tensor& c) {
    return torch::cat({((x * v).sum(-1) / time(x, c)).unsqueeze(-1), v}, -1);
}

std::vector<Named> functions() {
    return {
        {"time", [](const Inputs& i) { return time(i[0], i[2]) + 0 * i[1].sum(-1); }},
        {"exp0", [](const Inputs& i) { return exp0(i[0], i[2]) + 0 * i[1]; }},
        {"log0", [](const Inputs& i) { return log0(i[0], i[2]) + 0 * i[1]; }},
        {"clipNorm", [](const Inputs& i) { return clipNorm(i[0], 2) + 0 * i[1] + 0 * i[2]; }},
        {"distance", [](const Inputs& i) { return distance(i[0], i[1], i[2]); }},
        {"pairwise", [](const Inputs& i) { return pairwiseDistance(i[0], i[1], i[2]); }},
        {"centroid", [](const Inputs& i) { return centroid(i[0], i[1].square().sum(-1), i[2]); }},
        {"logMap", [](const Inputs& i) { return logMap(i[0], i[1], i[2]); }},
        {"expMap", [](const Inputs& i) { return expMap(i[0], tangentAt(i[0], i[1], i[2]), i[2]); }},
        {"transport",
         [](const Inputs& i) {
             return transport(i[0], i[1], tangentAt(i[0], i[1] + 1, i[2]), i[2]);
         }},
        {"halfAperture",
         [](const Inputs& i) { return halfAperture(i[0], i[2]) + 0 * i[1].sum(-1); }},
        {"exteriorAngle", [](const Inputs& i) { return exteriorAngle(i[0], i[1], i[2]); }},
        {"entailment", [](const Inputs& i) { return entailmentLoss(i[0], i[1], i[2]); }},
    };
}

TEST(LorentzGradient, AgreesWithCentralDifferences) {
    torch::manual_seed(11);
    const Tensor x = vectorsOfNorm({0.5, 1, 3, 10}, 8, 3);
    const Tensor y = vectorsOfNorm({2, 0.7, 1}, 8, 3);
    for (const double curvature : {1.0, 0.3})
        for (const Named& f : functions())
            EXPECT_LE(gradientError(f.function, {x, y, torch::full({}, curvature, x.options())}),
                      gradientTolerance)
                << f.name;
}

TEST(LorentzGradient, OfTheLargeDistanceMatrixIsTheSame) {
    torch::manual_seed(12);
    const Tensor c = torch::full({}, 0.7, torch::kFloat64);
    const Tensor x = vectorsOfNorm({0.1, 1, 5, 30}, 600, 8), y = vectorsOfNorm({2, 0.3}, 300, 8);
    const auto large =
        gradients([](const Inputs& i) { return pairwiseDistance(i[0], i[1], i[2]); }, {x, y, c});
    const auto exact = gradients(
        [](const Inputs& i) { return distance(i[0].unsqueeze(1), i[1].unsqueeze(0), i[2]); },
        {x, y, c});
    for (std::size_t i = 0; i < 2; ++i)
        EXPECT_LE(rowError(large[i], exact[i]), 1e-9) << i;
    EXPECT_LE(entryError(large[2], exact[2]), 1e-9);
}

/// All pairs of hard points: zero, equal, opposite, on a ray, tiny, huge.
Inputs hardPairs() {
    torch::manual_seed(13);
    const Tensor x = vectorsOfNorm({0, 1e-30, 1e-8, 1e-4, 1, 1e2, 1e4}, 7, 3);
    const Tensor points = torch::cat({x, -x, 2 * x, vectorsOfNorm({1e-8, 1, 1e4}, 3, 3)}, 0);
    const auto n = points.size(0);
    const Tensor first = points.unsqueeze(1).expand({n, n, 3}).reshape({-1, 3});
    const Tensor second = points.unsqueeze(0).expand({n, n, 3}).reshape({-1, 3});
    return {first.to(torch::kFloat32), second.to(torch::kFloat32)};
}

TEST(LorentzGradient, IsFiniteAtHardPoints) {
    const Inputs pairs = hardPairs();
    for (const float curvature : {0.1F, 1.0F, 10.0F})
        for (const Named& f : functions()) {
            const auto all =
                gradients(f.function, {pairs[0], pairs[1], torch::full({}, curvature)});
            for (const Tensor& gradient : all)
                EXPECT_TRUE(allFinite(gradient)) << f.name << " at curvature " << curvature;
        }
}

TEST(LorentzGradient, OfTheDistanceIsZeroAtZeroAndOneNextToIt) {
    const Tensor x = torch::tensor({{3.0, 4.0}}), c = torch::ones({});
    const auto f = [](const Inputs& i) { return distance(i[0], i[1], i[2]); };
    EXPECT_EQ(gradients(f, {x, x, c})[0].abs().max().item<double>(), 0);
    const Tensor origin = torch::zeros({1, 2}), near = torch::tensor({{1e-8, 0.0}});
    EXPECT_NEAR(gradients(f, {near, origin, c})[0][0][0].item<double>(), 1, 1e-6);
}

TEST(LorentzGradient, OfTheReferenceLinearAtEveryNorm) {
    const Tensor rows = tensorOf(oracle().at("linear").at("x"));
    ReferenceLinear layer(5, 4);
    setParameters(*layer, {{"weight", oracle().at("linear").at("weight")},
                           {"bias", oracle().at("linear").at("bias")}});
    layer->to(torch::kFloat64);
    const auto f = [&layer](const Inputs& i) { return layer(i[0]); };
    for (std::int64_t row = 0; row < rows.size(0); ++row) {
        const Tensor x = rows[row];
        const double norm = x.norm().item<double>();
        EXPECT_LE(gradientError(f, {x}, 1e-6 * std::max(1.0, norm)), gradientTolerance) << norm;
        const auto single =
            gradients([&layer](const Inputs& i) { return layer(i[0].to(torch::kFloat64)); },
                      {x.to(torch::kFloat32)});
        EXPECT_TRUE(allFinite(single[0])) << norm;
    }
}

} // namespace
} // namespace hmgrl::lorentz
