#pragma once

#include <algorithm>
#include <thread>

namespace hmgrl {

/// Threads that draw a picture: as many as asked, or with 0 one a core and at most eight, beyond
/// which bands become too short to be worth waking anybody.
[[nodiscard]] inline int drawingThreads(int asked) {
    const auto cores = static_cast<int>(std::thread::hardware_concurrency());
    return asked > 0 ? asked : std::clamp(cores, 1, 8);
}

} // namespace hmgrl
