#pragma once

// LibTorch header: for core rooms only.
#include "extraction/CategorySpace.h"
#include "extraction/Checkpoint.h"
#include "extraction/DocumentReader.h"
#include "extraction/Engine.h"
#include "support/Cancel.h"

#include <memory>
#include <span>

namespace hmgrl {

/// Prototypes of categories under a model, from name and description alone.
[[nodiscard]] std::shared_ptr<const CategorySpace> buildSpace(const Model& model,
                                                              std::span<const Category> categories,
                                                              const CancelToken& cancel = {});

/// What the encoders make of categories' names and descriptions.
struct LabelTensors {
    torch::Tensor states;  ///< (C, D)
    torch::Tensor wording; ///< (C, W), W 0 without a wording encoder
};
[[nodiscard]] LabelTensors readLabels(const Model& model, CategoryKind kind,
                                      std::span<const Category> categories,
                                      const CancelToken& cancel = {});

/// Where categories lie among words, (C, W): at what their texts say, `labels`, or where those of
/// their examples count as well, at wordPoints().
[[nodiscard]] torch::Tensor wordPointsOf(const Model& model, CategoryKind kind,
                                         std::span<const Category> categories,
                                         const torch::Tensor& labels);

/// One kind's part of it from labels that are read already.
[[nodiscard]] CategorySpace::Part buildPart(const Model& model, CategoryKind kind,
                                            std::vector<Category> categories,
                                            const LabelTensors& labels);

/// Limits of reading: the model's thresholds unless the options say otherwise.
[[nodiscard]] ReadLimits readLimits(const ModelConfig& config, const EngineOptions& options);

} // namespace hmgrl
