#include "explore/Neighbourhood.h"
#include "explore/DiskHover.h"
#include "explore/ExploreSamples.h"
#include "support/Error.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace hmgrl {
namespace {

/// From the definition, in long double: cosh(sqrt(c) d) = c (ta tb - <sa, sb>).
double byDefinition(const EmbeddingSet& points, std::size_t a, std::size_t b) {
    long double dot = 0, sa = 0, sb = 0;
    const long double c = points.curvature;
    for (std::size_t k = 0; k < points.width; ++k) {
        const long double x = points.row(a)[k], y = points.row(b)[k];
        dot += x * y;
        sa += x * x;
        sb += y * y;
    }
    const long double product = c * (std::sqrt(1 / c + sa) * std::sqrt(1 / c + sb) - dot);
    return static_cast<double>(std::acosh(std::max(1.0L, product)) / std::sqrt(c));
}

TEST(NeighbourhoodTest, IsWhatBruteForceFinds) {
    const DiskData disk = test::exploreDisk(300);
    for (const int row : {0, 17, 299, 300, 302}) { // samples and prototypes
        std::vector<std::pair<double, int>> all;
        for (int other = 0; other < 300; ++other)
            if (other != row)
                all.emplace_back(byDefinition(disk.points, static_cast<std::size_t>(row),
                                              static_cast<std::size_t>(other)),
                                 other);
        std::sort(all.begin(), all.end());
        const Neighbourhood found = neighbourhoodOf(disk, row, 15);
        ASSERT_EQ(found.nearest.size(), 15U);
        for (std::size_t i = 0; i < 15; ++i) {
            EXPECT_EQ(found.nearest[i].first, all[i].second) << "row " << row << ", rank " << i;
            EXPECT_NEAR(found.nearest[i].second, all[i].first, 1e-6);
        }
        EXPECT_DOUBLE_EQ(found.reach, found.nearest.back().second);
    }
}

TEST(NeighbourhoodTest, HistogramCountsEverySampleOnce) {
    const DiskData disk = test::exploreDisk(90);
    const Neighbourhood found = neighbourhoodOf(disk, 3, 10, 12);
    ASSERT_EQ(found.own.size(), 12U);
    const int own = std::accumulate(found.own.begin(), found.own.end(), 0);
    const int others = std::accumulate(found.others.begin(), found.others.end(), 0);
    EXPECT_EQ(own, 29); // thirty rivers, without itself
    EXPECT_EQ(others, 60);
    EXPECT_GT(found.own.back() + found.others.back(), 0) << "the farthest closes the last bin";
    EXPECT_GE(found.farthest(), found.reach);
}

TEST(NeighbourhoodTest, FewSamplesAndNoSuchRow) {
    const DiskData disk = test::exploreDisk(4);
    EXPECT_EQ(neighbourhoodOf(disk, 0, 15).nearest.size(), 3U);
    EXPECT_EQ(neighbourhoodOf(disk, 4, 15).nearest.size(), 4U);
    EXPECT_THROW((void)neighbourhoodOf(disk, 99, 15), Error);
    const DiskData lonely = test::exploreDisk(1);
    const Neighbourhood none = neighbourhoodOf(lonely, 0, 15);
    EXPECT_TRUE(none.nearest.empty());
    EXPECT_TRUE(neighbourLinks(lonely, none).empty());
}

TEST(NeighbourhoodTest, LinksFadeWithDistance) {
    const DiskData disk = test::exploreDisk(60);
    const Neighbourhood found = neighbourhoodOf(disk, 5, 8);
    const auto links = neighbourLinks(disk, found);
    ASSERT_EQ(links.size(), 8U);
    EXPECT_EQ(links[0].from, 5U);
    EXPECT_EQ(static_cast<int>(links[0].to), found.nearest[0].first);
    for (std::size_t i = 1; i < links.size(); ++i)
        EXPECT_LE(links[i].weight, links[i - 1].weight);
    EXPECT_GT(links.back().weight, 0);
}

TEST(HoverTest, DistancesAreLatentOnes) {
    const DiskData disk = test::exploreDisk(30);
    for (std::size_t a = 0; a < 30; a += 7)
        for (std::size_t b = 30; b < 33; ++b)
            EXPECT_NEAR(latentDistance(disk.points, a, b), byDefinition(disk.points, a, b), 1e-6);
    EXPECT_DOUBLE_EQ(latentDistance(disk.points, 4, 4), 0);
}

TEST(HoverTest, LinksLeadToTheCandidates) {
    const DiskData disk = test::exploreDisk(10);
    const auto links = candidateLinks(disk, 2);
    ASSERT_EQ(links.size(), disk.samples[2].candidates.size());
    EXPECT_EQ(static_cast<int>(links[0].to),
              disk.prototypeRow(disk.samples[2].candidates[0].category));
    EXPECT_DOUBLE_EQ(links[0].weight, disk.samples[2].candidates[0].score);
    EXPECT_TRUE(candidateLinks(disk, 10).empty()) << "a prototype has none";
    EXPECT_TRUE(candidateLinks(disk, -1).empty());
}

} // namespace
} // namespace hmgrl
