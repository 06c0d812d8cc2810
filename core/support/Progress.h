#pragma once

#include <functional>
#include <map>
#include <string>

namespace hmgrl {

/// A report of long work. `values` carries live figures (losses, metrics) by name for charts and
/// logs.
struct Progress {
    std::string stage;                    ///< "Extracting", "Epoch 2 of 6"
    double done = 0;                      ///< in units of the stage
    double total = 0;                     ///< 0: unknown
    std::map<std::string, double> values; ///< "loss.rank" -> 0.31, "metric.H" -> 0.52
};

/// Called from the worker's thread; must be quick and must not throw. May be empty: nobody listens.
using ProgressSink = std::function<void(const Progress&)>;

} // namespace hmgrl
