#include "learning/Metrics.h"

#include "support/Error.h"

#include <map>

namespace hmgrl {
namespace {

double ratio(std::size_t part, std::size_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

void requireSameLength(std::size_t truth, std::size_t predicted) {
    if (truth != predicted)
        throw Error("scores: expected as many predictions as truths (" + std::to_string(truth) +
                    "), found " + std::to_string(predicted));
}

struct Tally {
    std::size_t support = 0, predicted = 0, right = 0;
};

std::map<int, Tally> tallies(std::span<const int> truth, std::span<const int> predicted) {
    std::map<int, Tally> result;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        ++result[truth[i]].support;
        ++result[predicted[i]].predicted;
        if (truth[i] == predicted[i])
            ++result[truth[i]].right;
    }
    return result;
}

CategoryScore categoryScore(int category, const Tally& tally) {
    CategoryScore result;
    result.category = category;
    result.support = tally.support;
    result.predicted = tally.predicted;
    result.precision = ratio(tally.right, tally.predicted);
    result.recall = ratio(tally.right, tally.support);
    result.f1 = ratio(2 * tally.right, tally.support + tally.predicted);
    return result;
}

/// Weighted and macro means over the categories of `scores`.
void average(Scores& scores) {
    std::size_t supported = 0;
    for (const CategoryScore& one : scores.perCategory) {
        const double weight = ratio(one.support, scores.count);
        scores.weightedPrecision += weight * one.precision;
        scores.weightedRecall += weight * one.recall;
        scores.weightedF1 += weight * one.f1;
        if (one.support > 0) {
            scores.macroAccuracy += one.recall;
            ++supported;
        }
    }
    if (supported > 0)
        scores.macroAccuracy /= static_cast<double>(supported);
}

struct Rows {
    std::vector<int> truth, predicted;
    [[nodiscard]] Scores scores() const { return score(truth, predicted); }
};

bool isSeen(int category, std::size_t row, const std::vector<bool>& categoryIsSeen) {
    if (category < 0 || static_cast<std::size_t>(category) >= categoryIsSeen.size())
        throw Error("", "row " + std::to_string(row),
                    "expected a category below " + std::to_string(categoryIsSeen.size()) +
                        ", found " + std::to_string(category));
    return categoryIsSeen[static_cast<std::size_t>(category)];
}

} // namespace

Scores score(std::span<const int> truth, std::span<const int> predicted) {
    requireSameLength(truth.size(), predicted.size());
    Scores result;
    result.count = truth.size();
    std::size_t right = 0;
    for (const auto& [category, tally] : tallies(truth, predicted)) {
        result.perCategory.push_back(categoryScore(category, tally));
        right += tally.right;
    }
    result.accuracy = ratio(right, result.count);
    average(result);
    return result;
}

ZeroShotScores zeroShotScores(std::span<const int> truth, std::span<const int> predicted,
                              const std::vector<bool>& categoryIsSeen) {
    requireSameLength(truth.size(), predicted.size());
    Rows seen, unseen;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        Rows& rows = isSeen(truth[i], i, categoryIsSeen) ? seen : unseen;
        rows.truth.push_back(truth[i]);
        rows.predicted.push_back(predicted[i]);
    }
    ZeroShotScores result{seen.scores(), unseen.scores()};
    result.harmonicAccuracy = harmonicMean(result.seen.accuracy, result.unseen.accuracy);
    result.harmonicF1 = harmonicMean(result.seen.weightedF1, result.unseen.weightedF1);
    return result;
}

double harmonicMean(double a, double b) {
    return a + b > 0 ? 2 * a * b / (a + b) : 0;
}

double SpanScores::precision() const {
    return ratio(right, predicted);
}

double SpanScores::recall() const {
    return ratio(right, truth);
}

double SpanScores::f1() const {
    return ratio(2 * right, truth + predicted);
}

} // namespace hmgrl
