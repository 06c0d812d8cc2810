#pragma once

#include "data/Document.h"
#include "extraction/CategorySpace.h"
#include "extraction/Engine.h"
#include "learning/Calibration.h"
#include "learning/Metrics.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <vector>

namespace hmgrl {

/// Generalized zero-shot figures of one task on labelled documents.
struct TaskEvaluation {
    CategoryKind kind = CategoryKind::Entity;
    double gamma = 0;           ///< that was applied
    ZeroShotScores scores;      ///< at gamma
    CalibrationResult sweep;    ///< best possible gamma on these samples, AUSUC, H at gamma 0
    double leastGamma = 0;      ///< least gamma whose H is within a standard error of the best
    double logLoss = 0;         ///< mean of -ln P(truth), calibrated at gamma
    double confidenceError = 0; ///< expected calibration error of the best category's probability:
                                ///< its mean distance from the share that is right, in ten bins
    double bestTemperature = 1; ///< that scores would be divided by for the least log-loss
    double harmonicLow = 0,
           harmonicHigh = 0; ///< 95 % bootstrap interval of H accuracy over documents
    SpanScores detection;    ///< mentions found / pairs found related (untyped)
    SpanScores endToEnd;     ///< found and typed right (entity), given mentions (relation)
    std::vector<Category> categories;
    [[nodiscard]] nlohmann::json toJson() const;
};

struct EvaluateOptions {
    bool useImages = true;
    std::optional<double> gamma;   ///< instead of the model's
    bool typing = true;            ///< of given mentions and pairs
    bool detection = true;         ///< without them
    bool restrictToLabels = false; ///< rank only categories that occur in the data
    bool givenTypes = false;       ///< relations are read with their arguments' labels known
    /// From readGiven() of the same documents; empty: they are read anew.
    std::span<const Extraction> given;
};

/// What the model reads of the documents' given mentions and relations. It depends on encoders and
/// heads alone: one reading serves evaluations under other categories, weights and calibrations.
[[nodiscard]] std::vector<Extraction> readGiven(const Engine& engine,
                                                std::span<const Document> documents, bool useImages,
                                                const CancelToken& cancel = {},
                                                const ProgressSink& progress = {});

/// Types the documents' given mentions (or related pairs) over seen and unseen categories together,
/// and measures detection without them. Labels unknown to the model count as unseen categories
/// known by name.
[[nodiscard]] TaskEvaluation evaluate(const Engine& engine, std::span<const Document> documents,
                                      CategoryKind kind, const EvaluateOptions& options = {},
                                      const CancelToken& cancel = {},
                                      const ProgressSink& progress = {});

} // namespace hmgrl
