#include "layout/Layout.h"

#include "Mixture.h"
#include "geometry/Disk.h"
#include "support/Error.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace hmgrl {
namespace {

/// Ranks by the definitions, from two full tables of distances.
class Definitions {
public:
    Definitions(const EmbeddingSet& points, const std::vector<DiskPoint>& where,
                NeighbourMetric metric)
        : m_n(points.size()) {
        for (std::size_t i = 0; i < m_n; ++i)
            for (std::size_t j = 0; j < m_n; ++j) {
                m_truth.push_back(truth(points, i, j, metric));
                m_drawn.push_back(disk::distance(where[i], where[j]));
            }
    }

    [[nodiscard]] std::set<std::size_t> near(bool drawn, std::size_t i, std::size_t k) const {
        std::set<std::size_t> out;
        for (std::size_t j = 0; j < m_n; ++j)
            if (j != i && rank(drawn, i, j) <= k)
                out.insert(j);
        return out;
    }
    [[nodiscard]] std::size_t rank(bool drawn, std::size_t i, std::size_t j) const {
        std::size_t out = 1;
        for (std::size_t l = 0; l < m_n; ++l)
            out += l != i && at(drawn, i, l) < at(drawn, i, j);
        return out;
    }
    [[nodiscard]] double shared(std::size_t drawn, std::size_t truth) const {
        double sum = 0;
        for (std::size_t i = 0; i < m_n; ++i) {
            const auto a = near(true, i, drawn);
            const auto b = near(false, i, truth);
            sum += static_cast<double>(
                std::count_if(a.begin(), a.end(), [&](std::size_t j) { return b.contains(j); }));
        }
        return sum / static_cast<double>(m_n);
    }
    /// 1 - 2 / (n k (2n - 3k - 1)) times the ranks beyond k of what is near on one side only.
    [[nodiscard]] double trust(std::size_t k, bool continuity) const {
        double sum = 0;
        for (std::size_t i = 0; i < m_n; ++i) {
            const auto other = near(continuity, i, k);
            for (std::size_t j : near(!continuity, i, k))
                if (!other.contains(j))
                    sum += static_cast<double>(rank(continuity, i, j) - k);
        }
        const auto n = static_cast<double>(m_n);
        const auto size = static_cast<double>(k);
        return 1 - 2 * sum / (n * size * (2 * n - 3 * size - 1));
    }
    [[nodiscard]] double at(bool drawn, std::size_t i, std::size_t j) const {
        return (drawn ? m_drawn : m_truth)[i * m_n + j];
    }

private:
    static double truth(const EmbeddingSet& points, std::size_t i, std::size_t j,
                        NeighbourMetric metric) {
        double square = 0;
        double inner = 0;
        double a = 1;
        double b = 1;
        for (std::size_t k = 0; k < points.width; ++k) {
            const double x = points.row(i)[k];
            const double y = points.row(j)[k];
            square += (x - y) * (x - y);
            inner += x * y;
            a += x * x;
            b += y * y;
        }
        return metric == NeighbourMetric::Euclidean
                   ? std::sqrt(square)
                   : std::acosh(std::max(1.0, std::sqrt(a * b) - inner));
    }

