#pragma once

#include "support/Cancel.h"
#include "support/Progress.h"
#include "training/TrainConfig.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>

namespace hmgrl {

struct TrainRequest {
    TrainConfig config;
    std::filesystem::path dataFolder; ///< root of the sources' paths
    std::filesystem::path out;        ///< checkpoint in out/checkpoint, log in out/metrics.jsonl
    std::string cacheFolder;          ///< of image features, as in EngineOptions
    bool resume = false;              ///< go on from out/resume when it is there
    bool splitsOnly = false;          ///< write out/{train,validation,test}.jsonl and stop
};

/// Trains mention detection, entity typing and relations together and writes a complete checkpoint
/// with its card. Progress values: "loss.*", "metric.*", "speed" (texts/s), "eta" (s). When
/// cancelled, a resume point is written first. Returns the final metrics (also in
/// out/metrics.json). The same configuration, seed and thread count give the same metrics.
/// @throws Error, Cancelled
[[nodiscard]] nlohmann::json trainModel(const TrainRequest& request, const CancelToken& cancel = {},
                                        const ProgressSink& progress = {});

} // namespace hmgrl
