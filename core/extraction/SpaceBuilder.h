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

/// One kind's part of it; prototypes from label states that are known already (C, D).
[[nodiscard]] CategorySpace::Part buildPart(const Model& model, CategoryKind kind,
                                            std::vector<Category> categories,
                                            const torch::Tensor& labelStates);

/// Limits of reading: the model's thresholds unless the options say otherwise.
[[nodiscard]] ReadLimits readLimits(const ModelConfig& config, const EngineOptions& options);

} // namespace hmgrl
