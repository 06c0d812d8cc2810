#include "layout/Neighbours.h"
#include "layout/Affinities.h"
#include "layout/PolarTree.h"

#include "Mixture.h"
#include "geometry/Disk.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace hmgrl::layout {
namespace {

/// Rows and distances by looking at all, in the order of distance, then row.
template <typename Distance>
void expectNearest(const NeighbourTable& table, std::size_t n, Distance distance) {
    ASSERT_EQ(table.size(), n);
    for (std::size_t i = 0; i < n; ++i) {
        std::vector<std::pair<double, std::uint32_t>> all;
        for (std::size_t j = 0; j < n; ++j)
            if (j != i)
                all.emplace_back(distance(i, j), static_cast<std::uint32_t>(j));
        std::sort(all.begin(), all.end());
        for (std::size_t m = 0; m < table.k; ++m) {
            ASSERT_EQ(table.rows(i)[m], all[m].second) << i << " " << m;
            ASSERT_DOUBLE_EQ(table.distances(i)[m], all[m].first);
        }
    }
}

TEST(Neighbours, AreTheExactOnesInEveryMetric) {
    LayoutInput input = mixture(4, 3, 400, 19);
    for (int copy = 0; copy < 5; ++copy) // equal points: rows decide
        addPoint(input.points, std::vector<double>(19, 0.1), PointKind::Mention, 1, "");
    const Hyperboloid points(input.points);
    const std::size_t n = points.size();
    Workers workers(2);
    expectNearest(neighbourTable(PointSpace::hyperbolic(points), 30, workers), n,
                  [&](std::size_t i, std::size_t j) { return points.distance(i, j); });
    expectNearest(neighbourTable(PointSpace::euclidean(points), 30, workers), n,
                  [&](std::size_t i, std::size_t j) {
                      double sum = 0;
                      for (std::size_t k = 0; k < 19; ++k)
                          sum += std::pow(points.space(i)[k] - points.space(j)[k], 2);
                      return std::sqrt(sum);
                  });
    Random random(3);
    std::vector<DiskPoint> where;
    for (std::size_t i = 0; i < 300; ++i)
        where.push_back({8 * random.uniform(), 6.2 * random.uniform()});
    const auto drawn = neighbourTable(PointSpace::drawn(where), 10, workers);
    for (std::size_t i = 0; i < where.size(); ++i) {
        std::vector<double> all;
        for (std::size_t j = 0; j < where.size(); ++j)
            if (j != i)
                all.push_back(disk::distance(where[i], where[j]));
        std::sort(all.begin(), all.end());
        for (std::size_t m = 0; m < 10; ++m)
            EXPECT_NEAR(drawn.distances(i)[m], all[m], 1e-9 * (1 + all[m]));
    }
}

TEST(Neighbours, FewPointsAndCancelling) {
    Workers workers(2);
    for (std::size_t n : {0U, 1U, 2U, 7U}) {
        std::vector<DiskPoint> where(n);
        for (std::size_t i = 0; i < n; ++i)
            where[i] = {1, static_cast<double>(i)};
        const auto table = neighbourTable(PointSpace::drawn(where), 30, workers);
        EXPECT_EQ(table.k, n > 0 ? n - 1 : 0);
    }
    CancelToken cancel;
    cancel.cancel();
    EXPECT_THROW(
        (void)neighbourTable(PointSpace::drawn({{1, 0}, {1, 1}, {1, 2}}), 1, workers, cancel),
        Cancelled);
}

TEST(Affinities, AreSymmetricSumToOneAndHaveTheirPerplexity) {
    const LayoutInput input = mixture(3, 3, 300, 8);
    const Hyperboloid points(input.points);
    Workers workers(2);
    const auto table = neighbourTable(PointSpace::hyperbolic(points), 60, workers);
    const Affinities p = affinities(table, 20, workers);
    const std::size_t n = points.size();
    std::vector<double> dense(n * n, 0.0);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) {
        EXPECT_EQ((p.start[i + 1] - p.start[i]) % 8, 0U);
        for (std::size_t e = p.start[i]; e < p.start[i + 1]; ++e) {
            dense[i * n + p.column[e]] += p.p[e];
            sum += p.p[e];
        }
    }
    EXPECT_NEAR(sum, 1, 1e-7);
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            ASSERT_DOUBLE_EQ(dense[i * n + j], dense[j * n + i]);
    // The definition for one point, by a search that is as plain as can be.
    double low = 0;
    double high = 1e6;
    std::vector<double> weight(60);
    for (int step = 0; step < 200; ++step) {
        const double beta = 0.5 * (low + high);
        double total = 0;
        double entropy = 0;
        for (std::size_t m = 0; m < 60; ++m)
            total += weight[m] = std::exp(-beta * std::pow(table.distances(7)[m], 2));
        for (double& w : weight)
            entropy -= w / total > 0 ? w / total * std::log(w / total) : 0;
        (std::exp(entropy) > 20 ? low : high) = beta;
        for (double& w : weight)
            w /= total;
    }
    for (std::size_t m = 0; m < 60; ++m) {
        const std::uint32_t j = table.rows(7)[m];
        const auto rows = table.rows(j);
        if (std::find(rows.begin(), rows.end(), 7U) == rows.end()) {
            EXPECT_NEAR(dense[7 * n + j] * 2 * static_cast<double>(n), weight[m], 1e-5);
        }
    }
}

