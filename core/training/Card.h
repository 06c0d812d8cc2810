#pragma once

#include "data/Category.h"
#include "training/TrainConfig.h"

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace hmgrl {

/// The checkpoint's card.md: data, licences, splits, seed, figures with their spread, limits.
[[nodiscard]] std::string modelCard(const TrainConfig& config,
                                    const std::vector<Category>& categories,
                                    const nlohmann::json& metrics);

} // namespace hmgrl
