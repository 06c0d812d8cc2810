#include "view/ViewFixture.h"

#include "support/Error.h"
#include "view/SceneRows.h"

#include <gtest/gtest.h>

namespace hmgrl::test {
namespace {

using disk::Complex;

DiskPoint layoutOf(const DiskController& view, std::size_t row) {
    return disk::toPolar(view.focus().inverse().apply(view.viewPoints()[row]));
}

/// Mentions with the given ids, each at its own place of `seed`.
DiskScene mentions(const std::vector<std::int64_t>& ids, std::uint32_t seed) {
    DiskScene scene;
    scene.categoryNames = {"person"};
    Random random(seed);
    addPoint(scene, {1 + random.uniform(), 0.5}, PointKind::EntityPrototype, -1, 0);
    for (const std::int64_t id : ids)
        addPoint(scene, {3 * random.uniform(), pi * (2 * random.uniform() - 1)}, PointKind::Mention,
                 id, 0);
    return scene;
}

DiskController showing(const DiskScene& scene) {
    DiskController view;
    view.setViewport(800, 600);
    view.setScene(scene);
    return view;
}

TEST(SceneRows, KnowsRowsAgain) {
    const DiskScene from = mentions({4, 7, 7, 9}, 1);
    DiskScene to = mentions({9, 7, 5, 7, 7}, 2);
    EXPECT_EQ(matchRows(from, to), (std::vector<std::int32_t>{0, 4, 2, -1, 3, -1}));
    to.kind[1] = PointKind::Relation;
    to.categoryNames = {"place"};
    EXPECT_EQ(matchRows(from, to), (std::vector<std::int32_t>{-1, -1, 2, -1, 3, -1}));
    EXPECT_TRUE(matchRows(from, {}).empty());
}

TEST(DiskTransition, KnownPointsTravelAlongGeodesicsNewOnesLieWhereTheyWill) {
    const DiskScene from = mentions({1, 2, 3}, 5), to = mentions({3, 8, 1}, 6);
    DiskController view = showing(from);
    view.rotate(0.4);
    view.beginTransition(to);
    EXPECT_TRUE(view.isInTransition());
    const auto away = [&](std::size_t row, DiskPoint p) {
        return disk::distance(layoutOf(view, row), p);
    };
    EXPECT_LT(away(1, from.points[3]), 1e-6) << "where it lay";
    EXPECT_LT(away(2, to.points[2]), 1e-6) << "new";
    view.stepTransition(0.25);
    const double whole = disk::distance(from.points[3], to.points[1]);
    EXPECT_NEAR(away(1, from.points[3]), 0.25 * whole, 1e-6);
    EXPECT_NEAR(away(1, to.points[1]), 0.75 * whole, 1e-6);
    EXPECT_LT(away(2, to.points[2]), 1e-6);
}

TEST(DiskTransition, NewPointsComeUpAndKnownOnesAreThere) {
    DiskController view = showing(mentions({1, 2, 3}, 5));
    EXPECT_EQ(view.presence(1), 1);
    view.beginTransition(mentions({3, 8, 1}, 6));
    for (const float t : {0.0F, 0.25F, 0.75F}) {
        view.stepTransition(static_cast<double>(t));
        EXPECT_EQ(view.presence(1), 1);
        EXPECT_EQ(view.presence(2), t);
        EXPECT_EQ(view.presence(1, 2), static_cast<double>(t)) << "as much as its fainter end";
    }
    view.stepTransition(1);
    EXPECT_EQ(view.presence(2), 1);
}

TEST(DiskTransition, PointsComeUpWhereNoneMoves) {
    DiskScene scene = mentions({1, 2, 3}, 5);
    DiskController view = showing({});
    int steps = 0;
    view.onChange(
        [&](DiskController::Change change) { steps += change == DiskController::Change::Places; });
    view.beginTransition(scene);
    EXPECT_TRUE(view.isInTransition());
    EXPECT_EQ(view.presence(0), 0);
    view.stepTransition(0.5);
    view.stepTransition(1);
    EXPECT_EQ(steps, 3);
    EXPECT_FALSE(view.isInTransition());
    view.beginTransition(scene);
    EXPECT_FALSE(view.isInTransition()) << "nothing is new and nothing moves";
}

TEST(DiskTransition, WhatIsComingUpGoesOnWithAnotherTransition) {
    const DiskScene few = mentions({1}, 5), more = mentions({1, 2}, 6),
                    most = mentions({1, 2, 3}, 7);
    DiskController view = showing(few);
    view.beginTransition(more);
    view.stepTransition(0.5);
    view.beginTransition(most);
    EXPECT_EQ(view.presence(2), 0.5F);
    EXPECT_EQ(view.presence(3), 0);
    view.stepTransition(0.5);
    EXPECT_EQ(view.presence(2), 0.75F);
    view.beginTransition(std::vector<DiskPoint>(4, DiskPoint{1, 1}));
    EXPECT_EQ(view.presence(2), 0.75F) << "other places are no reason to go";
    EXPECT_EQ(view.presence(3), 0.5F);
    view.setPlaces(most.points);
    EXPECT_EQ(view.presence(3), 1);
}

TEST(DiskTransition, EndsExactlyAsSetScene) {
    const DiskScene to = mentions({3, 8, 1, 2}, 6);
    DiskController animated = showing(mentions({1, 2, 3}, 5));
    DiskController atOnce = showing(mentions({1, 2, 3}, 5));
    for (DiskController* view : {&animated, &atOnce}) {
        view->select(std::vector<int>{1, 3}, DiskController::SelectMode::Replace);
        view->rotate(1);
        view->setHover(2);
        view->setActive({true, false, true, true});
    }
    atOnce.setScene(to);
    animated.beginTransition(to);
    for (double t : {0.1, 0.9, 1.0})
        animated.stepTransition(t);
    EXPECT_FALSE(animated.isInTransition());
    EXPECT_EQ(animated.selected(), atOnce.selected());
    EXPECT_EQ(animated.hover(), atOnce.hover());
    EXPECT_EQ(animated.scene().points, atOnce.scene().points);
    ASSERT_EQ(animated.viewPoints().size(), atOnce.viewPoints().size());
    for (std::size_t i = 0; i < to.size(); ++i) {
        EXPECT_EQ(animated.viewPoints()[i], atOnce.viewPoints()[i]);
        EXPECT_TRUE(animated.isActive(i));
    }
}

TEST(DiskTransition, AViewThatMovesMeanwhileIsNoMatter) {
    const DiskScene to = mentions({3, 8, 1}, 6);
    DiskController view = showing(mentions({1, 2, 3}, 5));
    view.beginTransition(to);
    view.stepTransition(0.5);
    view.beginDrag(400, 300);
    view.drag(470, 350);
    view.stepTransition(1);
    for (std::size_t i = 0; i < to.size(); ++i)
        EXPECT_LT(
            std::abs(view.viewPoints()[i] - disk::toCartesian(view.focus().apply(to.points[i]))),
            1e-12);
}

TEST(DiskTransition, ASecondOneBeginsWhereTheFirstHasCome) {
    const DiskScene first = mentions({1}, 5), second = mentions({1}, 6), third = mentions({1}, 9);
    DiskController view = showing(first);
    view.beginTransition(second);
    view.stepTransition(0.5);
    const Complex here = view.viewPoints()[1];
    view.beginTransition(third);
    EXPECT_LT(std::abs(view.viewPoints()[1] - here), 1e-12);
    view.stepTransition(1);
    EXPECT_EQ(view.viewPoints()[1], disk::toCartesian(third.points[1]));
}

TEST(DiskTransition, PlacesMoveThePointsAndNothingElse) {
    DiskController view = shownScene(40);
    std::vector<bool> active(40, true);
    active[5] = false;
    view.setActive(active);
    view.setHover(7);
    view.select(std::vector<int>{1, 3}, DiskController::SelectMode::Replace);
    view.rotate(0.3);
    std::vector<DiskController::Change> told;
    view.onChange([&](DiskController::Change change) { told.push_back(change); });
    std::vector<DiskPoint> places = scatteredScene(40, 3, 77).points;
    view.setPlaces(places);
    EXPECT_EQ(told, std::vector{DiskController::Change::Places});
    EXPECT_EQ(view.hover(), 7);
    EXPECT_FALSE(view.isActive(5));
    EXPECT_TRUE(view.selected()[3]);
    EXPECT_EQ(view.scene().points, places);
    const auto [x, y] = view.toScreen(view.viewPoints()[5]);
    EXPECT_NE(view.pick(x, y, 0.01), 5) << "still greyed out";
    for (std::size_t i = 0; i < places.size(); ++i)
        EXPECT_LT(std::abs(view.viewPoints()[i] - disk::toCartesian(view.focus().apply(places[i]))),
                  1e-12);

    places[9] = {0.5, 1};
    view.beginTransition(places);
    EXPECT_GT(disk::distance(layoutOf(view, 9), places[9]), 1e-3);
    view.stepTransition(1);
    EXPECT_LT(disk::distance(layoutOf(view, 9), places[9]), 1e-9);
}

TEST(DiskTransition, ARulerStaysAsLongAsNoPointMoves) {
    DiskController view = shownScene(10);
    DiskOverlay overlay;
    overlay.ruler = DiskRuler{view.scene().points[2], view.scene().points[3]};
    view.setOverlay(overlay);
    DiskScene recoloured = view.scene();
    recoloured.colour.assign(10, 0xff0000);
    view.setScene(recoloured);
    EXPECT_TRUE(view.overlay().ruler.has_value());
    view.setPlaces(scatteredScene(10, 2, 5).points);
    EXPECT_FALSE(view.overlay().ruler.has_value());
    view.setOverlay(overlay);
    view.setScene(scatteredScene(10, 2, 6));
    EXPECT_FALSE(view.overlay().ruler.has_value());
}

TEST(DiskTransition, PlacesOfAnotherNumberAreRefusedAndChangeNothing) {
    DiskController view = shownScene(40);
    const std::vector<DiskPoint> before = view.scene().points;
    const std::vector<DiskPoint> few(39);
    EXPECT_THROW(view.setPlaces(few), Error);
    EXPECT_THROW(view.beginTransition(few), Error);
    EXPECT_EQ(view.scene().points, before);
    DiskScene broken = scatteredScene(10, 1);
    broken.colour.pop_back();
    EXPECT_THROW(view.beginTransition(broken), Error);
    EXPECT_EQ(view.scene().size(), 40U);
    view.stepTransition(0.5); // none is on
    EXPECT_EQ(view.scene().points, before);
}

} // namespace
} // namespace hmgrl::test
