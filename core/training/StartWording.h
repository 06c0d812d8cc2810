#pragma once

// LibTorch header: for core rooms only.
#include "extraction/Checkpoint.h"
#include "support/Cancel.h"
#include "training/StepMaker.h"

#include <vector>

namespace hmgrl {

/// Gives a model whose text encoder isn't trained yet its wording encoder: the top `layers` layers
/// as they are now and the `width` directions in which samples and labels of the sources, some of
/// each, differ most.
void startWording(Model& model, int layers, int width, const std::vector<TrainingSource>& sources,
                  const CancelToken& cancel);

/// Keeps what the labelled samples of this source say in words; its categories are the model's.
void learnExamples(Model& model, const TrainingSource& source, const CancelToken& cancel);

} // namespace hmgrl
