#include "geometry/Alignment.h"

#include "support/Error.h"
#include "support/Random.h"

#include <cmath>
#include <functional>
#include <gtest/gtest.h>
#include <numbers>
#include <rapidcheck.h>

namespace hmgrl::disk {
namespace {

std::vector<DiskPoint> scatter(Random& random, std::size_t n, double most) {
    std::vector<DiskPoint> points(n);
    for (DiskPoint& p : points)
        p = {most * random.uniform(), std::numbers::pi * (2 * random.uniform() - 1)};
    return points;
}

double costOf(const std::function<DiskPoint(DiskPoint)>& map, const std::vector<DiskPoint>& from,
              const std::vector<DiskPoint>& to) {
    double sum = 0;
    for (std::size_t i = 0; i < from.size(); ++i)
        sum += std::pow(std::sinh(distance(map(from[i]), to[i]) / 2), 2);
    return sum;
}

TEST(Alignment, FindsTheMotionThatWasMade) {
    EXPECT_TRUE(rc::check("exact motions are found", [] {
        Random random(*rc::gen::arbitrary<std::uint32_t>());
        const auto from = scatter(random, 12, 4);
        const Alignment made{random.upTo(1) == 1,
                             Isometry::rotation(6 * random.uniform()) *
                                 Isometry::fromOrigin(scatter(random, 1, 3)[0])};
        std::vector<DiskPoint> to;
        for (const DiskPoint& p : from)
            to.push_back(made.apply(p));
        const Alignment found = align(from, to);
        for (std::size_t i = 0; i < from.size(); ++i)
            RC_ASSERT(distance(found.apply(from[i]), to[i]) < 1e-5);
    }));
}

TEST(Alignment, NoSmallChangeIsBetter) {
    EXPECT_TRUE(rc::check("a minimum", [] {
        Random random(*rc::gen::arbitrary<std::uint32_t>());
        const auto from = scatter(random, 10, 3);
        auto to = from;
        const Isometry moved = Isometry::fromOrigin(scatter(random, 1, 2)[0]);
        for (DiskPoint& p : to)
            p = Isometry::fromOrigin(scatter(random, 1, 0.5)[0]).apply(moved.apply(p));
        const Alignment best = align(from, to);
        const double cost = costOf([&](DiskPoint p) { return best.apply(p); }, from, to);
        for (int k = 0; k < 20; ++k) {
            const Isometry nudge = Isometry::rotation(0.02 * (random.uniform() - 0.5)) *
                                   Isometry::fromOrigin(scatter(random, 1, 0.02)[0]);
            RC_ASSERT(costOf([&](DiskPoint p) { return nudge.apply(best.apply(p)); }, from, to) >=
                      cost * (1 - 1e-9));
        }
    }));
}

TEST(Alignment, AboutTheCentreTurnsAndMirrors) {
    Random random(4);
    const auto from = scatter(random, 30, 4);
    std::vector<DiskPoint> to;
    for (const DiskPoint& p : from)
        to.push_back({p.r, 0.7 - p.theta});
    const Alignment found = alignAboutCentre(from, to);
    EXPECT_TRUE(found.mirrored);
    for (std::size_t i = 0; i < from.size(); ++i)
        EXPECT_LT(distance(found.apply(from[i]), to[i]), 1e-9);
    EXPECT_EQ(found.apply({0, 0}).r, 0);
}

TEST(Alignment, WeightsChooseWhomToFollow) {
    const std::vector<DiskPoint> from{{2, 0}, {2, 1}};
    const std::vector<DiskPoint> to{{2, 0}, {2, -2}};
    const std::vector<double> weights{1, 1e-6};
    EXPECT_LT(distance(alignAboutCentre(from, to, weights).apply(from[0]), to[0]), 1e-3);
    const std::vector<double> other{1e-6, 1};
    EXPECT_LT(distance(alignAboutCentre(from, to, other).apply(from[1]), to[1]), 1e-3);
}

TEST(Alignment, EdgeCases) {
    EXPECT_EQ(align({}, {}).apply({2, 1}).r, Isometry().apply(DiskPoint{2, 1}).r);
    const std::vector<DiskPoint> one{{3, 1}};
    const std::vector<DiskPoint> there{{1, -2}};
    EXPECT_LT(distance(align(one, there).apply(one[0]), there[0]), 1e-3);
    const std::vector<DiskPoint> same(5, DiskPoint{0, 0});
    EXPECT_LT(align(same, same).apply({0, 0}).r, 1e-3);
    EXPECT_THROW((void)align(one, {}), Error);
    EXPECT_THROW((void)alignAboutCentre(one, there, std::vector<double>{1, 2}), Error);
}

} // namespace
} // namespace hmgrl::disk
