#include "view/ViewPoints.h"

#include "support/Random.h"
#include "view/DiskController.h"
#include "view/LassoArea.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <rapidcheck/gtest.h>

namespace hmgrl {
namespace {

using disk::Complex;
using Pickable = ViewPoints::Pickable;
constexpr double pi = std::numbers::pi;

struct Setting {
    std::vector<DiskPoint> layout;
    std::vector<Pickable> pickable;
    disk::Isometry focus;
    ViewPoints points;

    explicit Setting(std::uint32_t seed, std::size_t count = 400) {
        Random random(seed);
        for (std::size_t i = 0; i < count; ++i) {
            layout.push_back({6 * random.uniform(), 2 * pi * random.uniform()});
            pickable.push_back(static_cast<Pickable>(random.upTo(2)));
        }
        // Some lie in the same place, as prototypes and their only sample may.
        for (std::size_t i = 3; i + 7 < count; i += 7)
            layout[i] = layout[i + 1];
        focus = disk::Isometry::toOrigin({4 * random.uniform(), 2 * pi * random.uniform()}) *
                disk::Isometry::rotation(random.uniform());
        points.setLayout(layout);
        points.setPickable([&](std::size_t row) { return pickable[row]; });
        points.apply(focus);
    }
};

/// As the contract says it, without a thought for speed.
int nearestByScan(const Setting& s, Complex z, double reach) {
    for (const Pickable kind : {Pickable::Prototype, Pickable::Sample}) {
        int found = -1;
        double best = reach * reach;
        for (std::size_t row = 0; row < s.layout.size(); ++row)
            if (s.pickable[row] == kind && std::norm(s.points.all()[row] - z) <= best) {
                best = std::norm(s.points.all()[row] - z);
                found = static_cast<int>(row);
            }
        if (found >= 0)
            return found;
    }
    return -1;
}

bool insideByScan(std::span<const Complex> polygon, Complex z) {
    bool inside = false;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Complex a = polygon[i], b = polygon[(i + polygon.size() - 1) % polygon.size()];
        if ((a.imag() > z.imag()) != (b.imag() > z.imag()) &&
            z.real() <
                a.real() + (b.real() - a.real()) * (z.imag() - a.imag()) / (b.imag() - a.imag()))
            inside = !inside;
    }
    return inside;
}

Complex anywhere(Random& random) {
    return {2.4 * random.uniform() - 1.2, 2.4 * random.uniform() - 1.2};
}

TEST(ViewPoints, AreTheLayoutSeenThroughTheFocus) {
    const Setting s(1);
    for (std::size_t row = 0; row < s.layout.size(); ++row)
        EXPECT_LT(std::abs(s.points.all()[row] - disk::toCartesian(s.focus.apply(s.layout[row]))),
                  1e-12);
}

RC_GTEST_PROP(ViewPoints, NearestEqualsAScan, (std::uint32_t seed)) {
    const Setting s(seed);
    Random random(seed + 1);
    for (int i = 0; i < 40; ++i) {
        const Complex z = anywhere(random);
        const double reach = 0.3 * random.uniform();
        RC_ASSERT(s.points.nearest(z, reach) == nearestByScan(s, z, reach));
    }
}

RC_GTEST_PROP(ViewPoints, InsideEqualsAScanForAnyPolygon, (std::uint32_t seed)) {
    const Setting s(seed);
    Random random(seed + 2);
    std::vector<Complex> polygon(random.upTo(60));
    for (Complex& corner : polygon)
        corner = anywhere(random);
    // Corners at the heights of points, and level edges, are where rules for ends can go wrong.
    for (std::size_t i = 0; i + 1 < polygon.size(); i += 3) {
        polygon[i] = {polygon[i].real(), s.points.all()[i].imag()};
        polygon[i + 1] = {polygon[i + 1].real(), polygon[i].imag()};
    }
    std::vector<int> expected;
    for (std::size_t row = 0; row < s.layout.size() && polygon.size() > 2; ++row)
        if (s.pickable[row] != Pickable::No && insideByScan(polygon, s.points.all()[row]))
            expected.push_back(static_cast<int>(row));
    RC_ASSERT(s.points.inside(polygon) == expected);
}

TEST(LassoArea, OfALineEnclosesNothing) {
    EXPECT_FALSE(LassoArea({}).contains(0));
    const std::vector<Complex> two{{-1, 0}, {1, 0}}, flat{{-1, 0}, {0, 0}, {1, 0}};
    EXPECT_FALSE(LassoArea(two).contains(0));
    EXPECT_FALSE(LassoArea(flat).contains(0));
    EXPECT_FALSE(LassoArea(flat).contains({NAN, 0}));
}

TEST(LassoArea, EvenOddAcrossItself) {
    const std::vector<Complex> bow{{-1, -1}, {1, 1}, {1, -1}, {-1, 1}};
    const LassoArea area(bow);
    EXPECT_TRUE(area.contains({-0.5, 0}));
    EXPECT_TRUE(area.contains({0.5, 0.1}));
    EXPECT_FALSE(area.contains({0, 0.5}));
    EXPECT_FALSE(area.contains({0, -0.5}));
}

TEST(DiskController, HiddenGhostsAreNeitherPickedNorHovered) {
    DiskScene scene;
    scene.categoryNames = {"person"};
    scene.points = {{0.5, 0}, {0.5, 2}};
    scene.kind = {PointKind::Generated, PointKind::Mention};
    scene.id = {1, 2};
    scene.document = {1, 1};
    scene.colour = {0, 0};
    scene.category = {0, 0};
    scene.labels = {"", ""};
    DiskController view;
    view.setViewport(400, 400);
    view.setScene(scene);
    const auto [x, y] = view.toScreen(view.viewPoints()[0]);
    ASSERT_EQ(view.pick(x, y), 0);
    view.setHover(0);
    std::vector<DiskController::Change> told;
    view.onChange([&](DiskController::Change change) { told.push_back(change); });
    DiskOverlay overlay;
    overlay.ghosts = false;
    view.setOverlay(overlay);
    using enum DiskController::Change;
    EXPECT_EQ(told, (std::vector{Overlay, Active, Hover}));
    EXPECT_EQ(view.pick(x, y), -1);
    EXPECT_EQ(view.hover(), -1) << "what is gone can't stay hovered";
    EXPECT_FALSE(view.isShown(0));
    EXPECT_TRUE(view.isShown(1));
    const std::vector<std::pair<double, double>> all{{0, 0}, {400, 0}, {400, 400}, {0, 400}};
    EXPECT_EQ(view.pickPolygon(all), std::vector<int>{1});
    view.setScene(scene);
    EXPECT_EQ(view.pick(x, y), -1) << "a new scene keeps what is switched off";
    view.setOverlay({});
    EXPECT_EQ(view.pick(x, y), 0);
}

} // namespace
} // namespace hmgrl
