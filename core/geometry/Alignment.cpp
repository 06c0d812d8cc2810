#include "geometry/Alignment.h"

#include "support/Error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace hmgrl::disk {

namespace {

using Vector = std::array<double, 4>;
using Matrix = std::array<Vector, 4>;

void checkLengths(std::span<const DiskPoint> from, std::span<const DiskPoint> to,
                  std::span<const double> weights) {
    if (from.size() != to.size() || (!weights.empty() && weights.size() != from.size()))
        throw Error({}, "alignment",
                    "expected as many partners as points, found " + std::to_string(from.size()) +
                        ", " + std::to_string(to.size()) + " and " +
                        std::to_string(weights.size()) + " weights");
}

double weightAt(std::span<const double> weights, std::size_t i) {
    return weights.empty() ? 1.0 : weights[i];
}

DiskPoint mirror(DiskPoint p) {
    return {p.r, -p.theta};
}

/// The sum of sinh^2(d / 2) as a quadratic form in (Re a, Im a, Re b, Im b). With points u / v and
/// s / t in homogeneous coordinates, sinh(d / 2) = |(a u + b v) t - (conj(b) u + conj(a) v) s|.
Matrix costForm(std::span<const DiskPoint> from, std::span<const DiskPoint> to,
                std::span<const double> weights, bool mirrored) {
    Matrix form{};
    for (std::size_t i = 0; i < from.size(); ++i) {
        const DiskPoint p = mirrored ? mirror(from[i]) : from[i];
        const Complex u = std::polar(1.0, p.theta) * std::sinh(p.r / 2);
        const double v = std::cosh(p.r / 2);
        const Complex s = std::polar(1.0, to[i].theta) * std::sinh(to[i].r / 2);
        const double t = std::cosh(to[i].r / 2);
        const Complex unit(0, 1);
        const std::array<Complex, 4> part{u * t - v * s, unit * (u * t + v * s), v * t - u * s,
                                          unit * (v * t + u * s)};
        for (std::size_t j = 0; j < 4; ++j)
            for (std::size_t k = 0; k < 4; ++k)
                form[j][k] += weightAt(weights, i) * (std::conj(part[j]) * part[k]).real();
    }
    return form;
}

/// Lower triangle L with L L^T = m. A hair is added to the diagonal: a perfect fit makes m
/// singular.
Matrix cholesky(Matrix m) {
    double trace = 0;
    for (std::size_t i = 0; i < 4; ++i)
        trace += m[i][i];
    Matrix lower{};
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double sum = m[i][j] + (i == j ? 1e-13 * trace : 0.0);
            for (std::size_t k = 0; k < j; ++k)
                sum -= lower[i][k] * lower[j][k];
            lower[i][j] = i == j ? std::sqrt(std::max(sum, 1e-14 * trace)) : sum / lower[j][j];
        }
    return lower;
}

/// Turns rows and columns p, q of a symmetric matrix so that its entry there vanishes (Jacobi).
void turn(Matrix& m, Matrix& basis, std::size_t p, std::size_t q) {
    if (m[p][q] == 0)
        return;
    const double angle = 0.5 * std::atan2(2 * m[p][q], m[q][q] - m[p][p]);
    const double c = std::cos(angle);
    const double s = std::sin(angle);
    for (std::size_t k = 0; k < 4; ++k) {
        const double x = m[k][p];
        const double y = m[k][q];
        m[k][p] = c * x - s * y;
        m[k][q] = s * x + c * y;
    }
    for (std::size_t k = 0; k < 4; ++k) {
        const double x = m[p][k];
        const double y = m[q][k];
        m[p][k] = c * x - s * y;
        m[q][k] = s * x + c * y;
        const double e = basis[k][p];
        const double f = basis[k][q];
        basis[k][p] = c * e - s * f;
        basis[k][q] = s * e + c * f;
    }
}

