#include "learning/Lorentz.h"

#include "support/Error.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace hmgrl::lorentz {
namespace {

using torch::Tensor;

/// Pairs up to this many numbers are formed as differences; above, by a matrix product.
constexpr std::int64_t differenceLimit = std::int64_t{1} << 20;
/// Numbers of one block of the distance matrix (32 MiB in float64).
constexpr std::int64_t blockLimit = std::int64_t{1} << 22;

/// Differences of hyperboloid points lose eps t^2 of their value, t being the time coordinate: up
/// to 0.06 in float32 within maxRadius, 1e-8 in float64. They are small beside the encoders, so
/// they are float64.
Tensor wide(const Tensor& t) {
    return t.to(torch::kFloat64);
}

Tensor product(const Tensor& a, const Tensor& b) {
    return (a * b).sum(-1, true);
}

Tensor squared(const Tensor& v) {
    return v.square().sum(-1, true);
}

/// sqrt with gradient 0 at 0 instead of infinity.
Tensor safeSqrt(const Tensor& q) {
    const Tensor zero = q <= 1e-300;
    return q.masked_fill(zero, 1).sqrt().masked_fill(zero, 0);
}

// Even functions of a radius r are written as functions of q = r^2: smooth at 0, so are their
// gradients. Each branch gets harmless arguments where the other is taken: a where() multiplies by
// 0, not by NaN.

constexpr double seriesBelow = 1e-4;

/// sinh(r) / r
Tensor sinhc(const Tensor& q) {
    const Tensor small = q < seriesBelow;
    const Tensor near = q.masked_fill(small.logical_not(), 0);
    const Tensor r = q.masked_fill(small, 1).sqrt();
    return torch::where(small, 1 + near * (1.0 / 6 + near * (1.0 / 120 + near / 5040)),
                        r.sinh() / r);
}

/// cosh(r)
Tensor coshOf(const Tensor& q) {
    const Tensor small = q < seriesBelow;
    const Tensor near = q.masked_fill(small.logical_not(), 0);
    const Tensor r = q.masked_fill(small, 1).sqrt();
    return torch::where(small, 1 + near * (0.5 + near * (1.0 / 24 + near / 720)), r.cosh());
}

/// asinh(r) / r
Tensor asinhc(const Tensor& q) {
    const Tensor small = q < seriesBelow;
    const Tensor near = q.masked_fill(small.logical_not(), 0);
    const Tensor r = q.masked_fill(small, 1).sqrt();
    return torch::where(small, 1 + near * (-1.0 / 6 + near * (3.0 / 40 - near * (5.0 / 112))),
                        r.asinh() / r);
}

/// d / sinh(d) for q = 4 sinh^2(d/2)
Tensor inverseSinhc(const Tensor& q) {
    const Tensor small = q < seriesBelow;
    const Tensor near = q.masked_fill(small.logical_not(), 0);
    const Tensor far = q.masked_fill(small, 1);
    const Tensor d = 2 * (far.sqrt() / 2).asinh();
    return torch::where(small, 1 + near * (-1.0 / 6 + near * (1.0 / 30 - near * (1.0 / 140))),
                        d / (far * (1 + far / 4)).sqrt());
}

/// Points scaled to curvature 1, float64.
struct Points {
    Points(const Tensor& x, const Tensor& root)
        : s(wide(x) * root)
        , t((1 + squared(s)).sqrt()) {}

    Tensor s; ///< (..., d)
    Tensor t; ///< (..., 1)
};

/// What all functions of two points are made of, scaled to curvature 1.
struct Pair {
    Pair(const Tensor& first, const Tensor& second, const Tensor& c)
        : root(wide(c).sqrt())
        , x(first, root)
        , y(second, root)
        , ds(y.s - x.s)
        , sum(x.s + y.s)
        , dt(product(ds, sum) / (x.t + y.t))
        , q((squared(ds) - dt.square()).clamp_min(0)) {}

