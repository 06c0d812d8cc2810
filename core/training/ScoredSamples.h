#pragma once

#include "training/Evaluation.h"

#include <vector>

namespace hmgrl {

/// One labelled sample with its scores against every assignable category.
struct ScoredSample {
    std::size_t document = 0;
    int truth = 0;
    std::vector<double> score; ///< uncalibrated, -inf where not assignable
};

/// Fills what follows from the samples' scores: calibration, accuracies and confidence at
/// out.gamma, the interval of H over documents. Scores and truths follow out.categories.
void measure(TaskEvaluation& out, const std::vector<ScoredSample>& samples, std::size_t documents);

/// Best seen and best unseen score of every sample.
[[nodiscard]] std::vector<CalibrationSample>
calibrationSamples(const std::vector<ScoredSample>& samples,
                   const std::vector<Category>& categories);

/// The gamma that is best on these samples.
[[nodiscard]] CalibrationResult calibrate(const std::vector<ScoredSample>& samples,
                                          const std::vector<Category>& categories);

} // namespace hmgrl
