#include "learning/Lorentz.h"
#include "learning/Oracle.h"

#include <gtest/gtest.h>
#include <torch/autograd.h>

namespace hmgrl::lorentz {
namespace {

using namespace hmgrl::test;
using torch::Tensor;

constexpr std::int64_t kDimension = 4;
constexpr std::int64_t kRows = 50'000; ///< of one batch
constexpr int kBatches = 20;           ///< together a million rows

/// Float32 rows of log-uniform norms 1e-8 .. 1e4.
Tensor anyNorm(std::int64_t n) {
    const Tensor v = torch::randn({n, kDimension});
    const Tensor norm = torch::pow(10.0, torch::rand({n, 1}) * 12 - 8);
    return v / v.norm(2, -1, true) * norm;
}

/// Pairs of rows of any norm; of every four the second is anything, equal, opposite or very near.
struct Rows {
    Tensor first, second, curvature;

    explicit Rows(std::int64_t n)
        : first(anyNorm(n))
        , second(anyNorm(n))
        , curvature(torch::pow(10.0, torch::rand({}) * 2 - 1)) {
        const Tensor kind = (torch::arange(n) % 4).unsqueeze(1);
        second = torch::where(kind == 1, first, second);
        second = torch::where(kind == 2, -first, second);
        second = torch::where(kind == 3, first * (1 + 1e-6 * torch::randn({n, 1})), second);
        for (Tensor* t : {&first, &second, &curvature})
            t->requires_grad_();
    }
};

/// The million rows, made once.
const std::vector<Rows>& batches() {
    static const std::vector<Rows> all = [] {
        torch::manual_seed(14);
        std::vector<Rows> made;
        for (int batch = 0; batch < kBatches; ++batch)
            made.emplace_back(kRows);
        return made;
    }();
    return all;
}

/// Calls `function` on a million rows; values and gradients of all it reads must be finite.
template <typename F>
void expectFinite(F&& function, const std::vector<Tensor>& weights = {}) {
    for (const Rows& rows : batches()) {
        const Tensor value = function(rows);
        ASSERT_EQ(value.scalar_type(), torch::kFloat32);
        ASSERT_TRUE(allFinite(value));
        std::vector<Tensor> inputs = {rows.first, rows.second, rows.curvature};
        inputs.insert(inputs.end(), weights.begin(), weights.end());
        const auto all = torch::autograd::grad({value}, inputs, {torch::ones_like(value)}, {}, {},
                                               /*allow_unused=*/true);
        for (const Tensor& gradient : all)
            ASSERT_TRUE(!gradient.defined() || allFinite(gradient));
    }
}

/// Ambient vector at x with space part v.
Tensor tangentAt(const Tensor& x, const Tensor& v, const Tensor& c) {
    return torch::cat({((x * v).sum(-1) / time(x, c)).unsqueeze(-1), v}, -1);
}

TEST(LorentzMillionRows, ReferenceLinear) {
    torch::manual_seed(1);
    ReferenceLinear layer(kDimension, 5);
    expectFinite([&](const Rows& r) { return layer(r.first); }, layer->parameters());
}

TEST(LorentzMillionRows, Lift) {
    torch::manual_seed(2);
    Lift layer(kDimension, 5);
    expectFinite([&](const Rows& r) { return layer(r.first, r.curvature); }, layer->parameters());
}

TEST(LorentzMillionRows, MapsAtTheOrigin) {
    expectFinite([](const Rows& r) { return exp0(r.first, r.curvature); });
    expectFinite([](const Rows& r) { return log0(r.first, r.curvature); });
}

TEST(LorentzMillionRows, TimeAndClip) {
    expectFinite([](const Rows& r) { return time(r.first, r.curvature); });
    expectFinite([](const Rows& r) { return clipNorm(r.first, maxRadius); });
}

TEST(LorentzMillionRows, Distance) {
    expectFinite([](const Rows& r) { return distance(r.first, r.second, r.curvature); });
}

/// All pairs, by differences (2^20 numbers) and by a matrix product (above): a million pairs each.
TEST(LorentzMillionRows, PairwiseDistance) {
    for (const std::int64_t side : {500, 1000}) {
        torch::manual_seed(3);
        for (int batch = 0; batch < (side == 500 ? 4 : 1); ++batch) {
            const Rows rows(side);
            const Tensor d = pairwiseDistance(rows.first, rows.second, rows.curvature);
            ASSERT_TRUE(allFinite(d));
            d.sum().backward();
            for (const Tensor& t : {rows.first, rows.second, rows.curvature})
                ASSERT_TRUE(allFinite(t.grad()));
        }
    }
}

TEST(LorentzMillionRows, LogMap) {
    expectFinite([](const Rows& r) { return logMap(r.first, r.second, r.curvature); });
}

TEST(LorentzMillionRows, ExpMap) {
    expectFinite([](const Rows& r) {
        return expMap(r.first, tangentAt(r.first, r.second, r.curvature), r.curvature);
    });
}

TEST(LorentzMillionRows, Transport) {
    expectFinite([](const Rows& r) {
        return transport(r.first, r.second, tangentAt(r.first, r.second.roll(1, 0), r.curvature),
                         r.curvature);
    });
}

TEST(LorentzMillionRows, Centroid) {
    const auto groups = [](const Tensor& t) { return t.view({-1, 5, kDimension}); };
    expectFinite([&](const Rows& r) {
        return centroid(groups(r.first), groups(r.second).square().sum(-1), r.curvature);
    });
}

TEST(LorentzMillionRows, EntailmentCones) {
    expectFinite([](const Rows& r) { return halfAperture(r.first, r.curvature); });
    expectFinite([](const Rows& r) { return exteriorAngle(r.first, r.second, r.curvature); });
}

/// Points made by the layers and read by the others, as in a head.
TEST(LorentzMillionRows, LayersInSuccession) {
    torch::manual_seed(4);
    Lift lift(kDimension, kDimension);
    ReferenceLinear linear(kDimension, kDimension);
    auto weights = lift->parameters();
    const auto more = linear->parameters();
    weights.insert(weights.end(), more.begin(), more.end());
    expectFinite(
        [&](const Rows& r) {
            const Tensor x = lift(linear(r.first), r.curvature);
            const Tensor y = exp0(r.second, r.curvature);
            return distance(x, y, r.curvature) + log0(y, r.curvature).sum(-1);
        },
        weights);
}

} // namespace
} // namespace hmgrl::lorentz
