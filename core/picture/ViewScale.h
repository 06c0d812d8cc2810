#pragma once

#include <algorithm>
#include <cmath>
#include <complex>

namespace hmgrl {

/// Pixels of a short hyperbolic length 1 at z. @param pixelsPerUnit radius of the unit circle
[[nodiscard]] inline double localScale(std::complex<double> z, double pixelsPerUnit) {
    return pixelsPerUnit * std::max(1 - std::norm(z), 0.0) / 2;
}

/// From 1 in the middle of the view to 0 at the rim, where a hyperbolic length is `full` pixels or
/// more to nothing: how strong and how wide a line is drawn there.
[[nodiscard]] inline double nearness(std::complex<double> z, double pixelsPerUnit, double full) {
    return std::sqrt(std::min(localScale(z, pixelsPerUnit) / full, 1.0));
}

} // namespace hmgrl
