#include "view/ViewFixture.h"

#include "support/Error.h"

#include <algorithm>
#include <chrono>
#include <gtest/gtest.h>

namespace hmgrl::test {
namespace {

using disk::Complex;

TEST(DiskController, ScreenAndDiskAreInverse) {
    DiskController view = shownScene();
    view.zoomAt(300, 200, 3.5);
    for (double x : {0.0, 123.0, 799.0})
        EXPECT_LT(apart(view.toScreen(view.toDisk(x, x / 2)), {x, x / 2}), 1e-9);
    DiskController fresh = shownScene();
    EXPECT_LT(apart(fresh.toScreen(0), {400, 300}), 1e-12);
    EXPECT_LT(fresh.toScreen(Complex(0, 0.5)).second, 300) << "up in the disk is up on the screen";
    EXPECT_LT(fresh.pixelsPerUnit(), 300) << "the whole disk is visible";
}

TEST(DiskController, ViewFollowsFocus) {
    DiskController view = shownScene();
    view.beginDrag(400, 300);
    view.drag(520, 260);
    for (std::size_t i = 0; i < view.scene().size(); ++i)
        EXPECT_LT(std::abs(view.viewPoints()[i] -
                           disk::toCartesian(view.focus().apply(view.scene().points[i]))),
                  1e-12);
}

TEST(DiskController, GrabbedPointStaysUnderTheCursor) {
    DiskController view = shownScene(200);
    Random random(3);
    const auto cursor = [&] {
        return view.toScreen(
            std::polar(0.93 * std::sqrt(random.uniform()), 2 * pi * random.uniform()));
    };
    for (int i = 0; i < 500; ++i) {
        view.reset();
        view.zoomAt(400, 300, 1 + random.uniform());
        const auto from = cursor();
        const DiskPoint grabbed =
            view.focus().inverse().apply(disk::toPolar(view.toDisk(from.first, from.second)));
        view.beginDrag(from.first, from.second);
        for (int k = 0; k < 5; ++k) {
            const auto to = cursor();
            view.drag(to.first, to.second);
            const Complex now = disk::toCartesian(view.focus().apply(grabbed));
            EXPECT_LT(apart(view.toScreen(now), to), 1e-6);
        }
        view.endDrag();
    }
}

TEST(DiskController, DraggingBackRestoresTheView) {
    DiskController view = shownScene();
    const std::vector<Complex> before(view.viewPoints().begin(), view.viewPoints().end());
    view.beginDrag(350, 280);
    for (auto [x, y] : {std::pair{500.0, 300.0}, {420.0, 150.0}, {300.0, 400.0}, {350.0, 280.0}})
        view.drag(x, y);
    view.endDrag();
    for (std::size_t i = 0; i < before.size(); ++i)
        EXPECT_LT(std::abs(view.viewPoints()[i] - before[i]), 1e-10);
    view.drag(600, 300); // no drag is on
    EXPECT_LT(std::abs(view.viewPoints()[0] - before[0]), 1e-10);
}

TEST(DiskController, TheDiskStaysClearOfWhatIsCovered) {
    DiskController view;
    view.setScene(scatteredScene(50, 5, 3));
    view.setViewport(1000, 500, 300);
    const auto [x, y] = view.toScreen({0, 0});
    EXPECT_DOUBLE_EQ(x, 350);
    EXPECT_DOUBLE_EQ(y, 250);
    EXPECT_EQ(view.viewportCentre(), std::pair(350.0, 250.0));
    EXPECT_LT(view.toScreen({1, 0}).first, 700);
    const Complex there = view.toDisk(500, 100);
    const auto back = view.toScreen(there);
    EXPECT_NEAR(back.first, 500, 1e-9);
    EXPECT_NEAR(back.second, 100, 1e-9);
    view.zoomAt(350, 250, 2);
    EXPECT_NEAR(view.toScreen({0, 0}).first, 350, 1e-9);
    view.setViewport(600, 800, 200);
    EXPECT_LT(view.pixelsPerUnit(), 2 * 200) << "the narrower side counts";
}

TEST(DiskController, TenThousandRandomDragsKeepDistances) {
    DiskController view;
    view.setViewport(1280, 800);
    view.setScene(scatteredScene(60, 10, 5));
    Random random(9);
    for (int i = 0; i < 10000; ++i) {
        view.beginDrag(240 + 800 * random.uniform(), 800 * random.uniform());
        view.drag(240 + 800 * random.uniform(), 800 * random.uniform());
        view.endDrag();
        ASSERT_LE(view.focus().apply(DiskPoint{}).r, DiskController::farthestFocus + 1e-9);
    }
    const disk::Isometry home =
        disk::Isometry::toOrigin(view.focus().apply(DiskPoint{})) * view.focus();
    const auto& points = view.scene().points;
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const double ratio = disk::distance(home.apply(points[i]), home.apply(points[j])) /
                                 disk::distance(points[i], points[j]);
            EXPECT_NEAR(ratio, 1, 1e-9);
        }
}

TEST(DiskController, DragBegunOutsideTurnsTheDisk) {
    DiskController view = shownScene();
    const Complex before = view.viewPoints()[0];
    view.beginDrag(400 + 350, 300);
    view.drag(400, 300 - 350);
    EXPECT_LT(std::abs(view.viewPoints()[0] - before * Complex(0, 1)), 1e-12);
}

TEST(DiskController, DragFarOutsideStaysFinite) {
    DiskController view = shownScene();
    view.beginDrag(401, 299);
    view.drag(1e9, -1e9);
    for (Complex z : view.viewPoints())
        EXPECT_LE(std::abs(z), 1);
}

TEST(DiskController, ZoomKeepsThePointUnderTheCursor) {
    DiskController view = shownScene();
    Random random(4);
    for (int i = 0; i < 50; ++i) {
        view.reset();
        for (int k = 0; k < 5; ++k) {
            const double x = 250 + 300 * random.uniform();
            const double y = 150 + 300 * random.uniform();
            const Complex under = view.toDisk(x, y);
            view.zoomAt(x, y, 1.0 + random.uniform());
            EXPECT_LT(apart(view.toScreen(under), {x, y}), 1e-9);
        }
    }
    const double before = view.pixelsPerUnit();
    view.zoomAt(100, 100, 0);
    view.zoomAt(100, 100, -1);
    EXPECT_DOUBLE_EQ(view.pixelsPerUnit(), before);
    for (int i = 0; i < 100; ++i)
        view.zoomAt(100, 100, 10);
    EXPECT_TRUE(std::isfinite(view.pixelsPerUnit()));
}

TEST(DiskController, RecentreWalksTheGeodesic) {
    DiskController view = shownScene();
    view.rotate(0.7);
    const DiskPoint target{3.5, -1.2};
    const DiskPoint start = view.focus().apply(target);
    view.beginRecentre(target);
    for (double t : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        view.stepRecentre(t);
        const DiskPoint now = view.focus().apply(target);
        EXPECT_NEAR(now.r, start.r * (1 - t), 1e-9) << "even steps along the way";
        if (t < 1) {
            EXPECT_NEAR(std::remainder(now.theta - start.theta, 2 * pi), 0, 1e-9);
        }
    }
}

TEST(DiskController, RecentreFarOutAndHomeAgain) {
    DiskController view = shownScene();
    view.zoomAt(500, 200, 4);
    view.beginRecentre({12, 2});
    view.stepRecentre(1);
    EXPECT_LT((view.focus().apply(DiskPoint{12, 2}).r), 1e-9);
    EXPECT_LT(apart(view.toScreen(0), {400, 300}), 1e-9) << "the pan eases out as well";
    view.beginReset();
    view.stepRecentre(0.5);
    view.stepRecentre(1);
    EXPECT_LT(view.focus().apply(DiskPoint{}).r, 1e-8);
    EXPECT_NEAR(view.pixelsPerUnit(), shownScene().pixelsPerUnit(), 1e-9);
    view.zoomAt(10, 10, 3);
    view.reset();
    EXPECT_EQ(view.focus().b(), Complex(0));
    EXPECT_LT(apart(view.toScreen(0), {400, 300}), 1e-12);
}

TEST(DiskController, PickFindsTheNearestAndPrefersPrototypes) {
    DiskScene scene = scatteredScene(2, 1);
    const Complex sample = disk::toCartesian(scene.points[0]) + 0.01;
    addPoint(scene, disk::toPolar(sample), PointKind::Mention, 7, 0);
    addPoint(scene, disk::toPolar(sample + 0.1), PointKind::Mention, 8, 0);
    DiskController view;
    view.setViewport(800, 600);
    view.setScene(scene);
    const auto at = view.toScreen(view.viewPoints()[2]);
    EXPECT_EQ(view.pick(at.first, at.second), 0) << "prototype first";
    EXPECT_EQ(view.pick(at.first, at.second, 1), 2) << "the prototype is out of reach";
    const auto other = view.toScreen(view.viewPoints()[3]);
    EXPECT_EQ(view.pick(other.first + 5, other.second), 3);
    EXPECT_EQ(view.pick(other.first + 9, other.second), -1);
    view.setActive({true, true, true, false});
    EXPECT_EQ(view.pick(other.first, other.second), -1) << "greyed out";
    view.setActive({});
    EXPECT_EQ(view.pick(other.first, other.second), 3);
}

TEST(DiskController, PickAgreesWithAScan) {
    DiskController view = shownScene(3000);
    view.beginDrag(400, 300);
    view.drag(470, 350);
    Random random(8);
    for (int i = 0; i < 300; ++i) {
        const double x = 800 * random.uniform();
        const double y = 600 * random.uniform();
        double best = 8;
        int expected = -1;
        for (std::size_t row = 2; row < view.scene().size(); ++row)
            if (const double d = apart(view.toScreen(view.viewPoints()[row]), {x, y}); d <= best) {
                best = d;
                expected = static_cast<int>(row);
            }
        const int found = view.pick(x, y);
        if (found != 0 && found != 1) {
            EXPECT_EQ(found, expected);
        }
    }
}

TEST(DiskController, LassoTakesWhatIsInside) {
    DiskController view = shownScene(500);
    const std::vector<std::pair<double, double>> square{
        {350, 250}, {450, 250}, {450, 350}, {350, 350}};
    const std::vector<int> found = view.pickPolygon(square);
    std::vector<int> expected;
    for (std::size_t i = 0; i < view.scene().size(); ++i) {
        const auto [x, y] = view.toScreen(view.viewPoints()[i]);
        if (x > 350 && x < 450 && y > 250 && y < 350)
            expected.push_back(static_cast<int>(i));
    }
    EXPECT_EQ(found, expected);
    EXPECT_FALSE(found.empty());
    EXPECT_TRUE(view.pickPolygon(std::span(square).first(2)).empty());
    view.setActive(std::vector<bool>(500, false));
    EXPECT_TRUE(view.pickPolygon(square).empty());
}

TEST(DiskController, SelectionModes) {
    DiskController view = shownScene(6);
    int changes = 0;
    view.onChange([&](DiskController::Change change) {
        changes += change == DiskController::Change::Selection;
    });
    using Mode = DiskController::SelectMode;
    view.select(std::vector<int>{1, 2}, Mode::Replace);
    view.select(std::vector<int>{4, -1, 99}, Mode::Add);
    view.select(std::vector<int>{1}, Mode::Remove);
    EXPECT_EQ(view.selected(), (std::vector<bool>{false, false, true, false, true, false}));
    EXPECT_EQ(changes, 3);
    view.select(std::vector<int>{4}, Mode::Add);
    EXPECT_EQ(changes, 3) << "nothing changed, nobody told";
    view.select({}, Mode::Replace);
    EXPECT_EQ(std::count(view.selected().begin(), view.selected().end(), true), 0);
}

TEST(DiskController, SelectionSurvivesANewScene) {
    DiskController view = shownScene(6);
    view.select(std::vector<int>{0, 3, 5}, DiskController::SelectMode::Replace);
    DiskScene next;
    next.categoryNames = {"building", "place", "person"};
    addPoint(next, {2, 0}, PointKind::Mention, 3, 0); // retyped, yet the same mention
    addPoint(next, {2, 1}, PointKind::Mention, 44, 1);
    addPoint(next, {2, 2}, PointKind::Relation, 5, 1); // another kind, so another thing
    addPoint(next, {1, 0}, PointKind::EntityPrototype, -1, 0);
    addPoint(next, {1, 1}, PointKind::EntityPrototype, -1, 2);
    view.setHover(3);
    view.beginDrag(400, 300);
    view.drag(450, 300);
    const disk::Isometry focus = view.focus();
    view.setScene(next);
    EXPECT_EQ(view.selected(), (std::vector<bool>{true, false, false, false, true}));
    EXPECT_EQ(view.hover(), -1);
    EXPECT_EQ(view.focus().b(), focus.b());
    EXPECT_EQ(view.viewPoints().size(), 5U);
}

TEST(DiskController, TellsWhatChanged) {
    DiskController view = shownScene(6);
    std::vector<DiskController::Change> told;
    view.onChange([&](DiskController::Change change) { told.push_back(change); });
    using Change = DiskController::Change;
    view.setHover(2);
    view.setHover(2);
    view.setHover(77);
    view.rotate(1);
    view.setActive(std::vector<bool>(6, true));
    view.setScene({});
    EXPECT_EQ(told, (std::vector{Change::Hover, Change::Hover, Change::View, Change::Active,
                                 Change::Scene}));
    EXPECT_EQ(view.pick(400, 300), -1);
}

TEST(DiskController, RefusesABrokenScene) {
    DiskController view = shownScene(6);
    DiskScene shortKinds = scatteredScene(6, 1);
    shortKinds.kind.pop_back();
    EXPECT_THROW(view.setScene(shortKinds), Error);
    DiskScene wrongCategory = scatteredScene(6, 1);
    wrongCategory.category[3] = 2;
    EXPECT_THROW(view.setScene(wrongCategory), Error);
    DiskScene wrongEdge = scatteredScene(6, 1);
    wrongEdge.treeEdges.emplace_back(0, 6);
    EXPECT_THROW(view.setScene(wrongEdge), Error);
    EXPECT_EQ(view.scene().size(), 6U) << "the old scene stays";
    EXPECT_THROW(view.setActive({true}), Error);
}

template <typename Work>
double fastest(Work work) {
    double best = 1e9;
    for (int i = 0; i < 20; ++i) {
        const auto start = std::chrono::steady_clock::now();
        work(i);
        const std::chrono::duration<double, std::milli> took =
            std::chrono::steady_clock::now() - start;
        best = std::min(best, took.count());
    }
    return best;
}

TEST(DiskController, IsQuickAtAHundredThousand) {
    DiskController view = shownScene(100'000, 5);
    view.beginDrag(400, 300);
    const double drag = fastest([&](int i) { view.drag(410 + i, 300); });
    const double pick = fastest([&](int i) { EXPECT_GE(view.pick(400 + i, 300, 50), 0); });
    RecordProperty("drag_ms", std::to_string(drag));
    RecordProperty("pick_ms", std::to_string(pick));
    std::printf("100,000 points: drag %.2f ms, pick %.2f ms\n", drag, pick);
    EXPECT_LT(drag, 10);
    EXPECT_LT(pick, 10);
}

} // namespace
} // namespace hmgrl::test
