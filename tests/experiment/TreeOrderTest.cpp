#include "experiment/TreeOrder.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

TEST(TreeOrder, CountsChildrenFartherOutAndInsideTheCone) {
    // Below the parent at (1, 0), whose cone is 12 degrees to each side: one behind it, one beside
    // it, one nearer to the origin, one across. The last has no parent.
    const auto points =
        torch::tensor({{1.0, 0.0}, {3.0, 0.0}, {1.0, 2.0}, {0.5, 0.0}, {-2.0, 0.0}, {9.0, 0.0}});
    const auto parents = torch::tensor({-1, 0, 0, 0, 0, -1}, torch::kInt64);
    const TreeOrder order = treeOrder(points, parents, torch::tensor(1.0));
    EXPECT_DOUBLE_EQ(order.farther, 0.75);
    EXPECT_DOUBLE_EQ(order.inCone, 0.25);
}

} // namespace
} // namespace hmgrl
