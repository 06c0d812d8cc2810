#include "view/CentreOrder.h"

#include "view/ViewFixture.h"

#include <gtest/gtest.h>
#include <set>

namespace hmgrl::test {
namespace {

double away(const DiskController& view, int row) {
    return std::abs(view.viewPoints()[static_cast<std::size_t>(row)] - view.pan());
}

TEST(CentreOrder, WalksOutwardsThroughEveryPointAndRoundAgain) {
    DiskController view = shownScene(60);
    view.zoomAt(300, 200, 3);
    std::set<int> seen;
    int row = -1;
    double last = -1;
    for (int i = 0; i < 60; ++i) {
        row = nextFromCentre(view, row);
        EXPECT_GE(away(view, row), last);
        last = away(view, row);
        seen.insert(row);
    }
    EXPECT_EQ(seen.size(), 60U);
    const int outermost = row;
    row = nextFromCentre(view, row);
    EXPECT_EQ(row, nextFromCentre(view, -1));
    EXPECT_EQ(previousFromCentre(view, row), outermost);
    EXPECT_EQ(nextFromCentre(view, previousFromCentre(view, 17)), 17);
}

TEST(CentreOrder, PointsInOnePlaceComeOneAfterTheOther) {
    DiskScene scene = scatteredScene(2, 1);
    for (int id = 0; id < 3; ++id)
        addPoint(scene, {0.5, 1}, PointKind::Mention, id, 0);
    DiskController view;
    view.setScene(scene);
    const int first = nextFromCentre(view, -1);
    const int second = nextFromCentre(view, first);
    const int third = nextFromCentre(view, second);
    EXPECT_EQ((std::set<int>{first, second, third}), (std::set<int>{2, 3, 4}));
}

TEST(CentreOrder, OnlyWhatCanBePicked) {
    DiskController view = shownScene(10);
    std::vector<bool> active(10, false);
    view.setActive(active);
    EXPECT_EQ(nextFromCentre(view, -1), -1);
    EXPECT_EQ(previousFromCentre(view, 3), -1);
    active[6] = true;
    view.setActive(active);
    EXPECT_EQ(nextFromCentre(view, -1), 6);
    EXPECT_EQ(nextFromCentre(view, 6), 6);
    EXPECT_EQ(nextFromCentre(view, 2), 6) << "from a point that is greyed out as well";
    EXPECT_EQ(nextFromCentre(view, 99), 6);
    DiskController empty;
    EXPECT_EQ(nextFromCentre(empty, 0), -1);
}

} // namespace
} // namespace hmgrl::test
