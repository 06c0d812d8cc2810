#include "learning/Calibration.h"

#include "learning/Metrics.h"
#include "support/Error.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace hmgrl {
namespace {

/// Right answers at one gamma.
struct Counts {
    std::size_t seenRight = 0;
    std::size_t unseenRight = 0;
};

struct Ranked {
    double difference; ///< the sample goes to its best seen category while gamma <= difference
    const CalibrationSample* sample;
};

/// The half-open interval (low, high] of gammas between two breakpoints.
struct Interval {
    double low = -std::numeric_limits<double>::infinity();
    double high = std::numeric_limits<double>::infinity();
};

double difference(const CalibrationSample& sample, std::size_t row) {
    const double d = sample.bestSeen - sample.bestUnseen;
    if (!std::isfinite(sample.bestSeen) || !std::isfinite(sample.bestUnseen) || !std::isfinite(d))
        throw Error("", "sample " + std::to_string(row),
                    "expected finite scores, found " + std::to_string(sample.bestSeen) + " and " +
                        std::to_string(sample.bestUnseen));
    return d;
}

std::vector<Ranked> ranked(std::span<const CalibrationSample> samples) {
    std::vector<Ranked> result;
    result.reserve(samples.size());
    for (std::size_t i = 0; i < samples.size(); ++i)
        result.push_back({difference(samples[i], i), &samples[i]});
    std::ranges::sort(result, {}, &Ranked::difference);
    return result;
}

void count(Counts& counts, const CalibrationSample& sample, bool right) {
    if (right)
        ++(sample.trulySeen ? counts.seenRight : counts.unseenRight);
}

void uncount(Counts& counts, const CalibrationSample& sample, bool right) {
    if (right)
        --(sample.trulySeen ? counts.seenRight : counts.unseenRight);
}

double ratio(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// Accuracies of every interval of gamma, from "all to seen" to "all to unseen".
struct Sweep {
    std::vector<Interval> intervals;
    std::vector<double> seenAccuracy, unseenAccuracy, harmonic;
};

void append(Sweep& sweep, const Counts& counts, const CalibrationResult& totals, double low,
            double high) {
    const double seen = ratio(counts.seenRight, totals.seenCount);
    const double unseen = ratio(counts.unseenRight, totals.unseenCount);
    sweep.intervals.push_back({low, high});
    sweep.seenAccuracy.push_back(seen);
    sweep.unseenAccuracy.push_back(unseen);
    sweep.harmonic.push_back(harmonicMean(seen, unseen));
}

Sweep sweepOver(const std::vector<Ranked>& rows, const CalibrationResult& totals) {
    Counts counts;
    for (const Ranked& row : rows)
        count(counts, *row.sample, row.sample->seenRight);
    Sweep sweep;
    double low = -std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < rows.size();) {
        const double high = rows[i].difference;
        append(sweep, counts, totals, low, high);
        for (; i < rows.size() && rows[i].difference == high; ++i) {
            uncount(counts, *rows[i].sample, rows[i].sample->seenRight);
            count(counts, *rows[i].sample, rows[i].sample->unseenRight);
        }
        low = high;
    }
    append(sweep, counts, totals, low, std::numeric_limits<double>::infinity());
    return sweep;
}

/// Trapezoids under (unseen, seen), from "all to unseen" back to "all to seen".
double areaUnder(const Sweep& sweep) {
    double area = 0;
    for (std::size_t i = 1; i < sweep.intervals.size(); ++i)
        area += (sweep.unseenAccuracy[i] - sweep.unseenAccuracy[i - 1]) *
                (sweep.seenAccuracy[i] + sweep.seenAccuracy[i - 1]) / 2;
    return area;
}

/// A gamma well inside; an open end is entered by one unit, or stands at 0 where that lies inside.
double middle(Interval interval) {
    const bool openLow = std::isinf(interval.low), openHigh = std::isinf(interval.high);
    if (openLow && openHigh)
        return 0;
    if (openLow)
        return std::min(0.0, interval.high - 1);
    if (openHigh)
        return std::max(0.0, std::nextafter(interval.low + 1, interval.high));
    const double mid = interval.low / 2 + interval.high / 2;
    return mid > interval.low ? mid : interval.high;
}

double bestGamma(const Sweep& sweep) {
    const double best = *std::ranges::max_element(sweep.harmonic);
    double gamma = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < sweep.intervals.size();) {
        if (sweep.harmonic[i] != best) {
            ++i;
            continue;
        }
        Interval run = sweep.intervals[i];
        for (; i < sweep.intervals.size() && sweep.harmonic[i] == best; ++i)
            run.high = sweep.intervals[i].high;
        if (std::abs(middle(run)) < std::abs(gamma))
            gamma = middle(run);
    }
    return gamma;
}

Counts countsAt(const std::vector<Ranked>& rows, double gamma) {
    Counts counts;
    for (const Ranked& row : rows)
        count(counts, *row.sample,
              row.difference >= gamma ? row.sample->seenRight : row.sample->unseenRight);
    return counts;
}

CalibrationResult totalsOf(std::span<const CalibrationSample> samples) {
    CalibrationResult totals;
    for (const CalibrationSample& sample : samples)
        ++(sample.trulySeen ? totals.seenCount : totals.unseenCount);
    return totals;
}

void fillAt(CalibrationResult& result, const std::vector<Ranked>& rows, double gamma) {
    const Counts counts = countsAt(rows, gamma), atZero = countsAt(rows, 0);
    result.gamma = gamma;
    result.seenAccuracy = ratio(counts.seenRight, result.seenCount);
    result.unseenAccuracy = ratio(counts.unseenRight, result.unseenCount);
    result.harmonic = harmonicMean(result.seenAccuracy, result.unseenAccuracy);
    result.harmonicAtZero = harmonicMean(ratio(atZero.seenRight, result.seenCount),
                                         ratio(atZero.unseenRight, result.unseenCount));
}

} // namespace

CalibrationResult calibrate(std::span<const CalibrationSample> samples) {
    CalibrationResult result = totalsOf(samples);
    const std::vector<Ranked> rows = ranked(samples);
    const bool twoSided = result.seenCount > 0 && result.unseenCount > 0;
    const Sweep sweep = sweepOver(rows, result);
    fillAt(result, rows, twoSided ? bestGamma(sweep) : 0);
    result.ausuc = twoSided ? areaUnder(sweep) : 0;
    return result;
}

CalibrationResult evaluateAt(std::span<const CalibrationSample> samples, double gamma) {
    if (!std::isfinite(gamma))
        throw Error("calibration: expected a finite gamma, found " + std::to_string(gamma));
    CalibrationResult result = totalsOf(samples);
    const std::vector<Ranked> rows = ranked(samples);
    fillAt(result, rows, gamma);
    if (result.seenCount > 0 && result.unseenCount > 0)
        result.ausuc = areaUnder(sweepOver(rows, result));
    return result;
}

} // namespace hmgrl
