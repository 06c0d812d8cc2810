#include "learning/Losses.h"

#include "learning/Lorentz.h"

#include <torch/nn/functional/loss.h>

#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

using torch::Tensor;

/// A loss of 0 that still hangs on `t`'s graph, so that backward() runs.
Tensor zeroLike(const Tensor& t) {
    return t.flatten().narrow(0, 0, 0).sum();
}

Tensor diagonalTarget(const Tensor& logits) {
    return torch::arange(logits.size(0), logits.options().dtype(torch::kLong).requires_grad(false));
}

Tensor crossEntropyToDiagonal(const Tensor& logits) {
    return torch::nn::functional::cross_entropy(logits, diagonalTarget(logits));
}

Tensor klPerDimension(const Tensor& mu, const Tensor& logvar) {
    return 0.5 * (mu.square() + logvar.exp() - 1 - logvar);
}

/// Mean over rows of their standardised scores as sorted probabilities, (width), every entry
/// positive.
Tensor meanProfile(const Tensor& scores, std::int64_t width) {
    const Tensor centred = scores - scores.mean(-1, true);
    const Tensor standard = centred * (centred.square().mean(-1, true) + 1e-6).rsqrt();
    const Tensor sorted = std::get<0>(standard.softmax(-1).sort(-1, /*descending=*/true));
    const Tensor padded = torch::constant_pad_nd(sorted.mean(0), {0, width - scores.size(1)});
    const Tensor floored = padded + 1e-4; // a padded place must not make the divergence infinite
    return floored / floored.sum();
}

} // namespace

Tensor gaussianKl(const Tensor& mu, const Tensor& logvar, const Tensor& mask) {
    Tensor kl = klPerDimension(mu, logvar).sum(-1);
    if (mask.defined())
        kl = kl.masked_select(mask);
    return kl.numel() == 0 ? zeroLike(mu) : kl.mean();
}

Tensor gaussianKlFreeBits(const Tensor& mu, const Tensor& logvar, double freeBits) {
    if (mu.numel() == 0)
        return zeroLike(mu);
    const Tensor perDimension = klPerDimension(mu, logvar).flatten(0, -2).mean(0);
    return perDimension.clamp_min(freeBits).sum();
}

Tensor infoNce(const Tensor& a, const Tensor& b, double temperature, const Tensor& valid) {
    Tensor left = a, right = b;
    if (valid.defined()) {
        const Tensor rows = valid.nonzero().flatten();
        left = a.index_select(0, rows);
        right = b.index_select(0, rows);
    }
    if (left.size(0) == 0)
        return zeroLike(a) + zeroLike(b);
    const Tensor logits = torch::mm(left, right.t()) / temperature;
    return (crossEntropyToDiagonal(logits) + crossEntropyToDiagonal(logits.t())) / 2;
}

Tensor rankingLoss(const Tensor& scores, const Tensor& target, double margin) {
    if (scores.numel() == 0)
        return zeroLike(scores);
    const Tensor column = target.unsqueeze(1);
    const Tensor right = torch::zeros_like(scores, torch::kBool).scatter(1, column, true);
    const Tensor hinge = (margin - scores.gather(1, column) + scores).relu();
    return hinge.masked_fill(right, 0).sum(1).mean();
}

Tensor unseenCrossEntropy(const Tensor& z) {
    return z.size(0) == 0 ? zeroLike(z) : crossEntropyToDiagonal(z);
}

Tensor uniformAlignment(const Tensor& z) {
    if (z.size(0) == 0)
        return zeroLike(z);
    const Tensor logits = z.diagonal().relu();
    return -std::log(static_cast<double>(z.size(0))) - logits.log_softmax(0).mean();
}

Tensor distributionAlignment(const Tensor& seen, const Tensor& unseen) {
    if (seen.numel() == 0 || unseen.numel() == 0)
        return zeroLike(seen) + zeroLike(unseen);
    const auto width = std::max(seen.size(1), unseen.size(1));
    const Tensor p = meanProfile(seen, width), q = meanProfile(unseen, width);
    return ((p - q) * (p.log() - q.log())).sum() / 2;
}

Tensor entailmentLoss(const Tensor& parents, const Tensor& children, const Tensor& c, double k) {
    const Tensor outside =
        lorentz::exteriorAngle(parents, children, c) - lorentz::halfAperture(parents, c, k);
    return outside.relu().sum();
}

} // namespace hmgrl
