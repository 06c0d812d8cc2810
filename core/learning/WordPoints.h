#pragma once

// LibTorch header: for core rooms only.
#include <torch/types.h>

namespace hmgrl {

/// What the samples of C categories say in words, as sums of their vectors. W numbers a vector, see
/// WordingEncoder.
struct WordExamples {
    torch::Tensor sums;   ///< (C, W)
    torch::Tensor counts; ///< (C) of the same type, 0 where a category has no example
    torch::Tensor
        shift; ///< (W) from what a category's text says to what its samples say, on average
};

/// The mean of those categories that have examples minus what their texts (C, W) say; zeros without
/// any.
[[nodiscard]] torch::Tensor wordShift(const torch::Tensor& labels, const WordExamples& examples);

/// Where categories lie among words, (C, W): the posterior mean of a Gaussian whose prior lies at
/// the category's text plus the shift and is worth a few samples. Without examples of its own a
/// category lies at its shifted text.
[[nodiscard]] torch::Tensor wordPoints(const torch::Tensor& labels, const WordExamples& examples);

/// -|p|^2 / 2 of points (C, W), (C).
[[nodiscard]] torch::Tensor gaussianBias(const torch::Tensor& points);

/// Log-density of words (N, W) in unit Gaussians about these points (C, W), less what all share:
/// <x, p> - |p|^2 / 2, (N, C).
[[nodiscard]] torch::Tensor gaussianScores(const torch::Tensor& words, const torch::Tensor& points);

/// The same for samples that are among the examples themselves: of its own category, `target` (N),
/// each is taken out first.
[[nodiscard]] torch::Tensor gaussianScoresWithoutSelf(const torch::Tensor& words,
                                                      const torch::Tensor& target,
                                                      const torch::Tensor& labels,
                                                      const WordExamples& examples);

} // namespace hmgrl
