#include "geometry/Geodesic.h"

#include <algorithm>
#include <cmath>

namespace hmgrl::disk {

Geodesic::Geodesic(Complex from, Complex to)
    : m_from(from) {
    const Complex w = (to - from) / (1.0 - std::conj(from) * to);
    const double modulus = std::abs(w);
    m_half = std::atanh(std::min(modulus, 1 - 1e-15));
    if (modulus > 0)
        m_direction = w / modulus;
}

Complex Geodesic::at(double t) const {
    const Complex w = std::tanh(t * m_half) * m_direction;
    return (w + m_from) / (1.0 + std::conj(m_from) * w);
}

} // namespace hmgrl::disk
