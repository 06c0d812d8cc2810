#pragma once

#include "data/EmbeddingSet.h"

#include <complex>
#include <span>
#include <vector>

namespace hmgrl::disk {

/// The Poincaré disk in float64. Curvature -1: exp_0 of a tangent vector of length r lies at
/// hyperbolic distance r from the centre and at disk radius tanh(r / 2). A point that is stored is
/// polar (DiskPoint); a point that is drawn is a complex number of modulus below 1.
using Complex = std::complex<double>;

[[nodiscard]] Complex toCartesian(DiskPoint p);
[[nodiscard]] DiskPoint toPolar(Complex z);

/// Hyperbolic distance; exact near each other and far from the centre:
/// sinh^2(d/2) = sinh^2((r1-r2)/2) + sinh r1 sinh r2 sin^2((t1-t2)/2).
[[nodiscard]] double distance(DiskPoint a, DiskPoint b);

/// Lorentz centroid of weighted points (weights >= 0): the mean on the hyperboloid, brought back to
/// it. The centre when there is no weight.
[[nodiscard]] DiskPoint centroid(std::span<const DiskPoint> points,
                                 std::span<const double> weights);

/// Orientation-preserving isometry z -> (a z + b) / (conj(b) z + conj(a)), |a|^2 - |b|^2 = 1.
/// Composition is renormalised, so that ten thousand of them keep distances to 1e-9 (r <= 10).
class Isometry {
public:
    Isometry() = default; ///< identity
    [[nodiscard]] static Isometry rotation(double angle);
    /// Translation along the geodesic through the centre that takes the centre to p.
    [[nodiscard]] static Isometry fromOrigin(DiskPoint p);
    [[nodiscard]] static Isometry toOrigin(DiskPoint p);
    /// Translation along the geodesic from p to q (no rotation at p), p -> q.
    [[nodiscard]] static Isometry translation(DiskPoint p, DiskPoint q);

    [[nodiscard]] Isometry inverse() const;
    [[nodiscard]] Isometry operator*(const Isometry& first) const; ///< this after first
    [[nodiscard]] DiskPoint apply(DiskPoint p) const;              ///< keeps accuracy for large r
    [[nodiscard]] Complex apply(Complex z) const;
    [[nodiscard]] Complex a() const { return m_a; }
    [[nodiscard]] Complex b() const { return m_b; }
    /// t in [0, 1] from identity to this: along the geodesic when this is a translation.
    [[nodiscard]] Isometry power(double t) const;

private:
    Isometry(Complex a, Complex b); ///< renormalises

    Complex m_a{1, 0};
    Complex m_b{0, 0};
};

/// Points of the geodesic from p to q, ends included, dense enough that the polyline is within
/// 0.002 of the arc in the disk.
[[nodiscard]] std::vector<Complex> geodesic(DiskPoint p, DiskPoint q);

} // namespace hmgrl::disk
