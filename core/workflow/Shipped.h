#pragma once

#include <filesystem>

namespace hmgrl {

/// Files that come with the program: beside an installed one (../share/hmgrl-studio), else in the
/// source tree that a build tree belongs to. Empty when they aren't there.
[[nodiscard]] std::filesystem::path shippedModel();       ///< folder of the default checkpoint
[[nodiscard]] std::filesystem::path sampleCorpus();       ///< sample.jsonl
[[nodiscard]] std::filesystem::path shippedExperiments(); ///< configurations, source tree only

} // namespace hmgrl
