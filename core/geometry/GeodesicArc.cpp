#include "geometry/GeodesicArc.h"

#include <algorithm>
#include <cmath>

namespace hmgrl::disk {

namespace {
constexpr double straight = 1e-9; ///< half turns below are none
}

/// The isometry that takes `from` to the centre makes the geodesic a radius and has a positive
/// derivative there, so that the arc leaves `from` in the direction (to - from) / (1 - conj(from)
/// to): the angle to the chord is that of the denominator.
GeodesicArc::GeodesicArc(Complex from, Complex to)
    : m_from(from)
    , m_chord(to - from) {
    const Complex turn = 1.0 - std::conj(from) * to;
    if (turn.real() > 0)
        m_halfTurn = std::atan2(turn.imag(), turn.real());
}

Complex GeodesicArc::at(double t) const {
    if (std::abs(m_halfTurn) < straight)
        return m_from + t * m_chord;
    const double along = std::sin(t * m_halfTurn) / std::sin(m_halfTurn);
    return m_from + m_chord * along * std::polar(1.0, (t - 1) * m_halfTurn);
}

double GeodesicArc::sagitta() const {
    return std::abs(m_chord) / 2 * std::tan(std::abs(m_halfTurn) / 2);
}

double GeodesicArc::length() const {
    const double chord = std::abs(m_chord);
    return std::abs(m_halfTurn) < straight ? chord : chord * m_halfTurn / std::sin(m_halfTurn);
}

int GeodesicArc::pieces(double tolerance) const {
    constexpr double most = 256;
    const double count = std::ceil(std::sqrt(sagitta() / tolerance));
    return static_cast<int>(std::clamp(count, 1.0, most));
}

std::optional<GeodesicArc::Circle> GeodesicArc::circle() const {
    if (std::abs(m_halfTurn) < straight)
        return std::nullopt;
    // From the point across the chord's far end: the centre lies square to where the arc leaves.
    const Complex diameter = m_chord / std::sin(m_halfTurn) * std::polar(1.0, -m_halfTurn);
    const Complex centre = m_from + Complex(0, 0.5) * diameter;
    return Circle{centre, std::abs(diameter) / 2};
}

} // namespace hmgrl::disk
