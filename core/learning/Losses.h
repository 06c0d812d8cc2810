#pragma once

// LibTorch header: for core rooms only.
#include <torch/types.h>

namespace hmgrl {

/// KL(N(mu, exp(logvar)) || N(0, I)): summed over the last dimension, averaged over every other
/// position where mask is true (undefined mask: all). Scalar.
[[nodiscard]] torch::Tensor gaussianKl(const torch::Tensor& mu, const torch::Tensor& logvar,
                                       const torch::Tensor& mask = {});
/// KL per dimension, averaged over the batch, each clamped from below at `freeBits` nats, then
/// summed.
[[nodiscard]] torch::Tensor gaussianKlFreeBits(const torch::Tensor& mu, const torch::Tensor& logvar,
                                               double freeBits);

/// InfoNCE over matching rows of a (B, D) and b (B, D): dot products times 1/temperature, cross
/// entropy to the diagonal, mean of both directions. B = 1 gives 0 with finite gradient. Rows where
/// valid (B) bool is false (missing modality) are left out; with fewer than one valid row the
/// result is 0.
[[nodiscard]] torch::Tensor infoNce(const torch::Tensor& a, const torch::Tensor& b,
                                    double temperature = 1, const torch::Tensor& valid = {});

/// Mean over the batch of the sum over wrong classes j of max(0, margin - s_y + s_j). scores (B,
/// S).
[[nodiscard]] torch::Tensor rankingLoss(const torch::Tensor& scores, const torch::Tensor& target,
                                        double margin = 1);

/// Cross entropy of Z (U, U) to the identity: row c is the generated sample of unseen class c.
[[nodiscard]] torch::Tensor unseenCrossEntropy(const torch::Tensor& z);

/// Reference alignment: KL(uniform || softmax over c of max(Z_cc, 0)), finite for any diagonal.
[[nodiscard]] torch::Tensor uniformAlignment(const torch::Tensor& z);

/// The paper's alignment (section 4.4): match the distribution of the similarity scores that seen
/// samples and generated unseen samples reach. seen (B, S), unseen (M, U) scores: each row is
/// standardised into sorted softmax probabilities padded to the longer side; symmetric KL (half the
/// sum of both directions) between the two mean profiles, each raised by 1e-4 first so that padding
/// stays finite. 0 where a side is empty.
[[nodiscard]] torch::Tensor distributionAlignment(const torch::Tensor& seen,
                                                  const torch::Tensor& unseen);

/// Sum over (parent, child) rows of max(0, exterior angle - half aperture): children inside the
/// cone. parents, children: (E, d) space parts.
[[nodiscard]] torch::Tensor entailmentLoss(const torch::Tensor& parents,
                                           const torch::Tensor& children, const torch::Tensor& c,
                                           double k = 0.1);

} // namespace hmgrl