/// The eigenvector of the largest eigenvalue of a symmetric matrix.
Vector leading(Matrix m) {
    Matrix basis{};
    for (std::size_t i = 0; i < 4; ++i)
        basis[i][i] = 1;
    for (int sweep = 0; sweep < 30; ++sweep)
        for (std::size_t p = 0; p < 4; ++p)
            for (std::size_t q = p + 1; q < 4; ++q)
                turn(m, basis, p, q);
    std::size_t best = 0;
    for (std::size_t i = 1; i < 4; ++i)
        if (m[i][i] > m[best][best])
            best = i;
    return {basis[0][best], basis[1][best], basis[2][best], basis[3][best]};
}

/// Minimises x^T form x subject to |a|^2 - |b|^2 = x^T J x = 1: with form = L L^T and y = L^T x the
/// answer is the leading eigenvector of L^-1 J L^-T.
Isometry leastCost(const Matrix& form) {
    const Matrix lower = cholesky(form);
    Matrix inverse{};
    for (std::size_t j = 0; j < 4; ++j)
        for (std::size_t i = j; i < 4; ++i) {
            double sum = i == j ? 1.0 : 0.0;
            for (std::size_t k = j; k < i; ++k)
                sum -= lower[i][k] * inverse[k][j];
            inverse[i][j] = sum / lower[i][i];
        }
    constexpr Vector sign{1, 1, -1, -1};
    Matrix pencil{};
    for (std::size_t i = 0; i < 4; ++i)
        for (std::size_t j = 0; j < 4; ++j)
            for (std::size_t k = 0; k < 4; ++k)
                pencil[i][j] += inverse[i][k] * sign[k] * inverse[j][k];
    const Vector y = leading(pencil);
    Vector x{};
    for (std::size_t k = 0; k < 4; ++k)
        for (std::size_t i = 0; i < 4; ++i)
            x[k] += inverse[i][k] * y[i];
    const Complex a(x[0], x[1]);
    const Complex b(x[2], x[3]);
    const double scale = std::sqrt(std::max(1e-300, std::norm(a) - std::norm(b)));
    const DiskPoint image{2 * std::asinh(std::abs(b) / scale), std::arg(b) + std::arg(a)};
    // The map sends 0 to b / conj(a) and turns by twice the argument of a.
    return Isometry::fromOrigin(image) * Isometry::rotation(2 * std::arg(a));
}

double costOf(const Alignment& map, std::span<const DiskPoint> from, std::span<const DiskPoint> to,
              std::span<const double> weights) {
    double sum = 0;
    for (std::size_t i = 0; i < from.size(); ++i)
        sum +=
            weightAt(weights, i) * std::pow(std::sinh(distance(map.apply(from[i]), to[i]) / 2), 2);
    return sum;
}

} // namespace

DiskPoint Alignment::apply(DiskPoint p) const {
    return motion.apply(mirrored ? mirror(p) : p);
}

Alignment align(std::span<const DiskPoint> from, std::span<const DiskPoint> to,
                std::span<const double> weights) {
    checkLengths(from, to, weights);
    if (from.empty())
        return {};
    const Alignment straight{false, leastCost(costForm(from, to, weights, false))};
    const Alignment mirrored{true, leastCost(costForm(from, to, weights, true))};
    return costOf(mirrored, from, to, weights) < costOf(straight, from, to, weights) ? mirrored
                                                                                     : straight;
}

Alignment alignAboutCentre(std::span<const DiskPoint> from, std::span<const DiskPoint> to,
                           std::span<const double> weights) {
    checkLengths(from, to, weights);
    // Only sinh r sinh s sin^2(angle / 2) depends on the turn: the best one is the argument of a
    // sum.
    Complex straight = 0;
    Complex mirrored = 0;
    for (std::size_t i = 0; i < from.size(); ++i) {
        const double weight = weightAt(weights, i) * std::sinh(from[i].r) * std::sinh(to[i].r);
        straight += std::polar(weight, to[i].theta - from[i].theta);
        mirrored += std::polar(weight, to[i].theta + from[i].theta);
    }
    const bool isMirrored = std::abs(mirrored) > std::abs(straight) * (1 + 1e-12);
    return {isMirrored, Isometry::rotation(std::arg(isMirrored ? mirrored : straight))};
}

} // namespace hmgrl::disk
