#pragma once

// LibTorch header: for core rooms only.
#include "experiment/Samples.h"
#include "experiment/Variant.h"
#include "training/ScoredSamples.h"

#include <array>

namespace hmgrl {

/// Baselines over the pretrained encoder as it is. A sample's feature is its anchors' mean, the
/// mean of its text, both, or the mean from its first anchor to its last; which one is chosen by H
/// on validation.
class Baseline {
public:
    Baseline(const Protocol& protocol, const SampleSet& samples, const Variant& variant,
             Model model);

    /// Cosine scores, as HeadTrainer::score().
    [[nodiscard]] std::vector<ScoredSample> score(std::span<const int> samples,
                                                  CategoryGroup unseen);

private:
    /// (N, D), unit length: mean of the anchors, of the text, of both, and from anchor to anchor.
    using Features = std::array<torch::Tensor, 4>;
    [[nodiscard]] Features features(std::span<const int> samples);
    [[nodiscard]] torch::Tensor prototypes(std::size_t kind);
    [[nodiscard]] std::vector<ScoredSample> scoreBy(std::span<const int> samples,
                                                    const torch::Tensor& read, CategoryGroup unseen,
                                                    std::size_t kind);

    const Protocol& m_protocol;
    const SampleSet& m_samples;
    const Variant& m_variant;
    Model m_model;
    torch::Tensor m_labels; ///< (C, D), unit length
    Features m_train;
    std::size_t m_kind = 0; ///< which of the Features
};

} // namespace hmgrl
