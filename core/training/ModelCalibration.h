#pragma once

// LibTorch header: for core rooms only.
#include "extraction/Checkpoint.h"
#include "training/Evaluation.h"

#include <functional>

namespace hmgrl {

/// Measures the model that a configuration belongs to, as it is now, on validation documents.
using ValidationMeasure = std::function<TaskEvaluation(CategoryKind, const EvaluateOptions&)>;

/// Chooses the weights of wording and of argument types, gammas and thresholds that do best on
/// validation, each with those before it chosen.
void calibrateModel(ModelConfig& config, const ValidationMeasure& measure);

} // namespace hmgrl