    Tensor root; ///< sqrt(c)
    Points x, y;
    Tensor ds;  ///< y - x, space
    Tensor sum; ///< x + y, space
    Tensor dt;  ///< y - x, time, without the cancellation of two square roots
    Tensor q;   ///< <y-x, y-x> = 4 sinh^2(d/2)
};

Tensor distanceFromQ(const Tensor& q, const Tensor& root) {
    return 2 * (safeSqrt(q) / 2).asinh() / root;
}

/// Space part of an ambient tangent vector.
Tensor spaceOf(const Tensor& v) {
    return wide(v.narrow(-1, 1, v.size(-1) - 1));
}

/// Rows of the distance matrix by <x, y> alone, in float64.
Tensor expandedRows(const Points& rows, const Points& columns, const Tensor& root) {
    const Tensor inner = torch::mm(rows.t, columns.t.t()) - torch::mm(rows.s, columns.s.t());
    return distanceFromQ((2 * inner - 2).clamp_min(0), root);
}

} // namespace

Tensor time(const Tensor& s, const Tensor& c) {
    return (1 / c.to(s.scalar_type()) + s.square().sum(-1)).sqrt();
}

Tensor clipNorm(const Tensor& v, double radius) {
    const Tensor q = squared(v);
    const Tensor inside = q <= radius * radius;
    return v * (radius * q.masked_fill(inside, 1).rsqrt()).masked_fill(inside, 1);
}

Tensor exp0(const Tensor& v, const Tensor& c) {
    const Tensor root = c.to(v.scalar_type()).sqrt();
    const Tensor unit = clipNorm(v * root, maxRadius);
    return sinhc(squared(unit)) * unit / root;
}

Tensor log0(const Tensor& s, const Tensor& c) {
    return asinhc(squared(s) * c.to(s.scalar_type())) * s;
}

Tensor distance(const Tensor& x, const Tensor& y, const Tensor& c) {
    const Pair pair(x, y, c);
    return distanceFromQ(pair.q, pair.root).squeeze(-1).to(x.scalar_type());
}

Tensor pairwiseDistance(const Tensor& x, const Tensor& y, const Tensor& c) {
    const auto n = x.size(0), m = y.size(0), d = x.size(1);
    if (n * m * d <= differenceLimit)
        return distance(x.unsqueeze(1), y.unsqueeze(0), c);
    const Tensor root = wide(c).sqrt();
    const Points columns(y, root);
    const auto step = std::max<std::int64_t>(1, blockLimit / m);
    std::vector<Tensor> blocks;
    for (std::int64_t begin = 0; begin < n; begin += step) {
        const Points rows(x.narrow(0, begin, std::min(step, n - begin)), root);
        blocks.push_back(expandedRows(rows, columns, root).to(x.scalar_type()));
    }
    return torch::cat(blocks, 0);
}

Tensor centroid(const Tensor& x, const Tensor& w, const Tensor& c) {
    const Tensor root = wide(c).sqrt();
    const Points points(x, root);
    const Tensor weights = wide(w).unsqueeze(-1);
    const Tensor total = weights.sum(-2);
    const Tensor space = (weights * points.s).sum(-2);
    const Tensor timePart = (weights * points.t).sum(-2);
    // -<m,m> is never below (sum of w)^2; rounding may say otherwise.
    const Tensor inner = torch::maximum(timePart.square() - squared(space), total.square());
    return (space / (inner.clamp_min(1e-100).sqrt() * root)).to(x.scalar_type());
}

Tensor logMap(const Tensor& x, const Tensor& y, const Tensor& c) {
    const Pair pair(x, y, c);
    const Tensor factor = inverseSinhc(pair.q) / pair.root;
    const Tensor half = pair.q / 2; // cosh(d) - 1
    const Tensor ambient =
        torch::cat({pair.dt - half * pair.x.t, pair.ds - half * pair.x.s}, -1) * factor;
    return ambient.to(x.scalar_type());
}

