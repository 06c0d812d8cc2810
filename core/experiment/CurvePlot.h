#pragma once

#include <string>
#include <utility>
#include <vector>

namespace hmgrl {

/// Seen accuracy over unseen accuracy, each 0..1, as gamma sweeps.
struct Curve {
    std::string title;
    std::vector<std::pair<double, double>> points; ///< (unseen, seen)
};

/// SVG with axes, contours of equal harmonic mean, and a legend.
[[nodiscard]] std::string curvePlot(const std::vector<Curve>& curves);

} // namespace hmgrl
