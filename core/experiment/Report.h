#pragma once

#include "experiment/Variant.h"

#include "experiment/Protocol.h"

namespace hmgrl {

/// The runs of one row of the table.
struct VariantRuns {
    Variant variant;
    std::vector<nlohmann::json> runs; ///< as Workbench::run() gives them, one a seed
};

/// Mean, standard deviation (n - 1) and number of values.
[[nodiscard]] nlohmann::json spreadOf(const std::vector<double>& values);

/// Writes report.json, report.md and curve.svg into `out` and returns the first.
[[nodiscard]] nlohmann::json writeReport(const Protocol& protocol, const nlohmann::json& config,
                                         const std::vector<VariantRuns>& table,
                                         const std::filesystem::path& out);

} // namespace hmgrl
