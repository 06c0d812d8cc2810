#include "view/FocusHistory.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

Viewpoint lookingAt(double r, double zoom = 1) {
    return {disk::Isometry::toOrigin({r, 0.5}), zoom, 0};
}

TEST(FocusHistory, StartsWithNowhereToGo) {
    FocusHistory history;
    EXPECT_FALSE(history.canGoBack());
    EXPECT_FALSE(history.canGoForward());
    EXPECT_FALSE(history.back());
    EXPECT_FALSE(history.forward());
}

TEST(FocusHistory, GoesBackAndForwardByTheStoredIsometryItself) {
    FocusHistory history;
    const Viewpoint first = lookingAt(2), second = lookingAt(12, 3);
    history.visit(first);
    history.visit(second);
    const auto back = history.back();
    ASSERT_TRUE(back);
    EXPECT_EQ(back->focus.a(), first.focus.a());
    EXPECT_EQ(back->focus.b(), first.focus.b());
    EXPECT_TRUE(history.canGoForward());
    ASSERT_TRUE(history.back());
    EXPECT_FALSE(history.canGoBack());
    history.forward();
    const auto forward = history.forward();
    ASSERT_TRUE(forward);
    EXPECT_EQ(forward->focus.b(), second.focus.b());
    EXPECT_EQ(forward->zoom, 3);
    EXPECT_FALSE(history.canGoForward());
}

TEST(FocusHistory, AVisitForgetsWhatLayAhead) {
    FocusHistory history;
    history.visit(lookingAt(1));
    history.visit(lookingAt(2));
    history.back();
    history.visit(lookingAt(3));
    EXPECT_FALSE(history.canGoForward());
    EXPECT_EQ(history.size(), 3U);
    EXPECT_TRUE(isSameView(*history.back(), lookingAt(1)));
}

TEST(FocusHistory, StandingStillIsNoVisit) {
    FocusHistory history;
    history.visit({});
    Viewpoint turned{disk::Isometry::rotation(1e-12), 1, 0};
    history.visit(turned);
    EXPECT_EQ(history.size(), 1U);
    history.visit({disk::Isometry::rotation(0.1), 1, 0});
    history.visit({disk::Isometry::rotation(0.1), 1.1, 0});
    history.visit({disk::Isometry::rotation(0.1), 1.1, {0.01, 0}});
    EXPECT_EQ(history.size(), 4U) << "turning, zooming and panning are movements";
}

TEST(FocusHistory, AVisitCanBeAmended) {
    FocusHistory history;
    history.visit(lookingAt(2));
    history.amend(lookingAt(1.5));
    EXPECT_EQ(history.size(), 2U);
    EXPECT_TRUE(isSameView(history.current(), lookingAt(1.5)));
    history.back();
    EXPECT_TRUE(isSameView(*history.forward(), lookingAt(1.5)));
}

TEST(FocusHistory, TheOldestAreForgotten) {
    FocusHistory history;
    for (int i = 1; i < 500; ++i)
        history.visit(lookingAt(0.01 * i));
    EXPECT_EQ(history.size(), FocusHistory::mostVisits);
    EXPECT_TRUE(isSameView(history.current(), lookingAt(4.99)));
    int steps = 0;
    while (history.back())
        ++steps;
    EXPECT_EQ(steps, 199);
}

} // namespace
} // namespace hmgrl
