#include "learning/WordPoints.h"

namespace hmgrl {
namespace {

/// What a category's text is worth in samples. From 1 to 8 validation figures hardly differ.
constexpr double samplesOfText = 3;

torch::Tensor posteriorMean(const torch::Tensor& labels, const torch::Tensor& sums,
                            const torch::Tensor& counts, const torch::Tensor& shift) {
    return (samplesOfText * (labels + shift) + sums) / (counts + samplesOfText).unsqueeze(-1);
}

} // namespace

torch::Tensor wordShift(const torch::Tensor& labels, const WordExamples& examples) {
    const auto rows = (examples.counts > 0).nonzero().squeeze(1);
    if (rows.size(0) == 0)
        return torch::zeros({labels.size(1)}, labels.options());
    const auto means =
        examples.sums.index_select(0, rows) / examples.counts.index_select(0, rows).unsqueeze(-1);
    return (means - labels.index_select(0, rows)).mean(0);
}

torch::Tensor wordPoints(const torch::Tensor& labels, const WordExamples& examples) {
    return posteriorMean(labels, examples.sums, examples.counts, examples.shift);
}

torch::Tensor gaussianBias(const torch::Tensor& points) {
    return points.square().sum(-1) / -2;
}

torch::Tensor gaussianScores(const torch::Tensor& words, const torch::Tensor& points) {
    return torch::matmul(words, points.transpose(0, 1)) + gaussianBias(points);
}

torch::Tensor gaussianScoresWithoutSelf(const torch::Tensor& words, const torch::Tensor& target,
                                        const torch::Tensor& labels, const WordExamples& examples) {
    const auto own =
        posteriorMean(labels.index_select(0, target), examples.sums.index_select(0, target) - words,
                      examples.counts.index_select(0, target) - 1, examples.shift);
    const auto ownScores = ((words * own).sum(-1) + gaussianBias(own)).unsqueeze(1);
    return gaussianScores(words, wordPoints(labels, examples))
        .scatter(1, target.unsqueeze(1), ownScores);
}

} // namespace hmgrl