TEST(PolarTree, GroupsHoldEveryPointOnceAndMeetAllTheOthers) {
    Random random(9);
    std::vector<HalfPoint> points;
    for (int i = 0; i < 2000; ++i)
        points.push_back(toHalf({2 * std::sqrt(random.uniform()), 6.3 * random.uniform()}));
    for (int i = 0; i < 100; ++i)
        points.push_back(points[0]); // more than a leaf holds
    Workers workers(2);
    for (double theta : {0.0, 0.5, 1.0}) {
        PolarTree tree(theta);
        tree.build(points, workers);
        std::vector<int> seen(points.size(), 0);
        PolarTree::Walk walk;
        const auto counted = [&](std::size_t found) {
            double count = 0;
            for (std::size_t i = 0; i < found; ++i)
                count += walk.sources[i].count;
            return count;
        };
        double all = 0;
        std::uint32_t next = 0;
        std::vector<double> far; // points that the fields around stand for
        std::size_t deepest = 0;
        for (const PolarTree::Region& region : tree.regions()) {
            ASSERT_EQ(region.begin, next) << "regions hold all groups, in order";
            next = region.end;
            ASSERT_LE(region.depth, far.size());
            far.resize(region.depth);
            const std::size_t shared = tree.gatherField(region, walk);
            ASSERT_EQ(shared % 8, 0U);
            all += static_cast<double>(shared);
            if (region.hasField)
                far.push_back(counted(shared));
            deepest = std::max(deepest, far.size());
            for (std::uint32_t g = region.begin; g < region.end; ++g) {
                const PolarTree::Group& group = tree.groups()[g];
                ASSERT_LE(group.end - group.begin, Targets::capacity);
                for (std::uint32_t place = group.begin; place < group.end; ++place)
                    ++seen[tree.row(place)];
                const std::size_t found = tree.gatherNear(region, group, walk);
                all += static_cast<double>(found * (group.end - group.begin));
                ASSERT_EQ(std::accumulate(far.begin(), far.end(), counted(found)),
                          static_cast<double>(points.size()));
            }
        }
        EXPECT_EQ(next, tree.groups().size());
        if (theta > 0)
            EXPECT_GE(deepest, 2U);
        else
            EXPECT_EQ(deepest, 0U);
        EXPECT_EQ(seen, std::vector<int>(points.size(), 1));
        const auto n = static_cast<double>(points.size());
        EXPECT_LT(all, theta > 0 ? 0.5 * n * n : n * n + 1);
    }
}

} // namespace
} // namespace hmgrl::layout
