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
