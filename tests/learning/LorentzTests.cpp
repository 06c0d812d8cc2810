#include "learning/Lorentz.h"
#include "learning/Losses.h"
#include "learning/Oracle.h"
#include "support/Error.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hmgrl::lorentz {
namespace {

using namespace hmgrl::test;
using torch::Tensor;

constexpr auto kWide = torch::kFloat64;
constexpr auto kSingle = torch::kFloat32;

Tensor scalar(double value, torch::ScalarType type = kWide) {
    return torch::full({}, value, type);
}

Tensor minkowski(const Tensor& a, const Tensor& b) {
    const auto d = a.size(-1) - 1;
    return (a.narrow(-1, 1, d) * b.narrow(-1, 1, d)).sum(-1) - a.select(-1, 0) * b.select(-1, 0);
}

/// Points at unit-curvature radii up to 5 in the given type.
Tensor pointsWithin5(std::int64_t n, torch::ScalarType type) {
    const Tensor v = vectorsOfNorm({0, 1e-8, 1e-3, 0.2, 1, 2, 3, 4, 5}, n, 6);
    return exp0(v, scalar(1)).to(type);
}

/// Golden values, in float64 and in float32.
class LorentzOracle : public ::testing::TestWithParam<std::tuple<int, torch::ScalarType>> {
protected:
    void SetUp() override {
        torch::manual_seed(1);
        golden = oracle().at("geometry").at(static_cast<std::size_t>(std::get<0>(GetParam())));
        type = std::get<1>(GetParam());
        tolerance = type == kWide ? 1e-10 : 1e-6;
        c = scalar(golden.at("c").get<double>(), type);
    }
    Tensor input(const char* name) const { return tensorOf(golden.at(name)).to(type); }
    Tensor expected(const char* name) const { return tensorOf(golden.at(name)); }