    std::size_t m_n;
    std::vector<double> m_truth;
    std::vector<double> m_drawn;
};

class Metrics : public testing::TestWithParam<NeighbourMetric> {};

TEST_P(Metrics, AgreeWithTheirDefinitions) {
    const LayoutInput input = mixture(3, 3, 90, 6);
    LayoutOptions layout;
    layout.method = LayoutMethod::HorosphericalPca;
    const auto where = layoutOnDisk(input, layout);
    QualityOptions options;
    options.metric = GetParam();
    for (std::size_t i = 0; i < where.size(); ++i)
        options.labels.push_back(static_cast<std::int32_t>(i % 3));
    const LayoutQuality quality = layoutQuality(input.points, where, options);
    const Definitions truth(input.points, where, GetParam());
    EXPECT_NEAR(quality.recall15, truth.shared(15, 15) / 15, 1e-12);
    EXPECT_NEAR(quality.trustworthiness, truth.trust(15, false), 1e-12);
    EXPECT_NEAR(quality.continuity, truth.trust(15, true), 1e-12);
    ASSERT_EQ(quality.curve.neighbours(), 30U);
    for (std::size_t k : {1U, 2U, 9U, 15U, 30U}) {
        EXPECT_NEAR(quality.curve.kept[k - 1], truth.shared(k, k) / static_cast<double>(k), 1e-12);
        EXPECT_NEAR(quality.curve.precision[k - 1], truth.shared(k, 30) / static_cast<double>(k),
                    1e-12);
        EXPECT_NEAR(quality.curve.recall[k - 1], truth.shared(k, 30) / 30, 1e-12);
    }
    double wrong = 0;
    for (std::size_t i = 0; i < where.size(); ++i)
        wrong += *truth.near(true, i, 1).begin() % 3 != i % 3;
    EXPECT_NEAR(quality.curve.nearestError, wrong / static_cast<double>(where.size()), 1e-12);
}

TEST_P(Metrics, DistortionIsItsDefinition) {
    const LayoutInput input = mixture(3, 3, 90, 6);
    const auto where = layoutOnDisk(input);
    QualityOptions options;
    options.metric = GetParam();
    const LayoutDistortion found = layoutDistortion(input.points, where, options);
    const Definitions truth(input.points, where, GetParam());
    double first = 0;
    double second = 0;
    const std::size_t n = where.size();
    const auto ratio = [&](std::size_t i, std::size_t j) {
        return truth.at(true, i, j) / truth.at(false, i, j);
    };
    for (std::size_t i = 0; i < n; ++i)
        for (std::size_t j = 0; j < n; ++j)
            if (i != j) {
                first += ratio(i, j);
                second += ratio(i, j) * ratio(i, j);
            }
    EXPECT_NEAR(found.scale, first / second, 1e-6);
    double all = 0;
    for (std::size_t i = 0; i < n; ++i) {
        double off = 0;
        for (std::size_t j = 0; j < n; ++j)
            off += i == j ? 0 : std::abs(found.scale * ratio(i, j) - 1);
        EXPECT_NEAR(found.point[i], off / static_cast<double>(n - 1), 1e-6);
        all += off / static_cast<double>(n * (n - 1));
    }
    EXPECT_NEAR(found.average, all, 1e-6);
}

INSTANTIATE_TEST_SUITE_P(Both, Metrics,
                         testing::Values(NeighbourMetric::Hyperbolic, NeighbourMetric::Euclidean));

TEST(Quality, ProportionalDistancesAreNotDistorted) {
    // Points of one geodesic, drawn at half their distances.
    EmbeddingSet line;
    line.width = 2;
    std::vector<DiskPoint> where;
    for (int i = 0; i < 20; ++i) {
        addPoint(line, {0.2 * i, 0}, PointKind::Mention, i, "");
        where.push_back({0.1 * i, 0});
    }
    const LayoutDistortion found = layoutDistortion(line, where);
    EXPECT_NEAR(found.average, 0, 1e-5);
    EXPECT_NEAR(found.scale, 2, 1e-5);
    where[4].theta = 2;
    const LayoutDistortion bent = layoutDistortion(line, where);
    EXPECT_EQ(std::max_element(bent.point.begin(), bent.point.end()) - bent.point.begin(), 4)
        << "the colour finds the point";
}

TEST(Quality, RadiiAndTheRimAlarm) {
    EmbeddingSet line;
    line.width = 2;
    std::vector<DiskPoint> where;
    for (int i = 0; i <= 100; ++i) {
        addPoint(line, {0.01 * i, 0}, PointKind::Mention, i, "");
        where.push_back({0.05 * i, 0});
    }
    LayoutQuality quality = layoutQuality(line, where);
    EXPECT_NEAR(quality.radius[0], 0.25, 1e-12);
    EXPECT_NEAR(quality.radius[2], 2.5, 1e-12);
    EXPECT_NEAR(quality.radius[4], 4.75, 1e-12);
    EXPECT_FALSE(quality.rimAlarm());
    EXPECT_EQ(quality.curve.nearestError, -1) << "no labels";
    where[100].r = 6.5;
    quality = layoutQuality(line, where);
    EXPECT_TRUE(quality.rimAlarm());
}

TEST(Quality, OfNothingAndOfWhatDoesNotFit) {
    EXPECT_EQ(layoutQuality({}, {}, QualityOptions{}).curve.neighbours(), 0U);
    EXPECT_TRUE(layoutDistortion({}, {}).point.empty());
    EmbeddingSet equal;
    equal.width = 2;
    for (int i = 0; i < 5; ++i)
        addPoint(equal, {0.3, 0}, PointKind::Mention, i, "");
    EXPECT_EQ(layoutDistortion(equal, std::vector<DiskPoint>(5)).average, 0);
    QualityOptions options;
    options.labels = {1, 2};
    EXPECT_THROW((void)layoutQuality(equal, std::vector<DiskPoint>(5), options), Error);
    EXPECT_THROW((void)neighbourhoodCurve(equal, std::vector<DiskPoint>(4), 3), Error);
    CancelToken cancel;
    cancel.cancel();
    EXPECT_THROW((void)layoutQuality(equal, std::vector<DiskPoint>(5), QualityOptions{}, cancel),
                 Cancelled);
}

} // namespace
} // namespace hmgrl