Tensor expMap(const Tensor& x, const Tensor& v, const Tensor& c) {
    const Tensor root = wide(c).sqrt();
    const Points base(x, root);
    const Tensor step = spaceOf(v) * root;
    // Carried to the origin, exp_0 there, and back by the boost that takes the origin to x. The
    // textbook cosh|v| x + sinh|v|/|v| v loses t^2 more digits: |v|^2 is a difference of far larger
    // squares.
    const Tensor atOrigin =
        clipNorm(step - base.s * (product(base.s, step) / (base.t * (base.t + 1))), 2 * maxRadius);
    const Tensor q = squared(atOrigin);
    const Tensor lifted = sinhc(q) * atOrigin;
    const Tensor moved = lifted + base.s * (product(base.s, lifted) / (1 + base.t) + coshOf(q));
    return (moved / root).to(x.scalar_type());
}

Tensor transport(const Tensor& x, const Tensor& y, const Tensor& v, const Tensor& c) {
    const Pair pair(x, y, c);
    const Tensor space = spaceOf(v);
    const Tensor timePart = product(pair.x.s, space) / pair.x.t;
    // <y,v> = <y-x,v>, and 1 - <x,y> = 2 + q/2.
    const Tensor factor = (product(pair.ds, space) - pair.dt * timePart) / (2 + pair.q / 2);
    const Tensor ambient =
        torch::cat({timePart + factor * (pair.x.t + pair.y.t), space + factor * pair.sum}, -1);
    return ambient.to(x.scalar_type());
}

Tensor halfAperture(const Tensor& x, const Tensor& c, double k) {
    const Tensor norm = safeSqrt(wide(c) * squared(wide(x))).squeeze(-1);
    const Tensor whole = norm <= 2 * k; // the cone is a half-space; asin's slope is infinite there
    const Tensor sine = (2 * k / norm.masked_fill(whole, 4 * k)).clamp_max(1 - 1e-15);
    return sine.asin().masked_fill(whole, M_PI / 2).to(x.scalar_type());
}

Tensor exteriorAngle(const Tensor& x, const Tensor& y, const Tensor& c) {
    const Pair pair(x, y, c);
    const Tensor norm = safeSqrt(squared(pair.x.s));
    const Tensor outward = pair.x.s / norm.masked_fill(norm == 0, 1);
    // Components of log_x(y) along the ray from the origin and across it, both times x's time.
    const Tensor along = product(pair.ds, outward) - pair.q / 2 * norm;
    const Tensor across =
        pair.x.t * safeSqrt(squared(pair.ds - outward * product(pair.ds, outward)));
    const Tensor same = (along.abs() + across.abs()) <= 1e-150; // y = x: no direction
    const Tensor angle = torch::atan2(across, along.masked_fill(same, 1));
    return angle.squeeze(-1).to(x.scalar_type());
}

ReferenceLinearImpl::ReferenceLinearImpl(std::int64_t in, std::int64_t out) {
    if (in < 1 || out < 2)
        throw Error("Lorentz linear: expected in >= 1 and out >= 2, found " + std::to_string(in) +
                    " and " + std::to_string(out));
    m_weight = register_parameter("weight", torch::empty({out - 1, in}));
    m_bias = register_parameter("bias", torch::zeros({out - 1}));
    torch::nn::init::xavier_uniform_(m_weight);
}

Tensor ReferenceLinearImpl::forward(const Tensor& x) {
    const Tensor tangent = torch::linear(clipNorm(x, maxRadius), m_weight, m_bias);
    return torch::constant_pad_nd(clipNorm(tangent, maxRadius), {1, 0});
}

LiftImpl::LiftImpl(std::int64_t in, std::int64_t out) {
    if (in < 1 || out < 1)
        throw Error("lift: expected positive widths, found " + std::to_string(in) + " and " +
                    std::to_string(out));
    m_linear = register_module("linear", torch::nn::Linear(in, out));
    const double alpha = 1 / std::sqrt(static_cast<double>(out));
    m_logAlpha = register_parameter("log_alpha", torch::full({}, std::log(alpha)));
}

Tensor LiftImpl::tangent(const Tensor& h) {
    return m_logAlpha.exp() * m_linear(h);
}

Tensor LiftImpl::forward(const Tensor& h, const Tensor& c) {
    return exp0(tangent(h), c);
}

} // namespace hmgrl::lorentz
