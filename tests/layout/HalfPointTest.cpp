#include "layout/HalfPoint.h"

#include "geometry/Disk.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <rapidcheck/gtest.h>

namespace hmgrl::layout {
namespace {

using disk::Complex;

double unit() {
    return *rc::gen::inRange(0, 1'000'000) / 1e6;
}

DiskPoint point(double reach) {
    return {reach * unit(), 2 * std::numbers::pi * unit()};
}

RC_GTEST_PROP(HalfPoint, DistanceIsThatOfThePolarForm, ()) {
    const DiskPoint a = point(8);
    const DiskPoint b = point(8);
    const double d = 2 * std::asinh(std::sqrt(halfChord(toHalf(a), toHalf(b))));
    RC_ASSERT(std::abs(d - disk::distance(a, b)) < 1e-10 * (1 + d));
    RC_ASSERT(std::abs(radius(toHalf(a)) - a.r) < 1e-12 * (1 + a.r));
    RC_ASSERT(disk::distance(toPolar(toHalf(a)), a) < 1e-10);
}

RC_GTEST_PROP(HalfPoint, ExpAndLogAreInverse, ()) {
    const HalfPoint from = toHalf(point(5));
    const HalfPoint to = toHalf(point(5));
    const Complex tangent = logAt(from, to);
    const double d = 2 * std::asinh(std::sqrt(halfChord(from, to)));
    RC_ASSERT(std::abs(std::abs(tangent) - d) < 1e-10 * (1 + d));
    RC_ASSERT(halfChord(expAt(from, tangent).point, to) < 1e-16 * std::exp(2 * d + 4));
}

RC_GTEST_PROP(HalfPoint, TransportKeepsTheGeodesicsOwnDirection, ()) {
    const HalfPoint from = toHalf(point(5));
    const Complex tangent = std::polar(0.1 + 2 * unit(), 6.28 * unit());
    const Moved moved = expAt(from, tangent);
    RC_ASSERT(std::abs(std::abs(moved.turn) - 1) < 1e-12);
    // Going on by the carried vector is going twice as far from the start.
    const HalfPoint far = expAt(from, 2.0 * tangent).point;
    RC_ASSERT(disk::distance(toPolar(expAt(moved.point, moved.turn * tangent).point),
                             toPolar(far)) < 1e-7);
}

RC_GTEST_PROP(HalfPoint, MotionsActOnPointsAndVectorsAlike, ()) {
    const HalfPoint from = toHalf(point(4));
    const Complex tangent = std::polar(2 * unit(), 6.28 * unit());
    const disk::Isometry motion =
        disk::Isometry::fromOrigin(point(3)) * disk::Isometry::rotation(6.28 * unit());
    const Moved moved = apply(motion, from);
    RC_ASSERT(disk::distance(toPolar(moved.point), motion.apply(toPolar(from))) < 1e-7);
    const HalfPoint first = expAt(moved.point, moved.turn * tangent).point;
    const HalfPoint second = apply(motion, expAt(from, tangent).point).point;
    RC_ASSERT(disk::distance(toPolar(first), toPolar(second)) < 1e-6);
}

TEST(HalfPoint, TheCentreIsNoException) {
    const HalfPoint centre;
    EXPECT_EQ(toPolar(centre), (DiskPoint{0, 0}));
    EXPECT_EQ(logAt(centre, centre), Complex(0));
    EXPECT_EQ(radius(atRadius(centre, 2)), 0) << "it has no direction to go in";
    EXPECT_NEAR(radius(expAt(centre, {0, 2}).point), 2, 1e-12);
    EXPECT_NEAR(radius(atRadius(toHalf({1, 2}), 3)), 3, 1e-12);
}

} // namespace
} // namespace hmgrl::layout
