#include "layout/HyperbolicTsne.h"
#include "layout/TsneGradient.h"

#include "Mixture.h"
#include "geometry/Alignment.h"
#include "geometry/Disk.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <gtest/gtest.h>

namespace hmgrl::layout {
namespace {

using disk::Complex;

Affinities affinitiesOf(const EmbeddingSet& set, double perplexity, Workers& workers) {
    const Hyperboloid points(set);
    return affinities(neighbourTable(PointSpace::hyperbolic(points),
                                     static_cast<std::size_t>(3 * perplexity), workers),
                      perplexity, workers);
}

std::vector<HalfPoint> halves(const std::vector<DiskPoint>& where) {
    std::vector<HalfPoint> out;
    for (const DiskPoint& p : where)
        out.push_back(toHalf(p));
    return out;
}

/// The objective by its definition, over all pairs.
double objective(const Affinities& p, const std::vector<HalfPoint>& y, double scale,
                 double exaggeration) {
    const auto inverse = [&](std::size_t i, std::size_t j) {
        const double d = disk::distance(toPolar(y[i]), toPolar(y[j])) / scale;
        return 1 + d * d;
    };
    double normaliser = 0;
    for (std::size_t i = 0; i < y.size(); ++i)
        for (std::size_t j = 0; j < y.size(); ++j)
            normaliser += i == j ? 0 : 1 / inverse(i, j);
    double sum = std::log(normaliser);
    for (std::size_t i = 0; i < y.size(); ++i)
        for (std::size_t e = p.start[i]; e < p.start[i + 1]; ++e)
            if (p.p[e] > 0)
                sum += exaggeration * p.p[e] * std::log(inverse(i, p.column[e]));
    return sum;
}

TEST(TsneGradient, IsTheSlopeOfTheObjective) {
    const LayoutInput input = mixture(2, 3, 40, 6);
    const std::size_t n = input.points.size();
    Workers workers(2);
    const Affinities p = affinitiesOf(input.points, 8, workers);
    for (const auto& [reach, scale, exaggeration] :
         {std::tuple{2.0, 1.0, 1.0}, {4.0, 0.3, 1.0}, {0.1, 0.05, 12.0}}) {
        Random random(4);
        std::vector<HalfPoint> y;
        for (std::size_t i = 0; i < n; ++i)
            y.push_back(toHalf({reach * random.uniform(), 6.3 * random.uniform()}));
        TsneGradient exact(p, 0, workers);
        std::vector<Complex> slope;
        exact.compute(y, scale, exaggeration, slope);
        double largest = 0;
        for (const Complex& g : slope)
            largest = std::max(largest, std::abs(g));
        const double h = 2e-3 * scale;
        for (std::size_t i = 0; i < n; i += 5)
            for (const Complex direction : {Complex(1, 0), Complex(0, 1)}) {
                const auto at = [&](double step) {
                    auto moved = y;
                    moved[i] = expAt(y[i], step * direction).point;
                    return objective(p, moved, scale, exaggeration);
                };
                // Central differences of sixth order.
                const double difference = (45 * (at(h) - at(-h)) - 9 * (at(2 * h) - at(-2 * h)) +
                                           (at(3 * h) - at(-3 * h))) /
                                          (60 * h);
                const double along = (slope[i] * std::conj(direction)).real();
                EXPECT_NEAR(along, difference, 1e-8 * largest) << i << " reach " << reach;
            }
    }
}

TEST(TsneGradient, DivergenceIsTheObjective) {
    const LayoutInput input = mixture(2, 3, 60, 6);
    Workers workers(2);
    const Affinities p = affinitiesOf(input.points, 8, workers);
    const auto y = halves(layoutOnDisk(input));
    TsneGradient exact(p, 0, workers);
    std::vector<Complex> slope;
    exact.compute(y, 0.5, 1, slope);
    double entropy = 0;
    for (double value : p.p)
        entropy += value > 0 ? value * std::log(value) : 0;
    EXPECT_NEAR(exact.divergence(y, 0.5), entropy + objective(p, y, 0.5, 1), 1e-7);
}

double norm(const std::vector<Complex>& vectors) {
    double square = 0;
    for (const Complex& v : vectors)
        square += std::norm(v);
    return std::sqrt(square);
}

double distance(std::vector<Complex> a, const std::vector<Complex>& b) {
    for (std::size_t i = 0; i < b.size(); ++i)
        a[i] -= b[i];
    return norm(a);
}

TEST(TsneGradient, CellsAreWithinOnePercentOfAllPairs) {
    const LayoutInput input = mixture(6, 5, 2500, 24);
    Workers workers(2);
    const Affinities p = affinitiesOf(input.points, 30, workers);
    TsneGradient exact(p, 0, workers);
    TsneGradient cells(p, 0.5, workers);
    for (int iterations : {1, 40, 120, 300}) {
        LayoutOptions options;
        options.method = LayoutMethod::HyperbolicTsne;
        options.tsne.iterations = iterations;
        const LayoutRun run = layoutProgressively(input, options);
        const auto y = halves(run.where);
        const bool early = iterations < options.tsne.exaggerationIterations;
        const double exaggeration = early ? options.tsne.exaggeration : 1;
        std::vector<Complex> all;
        std::vector<Complex> fast;
        exact.compute(y, run.kernelScale, exaggeration, all);
        cells.compute(y, run.kernelScale, exaggeration, fast);
        const double off = distance(fast, all);
        const double whole = off / norm(all);
        const double repulsion = off / norm(exact.repulsion());
        std::printf("after %d steps the cells miss %.3f %% of the gradient, %.3f %% of the "
                    "repulsion in it\n",
                    iterations, 100 * whole, 100 * repulsion);
        // At rest the gradient is the small difference of two large sums; these are then the
        // measure.
        EXPECT_LT(iterations < 300 ? whole : repulsion, 0.01);
    }
}

LayoutOptions tsne(int iterations = 150) {
    LayoutOptions options;
    options.method = LayoutMethod::HyperbolicTsne;
    options.tsne.iterations = iterations;
    return options;
}

TEST(Tsne, IsTheSameForAnyNumberOfThreads) {
    const LayoutInput input = mixture(5, 4, 1200, 16);
    LayoutOptions options = tsne();
    options.threads = 1;
    const auto one = layoutOnDisk(input, options);
    for (int threads : {2, 3}) {
        options.threads = threads;
        EXPECT_EQ(one, layoutOnDisk(input, options));
    }
    options.seed = 2;
    EXPECT_NE(one, layoutOnDisk(input, options)) << "the seed is used";
}

TEST(Tsne, KeepsNeighbourhoodsInsideTheRim) {
    const LayoutInput input = mixture(6, 5, 2000);
    for (double rim : {1.0, 3.0, 5.0, 8.0}) {
        LayoutOptions options = tsne(300);
        options.rimRadius = rim;
        const auto where = layoutOnDisk(input, options);
        const LayoutQuality quality = layoutQuality(input.points, where);
        std::printf("rim %.0f: recall@15 %.3f, trustworthiness %.3f, max radius %.2f\n", rim,
                    quality.recall15, quality.trustworthiness, quality.maxRadius);
        EXPECT_LE(quality.maxRadius, rim);
        EXPECT_GT(quality.radius[4], 0.5 * rim) << "the room is used";
        EXPECT_GT(quality.trustworthiness, 0.9);
        LayoutOptions instant;
        instant.method = LayoutMethod::HorosphericalPca;
        EXPECT_GT(quality.recall15,
                  1.5 * layoutQuality(input.points, layoutOnDisk(input, instant)).recall15);
    }
}

TEST(Tsne, FewPointsFillTheDiskAndKeepTheirNeighbours) {
    for (const auto& [roots, children, samples] :
         {std::tuple{2U, 2U, 10U}, {3U, 3U, 40U}, {6U, 5U, 200U}}) {
        const LayoutInput input = mixture(roots, children, samples);
        const LayoutQuality quality = layoutQuality(input.points, layoutOnDisk(input, tsne(500)));
        EXPECT_GT(quality.radius[4], 2) << samples;
        EXPECT_GT(quality.recall15, 0.7) << samples;
        EXPECT_GT(quality.trustworthiness, 0.93) << samples;
    }
}

TEST(Tsne, TwinIsFlat) {
    const LayoutInput input = mixture(4, 3, 600, 16);
    for (LayoutMethod method : {LayoutMethod::EuclideanTsne, LayoutMethod::EuclideanPca}) {
        LayoutOptions options = tsne();
        options.method = method;
        const LayoutRun run = layoutProgressively(input, options);
        EXPECT_EQ(run.metric, NeighbourMetric::Euclidean);
        double farthest = 0;
        for (const DiskPoint& p : run.where) {
            EXPECT_TRUE(std::isfinite(p.theta));
            farthest = std::max(farthest, p.r);
        }
        EXPECT_NEAR(farthest, 0.9 * options.rimRadius, 1e-9);
    }
}

TEST(Tsne, ShowsPicturesAndCancelKeepsTheBest) {
    const LayoutInput input = mixture(5, 4, 900, 16);
    LayoutOptions options = tsne(400);
    CancelToken cancel;
    std::vector<LayoutPicture> shown;
    const LayoutRun run = layoutProgressively(input, options, cancel, [&](LayoutPicture picture) {
        shown.push_back(std::move(picture));
        if (shown.back().iteration == 200)
            cancel.cancel();
    });
    EXPECT_FALSE(run.finished);
    EXPECT_EQ(run.iterations, 200);
    ASSERT_EQ(shown.size(), 21U) << "the instant start and one every ten steps";
    EXPECT_EQ(shown.front().iteration, 0);
    EXPECT_EQ(shown.back().where, run.where);
    const auto quality = [&](const std::vector<DiskPoint>& where) {
        return layoutQuality(input.points, where).recall15;
    };
    EXPECT_GT(quality(run.where), quality(shown.front().where) + 0.1);
    EXPECT_THROW((void)layoutProgressively(input, options, cancel), Cancelled);
}

TEST(Tsne, CancelledWhileSeekingNeighboursItKeepsTheInstantPicture) {
    const LayoutInput input = mixture(3, 3, 500, 16);
    CancelToken cancel;
    const LayoutRun run =
        layoutProgressively(input, tsne(), cancel, {}, [&](const Progress& progress) {
            if (progress.stage == "Finding neighbours")
                cancel.cancel();
        });
    EXPECT_FALSE(run.finished);
    EXPECT_EQ(run.iterations, 0);
    EXPECT_EQ(run.where.size(), input.points.size());
    CancelToken again;
    EXPECT_THROW((void)layoutOnDisk(input, tsne(), again,
                                    [&](const Progress& progress) {
                                        if (progress.done == 20)
                                            again.cancel();
                                    }),
                 Cancelled);
}

TEST(Tsne, ReportsProgressWithItsDivergence) {
    double first = 0;
    double last = 0;
    const LayoutInput input = mixture(4, 3, 500, 16);
    const LayoutRun run =
        layoutProgressively(input, tsne(300), {}, {}, [&](const Progress& progress) {
            if (const auto found = progress.values.find("divergence");
                found != progress.values.end())
                (progress.done <= 50 ? first : last) = found->second;
        });
    EXPECT_TRUE(run.finished);
    EXPECT_LT(last, first);
    EXPECT_DOUBLE_EQ(run.divergence, last);
}

TEST(Tsne, FewAndEqualPoints) {
    for (LayoutMethod method :
         {LayoutMethod::HyperbolicTsne, LayoutMethod::EuclideanTsne, LayoutMethod::EuclideanPca})
        for (int n : {0, 1, 2, 3, 4, 40, 300}) {
            for (bool equal : {false, true}) {
                LayoutInput input;
                input.points.width = 3;
                for (int i = 0; i < n; ++i) {
                    addPoint(input.points, {0.3, equal ? 0.1 : 0.1 * (i / 2), 0},
                             PointKind::Mention, i, "");
                    input.parent.push_back(-1);
                }
                LayoutOptions options = tsne(120);
                options.method = method;
                const auto where = layoutOnDisk(input, options);
                ASSERT_EQ(where.size(), static_cast<std::size_t>(n));
                for (const DiskPoint& p : where) {
                    EXPECT_TRUE(std::isfinite(p.r) && std::isfinite(p.theta)) << n;
                    EXPECT_LE(p.r, options.rimRadius);
                }
                if (method == LayoutMethod::EuclideanPca)
                    continue; // a projection: equal points stay equal
                std::vector<std::pair<double, double>> places;
                for (const DiskPoint& p : where)
                    places.emplace_back(p.r, p.theta);
                std::sort(places.begin(), places.end());
                EXPECT_EQ(std::unique(places.begin(), places.end()), places.end())
                    << n << ": duplicates don't hide each other";
            }
        }
}

TEST(Tsne, TwoLayoutsAlignByAnIsometry) {
    const LayoutInput input = mixture(5, 4, 500, 16);
    const auto first = layoutOnDisk(input, tsne());
    const disk::Isometry motion =
        disk::Isometry::fromOrigin({1.5, 2}) * disk::Isometry::rotation(1);
    std::vector<DiskPoint> moved;
    for (const DiskPoint& p : first)
        moved.push_back(motion.apply(DiskPoint{p.r, -p.theta}));
    const disk::Alignment back = disk::align(moved, first);
    for (std::size_t i = 0; i < first.size(); ++i)
        EXPECT_LT(disk::distance(back.apply(moved[i]), first[i]), 1e-4);
    // Another run, from other noise: never farther after the alignment than before.
    LayoutOptions options = tsne();
    options.seed = 7;
    const auto second = layoutOnDisk(input, options);
    const disk::Alignment best = disk::align(second, first);
    double before = 0;
    double after = 0;
    for (std::size_t i = 0; i < first.size(); ++i) {
        before += std::pow(std::sinh(disk::distance(second[i], first[i]) / 2), 2);
        after += std::pow(std::sinh(disk::distance(best.apply(second[i]), first[i]) / 2), 2);
    }
    EXPECT_LE(after, before * (1 + 1e-9));
}

TEST(Tsne, NewPointsLeaveTheRestWhereItIs) {
    const LayoutInput input = mixture(5, 4, 800, 16);
    const auto where = layoutOnDisk(input, tsne());
    const auto kept = where;
    EmbeddingSet more;
    more.width = input.points.width;
    for (std::size_t row : {50U, 500U}) {
        const auto s = input.points.row(row);
        more.space.insert(more.space.end(), s.begin(), s.end());
        more.kind.push_back(PointKind::Mention);
        more.id.push_back(-1);
        more.category.emplace_back("");
    }
    const auto placed = placeMore(input.points, where, more);
    EXPECT_EQ(where, kept);
    EXPECT_LT(disk::distance(placed[0], where[50]), 1);
    EXPECT_LT(disk::distance(placed[1], where[500]), 1);
}

TEST(Tsne, MethodsHaveNames) {
    for (const std::string& name : layoutMethodNames())
        EXPECT_EQ(toString(layoutMethodFromString(name)), name);
    EXPECT_EQ(layoutMethodFromString("tsne"), LayoutMethod::HyperbolicTsne);
    EXPECT_THROW((void)layoutMethodFromString("umap"), Error);
    LayoutOptions options = tsne();
    options.tsne.perplexity = 0;
    EXPECT_THROW((void)layoutOnDisk(mixture(1, 1, 5), options), Error);
}

} // namespace
} // namespace hmgrl::layout
