#pragma once

// LibTorch header: for core rooms only.
#include "extraction/Checkpoint.h"
#include "training/Evaluation.h"

#include <functional>

namespace hmgrl {

/// Measures the model that a configuration belongs to, as it is now, on validation documents.
using ValidationMeasure = std::function<TaskEvaluation(CategoryKind, const EvaluateOptions&)>;

/// Chooses whether the words of examples count and the weights of wording and of argument types,
/// gammas, temperatures and thresholds that do best on validation, each with those before it
/// chosen. `measure` measures `model`, with the configuration that it has at the moment.
void calibrateModel(Model& model, const ValidationMeasure& measure);

} // namespace hmgrl
