#include "support/Random.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <numeric>

namespace hmgrl {
namespace {

/// Values of numpy.random.seed(42); shuffle(list(range(10))).
TEST(Random, shuffleIsNumPys) {
    std::vector<int> items(10);
    std::iota(items.begin(), items.end(), 0);
    Random(42).shuffle(items);
    EXPECT_EQ(items, (std::vector<int>{8, 1, 5, 0, 7, 2, 9, 4, 3, 6}));
}

/// Values of numpy.random.seed(7); random_sample().
TEST(Random, uniformIsNumPys) {
    Random random(7);
    for (const double expected : {0.07630828937395717, 0.7799187922401146, 0.4384092314408935})
        EXPECT_DOUBLE_EQ(random.uniform(), expected);
}

TEST(Random, drawsStayInRangeAndReachBothEnds) {
    Random random(3);
    std::vector<int> seen(7);
    for (int i = 0; i < 7000; ++i) {
        const auto n = random.upTo(6);
        ASSERT_LE(n, 6U);
        ++seen[n];
        const double u = random.uniform();
        ASSERT_GE(u, 0.0);
        ASSERT_LT(u, 1.0);
    }
    for (const int count : seen)
        EXPECT_NEAR(count, 1000, 150);
    EXPECT_EQ(random.upTo(0), 0U);
}

TEST(Random, shufflesArePermutations) {
    std::vector<int> items(50);
    std::iota(items.begin(), items.end(), 0);
    auto shuffled = items;
    Random(9).shuffle(shuffled);
    EXPECT_NE(shuffled, items);
    std::sort(shuffled.begin(), shuffled.end());
    EXPECT_EQ(shuffled, items);
    std::vector<int> none;
    Random(9).shuffle(none);
    EXPECT_TRUE(none.empty());
}

} // namespace
} // namespace hmgrl
