#include "geometry/GromovDelta.h"
#include "support/Error.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>
#include <vector>

namespace hmgrl {
namespace {

TEST(GromovDelta, OfATreeIsZero) {
    // A random tree: every node hangs on an earlier one by an edge of random length.
    std::mt19937 random(3);
    const std::size_t n = 40;
    std::vector<double> d(n * n, 0);
    for (std::size_t i = 1; i < n; ++i) {
        const std::size_t parent = random() % i;
        const double edge = 0.1 + static_cast<double>(random() % 100) / 50;
        for (std::size_t j = 0; j < i; ++j)
            d[i * n + j] = d[j * n + i] = d[parent * n + j] + edge;
    }
    EXPECT_NEAR(gromovDelta(d, n).delta, 0, 1e-12);
}

TEST(GromovDelta, OfASquareOfFourPoints) {
    // A cycle of four with unit edges: delta 1, diameter 2.
    const std::vector<double> d = {0, 1, 2, 1, 1, 0, 1, 2, 2, 1, 0, 1, 1, 2, 1, 0};
    const GromovDelta result = gromovDelta(d, 4);
    EXPECT_DOUBLE_EQ(result.delta, 1);
    EXPECT_DOUBLE_EQ(result.diameter, 2);
    EXPECT_DOUBLE_EQ(result.relative, 1);
}

TEST(GromovDelta, GrowsWithACircle) {
    const auto ofCircle = [](std::size_t n) {
        std::vector<double> d(n * n);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < n; ++j) {
                const double gap = std::abs(static_cast<double>(i) - static_cast<double>(j));
                d[i * n + j] = std::min(gap, static_cast<double>(n) - gap);
            }
        return gromovDelta(d, n).delta;
    };
    EXPECT_GT(ofCircle(40), 1.9 * ofCircle(20));
}

TEST(GromovDelta, FewPointsAndWrongSizes) {
    EXPECT_EQ(gromovDelta({}, 0).delta, 0);
    const std::vector<double> three = {0, 1, 1, 1, 0, 1, 1, 1, 0};
    EXPECT_EQ(gromovDelta(three, 3).delta, 0);
    EXPECT_THROW((void)gromovDelta(three, 4), Error);
}

} // namespace
} // namespace hmgrl
