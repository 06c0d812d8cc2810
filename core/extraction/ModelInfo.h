#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

namespace hmgrl {

/// What a checkpoint holds, for people and scripts: mode, sizes, categories, calibration, files,
/// hash.
/// @throws Error as loading does for a folder that is no checkpoint
[[nodiscard]] nlohmann::json checkpointInfo(const std::filesystem::path& folder);

} // namespace hmgrl
