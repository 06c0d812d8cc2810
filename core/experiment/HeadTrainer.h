#pragma once

// LibTorch header: for core rooms only.
#include "experiment/Samples.h"
#include "experiment/Variant.h"
#include "learning/Adam.h"
#include "learning/HmgrlLoss.h"
#include "learning/WordPoints.h"
#include "training/ScoredSamples.h"
#include "training/WeightAverage.h"

#include <optional>

namespace hmgrl {

/// Trains one HMGRL head with the top layers of its text encoder on a protocol's training samples
/// and scores any of its samples. Everything random follows from the seed.
class HeadTrainer {
public:
    /// `model`: encoder and tokenizer of this run, on the device that computes; the encoder is
    /// changed by training.
    HeadTrainer(const Protocol& protocol, const SampleSet& samples, const Variant& variant,
                Model model, std::uint32_t seed);

    struct Course {
        int steps = 0;    ///< that were made
        int bestStep = 0; ///< whose weights stay
        double samplesPerSecond = 0;
        double curvature = 1;
    };
    /// Stops early by AUSUC on the validation samples, which is steadier than H at its best gamma;
    /// the best weights stay. @throws Cancelled
    Course train(const CancelToken& cancel, const ProgressSink& progress);

    /// Scores for the seen categories and those of `unseen`, in the order of categoriesFor().
    /// Documents are numbered anew from 0.
    [[nodiscard]] std::vector<ScoredSample> score(std::span<const int> samples,
                                                  CategoryGroup unseen);
    /// Latents (N, d) in the order of `samples`; like all results on the CPU.
    [[nodiscard]] torch::Tensor latents(std::span<const int> samples);
    /// Of all categories, inner ones too, (C, d).
    [[nodiscard]] torch::Tensor prototypes();
    /// (C) row of each category's parent, -1: none; or undefined: no tree.
    [[nodiscard]] const torch::Tensor& parents() const { return m_group; }
    [[nodiscard]] HmgrlHead& head() { return m_head; }

private:
    void learn(int step);
    [[nodiscard]] double validate();
    [[nodiscard]] std::vector<int> draw(int step) const;
    [[nodiscard]] TaskBatch batchOf(const std::vector<int>& chosen);
    void encodeLabels();
    /// What the samples' words say, (N, D) unit vectors.
    [[nodiscard]] torch::Tensor wordingOf(std::span<const int> samples) const;
    /// Likeness (N, C) of the samples' words to the categories'.
    [[nodiscard]] torch::Tensor wordingScores(std::span<const int> samples) const;
    template <typename Visit>
    void inBatches(std::span<const int> samples, Visit&& visit);

    const Protocol& m_protocol;
    const SampleSet& m_samples;
    const Variant& m_variant;
    Model m_model;
    std::uint32_t m_seed;
    HmgrlHead m_head{nullptr};
    std::vector<std::pair<std::string, torch::Tensor>> m_trained;
    std::optional<Adam> m_adam;
    std::optional<WeightAverage> m_average;
    std::vector<std::vector<int>> m_byClass; ///< training samples of each seen category
    torch::Tensor m_labels;                  ///< (C, D)
    torch::Tensor m_labelWording;            ///< (C, D) unit vectors, before any training
    std::optional<WordExamples> m_examples;  ///< where they count
    torch::Tensor m_types;                   ///< (T, D) or undefined
    torch::Tensor m_allowed;                 ///< (C, A, T) bool or undefined
    torch::Tensor m_seen, m_unseen, m_group; ///< rows of m_labels
};

/// The protocol's candidates while validating or testing: seen categories, then those of `unseen`.
[[nodiscard]] std::vector<int> candidatesOf(const Protocol& protocol, CategoryGroup unseen);
[[nodiscard]] std::vector<Category> categoriesFor(const Protocol& protocol, CategoryGroup unseen);

/// Scores (N, C) of samples for candidates as ScoredSamples.
[[nodiscard]] std::vector<ScoredSample> scoredSamples(const Protocol& protocol,
                                                      std::span<const int> samples,
                                                      const std::vector<int>& candidates,
                                                      const torch::Tensor& scores);

} // namespace hmgrl
