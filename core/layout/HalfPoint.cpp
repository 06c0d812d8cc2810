#include "layout/HalfPoint.h"

#include <cmath>

namespace hmgrl::layout {

using disk::Complex;

namespace {

HalfPoint fromU(Complex u) {
    return {u.real(), u.imag(), std::sqrt(1 + std::norm(u)), 0};
}

/// M T_p = T_q R: the motion's product with the translation to p is the translation to q after a
/// turn.
Moved divided(Complex a, Complex b) {
    const Complex half = a / std::sqrt(std::norm(a));
    return {fromU(b * half), half * half};
}

} // namespace

HalfPoint toHalf(DiskPoint p) {
    return fromU(std::polar(std::sinh(p.r / 2), p.theta));
}

double radius(const HalfPoint& p) {
    return 2 * std::asinh(std::sqrt(squared(p)));
}

DiskPoint toPolar(const HalfPoint& p) {
    const double r = radius(p);
    return {r, r > 0 ? std::atan2(p.y, p.x) : 0.0};
}

double halfChord(const HalfPoint& a, const HalfPoint& b) {
    return std::norm(a.u() * b.v - b.u() * a.v);
}

Moved expAt(const HalfPoint& p, Complex tangent) {
    const double length = std::sqrt(std::norm(tangent));
    if (length < 1e-150)
        return {p, 1};
    const double sinh = std::sinh(length / 2);
    const double c = std::sqrt(1 + sinh * sinh);
    const Complex s = tangent * (sinh / length);
    return divided(p.v * c + p.u() * std::conj(s), p.v * s + p.u() * c);
}

Moved apply(const disk::Isometry& motion, const HalfPoint& p) {
    return divided(motion.a() * p.v + motion.b() * std::conj(p.u()),
                   motion.a() * p.u() + motion.b() * p.v);
}

Complex logAt(const HalfPoint& from, const HalfPoint& to) {
    const Complex n = to.u() * from.v - from.u() * to.v;
    const Complex m = from.v * to.v - from.u() * std::conj(to.u());
    const double half = std::abs(n);
    if (half == 0)
        return 0;
    // |n| = sinh(d/2), |m| = cosh(d/2): the direction is that of n conj(conj(m)) at length one.
    const Complex direction = n * m;
    return 2 * std::asinh(half) * direction / std::abs(direction);
}

HalfPoint atRadius(const HalfPoint& p, double r) {
    const double modulus = std::sqrt(squared(p));
    return modulus > 0 ? fromU(p.u() * (std::sinh(r / 2) / modulus)) : p;
}

} // namespace hmgrl::layout
