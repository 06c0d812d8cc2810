#pragma once

#include "geometry/Disk.h"

namespace hmgrl::disk {

/// The geodesic from one point of the disk to another, by the share t in [0, 1] of its length. For
/// drawing: precise to the eye for any points that are apart in double precision; accurate
/// distances are distance()'s.
class Geodesic {
public:
    Geodesic(Complex from, Complex to);
    [[nodiscard]] Complex at(double t) const;
    [[nodiscard]] double length() const { return 2 * m_half; } ///< hyperbolic

private:
    Complex m_from, m_direction{0, 0};
    double m_half = 0;
};

} // namespace hmgrl::disk
