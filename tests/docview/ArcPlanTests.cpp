#include "document/ArcPlan.h"

#include <algorithm>
#include <gtest/gtest.h>
#include <random>

namespace hmgrl {
namespace {

constexpr double width = 600;

std::vector<ArcRequest> randomRequests(std::uint32_t seed, std::size_t count, int lines) {
    std::mt19937 random(seed);
    const auto end = [&] {
        const double left = std::uniform_real_distribution(0.0, width - 90)(random);
        return ArcEnd{std::uniform_int_distribution(0, lines - 1)(random), left, left + 80};
    };
    std::vector<ArcRequest> out(count);
    for (ArcRequest& request : out)
        request = {end(), end(), std::uniform_real_distribution(30.0, 120.0)(random)};
    return out;
}

struct Interval {
    int line, lane;
    double left, right;
};

std::vector<Interval> horizontals(const std::vector<ArcRequest>& requests, const ArcPlans& plans) {
    std::vector<Interval> out;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const ArcPlan& plan = plans.arcs[i];
        if (plan.gutter == ArcPlan::Gutter::None) {
            out.push_back({requests[i].head.line, plan.headLane, std::min(plan.headX, plan.tailX),
                           std::max(plan.headX, plan.tailX)});
            continue;
        }
        const double edge = plan.gutter == ArcPlan::Gutter::Left ? -10 : width + 10;
        out.push_back({requests[i].head.line, plan.headLane, std::min(plan.headX, edge),
                       std::max(plan.headX, edge)});
        out.push_back({requests[i].tail.line, plan.tailLane, std::min(plan.tailX, edge),
                       std::max(plan.tailX, edge)});
    }
    return out;
}

TEST(ArcPlan, LanesAreNeverSharedByOverlappingArcs) {
    for (std::uint32_t seed = 0; seed < 40; ++seed) {
        const auto requests = randomRequests(seed, 14, 4);
        const ArcPlans plans = planArcs(requests, 4, width);
        const auto runs = horizontals(requests, plans);
        for (std::size_t a = 0; a < runs.size(); ++a) {
            EXPECT_LT(runs[a].lane, plans.lanes[static_cast<std::size_t>(runs[a].line)]);
            for (std::size_t b = a + 1; b < runs.size(); ++b)
                EXPECT_FALSE(runs[a].line == runs[b].line && runs[a].lane == runs[b].lane &&
                             runs[a].left < runs[b].right && runs[b].left < runs[a].right)
                    << "seed " << seed << ": " << a << " and " << b;
        }
    }
}

TEST(ArcPlan, LinesApartAreJoinedThroughDifferentGutters) {
    const std::vector<ArcRequest> requests = {{{0, 10, 60}, {3, 20, 80}, 50},
                                              {{1, 15, 70}, {2, 90, 140}, 50}};
    const ArcPlans plans = planArcs(requests, 4, width);
    EXPECT_EQ(plans.arcs[0].gutter, ArcPlan::Gutter::Left);
    EXPECT_EQ(plans.arcs[1].gutter, ArcPlan::Gutter::Left);
    EXPECT_NE(plans.arcs[0].gutterLane, plans.arcs[1].gutterLane);
    EXPECT_EQ(plans.leftGutters, 2);
    EXPECT_EQ(plans.rightGutters, 0);
}

TEST(ArcPlan, ArcsOfOneMentionNestWithoutCrossing) {
    // Two arcs from the first mention: the farther one must start to the left of and above the
    // nearer.
    const std::vector<ArcRequest> requests = {{{0, 0, 80}, {0, 200, 260}, 40},
                                              {{0, 0, 80}, {0, 400, 460}, 40}};
    const ArcPlans plans = planArcs(requests, 1, width);
    EXPECT_LT(plans.arcs[1].headX, plans.arcs[0].headX);
    EXPECT_GT(plans.arcs[1].headLane, plans.arcs[0].headLane);
}

TEST(ArcPlan, PillsStayWithinTheText) {
    for (std::uint32_t seed = 100; seed < 120; ++seed) {
        const auto requests = randomRequests(seed, 10, 3);
        const ArcPlans plans = planArcs(requests, 3, width);
        for (std::size_t i = 0; i < requests.size(); ++i) {
            EXPECT_GE(plans.arcs[i].pillX - requests[i].pillWidth / 2, -0.01);
            EXPECT_LE(plans.arcs[i].pillX + requests[i].pillWidth / 2, width + 0.01);
        }
    }
}

} // namespace
} // namespace hmgrl
