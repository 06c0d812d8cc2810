#include "geometry/Disk.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace hmgrl::disk {

namespace {

/// sinh(t x) / sinh(x), continuous at x = 0.
double sinhRatio(double t, double x) {
    return x < 1e-9 ? t : std::sinh(t * x) / std::sinh(x);
}

/// sin(t x) / sin(x), continuous at x = 0.
double sinRatio(double t, double x) {
    return x < 1e-9 ? t : std::sin(t * x) / std::sin(x);
}

} // namespace

Complex toCartesian(DiskPoint p) {
    return std::polar(std::tanh(p.r / 2), p.theta);
}

DiskPoint toPolar(Complex z) {
    const double modulus = std::min(std::abs(z), std::nextafter(1.0, 0.0));
    return {2 * std::atanh(modulus), modulus > 0 ? std::arg(z) : 0.0};
}

double distance(DiskPoint a, DiskPoint b) {
    const double radial = std::sinh((a.r - b.r) / 2);
    const double angular = std::sin((a.theta - b.theta) / 2);
    return 2 * std::asinh(std::sqrt(radial * radial +
                                    std::sinh(a.r) * std::sinh(b.r) * angular * angular));
}

DiskPoint centroid(std::span<const DiskPoint> points, std::span<const double> weights) {
    double time = 0;
    Complex space = 0;
    for (std::size_t i = 0; i < points.size() && i < weights.size(); ++i) {
        time += weights[i] * std::cosh(points[i].r);
        space += weights[i] * std::polar(std::sinh(points[i].r), points[i].theta);
    }
    // tanh of the radius is |space| / time; this form needs no Lorentz norm, which cancels far out.
    const double modulus = std::abs(space);
    if (!(modulus > 0) || !(time > 0))
        return {};
    return {std::atanh(std::min(modulus / time, std::nextafter(1.0, 0.0))), std::arg(space)};
}

Isometry::Isometry(Complex a, Complex b)
    : m_b(b) {
    // Rounding may push |a|^2 - |b|^2 off 1; the map itself needs only the ratio, distances need
    // the 1.
    const double modulus = std::abs(a);
    m_a = modulus > 0 ? a * (std::sqrt(1 + std::norm(b)) / modulus) : Complex(1, 0);
}

Isometry Isometry::rotation(double angle) {
    return {std::polar(1.0, angle / 2), 0};
}

Isometry Isometry::fromOrigin(DiskPoint p) {
    return {std::cosh(p.r / 2), std::polar(1.0, p.theta) * std::sinh(p.r / 2)};
}

Isometry Isometry::toOrigin(DiskPoint p) {
    return fromOrigin(p).inverse();
}

Isometry Isometry::translation(DiskPoint p, DiskPoint q) {
    const Isometry toP = toOrigin(p);
    return toP.inverse() * fromOrigin(toP.apply(q)) * toP;
}

Isometry Isometry::inverse() const {
    return {std::conj(m_a), -m_b};
}

Isometry Isometry::operator*(const Isometry& first) const {
    return {m_a * first.m_a + m_b * std::conj(first.m_b),
            m_a * first.m_b + m_b * std::conj(first.m_a)};
}

DiskPoint Isometry::apply(DiskPoint p) const {
    // Homogeneous coordinates u / v with |v|^2 - |u|^2 = 1, so that |u| = sinh(r / 2): nothing is
    // lost near the rim, where z itself runs out of digits.
    const Complex u = std::polar(1.0, p.theta) * std::sinh(p.r / 2);
    const double v = std::cosh(p.r / 2);
    const Complex mappedU = m_a * u + m_b * v;
    const Complex mappedV = std::conj(m_b) * u + std::conj(m_a) * v;
    const double modulus = std::abs(mappedU);
    return {2 * std::asinh(modulus), modulus > 0 ? std::arg(mappedU * std::conj(mappedV)) : 0.0};
}

Complex Isometry::apply(Complex z) const {
    return (m_a * z + m_b) / (std::conj(m_b) * z + std::conj(m_a));
}

Isometry Isometry::power(double t) const {
    // The one-parameter subgroup through M (trace made positive: M and -M are the same map):
    // M^t = C(t) 1 + S(t) (M - Re(a) 1), hyperbolic or trigonometric by the sign of |b|^2 -
    // Im(a)^2.
    const double sign = m_a.real() < 0 ? -1 : 1;
    const Complex a = sign * m_a;
    const Complex b = sign * m_b;
    const double squared = std::norm(b) - a.imag() * a.imag();
    double even = 1;
    double odd = t;
    if (squared >= 0) {
        const double length = std::asinh(std::sqrt(squared));
        even = std::cosh(t * length);
        odd = sinhRatio(t, length);
    } else {
        const double angle = std::atan2(std::sqrt(-squared), a.real());
        even = std::cos(t * angle);
        odd = sinRatio(t, angle);
    }
    return {Complex(even, odd * a.imag()), odd * b};
}

std::vector<Complex> geodesic(DiskPoint p, DiskPoint q) {
    constexpr double tolerance = 0.0005;
    constexpr int mostSegments = 512;
    const Complex from = toCartesian(p);
    const Complex to = toCartesian(q);
    // The circle through both points that meets the unit circle at right angles has its centre c
    // where 2 Re(conj(c) z) = 1 + |z|^2 for both; a diameter has none.
    const double area = 2 * (from.real() * to.imag() - from.imag() * to.real());
    const double chord = std::abs(to - from);
    if (std::abs(area) <= 1e-9 * chord)
        return {from, to};
    const double f = 1 + std::norm(from);
    const double g = 1 + std::norm(to);
    const Complex centre((f * to.imag() - g * from.imag()) / area,
                         (g * from.real() - f * to.real()) / area);
    const Complex start = from - centre;
    const double radius = std::abs(start);
    const double sweep = std::arg((to - centre) * std::conj(start));
    const double step = 2 * std::acos(std::max(0.0, 1 - tolerance / radius));
    const int segments =
        std::clamp(static_cast<int>(std::ceil(std::abs(sweep) / step)), 1, mostSegments);
    std::vector<Complex> points{from};
    for (int i = 1; i < segments; ++i)
        points.push_back(centre + start * std::polar(1.0, sweep * i / segments));
    points.push_back(to);
    return points;
}

} // namespace hmgrl::disk
