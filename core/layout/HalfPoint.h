#pragma once

#include "geometry/Disk.h"

namespace hmgrl::layout {

/// A point of the disk in half-angle form: u = sinh(r/2) e^{i theta} as (x, y) and v = cosh(r/2).
/// It keeps the digits of the polar form, and sinh^2(d/2) = |u1 v2 - u2 v1|^2 takes six
/// multiplications and no inverse function. A tangent vector at the point is a complex number: what
/// the translation from the point to the centre makes of it, in hyperbolic length.
struct alignas(32) HalfPoint {
    double x = 0, y = 0, v = 1, unused = 0;

    [[nodiscard]] disk::Complex u() const { return {x, y}; }
};

[[nodiscard]] HalfPoint toHalf(DiskPoint p);
[[nodiscard]] DiskPoint toPolar(const HalfPoint& p);
/// |u|^2 = sinh^2(r/2).
[[nodiscard]] inline double squared(const HalfPoint& p) {
    return p.x * p.x + p.y * p.y;
}
[[nodiscard]] double radius(const HalfPoint& p);
/// sinh^2(d/2).
[[nodiscard]] double halfChord(const HalfPoint& a, const HalfPoint& b);

/// A point after a motion, and the unit number by which its tangent vectors are turned.
struct Moved {
    HalfPoint point;
    disk::Complex turn{1, 0};
};

/// exp of a tangent vector; vectors are carried along the geodesic (parallel transport).
[[nodiscard]] Moved expAt(const HalfPoint& p, disk::Complex tangent);
[[nodiscard]] Moved apply(const disk::Isometry& motion, const HalfPoint& p);
/// log: the tangent vector at `from` that leads to `to`.
[[nodiscard]] disk::Complex logAt(const HalfPoint& from, const HalfPoint& to);
/// The same point at another distance from the centre.
[[nodiscard]] HalfPoint atRadius(const HalfPoint& p, double r);

} // namespace hmgrl::layout
