#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace hmgrl {

/// One sample for calibration: its best seen and best unseen score (gamma not applied), whether
/// those best categories are right, and whether its true category is a seen one.
struct CalibrationSample {
    double bestSeen = 0;
    double bestUnseen = 0;
    bool seenRight = false;
    bool unseenRight = false;
    bool trulySeen = false;
};

struct CalibrationResult {
    double gamma = 0;        ///< subtracted from seen scores
    double seenAccuracy = 0; ///< at gamma
    double unseenAccuracy = 0;
    double harmonic = 0;
    double harmonicAtZero = 0; ///< H at gamma 0
    double ausuc = 0;          ///< area under the seen-unseen accuracy curve
    std::size_t seenCount = 0, unseenCount = 0;
};

/// Exact: sorts d_i = bestSeen - bestUnseen and sweeps the breakpoints (gamma in the middle of the
/// best interval; of equal optima the one nearest 0). O(n log n). Without seen or without unseen
/// samples gamma is 0, H is 0 and AUSUC is 0. A tie goes to the seen category. An optimum that is
/// open to one side is entered by one unit, or gamma is 0 where 0 lies inside. AUSUC: trapezoids
/// between the points (unseen, seen accuracy) of all gammas. Non-finite scores are an Error.
[[nodiscard]] CalibrationResult calibrate(std::span<const CalibrationSample> samples);

/// Accuracies and H at a gamma chosen elsewhere; harmonicAtZero and ausuc as in calibrate().
[[nodiscard]] CalibrationResult evaluateAt(std::span<const CalibrationSample> samples,
                                           double gamma);

} // namespace hmgrl
