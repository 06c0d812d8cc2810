#pragma once

#include "geometry/Disk.h"

#include <optional>

namespace hmgrl::disk {

/// The geodesic between two points of the closed disk as a figure to draw: an arc of the circle
/// that meets the unit circle at right angles, or a piece of a diameter. Even steps of t are even
/// steps along the arc as it is seen, not of hyperbolic length. Two points of the rim, or one and
/// the same point, are welcome.
class GeodesicArc {
public:
    GeodesicArc(Complex from, Complex to);

    [[nodiscard]] Complex at(double t) const; ///< t from 0 to 1
    /// How far the arc is from its chord, in disk units.
    [[nodiscard]] double sagitta() const;
    [[nodiscard]] double length() const; ///< as it is seen, in disk units
    /// Straight pieces that stay within `tolerance` (disk units) of the arc.
    [[nodiscard]] int pieces(double tolerance) const;

    struct Circle {
        Complex centre;
        double radius;
    };
    /// None when the arc is straight to the precision of a double.
    [[nodiscard]] std::optional<Circle> circle() const;

private:
    Complex m_from, m_chord;
    double m_halfTurn = 0; ///< half the angle by which the direction turns, in (-pi/2, pi/2)
};

} // namespace hmgrl::disk
