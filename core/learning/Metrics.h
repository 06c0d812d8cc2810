#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace hmgrl {

struct CategoryScore {
    int category = 0;
    std::size_t support = 0;                  ///< true samples
    std::size_t predicted = 0;                ///< predictions
    double precision = 0, recall = 0, f1 = 0; ///< 0 where undefined
};

struct Scores {
    std::size_t count = 0;
    double accuracy = 0;
    double weightedPrecision = 0, weightedRecall = 0, weightedF1 = 0; ///< weights: support
    double macroAccuracy = 0; ///< mean per-class recall over classes with support
    std::vector<CategoryScore>
        perCategory; ///< categories that occur in truth or prediction, ascending
};

/// Classification scores (scikit-learn's conventions, zero_division = 0). Lengths that differ are
/// an Error.
[[nodiscard]] Scores score(std::span<const int> truth, std::span<const int> predicted);

/// Seen rows, unseen rows (by truth) and the harmonic means over both. A truth outside
/// categoryIsSeen is an Error; a prediction outside it is merely wrong.
struct ZeroShotScores {
    Scores seen, unseen;
    double harmonicAccuracy = 0, harmonicF1 = 0;
};
[[nodiscard]] ZeroShotScores zeroShotScores(std::span<const int> truth,
                                            std::span<const int> predicted,
                                            const std::vector<bool>& categoryIsSeen);

[[nodiscard]] double harmonicMean(double a, double b);

/// Exact-match span scores of mention detection.
struct SpanScores {
    std::size_t truth = 0, predicted = 0, right = 0;
    [[nodiscard]] double precision() const;
    [[nodiscard]] double recall() const;
    [[nodiscard]] double f1() const;
};

} // namespace hmgrl
