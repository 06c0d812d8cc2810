#pragma once

#include "layout/HalfPoint.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace hmgrl::layout {

/// Somebody who repels: a point, or a cell that stands for many of them.
struct alignas(64) Source {
    double x = 0, y = 0, v = 1; ///< HalfPoint of the point, or of the cell's Lorentz centroid
    double count = 1;           ///< how many it stands for
    double sx = 0, sy = 0;      ///< count times the space part 2 u v on the hyperboloid
    double t = 1;               ///< count times its time 1 + 2 |u|^2
    double unused = 0;

    /// `many` points at p.
    [[nodiscard]] static Source at(const HalfPoint& p, double many) {
        return {p.x,
                p.y,
                p.v,
                many,
                many * 2 * p.x * p.v,
                many * 2 * p.y * p.v,
                many * (1 + 2 * (p.x * p.x + p.y * p.y)),
                0};
    }
};

/// Points that are moved together, and the sums over their sources. Unused places repeat one point.
struct Targets {
    static constexpr std::size_t capacity = 16;
    alignas(64) double x[capacity];
    alignas(64) double y[capacity];
    alignas(64) double v[capacity];
    alignas(64) double sx[capacity]; ///< sum of count w^2 d/sinh(d) times space and time
    alignas(64) double sy[capacity];
    alignas(64) double t[capacity];
    alignas(64) double z[capacity]; ///< sum of count w
};

/// What far sources do to the points of a small region. Let e be a point's Lorentz coordinates
/// (space, time - 1) seen from the region's centre: sinh^2(d/2) to a source is linear in e, so the
/// sum of count w is nearly a polynomial of the third degree, and the sums of Targets are its
/// gradient over 2 kappa, because dw / d sinh^2(d/2) = -4 kappa w^2 d/sinh(d).
struct FarField {
    HalfPoint centre;
    double constant = 0;
    double linear[3] = {};    ///< of e1, e2, e3
    double quadratic[6] = {}; ///< 11 12 13 22 23 33, entries of a symmetric matrix
    double cubic[10] = {};    ///< 111 112 113 122 123 133 222 223 233 333, of a symmetric tensor
};

/// The same for what attracts one point.
struct Pull {
    double sx = 0, sy = 0, t = 0; ///< sum of p w d/sinh(d) times space and time
};

/// Inner loops for one instruction set; w = 1 / (1 + kappa d^2) throughout. Functions of the
/// distance are accurate to 1e-9.
struct Kernels {
    const char* name;
    /// For the first `used` targets; the others' sums are left as they are or hold anything.
    void (*repel)(const Source* sources, std::size_t count, std::size_t used, double kappa,
                  Targets& targets);
    /// Adds sources to the field, which should be several radii of the region away from its centre.
    /// `count` is a multiple of 8; unused places have count = 0 and no sums.
    void (*expand)(const Source* sources, std::size_t count, double kappa, FarField& field);
    /// Adds the field to the sums of the first `used` targets, which lie in the region.
    void (*feel)(const FarField& field, std::size_t used, double kappa, Targets& targets);
    /// `count` is a multiple of 8; unused places have p = 0.
    void (*attract)(const HalfPoint* points, const HalfPoint& self, const std::uint32_t* columns,
                    const float* p, std::size_t count, double kappa, Pull& out);
    /// out[q * stride + 8 b + lane] = <query q, point 8 b + lane>: queries are rows of `width`
    /// numbers, points are packed by eights, [block][k][lane]. `queries` is a multiple of 8.
    void (*multiply)(const double* query, std::size_t queries, const double* packed,
                     std::size_t blocks, std::size_t width, double* out, std::size_t stride);
};

/// The best this processor runs.
[[nodiscard]] const Kernels& kernels();
/// All that this processor runs, the plainest first.
[[nodiscard]] std::span<const Kernels> allKernels();

} // namespace hmgrl::layout
