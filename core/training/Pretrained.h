#pragma once

// LibTorch header: for core rooms only.
#include "extraction/Checkpoint.h"
#include "training/TrainConfig.h"

namespace hmgrl {

/// A model with pretrained encoders (Hugging Face-layout BERT folder, EfficientNet-Lite0
/// safetensors) and fresh heads drawn from the seed. @throws Error naming the file
[[nodiscard]] Model startModel(const TrainConfig& config, std::vector<Category> categories);

/// Categories with descriptions from a taxonomy file:
/// {"entity": [{"name","description","parent"?}], "relation": [...]}; seen flags follow the config.
[[nodiscard]] std::vector<Category> readTaxonomy(const TrainConfig& config);

} // namespace hmgrl
