#include "geometry/Voronoi.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <random>

namespace hmgrl::disk {
namespace {

using Sites = std::vector<DiskPoint>;

class Random {
public:
    explicit Random(unsigned seed)
        : m_random(seed) {}
    double upTo(double most) { return std::uniform_real_distribution<double>(0, most)(m_random); }
    DiskPoint point(double farthest) {
        return {upTo(farthest), upTo(2 * std::numbers::pi) - std::numbers::pi};
    }
    Sites points(std::size_t count, double farthest) {
        Sites sites;
        for (std::size_t i = 0; i < count; ++i)
            sites.push_back(point(farthest));
        return sites;
    }

private:
    std::mt19937 m_random;
};

/// Where the point of the disk lies as seen from the site, in Klein's model.
Complex seenFrom(DiskPoint site, DiskPoint p) {
    if (std::isinf(p.r)) {
        const Complex rim = Isometry::toOrigin(site).apply(std::polar(1.0, p.theta));
        return rim / std::abs(rim);
    }
    const DiskPoint q = Isometry::toOrigin(site).apply(p);
    return std::polar(std::tanh(q.r), q.theta);
}

/// By the corners alone: left of every straight edge.
bool contains(const Voronoi::Cell& cell, DiskPoint site, DiskPoint p) {
    if (cell.isEmpty)
        return false;
    const Complex k = seenFrom(site, p);
    for (std::size_t i = 0; i < cell.corners.size(); ++i) {
        if (cell.corners[i].beyond == Voronoi::infinity)
            continue;
        const Complex a = seenFrom(site, cell.corners[i].at);
        const Complex b = seenFrom(site, cell.corners[(i + 1) % cell.corners.size()].at);
        if ((std::conj(b - a) * (k - a)).imag() < 0)
            return false;
    }
    return true;
}

void expectCellsAreTheNearest(const Sites& sites, std::span<const DiskPoint> queries,
                              std::size_t leastCompared) {
    const Voronoi diagram(sites);
    ASSERT_EQ(diagram.cells().size(), sites.size());
    std::size_t compared = 0;
    for (const DiskPoint& p : queries) {
        std::vector<double> away;
        for (const DiskPoint& site : sites)
            away.push_back(distance(site, p));
        const auto nearest =
            static_cast<std::size_t>(std::min_element(away.begin(), away.end()) - away.begin());
        bool isClose = false; // to a border: either answer will do
        for (std::size_t i = 0; i < sites.size(); ++i)
            isClose |= i != nearest && away[i] - away[nearest] < 1e-6 &&
                       distance(sites[i], sites[nearest]) > 1e-12;
        if (isClose)
            continue;
        ++compared;
        for (std::size_t i = 0; i < sites.size(); ++i)
            EXPECT_EQ(contains(diagram.cells()[i], sites[i], p), i == nearest)
                << "site " << i << " of " << sites.size() << ", point " << p.r << " " << p.theta;
    }
    EXPECT_GE(compared, leastCompared);
}

TEST(Voronoi, ACellHoldsExactlyThePointsNearestToItsSite) {
    for (unsigned seed = 1; seed <= 8; ++seed) {
        Random random(seed);
        for (const std::size_t count : {1U, 2U, 3U, 5U, 20U, 100U}) {
            const Sites sites = random.points(count, 4);
            expectCellsAreTheNearest(sites, random.points(200, 7), 190);
        }
    }
}

TEST(Voronoi, SitesAndPointsFarOutAreToldApart) {
    for (unsigned seed = 1; seed <= 4; ++seed) {
        Random random(seed);
        const Sites sites = random.points(100, 14);
        Sites queries = random.points(100, 14);
        for (int i = 0; i < 200; ++i) { // and close to the sites, where cells are small
            const DiskPoint home = sites[static_cast<std::size_t>(random.upTo(99.99))];
            queries.push_back(Isometry::fromOrigin(home).apply(random.point(3)));
        }
        expectCellsAreTheNearest(sites, queries, 250);
    }
}

TEST(Voronoi, ACrowdFarOutIsToldApart) {
    Random random(3);
    Sites sites;
    const Isometry out = Isometry::fromOrigin({11, 2});
    for (int i = 0; i < 40; ++i)
        sites.push_back(out.apply(random.point(0.3)));
    Sites queries;
    for (int i = 0; i < 400; ++i)
        queries.push_back(out.apply(random.point(1)));
    expectCellsAreTheNearest(sites, queries, 350);
}

TEST(Voronoi, OfSitesOnOneSpotTheFirstHasTheCell) {
    Random random(5);
    Sites sites = random.points(10, 3);
    sites.push_back(sites[4]);
    sites.push_back(sites[4]);
    expectCellsAreTheNearest(sites, random.points(300, 5), 250);
    const Voronoi diagram(sites);
    EXPECT_FALSE(diagram.cells()[4].isEmpty);
    EXPECT_TRUE(diagram.cells()[10].isEmpty);
    EXPECT_TRUE(diagram.cells()[11].isEmpty);
}

TEST(Voronoi, OneSiteHasTheDiskAndTwoShareItByAGeodesic) {
    EXPECT_TRUE(Voronoi(Sites{}).cells().empty());
    const Voronoi one(Sites{{2, 1}});
    EXPECT_TRUE(one.cells()[0].corners.empty());
    EXPECT_FALSE(one.cells()[0].isEmpty);
    const Voronoi two(Sites{{1, 0}, {1, std::numbers::pi}});
    for (const auto& cell : two.cells()) {
        ASSERT_EQ(cell.corners.size(), 2U);
        for (const auto& corner : cell.corners) {
            EXPECT_TRUE(std::isinf(corner.at.r));
            EXPECT_NEAR(std::abs(corner.at.theta), std::numbers::pi / 2, 1e-12);
        }
    }
    EXPECT_EQ(two.cells()[0].corners[0].beyond, 1);
    EXPECT_EQ(two.cells()[0].corners[1].beyond, Voronoi::infinity);
}

TEST(Voronoi, CornersAreEquallyFarFromTheirSitesAndFromNoneNearer) {
    Random random(11);
    const Sites sites = random.points(60, 4);
    const Voronoi diagram(sites);
    std::size_t finite = 0;
    for (std::size_t i = 0; i < sites.size(); ++i) {
        const auto& corners = diagram.cells()[i].corners;
        for (std::size_t k = 0; k < corners.size(); ++k) {
            const DiskPoint at = corners[k].at;
            if (std::isinf(at.r) || at.r > 9)
                continue;
            ++finite;
            const double own = distance(at, sites[i]);
            const int before = corners[(k + corners.size() - 1) % corners.size()].beyond;
            for (const int beyond : {corners[k].beyond, before})
                EXPECT_NEAR(distance(at, sites[static_cast<std::size_t>(beyond)]), own, 1e-6);
            for (const DiskPoint& site : sites)
                EXPECT_GE(distance(at, site), own - 1e-6);
        }
    }
    EXPECT_GT(finite, 40U);
}

TEST(Voronoi, MovesWithThePlane) {
    Random random(17);
    const Sites sites = random.points(30, 3);
    const Isometry moved = Isometry::fromOrigin({2.5, 1}) * Isometry::rotation(0.3);
    Sites there;
    for (const DiskPoint& site : sites)
        there.push_back(moved.apply(site));
    const Voronoi before(sites), after(there);
    for (std::size_t i = 0; i < sites.size(); ++i) {
        ASSERT_EQ(before.cells()[i].corners.size(), after.cells()[i].corners.size());
        for (const auto& corner : before.cells()[i].corners) {
            const Complex rim = moved.apply(std::polar(1.0, corner.at.theta));
            const DiskPoint there2 = std::isinf(corner.at.r) ? DiskPoint{corner.at.r, std::arg(rim)}
                                                             : moved.apply(corner.at);
            double nearest = 1;
            for (const auto& other : after.cells()[i].corners)
                nearest = std::min(nearest, std::abs(toCartesian(other.at) - toCartesian(there2)));
            EXPECT_LT(nearest, 1e-7);
        }
    }
}

} // namespace
} // namespace hmgrl::disk
