#include "layout/Kernels.h"
#include "support/Workers.h"

#include "support/Random.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <span>
#include <stdexcept>
#include <vector>

namespace hmgrl::layout {
namespace {

std::vector<HalfPoint> scattered(std::size_t n, double reach) {
    Random random(11);
    std::vector<HalfPoint> points;
    for (std::size_t i = 0; i < n; ++i)
        points.push_back(
            toHalf({reach * random.uniform(), 2 * std::numbers::pi * random.uniform()}));
    points[1] = points[0]; // distance zero
    points[2] = expAt(points[0], {1e-9, 0}).point;
    return points;
}

struct Term {
    double w, pull;
};

/// The definition, with the library's functions.
Term term(const HalfPoint& a, const HalfPoint& b, double kappa) {
    const double d = 2 * std::asinh(std::sqrt(halfChord(a, b)));
    const double w = 1 / (1 + kappa * d * d);
    return {w, d > 1e-6 ? w * d / std::sinh(d) : w};
}

TEST(Kernels, EveryInstructionSetSumsWhatTheDefinitionSays) {
    for (double reach : {0.01, 1.0, 8.0})
        for (double kappa : {1.0, 400.0}) {
            const auto points = scattered(67, reach);
            std::vector<Source> sources;
            for (const HalfPoint& p : points)
                sources.push_back(Source::at(p, 3));
            for (const Kernels& set : allKernels()) {
                Targets targets{};
                for (std::size_t i = 0; i < Targets::capacity; ++i) {
                    targets.x[i] = points[i].x;
                    targets.y[i] = points[i].y;
                    targets.v[i] = points[i].v;
                }
                set.repel(sources.data(), sources.size(), 11, kappa, targets);
                for (std::size_t i = 0; i < 11; ++i) {
                    double z = 0;
                    double t = 0;
                    for (const Source& s : sources) {
                        const Term one = term({s.x, s.y, s.v, 0}, points[i], kappa);
                        z += 3 * one.w;
                        t += one.w * one.pull * s.t;
                    }
                    EXPECT_NEAR(targets.z[i] / z, 1, 1e-8) << set.name << " " << reach;
                    EXPECT_NEAR(targets.t[i] / t, 1, 1e-8) << set.name << " " << reach;
                }
            }
        }
}

/// Largest error of a field against the sums over its sources, relative to the largest sum.
double fieldError(const Kernels& set, double radius, double distance, double kappa) {
    Random random(3);
    const disk::Isometry there = disk::Isometry::fromOrigin({3.0, 1.0}); // not in the middle
    const auto around = [&](double reach) {
        return apply(there, toHalf({reach, 2 * std::numbers::pi * random.uniform()})).point;
    };
    FarField field;
    field.centre = around(0);
    std::vector<Source> sources;
    for (int i = 0; i < 24; ++i)
        sources.push_back(Source::at(around(distance * (1 + random.uniform())), 5));
    for (Source& nobody : std::span(sources).last(3))
        nobody.count = nobody.sx = nobody.sy = nobody.t = 0;
    set.expand(sources.data(), 16, kappa, field); // in two parts, which add up
    set.expand(sources.data() + 16, 8, kappa, field);
    Targets far{};
    for (std::size_t i = 0; i < Targets::capacity; ++i) {
        const HalfPoint p = around(i == 0 ? 0 : radius * std::sqrt(random.uniform()));
        far.x[i] = p.x;
        far.y[i] = p.y;
        far.v[i] = p.v;
    }
    Targets exact = far;
    set.repel(sources.data(), sources.size(), Targets::capacity, kappa, exact);
    set.feel(field, Targets::capacity, kappa, far);
    double error = 0;
    double size = 0;
    double count = 0;
    for (std::size_t i = 0; i < Targets::capacity; ++i) {
        // Tangent vectors: the sums themselves are long along the point, where it doesn't matter.
        const HalfPoint p{far.x[i], far.y[i], far.v[i], 0};
        const auto tangent = [&](const Targets& t) {
            const disk::Complex s(t.sx[i], t.sy[i]);
            return p.v * p.v * s - 2 * t.t[i] * p.v * p.u() + p.u() * p.u() * std::conj(s);
        };
        error = std::max(error, std::abs(tangent(far) - tangent(exact)));
        size = std::max(size, std::abs(tangent(exact)));
        count = std::max(count, std::abs(far.z[i] / exact.z[i] - 1));
    }
    return std::max(error / size, count);
}

TEST(Kernels, AFieldIsTheSumOverFarSources) {
    for (const Kernels& set : allKernels())
        for (const double kappa : {1.0, 25.0, 2500.0})
            for (const double radius : {0.003, 0.02, 0.1, 0.3}) {
                const double near = fieldError(set, radius, 8 * radius, kappa);
                const double nearer = fieldError(set, radius / 4, 8 * radius, kappa);
                EXPECT_LT(near, 0.2) << set.name << " radius " << radius << " kappa " << kappa;
                EXPECT_LT(nearer, near / 40 + 1e-6) << "of third order";
                EXPECT_LT(fieldError(set, 0, 8 * radius, kappa), 1e-7);
            }
}

TEST(Kernels, AttractionIsTheWeightedSum) {
    const auto points = scattered(40, 4);
    std::vector<std::uint32_t> columns(24, 0);
    std::vector<float> p(24, 0.0F);
    double sx = 0;
    for (std::uint32_t j = 0; j < 21; ++j) {
        columns[j] = (7 * j) % 40;
        p[j] = 0.01F * static_cast<float>(j + 1);
        const HalfPoint& other = points[columns[j]];
        sx += static_cast<double>(p[j]) * term(points[5], other, 30).pull * 2 * other.x * other.v;
    }
    for (const Kernels& set : allKernels()) {
        Pull out;
        set.attract(points.data(), points[5], columns.data(), p.data(), 24, 30, out);
        EXPECT_NEAR(out.sx, sx, 1e-9 * std::abs(sx)) << set.name;
    }
}

TEST(Kernels, ProductsAreProducts) {
    constexpr std::size_t width = 13;
    Random random(2);
    std::vector<double> query(16 * width);
    std::vector<double> packed(3 * 8 * width);
    for (double& x : query)
        x = random.uniform() - 0.5;
    for (double& x : packed)
        x = random.uniform() - 0.5;
    for (const Kernels& set : allKernels()) {
        std::vector<double> out(16 * 32, -1);
        set.multiply(query.data(), 16, packed.data(), 3, width, out.data(), 32);
        for (std::size_t q = 0; q < 16; ++q)
            for (std::size_t i = 0; i < 24; ++i) {
                double sum = 0;
                for (std::size_t k = 0; k < width; ++k)
                    sum += query[q * width + k] * packed[(i / 8 * width + k) * 8 + i % 8];
                EXPECT_NEAR(out[q * 32 + i], sum, 1e-13) << set.name;
            }
        EXPECT_EQ(out[24], -1) << "nothing is written beyond the blocks";
    }
}

TEST(Workers, EveryTaskRunsOnce) {
    for (int threads : {1, 2, 5}) {
        Workers workers(threads);
        EXPECT_EQ(workers.count(), static_cast<std::size_t>(threads));
        for (std::size_t tasks : {0U, 1U, 3U, 1000U}) {
            std::vector<int> runs(tasks, 0);
            workers.run(tasks, [&](std::size_t task, std::size_t worker) {
                EXPECT_LT(worker, workers.count());
                ++runs[task];
            });
            EXPECT_EQ(runs, std::vector<int>(tasks, 1));
        }
    }
}

TEST(Workers, AFailureIsThrownAgainAndTheNextRunWorks) {
    Workers workers(3);
    EXPECT_THROW(workers.run(100,
                             [](std::size_t task, std::size_t) {
                                 if (task == 7)
                                     throw std::runtime_error("seven");
                             }),
                 std::runtime_error);
    std::atomic<int> runs = 0;
    workers.run(10, [&](std::size_t, std::size_t) { ++runs; });
    EXPECT_EQ(runs, 10);
}

} // namespace
} // namespace hmgrl::layout
