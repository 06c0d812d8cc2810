#pragma once

// LibTorch header: for core rooms only.
#include "extraction/ImageFeatures.h"
#include "extraction/Reader.h"
#include "learning/HmgrlLoss.h"
#include "support/Cancel.h"
#include "support/Progress.h"
#include "support/Random.h"
#include "training/Corpora.h"

#include <optional>
#include <set>

namespace hmgrl {

/// A document ready for training: its first window, token labels and image regions.
struct TrainingRow {
    Window window;
    std::vector<std::int64_t> bio; ///< 0 outside, 1 begin, 2 inside, -100 ignored; one a token
    std::vector<std::pair<Span, int>> mentions; ///< span, entity category or -1
    std::vector<std::pair<Span, Span>> pairs;   ///< related pairs
    std::vector<int> pairTypes;                 ///< relation category or -1, one a pair
};

/// A corpus tokenized once.
struct TrainingSource {
    SourceConfig config;
    std::vector<TrainingRow> rows;
    std::vector<Category> entities, relations;
    std::set<int> unseenEntities, unseenRelations; ///< rows of the label sets known by name only

    /// What the frozen layers make of a label set; the StepMaker's to fill.
    struct Labels {
        torch::Tensor wording;         ///< (C, W), where the loss reads it
        std::vector<LowerLabel> lower; ///< C, or none where all layers are trained
    };
    Labels entityLabels, relationLabels;
};

/// What one optimiser step learns from.
struct StepBatch {
    torch::Tensor mentionLogits,
        mentionTargets; ///< (R, L, 3), (R, L); undefined when not annotated
    std::optional<TaskBatch> entity, relation;
};

/// Draws the batches of a run. Everything random comes from the step's own Random, so that a
/// resumed run continues exactly.
class StepMaker {
public:
    StepMaker(const Model& model, const ScheduleOptions& schedule,
              std::vector<TrainingSource> sources);

    /// Encodes the drawn rows with gradient. Which layers are trained is settled before the
    /// StepMaker is made and stays.
    [[nodiscard]] StepBatch make(Random& random) const;

private:
    [[nodiscard]] TrainingSource::Labels labelsOf(CategoryKind kind,
                                                  const std::vector<Category>& categories) const;
    /// (chosen, D), with gradient.
    [[nodiscard]] torch::Tensor labelStates(const std::vector<Category>& categories,
                                            const TrainingSource::Labels& labels,
                                            const std::vector<int>& chosen,
                                            const HmgrlConfig& config) const;
    [[nodiscard]] std::vector<std::size_t> drawRows(const TrainingSource& source,
                                                    Random& random) const;
    [[nodiscard]] std::optional<TaskBatch> entityBatch(const TrainingSource& source,
                                                       const std::vector<std::size_t>& rows,
                                                       const EncodedWindows& encoded,
                                                       Random& random) const;
    [[nodiscard]] std::optional<TaskBatch> relationBatch(const TrainingSource& source,
                                                         const std::vector<std::size_t>& rows,
                                                         const EncodedWindows& encoded,
                                                         Random& random) const;
    /// `labels` are those of `categories`.
    void addLabels(TaskBatch& batch, const std::vector<Category>& categories,
                   const TrainingSource::Labels& labels, const std::set<int>& unseen,
                   const std::vector<int>& types, const HmgrlConfig& config, Random& random) const;

    const Model& m_model;
    Reader m_reader;
    ScheduleOptions m_schedule;
    std::vector<TrainingSource> m_sources;
    double m_totalWeight = 0;
};

/// Tokenizes a corpus; images are encoded through `images` (their issues are listed).
[[nodiscard]] TrainingSource prepareSource(const Corpus& corpus, const Model& model,
                                           const ImageFeatures& images, int maxTokens,
                                           Issues& issues, const CancelToken& cancel,
                                           const ProgressSink& progress);

} // namespace hmgrl
