#include "view/Glide.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

/// A hand that moves right by `speed` pixels a millisecond for 100 ms.
Glide thrown(double speed) {
    Glide glide;
    glide.begin(0, 50, 1000);
    for (int i = 1; i <= 10; ++i)
        glide.move(10 * speed * i, 50, 1000 + 10 * i);
    glide.release(1100);
    return glide;
}

TEST(Glide, RunsOnSlowsDownAndComesToRest) {
    const Glide glide = thrown(1);
    ASSERT_TRUE(glide.isGliding());
    const auto start = glide.at(1100);
    ASSERT_TRUE(start);
    EXPECT_NEAR(start->first, 100, 1e-12);
    EXPECT_NEAR(start->second, 50, 1e-12);
    double last = 100, step = 1e9, time = 1100;
    while (const auto now = glide.at(time += 16)) {
        EXPECT_GT(now->first, last);
        EXPECT_LT(now->first - last, step);
        step = now->first - last;
        last = now->first;
        ASSERT_LT(time, 4000) << "it comes to rest";
    }
    EXPECT_NEAR(last, 100 + Glide::fadeTime, 12) << "speed times the time it fades in";
}

TEST(Glide, IsAFunctionOfTimeAlone) {
    const Glide a = thrown(1.5), b = thrown(1.5);
    for (double time = 1100; time < 1400; time += 7)
        (void)a.at(time);
    EXPECT_EQ(a.at(1400), b.at(1400));
}

TEST(Glide, AHandThatRestsThrowsNothing) {
    Glide glide;
    glide.begin(0, 0, 0);
    glide.move(100, 0, 50);
    EXPECT_FALSE(glide.release(400)) << "long at rest";
    EXPECT_FALSE(glide.at(400));
    EXPECT_FALSE(thrown(0.05).isGliding()) << "too slow";
    glide.begin(0, 0, 500);
    EXPECT_FALSE(glide.release(500)) << "no time has passed";
}

TEST(Glide, StopsAtOnce) {
    Glide glide = thrown(1);
    glide.stop();
    EXPECT_FALSE(glide.at(1116));
}

TEST(Glide, NoThrowIsWild) {
    const Glide glide = thrown(500);
    const auto first = glide.at(1100), later = glide.at(1101);
    ASSERT_TRUE(first && later);
    EXPECT_LE(later->first - first->first, Glide::mostSpeed);
}

} // namespace
} // namespace hmgrl
