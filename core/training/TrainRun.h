#pragma once

#include "support/Cancel.h"
#include "support/Progress.h"
#include "training/TeamPlace.h"
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
    std::string device = "cpu";       ///< or "cuda", "cuda:N"
    /// Several processes train one model on schedule.microBatches micro-batches a step, of which
    /// process r of W makes those whose number is r modulo W. A micro-batch is a whole batch: rows
    /// and labels of its own, drawn from seed, step and its number, with every term that couples
    /// samples (InfoNCE, alignment) inside it. The step's gradient is the mean over its
    /// micro-batches, so that W processes make the model that one makes from the same
    /// configuration (each with as many threads). The first process validates, meanwhile the
    /// others wait; it alone reads the resume point and writes files.
    TeamPlace team;
    /// A checkpoint of this configuration whose weights are taken instead of training: wording,
    /// calibration and figures are made anew. Empty: train.
    std::filesystem::path weights;
};

/// Trains mention detection, entity typing and relations together and writes a complete checkpoint
/// with its card. Progress values: "loss.*", "metric.*", "speed" (texts/s), "eta" (s). When
/// cancelled, a resume point is written first. Returns the final metrics (also in
/// out/metrics.json; in other processes than the first the number of steps). The same
/// configuration, seed and thread count give the same metrics.
/// @throws Error, Cancelled
[[nodiscard]] nlohmann::json trainModel(const TrainRequest& request, const CancelToken& cancel = {},
                                        const ProgressSink& progress = {});

} // namespace hmgrl
