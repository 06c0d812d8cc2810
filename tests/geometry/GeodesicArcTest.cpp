#include "geometry/GeodesicArc.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <random>

namespace hmgrl::disk {
namespace {

struct Random {
    std::mt19937 source{7};
    double upTo(double most) { return std::uniform_real_distribution<double>(0, most)(source); }
    DiskPoint point(double farthest) { return {upTo(farthest), upTo(2 * std::numbers::pi)}; }
};

/// Pairs of every sort: anywhere to r = 12, close together, and within 1e-3 to 1e-12 of a line
/// through the centre.
std::pair<DiskPoint, DiskPoint> pair(Random& random, int i) {
    const DiskPoint p = random.point(12);
    if (i % 4 == 1)
        return {p, Isometry::fromOrigin(p).apply(random.point(0.1))};
    if (i % 4 == 2) {
        const double off = std::pow(10, -3 - random.upTo(9));
        return {p, {random.upTo(12), p.theta + off + (i % 8 < 4 ? std::numbers::pi : 0)}};
    }
    return {p, random.point(12)};
}

TEST(GeodesicArc, MeetsTheUnitCircleAtRightAngles) {
    Random random;
    int circles = 0;
    for (int i = 0; i < 10'000; ++i) {
        const auto [p, q] = pair(random, i);
        const auto circle = GeodesicArc(toCartesian(p), toCartesian(q)).circle();
        if (!circle)
            continue; // a diameter does by itself
        ++circles;
        const double c = std::norm(circle->centre), r = circle->radius;
        const double cosine = (1 + r * r - c) / (2 * r);
        EXPECT_NEAR(std::acos(std::clamp(cosine, -1.0, 1.0)), std::numbers::pi / 2, 1e-6)
            << p.r << " " << p.theta << " to " << q.r << " " << q.theta;
    }
    EXPECT_GT(circles, 8000);
}

TEST(GeodesicArc, StraightOnlyThroughTheCentre) {
    Random random;
    for (int i = 0; i < 2000; ++i) {
        const auto [p, q] = pair(random, i);
        const GeodesicArc arc(toCartesian(p), toCartesian(q));
        if (arc.circle())
            continue;
        // How far the line through both passes from the centre, against its length.
        const Complex a = toCartesian(p), b = toCartesian(q);
        EXPECT_LT(std::abs((std::conj(a) * b).imag()), 1e-8) << p.r << " " << q.r;
    }
}

TEST(GeodesicArc, RunsAlongTheGeodesic) {
    Random random;
    for (int i = 0; i < 2000; ++i) {
        const DiskPoint p = random.point(5), q = random.point(5);
        const GeodesicArc arc(toCartesian(p), toCartesian(q));
        EXPECT_LT(std::abs(arc.at(0) - toCartesian(p)), 1e-14);
        EXPECT_LT(std::abs(arc.at(1) - toCartesian(q)), 1e-13);
        const DiskPoint between = toPolar(arc.at(random.upTo(1)));
        EXPECT_NEAR(distance(p, between) + distance(between, q), distance(p, q), 1e-6);
    }
}

TEST(GeodesicArc, PiecesStayWithinTheTolerance) {
    Random random;
    for (int i = 0; i < 500; ++i) {
        const GeodesicArc arc(toCartesian(random.point(8)), toCartesian(random.point(8)));
        const double tolerance = 1e-4;
        const int count = arc.pieces(tolerance);
        double length = 0;
        for (int k = 0; k < count; ++k) {
            const Complex a = arc.at(static_cast<double>(k) / count);
            const Complex b = arc.at((k + 1.0) / count);
            const Complex middle = arc.at((k + 0.5) / count);
            EXPECT_LT(std::abs((a + b) / 2.0 - middle), 1.2 * tolerance);
            length += std::abs(b - a);
        }
        EXPECT_NEAR(length, arc.length(), 0.02);
    }
}

TEST(GeodesicArc, EndsMayLieOnTheRimOrOnOneSpot) {
    const GeodesicArc rim(std::polar(1.0, 0.2), std::polar(1.0, 1.9));
    ASSERT_TRUE(rim.circle());
    EXPECT_NEAR(std::norm(rim.circle()->centre), 1 + std::pow(rim.circle()->radius, 2), 1e-12);
    const GeodesicArc across(1, -1);
    EXPECT_LT(std::abs(across.at(0.5)), 1e-15);
    const GeodesicArc point(Complex(0.3, 0.4), Complex(0.3, 0.4));
    EXPECT_EQ(point.at(0.7), Complex(0.3, 0.4));
    EXPECT_EQ(point.length(), 0);
    EXPECT_EQ(point.pieces(1e-3), 1);
}

} // namespace
} // namespace hmgrl::disk
