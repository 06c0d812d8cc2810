#pragma once

// LibTorch header: for core rooms only.
#include <torch/nn.h>

namespace hmgrl::lorentz {

/// Numerically sound hyperboloid maths on batches (model.md section 5). A point of the hyperboloid
/// of curvature -c is its space part s (..., d); its time is sqrt(1/c + |s|^2). Tangent vectors at
/// the origin are their space part. `c` is a scalar tensor (learnable) > 0. Everything is
/// differentiable, free of NaN for norms 1e-8 .. 1e4, and never uses acosh.

inline constexpr double maxRadius =
    7.600903; ///< asinh(1000): tangent norms are clipped to it, in units 1/sqrt(c)

/// (..., d) -> (...)
[[nodiscard]] torch::Tensor time(const torch::Tensor& s, const torch::Tensor& c);
/// Tangent radius clipped before sinh; series below 1e-2.
[[nodiscard]] torch::Tensor exp0(const torch::Tensor& v, const torch::Tensor& c);
[[nodiscard]] torch::Tensor log0(const torch::Tensor& s, const torch::Tensor& c);
/// Distance along the last dimension, shapes broadcast: (..., d) x (..., d) -> (...). Computed in
/// float64 inside, returned in x's type; 0 for equal points, with gradient 0 there.
[[nodiscard]] torch::Tensor distance(const torch::Tensor& x, const torch::Tensor& y,
                                     const torch::Tensor& c);
/// All pairs: (N, d) x (M, d) -> (N, M). Up to 2^20 numbers N M d the result is distance()'s.
/// Above, it comes from a matrix product in float64, block by block, without an (N, M, d) tensor.
/// Measured against differences: 1e-14 relative for distances over 0.1; points that coincide or
/// nearly do are off by at most 5e-8 at radius 1, 3e-6 at radius 5 and 3e-5 at radius 7.6
/// (absolute).
[[nodiscard]] torch::Tensor pairwiseDistance(const torch::Tensor& x, const torch::Tensor& y,
                                             const torch::Tensor& c);
/// Weighted Lorentz centroid: x (..., M, d), w (..., M) >= 0 -> (..., d).
[[nodiscard]] torch::Tensor centroid(const torch::Tensor& x, const torch::Tensor& w,
                                     const torch::Tensor& c);
/// Tangent vector at x (ambient: time first, (..., d+1)) towards y, its inverse, and parallel
/// transport from x to y. The time component of a given v is not read: <x, v> = 0 implies it.
/// expMap clips lengths to 2 maxRadius, in units 1/sqrt(c), the diameter of what exp0 reaches.
[[nodiscard]] torch::Tensor logMap(const torch::Tensor& x, const torch::Tensor& y,
                                   const torch::Tensor& c);
[[nodiscard]] torch::Tensor expMap(const torch::Tensor& x, const torch::Tensor& v,
                                   const torch::Tensor& c);
[[nodiscard]] torch::Tensor transport(const torch::Tensor& x, const torch::Tensor& y,
                                      const torch::Tensor& v, const torch::Tensor& c);
/// Half-aperture of the entailment cone at x: asin(min(1, 2K / (sqrt(c)|s|))), K = 0.1.
[[nodiscard]] torch::Tensor halfAperture(const torch::Tensor& x, const torch::Tensor& c,
                                         double k = 0.1);
/// Exterior angle at x of the triangle (origin, x, y), 0..pi.
[[nodiscard]] torch::Tensor exteriorAngle(const torch::Tensor& x, const torch::Tensor& y,
                                          const torch::Tensor& c);

/// v scaled down to norm <= radius, gradient finite everywhere (also at 0); float32
/// norms from 1e18 overflow when squared and give 0.
[[nodiscard]] torch::Tensor clipNorm(const torch::Tensor& v, double radius);

/// The authors' Lorentz linear in closed form (section 2): [0 ; clip_R(W clip_R(x) + b)], out-1
/// rows.
class ReferenceLinearImpl : public torch::nn::Module {
public:
    ReferenceLinearImpl(std::int64_t in, std::int64_t out);
    torch::Tensor forward(const torch::Tensor& x); ///< (..., in) -> (..., out), first component 0
private:
    torch::Tensor m_weight, m_bias; ///< "weight" (out-1, in), "bias" (out-1)
};
TORCH_MODULE(ReferenceLinear);

/// Section 4.2: s = exp_0(alpha (W h + b)), alpha learnable from 1/sqrt(out), kept positive.
class LiftImpl : public torch::nn::Module {
public:
    LiftImpl(std::int64_t in, std::int64_t out);
    torch::Tensor forward(const torch::Tensor& h,
                          const torch::Tensor& c); ///< (..., in) -> space part (..., out)
    /// The tangent vector at the origin before exp_0.
    torch::Tensor tangent(const torch::Tensor& h);

private:
    torch::nn::Linear m_linear{nullptr}; ///< "linear"
    torch::Tensor m_logAlpha;            ///< "log_alpha", scalar
};
TORCH_MODULE(Lift);

} // namespace hmgrl::lorentz
