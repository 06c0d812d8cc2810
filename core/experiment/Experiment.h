#pragma once

#include "experiment/Protocol.h"
#include "support/Cancel.h"
#include "support/Progress.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace hmgrl {

struct ExperimentRequest {
    std::filesystem::path config; ///< JSON: protocol, files, labels, head, schedule, variants
    ProtocolOptions protocol;
    std::vector<std::string> variants;      ///< names; empty: all of the configuration
    std::vector<std::uint32_t> seeds = {1}; ///< of training
    std::filesystem::path out;  ///< runs/VARIANT-SEED.json, report.json, report.md, plots
    std::string cacheFolder;    ///< of image features, as in EngineOptions
    int threads = 0;            ///< 0: all cores
    std::string device = "cpu"; ///< or "cuda", "cuda:N"
};

/// Runs every variant with every seed and writes the report. A run that `out` holds already with
/// the same settings is not run again, so that an experiment can be stopped, resumed, and shared
/// by several processes. Returns the report (report.json). @throws Error, Cancelled
[[nodiscard]] nlohmann::json runExperiment(const ExperimentRequest& request, Issues& issues,
                                           const CancelToken& cancel = {},
                                           const ProgressSink& progress = {});

} // namespace hmgrl
