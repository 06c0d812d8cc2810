#include "learning/Calibration.h"
#include "learning/Metrics.h"
#include "support/Error.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <random>

namespace hmgrl {
namespace {

using Samples = std::vector<CalibrationSample>;

CalibrationSample seenSample(double bestSeen, double bestUnseen, bool right = true) {
    return {bestSeen, bestUnseen, right, false, true};
}

CalibrationSample unseenSample(double bestSeen, double bestUnseen, bool right = true) {
    return {bestSeen, bestUnseen, false, right, false};
}

/// Scores on a grid of 1/`steps` (a power of two: ties are exact), so that many tie; 0 is
/// continuous.
Samples randomSamples(std::mt19937& random, std::size_t n, int steps) {
    std::normal_distribution<double> normal;
    std::bernoulli_distribution right(0.7), seen(0.5);
    Samples samples;
    for (std::size_t i = 0; i < n; ++i) {
        const auto snapped = [&](double x) {
            return steps == 0 ? x : std::round(x * steps) / steps;
        };
        const bool isSeen = seen(random);
        const double a = snapped(normal(random) + (isSeen ? 1.5 : 0.8)),
                     b = snapped(normal(random));
        samples.push_back(isSeen ? seenSample(a, b, right(random))
                                 : unseenSample(a, b, right(random)));
    }
    return samples;
}

struct Point {
    double seen = 0, unseen = 0;
};

Point accuraciesAt(const Samples& samples, double gamma) {
    double seen = 0, seenRight = 0, unseen = 0, unseenRight = 0;
    for (const CalibrationSample& s : samples) {
        const bool right = s.bestSeen - gamma >= s.bestUnseen ? s.seenRight : s.unseenRight;
        (s.trulySeen ? seen : unseen) += 1;
        (s.trulySeen ? seenRight : unseenRight) += right ? 1 : 0;
    }
    return {seen > 0 ? seenRight / seen : 0, unseen > 0 ? unseenRight / unseen : 0};
}

double bruteHarmonic(const Samples& samples) {
    double best = 0;
    for (int i = -4000; i <= 4000; ++i) {
        const Point p = accuraciesAt(samples, i / 500.0 + 1e-5);
        best = std::max(best, harmonicMean(p.seen, p.unseen));
    }
    return best;
}

/// Every threshold by definition: one below, between and above all distinct differences.
double bruteArea(const Samples& samples) {
    std::vector<double> cuts = {-1e6, 1e6};
    for (const CalibrationSample& s : samples)
        for (const double nudge : {-1e-7, 1e-7})
            cuts.push_back(s.bestSeen - s.bestUnseen + nudge);
    std::ranges::sort(cuts);
    double area = 0;
    for (std::size_t i = 1; i < cuts.size(); ++i) {
        const Point a = accuraciesAt(samples, cuts[i - 1]), b = accuraciesAt(samples, cuts[i]);
        area += (b.unseen - a.unseen) * (a.seen + b.seen) / 2;
    }
    return area;
}

TEST(Calibration, HandComputed) {
    // d: seen 3, 1 (wrong), 4; unseen 0.5, 2. Between 2 and 3 everything right is on its side.
    const Samples samples = {seenSample(3, 0), seenSample(1, 0, false), seenSample(4, 0),
                             unseenSample(0.5, 0), unseenSample(2, 0)};
    const CalibrationResult result = calibrate(samples);
    EXPECT_EQ(result.gamma, 2.5);
    EXPECT_DOUBLE_EQ(result.seenAccuracy, 2.0 / 3);
    EXPECT_DOUBLE_EQ(result.unseenAccuracy, 1);
    EXPECT_DOUBLE_EQ(result.harmonic, 0.8);
    EXPECT_EQ(result.harmonicAtZero, 0);
    EXPECT_EQ(result.seenCount, 3U);
    EXPECT_EQ(result.unseenCount, 2U);
    EXPECT_DOUBLE_EQ(result.ausuc, 2.0 / 3);
}

TEST(Calibration, NeverWorseThanAGridAndAreaAsDefined) {
    std::mt19937 random(31);
    for (int round = 0; round < 12; ++round) {
        const Samples samples = randomSamples(random, 60, round % 3 == 0 ? 0 : 1 << (round % 5));
        const CalibrationResult result = calibrate(samples);
        EXPECT_GE(result.harmonic, bruteHarmonic(samples)) << round;
        EXPECT_NEAR(result.ausuc, bruteArea(samples), 1e-12) << round;
        const Point p = accuraciesAt(samples, result.gamma);
        EXPECT_DOUBLE_EQ(result.seenAccuracy, p.seen);
        EXPECT_DOUBLE_EQ(result.unseenAccuracy, p.unseen);
        const Point zero = accuraciesAt(samples, 0);
        EXPECT_DOUBLE_EQ(result.harmonicAtZero, harmonicMean(zero.seen, zero.unseen));
    }
}

TEST(Calibration, OfEqualOptimaTakesTheOneNearestZero) {
    // H is 2/3 on (0, 2] and on (4, 6], and 4/5 nowhere: seen at 2 and 6, unseen at 0 and 4.
    const Samples samples = {seenSample(2, 0), seenSample(6, 0), unseenSample(0, 0),
                             unseenSample(4, 0)};
    const CalibrationResult result = calibrate(samples);
    EXPECT_DOUBLE_EQ(result.harmonic, 2.0 / 3);
    EXPECT_EQ(result.gamma, 1);
}

TEST(Calibration, SamplesThatChangeNothingDoNotCutTheInterval) {
    const Samples samples = {seenSample(4, 0), unseenSample(0, 0), unseenSample(1, 0, false)};
    EXPECT_EQ(calibrate(samples).gamma, 2);
}

TEST(Calibration, TiesGoToTheSeenCategory) {
    const Samples samples = {seenSample(1, 1), unseenSample(1, 1)};
    const CalibrationResult result = evaluateAt(samples, 0);
    EXPECT_EQ(result.seenAccuracy, 1);
    EXPECT_EQ(result.unseenAccuracy, 0);
    EXPECT_DOUBLE_EQ(calibrate(samples).ausuc, 0.5); // both change sides at once
}

TEST(Calibration, OneSidedAndEmptyInputs) {
    const Samples seenOnly = {seenSample(1, 0), seenSample(0, 1)};
    const CalibrationResult seen = calibrate(seenOnly);
    EXPECT_EQ(seen.gamma, 0);
    EXPECT_EQ(seen.harmonic, 0);
    EXPECT_EQ(seen.ausuc, 0);
    EXPECT_DOUBLE_EQ(seen.seenAccuracy, 0.5);
    EXPECT_EQ(calibrate(Samples{unseenSample(0, 1)}).unseenAccuracy, 1);
    EXPECT_EQ(calibrate({}).gamma, 0);
    EXPECT_EQ(evaluateAt({}, 3).gamma, 3);
}

TEST(Calibration, NothingRightLeavesGammaAtZero) {
    const Samples samples = {seenSample(5, 0, false), unseenSample(7, 0, false)};
    EXPECT_EQ(calibrate(samples).gamma, 0);
}

TEST(Calibration, EvaluatesAtAGivenGamma) {
    std::mt19937 random(32);
    const Samples samples = randomSamples(random, 200, 4);
    const CalibrationResult best = calibrate(samples), again = evaluateAt(samples, best.gamma);
    EXPECT_EQ(again.harmonic, best.harmonic);
    EXPECT_EQ(again.ausuc, best.ausuc);
    EXPECT_LE(evaluateAt(samples, best.gamma + 3).harmonic, best.harmonic);
}

TEST(Calibration, HugeScoresDoNotOverflow) {
    const Samples samples = {seenSample(8e307, -8e307), unseenSample(-8e307, 8e307)};
    const CalibrationResult result = calibrate(samples);
    EXPECT_EQ(result.harmonic, 1);
    EXPECT_TRUE(std::isfinite(result.gamma));
}

TEST(Calibration, NeighbouringDoublesAreSeparated) {
    const double next = std::nextafter(1.0, 2.0);
    const Samples samples = {seenSample(next, 0), unseenSample(1, 0)};
    EXPECT_EQ(calibrate(samples).harmonic, 1);
}

TEST(Calibration, NonFiniteScoresAreAnError) {
    const double nan = std::nan(""), inf = std::numeric_limits<double>::infinity();
    for (const double bad : {nan, inf, -inf}) {
        const Samples samples = {seenSample(1, 0), seenSample(bad, 0)};
        EXPECT_THROW((void)calibrate(samples), Error);
        EXPECT_THROW((void)evaluateAt(Samples{unseenSample(0, bad)}, 0), Error);
        EXPECT_THROW((void)evaluateAt({}, bad), Error);
    }
    EXPECT_THROW((void)calibrate(Samples{seenSample(1.7e308, -1.7e308)}), Error);
}

TEST(Calibration, FiveThousandSamplesTakeMilliseconds) {
    std::mt19937 random(33);
    const Samples samples = randomSamples(random, 5000, 0);
    const auto start = std::chrono::steady_clock::now();
    const CalibrationResult result = calibrate(samples);
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
    RecordProperty("milliseconds", std::to_string(took.count()));
    EXPECT_GT(result.harmonic, 0.4);
    EXPECT_LT(took.count(), 50);
}

} // namespace
} // namespace hmgrl
