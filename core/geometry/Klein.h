#pragma once

#include "geometry/Disk.h"

#include <algorithm>
#include <cmath>

namespace hmgrl::disk {

/// The same plane in Klein's model, where geodesics are straight chords of the unit circle. Good to
/// the eye anywhere, to full precision away from the rim; points of the rim stay where they are.
[[nodiscard]] inline Complex toKlein(Complex z) {
    return 2.0 * z / (1 + std::norm(z));
}
[[nodiscard]] inline Complex fromKlein(Complex k) {
    return k / (1 + std::sqrt(std::max(0.0, 1 - std::norm(k))));
}

} // namespace hmgrl::disk