    nlohmann::json golden;
    torch::ScalarType type = kWide;
    double tolerance = 0;
    Tensor c;
};

TEST_P(LorentzOracle, ExponentialAndLogarithmAtTheOrigin) {
    EXPECT_LE(rowError(exp0(input("tangent"), c), expected("exp0")), tolerance);
    EXPECT_LE(rowError(log0(input("x"), c), expected("log0")), tolerance);
}

TEST_P(LorentzOracle, Distances) {
    const Tensor d = distance(input("x"), input("y"), c);
    EXPECT_EQ(d.scalar_type(), type);
    EXPECT_LE(entryError(d, expected("distance")), tolerance);
    EXPECT_LE(entryError(pairwiseDistance(input("x"), input("y"), c), expected("pairwise"), 1e-12),
              tolerance);
}

TEST_P(LorentzOracle, MapsAtAPoint) {
    EXPECT_LE(rowError(logMap(input("x"), input("y"), c), expected("log_map")), tolerance);
    EXPECT_LE(rowError(expMap(input("x"), input("v"), c), expected("exp_map")), tolerance);
    EXPECT_LE(rowError(transport(input("x"), input("y"), input("v"), c), expected("transport")),
              tolerance);
}

TEST_P(LorentzOracle, Centroid) {
    EXPECT_LE(rowError(centroid(input("x"), input("w"), c), expected("centroid")), tolerance);
}

TEST_P(LorentzOracle, EntailmentCones) {
    EXPECT_LE(entryError(halfAperture(input("x"), c), expected("half_aperture")), tolerance);
    // A double precision input next to the ray has an angle of 1e-8 that depends on its last bits.
    EXPECT_LE(entryError(exteriorAngle(input("angle_x"), input("angle_y"), c),
                         expected("exterior_angle"), 1.0),
              tolerance);
    const double loss = entailmentLoss(input("angle_x"), input("angle_y"), c).item().to<double>();
    EXPECT_NEAR(loss, golden.at("entailment").get<double>(), 10 * tolerance);
}

INSTANTIATE_TEST_SUITE_P(CurvatureAndType, LorentzOracle,
                         ::testing::Combine(::testing::Values(0, 1, 2),
                                            ::testing::Values(kWide, kSingle)));

/// Identities of the manifold; float64 1e-10, float32 1e-5, radii up to 5.
class LorentzIdentity : public ::testing::TestWithParam<torch::ScalarType> {
protected:
    void SetUp() override {
        torch::manual_seed(2);
        type = GetParam();
        tolerance = type == kWide ? 1e-10 : 1e-5;
        one = scalar(1, type);
        x = pointsWithin5(900, type);
        y = pointsWithin5(900, type).roll(1, 0);
        z = pointsWithin5(900, type).roll(2, 0);
    }
    torch::ScalarType type = kWide;
    double tolerance = 0;
    Tensor one, x, y, z;
};

TEST_P(LorentzIdentity, OriginRoundTrip) {
    const Tensor v = vectorsOfNorm({0, 1e-8, 1e-4, 0.01, 0.5, 2, 5}, 700, 6).to(type);
    EXPECT_LE(rowError(log0(exp0(v, one), one), v), tolerance);
    const Tensor origin = torch::zeros_like(v);
    EXPECT_LE(entryError(distance(origin, exp0(v, one), one), v.norm(2, {-1})), tolerance);
}

TEST_P(LorentzIdentity, RoundTripAtAPoint) {
    // A tangent vector in ambient coordinates resolves no more than eps |v|: the way back carries
    // that along the geodesic, stretched by sinh(d)/d.
    const Tensor v = logMap(x, y, one);
    const Tensor back = expMap(x, v, one);
    const Tensor d = distance(x, y, one).to(kWide);
    const double eps = type == kWide ? 2.3e-16 : 1.2e-7;
    const Tensor allowed =
        tolerance + 4 * eps * v.to(kWide).norm(2, {-1}) * d.sinh() / d.clamp_min(1e-12);
    const Tensor error = distance(back, y, one).to(kWide);
    const auto worst = (error / allowed).argmax().item<std::int64_t>();
    EXPECT_LE(error[worst].item<double>(), allowed[worst].item<double>())
        << "from " << x[worst] << " to " << y[worst];
    const Tensor near = d < 1;
    EXPECT_GT(near.sum().item<int>(), 100);
    EXPECT_LE(error.masked_select(near).max().item<double>(), tolerance);
}

TEST_P(LorentzIdentity, DistanceIsAMetric) {
    const Tensor xy = distance(x, y, one), yz = distance(y, z, one), xz = distance(x, z, one);
    EXPECT_LE((xz - xy - yz).max().item().to<double>(), tolerance);
    EXPECT_LE(entryError(distance(y, x, one), xy), tolerance);
    EXPECT_EQ(distance(x, x, one).abs().max().item().to<double>(), 0);
}

TEST_P(LorentzIdentity, TransportIsAnIsometryAndTurnsTheGeodesic) {
    const Tensor v = logMap(x, z, one), w = logMap(x, y, one);
    const Tensor scale = (v.to(kWide).norm(2, {-1}) * w.to(kWide).norm(2, {-1})).clamp_min(1e-12);
    const Tensor before = minkowski(v.to(kWide), w.to(kWide));
    const Tensor tv = transport(x, y, v, one), tw = transport(x, y, w, one);
    const Tensor grown = (tv.to(kWide).norm(2, {-1}) * tw.to(kWide).norm(2, {-1})).clamp_min(1e-12);
    const Tensor after = minkowski(tv.to(kWide), tw.to(kWide));
    // Inner products of ambient vectors are differences of products of that size.
    EXPECT_LE(((after - before).abs() / (scale + grown)).max().item<double>(), tolerance);
    EXPECT_LE(rowError(tw, -logMap(y, x, one), 1e-6), tolerance);
}

INSTANTIATE_TEST_SUITE_P(Type, LorentzIdentity, ::testing::Values(kWide, kSingle));

TEST(Lorentz, BoostKeepsDistances) {
    torch::manual_seed(3);
    const Tensor one = scalar(1), x = pointsWithin5(90, kWide),
                 y = pointsWithin5(90, kWide).roll(4, 0);
    const auto boost = [&one](const Tensor& s) { // by rapidity 0.7 along the first axis
        const Tensor t = time(s, one);
        Tensor moved = s.clone();
        moved.select(-1, 0).copy_(std::cosh(0.7) * s.select(-1, 0) + std::sinh(0.7) * t);
        return moved;
    };
    EXPECT_LE(entryError(distance(boost(x), boost(y), one), distance(x, y, one), 1.0), 1e-10);
}

TEST(Lorentz, CurvatureScalesLengths) {
    torch::manual_seed(4);
    const Tensor x = pointsWithin5(90, kWide), y = pointsWithin5(90, kWide).roll(1, 0);
    const Tensor atFour = distance(x / 2, y / 2, scalar(4));
    EXPECT_LE(entryError(atFour * 2, distance(x, y, scalar(1))), 1e-13);
}

TEST(Lorentz, TangentRadiusIsClippedBeforeSinh) {
    const Tensor v = vectorsOfNorm({1e2, 1e4, 1e15}, 30, 3).to(kSingle);
    const Tensor s = exp0(v, scalar(1, kSingle));
    EXPECT_LE(entryError(s.norm(2, {-1}), torch::full({30}, std::sinh(maxRadius))), 1e-5);
}

TEST(Lorentz, CentroidOfWeightsAllZeroIsTheOrigin) {
    const Tensor x = torch::ones({2, 3, 4});
    const Tensor mean = centroid(x, torch::zeros({2, 3}), scalar(1, kSingle));
    EXPECT_EQ(mean.abs().max().item<float>(), 0);
}

TEST(Lorentz, LargeDistanceMatrixStaysCloseToDifferences) {
    torch::manual_seed(5);
    const Tensor x = pointsWithin5(720, kWide);
    const Tensor full = pairwiseDistance(x, x, scalar(1)); // 720 x 720 x 6 > 2^20
    const Tensor exact = distance(x.unsqueeze(1), x.unsqueeze(0), scalar(1));
    const Tensor error = (full - exact).abs();
    RecordProperty("diagonal", std::to_string(error.diagonal().max().item<double>()));
    EXPECT_LE(error.diagonal().max().item<double>(), 6e-6);
    EXPECT_LE(error.masked_select(exact > 0.1).max().item<double>(), 1e-9);
}

TEST(Lorentz, LargeDistanceMatrixIsCutIntoBlocks) {
    torch::manual_seed(6);
    const Tensor x = pointsWithin5(3000, kSingle), one = scalar(1, kSingle);
    const Tensor full = pairwiseDistance(x, x, one); // 9e6 entries: three blocks
    ASSERT_EQ(full.sizes(), (std::vector<std::int64_t>{3000, 3000}));
    for (const std::int64_t row : {0, 1397, 1398, 1399, 2795, 2796, 2999})
        EXPECT_LE(entryError(full[row], distance(x[row], x, one), 1.0), 1e-5) << row;
    EXPECT_EQ(pairwiseDistance(x.narrow(0, 0, 0), x, one).size(0), 0);
}

TEST(Lorentz, LinearLayersRejectImpossibleWidths) {
    EXPECT_THROW(ReferenceLinear(0, 4), Error);
    EXPECT_THROW(ReferenceLinear(4, 1), Error);
    EXPECT_THROW(Lift(0, 4), Error);
}

TEST(ReferenceLinear, AgreesWithTheLongWayOverTheHyperboloid) {
    const auto& golden = oracle().at("linear");
    ReferenceLinear layer(5, 4);
    setParameters(*layer, {{"weight", golden.at("weight")}, {"bias", golden.at("bias")}});
    const Tensor x = tensorOf(golden.at("x")), y = tensorOf(golden.at("y"));
    EXPECT_LE(rowError(layer(x.to(kSingle)), y), 1e-6);
    layer->to(kWide);
    EXPECT_LE(rowError(layer(x), y), 1e-12);
    EXPECT_EQ(layer(x).select(-1, 0).abs().max().item<double>(), 0);
}

TEST(ReferenceLinear, KeepsSmallInputsWithoutBias) {
    const auto& golden = oracle().at("linear");
    ReferenceLinear layer(5, 4);
    setParameters(*layer, {{"weight", golden.at("weight")}, {"bias", golden.at("bias")}});
    {
        const torch::NoGradGuard guard;
        layer->named_parameters()["bias"].zero_();
    }
    const Tensor y = layer(tensorOf(golden.at("x")).to(kSingle));
    EXPECT_LE(rowError(y, tensorOf(golden.at("y_no_bias"))), 1e-6);
}

TEST(Lift, StartsAtAlphaAndIsItsTangentLifted) {
    torch::manual_seed(7);
    Lift lift(5, 16);
    EXPECT_NEAR(lift->named_parameters()["log_alpha"].exp().item<double>(), 0.25, 1e-7);
    const Tensor h = torch::randn({3, 5}), c = scalar(0.5, kSingle);
    const Tensor plain = torch::linear(h, lift->named_parameters()["linear.weight"],
                                       lift->named_parameters()["linear.bias"]);
    EXPECT_LE(rowError(lift->tangent(h), plain / 4), 1e-6);
    EXPECT_LE(rowError(lift(h, c), exp0(plain / 4, c)), 1e-6);
}

} // namespace
} // namespace hmgrl::lorentz
