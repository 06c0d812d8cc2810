#include "geometry/Disk.h"
#include "support/Random.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <rapidcheck.h>

namespace hmgrl::disk {
namespace {

constexpr double pi = std::numbers::pi;

DiskPoint randomPoint(Random& random, double most) {
    return {most * random.uniform(), pi * (2 * random.uniform() - 1)};
}

/// A Random seeded by RapidCheck, so that a failure shrinks to a seed that can be repeated.
Random drawn() {
    return Random(*rc::gen::arbitrary<std::uint32_t>());
}

bool near(double found, double expected, double relative) {
    return std::abs(found - expected) <= relative * std::max(1.0, std::abs(expected));
}

bool check(const std::function<void()>& property, const char* name) {
    return rc::check(name, property);
}

TEST(Disk, ConvertsBothWays) {
    EXPECT_TRUE(check(
        [] {
            Random random = drawn();
            const DiskPoint p = randomPoint(random, 12);
            const DiskPoint back = toPolar(toCartesian(p));
            RC_ASSERT(near(back.r, p.r, 1e-9));
            RC_ASSERT(p.r == 0 || near(back.theta, p.theta, 1e-12));
        },
        "polar -> cartesian -> polar"));
    EXPECT_EQ(toPolar(Complex(0, 0)), (DiskPoint{0, 0}));
    EXPECT_NEAR(std::abs(toCartesian({2, 1})), std::tanh(1.0), 1e-15);
    EXPECT_TRUE(std::isfinite(toPolar(Complex(1, 0)).r)) << "the rim itself is brought inside";
}

TEST(Disk, DistanceIsTheDefinition) {
    // d = arcosh(1 + 2 |z - w|^2 / ((1 - |z|^2)(1 - |w|^2))), sound for points apart and not far
    // out.
    EXPECT_TRUE(check(
        [] {
            Random random = drawn();
            const DiskPoint p = randomPoint(random, 4);
            const DiskPoint q = randomPoint(random, 4);
            const Complex z = toCartesian(p);
            const Complex w = toCartesian(q);
            const double delta = 2 * std::norm(z - w) / ((1 - std::norm(z)) * (1 - std::norm(w)));
            RC_PRE(delta > 1e-3);
            RC_ASSERT(near(distance(p, q), std::acosh(1 + delta), 1e-9));
        },
        "distance equals its definition"));
    EXPECT_DOUBLE_EQ(distance({5, 1}, {5, 1}), 0);
    EXPECT_DOUBLE_EQ(distance({0, 0}, {7, 2}), 7);
    EXPECT_DOUBLE_EQ(distance({3, 1}, {4, 1 + pi}), 7);
}

TEST(Disk, DistanceKeepsNeighboursFarOut) {
    // Along the circle of radius r a short arc of angle t has length sinh(r) t.
    for (double r : {1.0, 7.0, 12.0})
        for (double length : {1e-3, 1e-5}) {
            const double found = distance({r, 0.1}, {r, 0.1 + length / std::sinh(r)});
            EXPECT_NEAR(found / length, 1, 1e-4) << r;
        }
}

TEST(Disk, TriangleInequalityAndSymmetry) {
    EXPECT_TRUE(check(
        [] {
            Random random = drawn();
            const DiskPoint p = randomPoint(random, 12);
            const DiskPoint q = randomPoint(random, 12);
            const DiskPoint s = randomPoint(random, 12);
            RC_ASSERT(distance(p, q) == distance(q, p));
            RC_ASSERT(distance(p, s) <= distance(p, q) + distance(q, s) + 1e-9);
        },
        "a metric"));
}

TEST(Isometry, PreservesDistance) {
    EXPECT_TRUE(check(
        [] {
            Random random = drawn();
            const DiskPoint p = randomPoint(random, 6);
            const DiskPoint q = randomPoint(random, 6);
            const Isometry map = Isometry::rotation(6 * random.uniform()) *
                                 Isometry::fromOrigin(randomPoint(random, 5));
            RC_ASSERT(near(distance(map.apply(p), map.apply(q)), distance(p, q), 1e-9));
        },
        "distance is kept"));
}

TEST(Isometry, InverseUndoes) {
    EXPECT_TRUE(check(
        [] {
            Random random = drawn();
            const DiskPoint p = randomPoint(random, 8);
            const Isometry map =
                Isometry::translation(randomPoint(random, 5), randomPoint(random, 5)) *
                Isometry::rotation(6 * random.uniform());
            RC_ASSERT(distance(map.inverse().apply(map.apply(p)), p) < 1e-6);
            RC_ASSERT(distance((map.inverse() * map).apply(p), p) < 1e-6);
        },
        "inverse"));
}

TEST(Isometry, BothFormsOfApplyAgree) {
    EXPECT_TRUE(check(
        [] {
            Random random = drawn();
            const DiskPoint p = randomPoint(random, 5);
            const Isometry map =
                Isometry::translation(randomPoint(random, 3), randomPoint(random, 3));
            RC_ASSERT(std::abs(map.apply(toCartesian(p)) - toCartesian(map.apply(p))) < 1e-11);
        },
        "polar and cartesian"));
}

TEST(Isometry, TranslationGoesThereWithoutTurning) {
    EXPECT_TRUE(check(
        [] {
            Random random = drawn();
            const DiskPoint p = randomPoint(random, 6);
            const DiskPoint q = randomPoint(random, 6);
            RC_PRE(distance(p, q) > 0.1);
            const Isometry map = Isometry::translation(p, q);
            RC_ASSERT(distance(map.apply(p), q) < 1e-8);
            // No turning: what lay ahead on the geodesic lies ahead of q on the same geodesic, so
            // the point half way is carried one length on: midpoint -> beyond q by half the length.
            const double length = distance(p, q);
            const DiskPoint half = map.power(0.5).apply(p);
            const DiskPoint beyond = map.apply(half);
            RC_ASSERT(near(distance(p, beyond), 1.5 * length, 1e-7));
            RC_ASSERT(near(distance(q, beyond), 0.5 * length, 1e-7));
            RC_ASSERT(near(distance(p, half), 0.5 * length, 1e-7));
        },
        "translation"));
}

TEST(Isometry, TranslationOfAPointToItselfIsIdentity) {
    const Isometry map = Isometry::translation({5, 1}, {5, 1});
    EXPECT_NEAR(std::abs(map.b()), 0, 1e-12);
    EXPECT_LT(distance(map.apply(DiskPoint{3, 2}), {3, 2}), 1e-10);
}

TEST(Isometry, PowerIsASubgroup) {
    EXPECT_TRUE(check(
        [] {
            Random random = drawn();
            const Isometry map = Isometry::rotation(3 * random.uniform()) *
                                 Isometry::fromOrigin(randomPoint(random, 3));
            const double t = random.uniform();
            const DiskPoint p = randomPoint(random, 3);
            RC_ASSERT(distance(map.power(1).apply(p), map.apply(p)) < 1e-8);
            RC_ASSERT(distance(map.power(0).apply(p), p) < 1e-8);
            RC_ASSERT(distance((map.power(t) * map.power(1 - t)).apply(p), map.apply(p)) < 1e-7);
        },
        "power"));
    const DiskPoint turned = Isometry::rotation(-1).power(0.25).apply(DiskPoint{2, 1});
    EXPECT_NEAR(turned.theta, 0.75, 1e-12);
}

TEST(Isometry, FocusingFarOutAndReturningIsExact) {
    Random random(7);
    for (int i = 0; i < 1000; ++i) {
        const DiskPoint p{12, pi * (2 * random.uniform() - 1)};
        const Isometry focus = Isometry::toOrigin(p);
        EXPECT_LT(focus.apply(p).r, 1e-9);
        const DiskPoint back = focus.inverse().apply(focus.apply(p));
        EXPECT_NEAR(back.r, p.r, 1e-9);
        EXPECT_NEAR(std::remainder(back.theta - p.theta, 2 * pi), 0, 1e-9);
        const DiskPoint other = randomPoint(random, 12);
        const DiskPoint returned = focus.inverse().apply(focus.apply(other));
        EXPECT_NEAR(returned.r, other.r, 1e-9 * std::max(1.0, other.r));
    }
}

TEST(Isometry, TenThousandDragsKeepDistances) {
    Random random(11);
    std::vector<DiskPoint> points;
    for (int i = 0; i < 40; ++i)
        points.push_back(randomPoint(random, 10));
    Isometry focus;
    for (int i = 0; i < 10000; ++i) {
        const Isometry next =
            Isometry::translation(randomPoint(random, 3), randomPoint(random, 3)) * focus;
        // A random walk in the hyperbolic plane runs away; whoever drags stays near the picture.
        focus = next.apply(DiskPoint{}).r < 4 ? next : Isometry::rotation(random.uniform()) * focus;
    }
    const Isometry home = Isometry::toOrigin(focus.apply(DiskPoint{})) * focus;
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const double before = distance(points[i], points[j]);
            const double after = distance(focus.apply(points[i]), focus.apply(points[j]));
            EXPECT_NEAR(after / before, 1, 1e-9);
            const double athome = distance(home.apply(points[i]), home.apply(points[j]));
            EXPECT_NEAR(athome / before, 1, 1e-9);
        }
}

TEST(Isometry, CompositionIsRenormalised) {
    // |a|^2 - |b|^2 = 1 to the last digits however long the chain; rounding alone would walk away.
    Random random(12);
    Isometry map;
    double worst = 0;
    for (int i = 0; i < 300000; ++i) {
        map = Isometry::translation(randomPoint(random, 1), randomPoint(random, 1)) * map;
        if (map.apply(DiskPoint{}).r > 2)
            map = Isometry::toOrigin(map.apply(DiskPoint{})) * map;
        worst = std::max(worst, std::abs(std::norm(map.a()) - std::norm(map.b()) - 1));
    }
    EXPECT_LT(worst, 3e-15);
}

TEST(Geodesic, PolylineHugsTheOrthogonalCircle) {
    EXPECT_TRUE(check(
        [] {
            Random random = drawn();
            const DiskPoint p = randomPoint(random, 12);
            const DiskPoint q = randomPoint(random, 12);
            RC_PRE(distance(p, q) > 1e-3);
            const std::vector<Complex> line = geodesic(p, q);
            RC_ASSERT(line.size() >= 2U);
            RC_ASSERT(std::abs(line.front() - toCartesian(p)) < 1e-12);
            RC_ASSERT(std::abs(line.back() - toCartesian(q)) < 1e-12);
            // A point lies on the geodesic when going by it is no detour; between corners the arc
            // stays within the tolerance, so points of the true arc must be near the polyline.
            const Isometry along = Isometry::translation(p, q);
            for (int k = 1; k < 40; ++k) {
                const Complex exact = toCartesian(along.power(k / 40.0).apply(p));
                double best = 2;
                for (std::size_t i = 1; i < line.size(); ++i) {
                    const Complex edge = line[i] - line[i - 1];
                    const double t = std::clamp((std::conj(edge) * (exact - line[i - 1])).real() /
                                                    std::norm(edge),
                                                0.0, 1.0);
                    best = std::min(best, std::abs(exact - line[i - 1] - t * edge));
                }
                RC_ASSERT(best < 0.002);
            }
        },
        "geodesic"));
}

TEST(Geodesic, DiameterIsStraightAndAPointIsShort) {
    EXPECT_EQ(geodesic({3, 0.5}, {2, 0.5 - pi}).size(), 2U);
    EXPECT_EQ(geodesic({0, 0}, {2, 1}).size(), 2U);
    for (Complex z : geodesic({1, 1}, {1, 1}))
        EXPECT_LT(std::abs(z - toCartesian({1, 1})), 1e-12);
}

TEST(Centroid, IsTheMidpointAndFollowsIsometries) {
    EXPECT_TRUE(check(
        [] {
            Random random = drawn();
            const std::vector<DiskPoint> two{randomPoint(random, 5), randomPoint(random, 5)};
            const std::vector<double> weights{0.5, 0.5};
            const DiskPoint middle = centroid(two, weights);
            RC_ASSERT(near(distance(middle, two[0]), distance(two[0], two[1]) / 2, 1e-6));
            RC_ASSERT(near(distance(middle, two[1]), distance(two[0], two[1]) / 2, 1e-6));
        },
        "midpoint"));
    EXPECT_EQ(centroid({}, {}), DiskPoint{});
    const std::vector<DiskPoint> one{{3, 1}};
    EXPECT_NEAR(centroid(one, std::vector<double>{2}).r, 3, 1e-9);
    EXPECT_EQ(centroid(one, std::vector<double>{0}), DiskPoint{});
}

} // namespace
} // namespace hmgrl::disk
