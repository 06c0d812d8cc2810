#pragma once

#include <QString>

namespace hmgrl::studio {

/// Files that come with the program: beside an installed one (../share/hmgrl-studio), else in the
/// source tree that the build tree belongs to. Empty when the file isn't there.
[[nodiscard]] QString shippedModel(); ///< folder of the default checkpoint
[[nodiscard]] QString sampleCorpus(); ///< sample.jsonl

/// Sample.hmgrl in the user's data folder; the folder is made.
[[nodiscard]] QString sampleProjectPath();

} // namespace hmgrl::studio
