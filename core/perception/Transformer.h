#pragma once

// LibTorch header: for core rooms only. Parts that both encoders share.
#include <cmath>
#include <memory>
#include <torch/nn/module.h>

namespace hmgrl {

/// A module that only gives its children a place in the names.
inline std::shared_ptr<torch::nn::Module> makeGroup() {
    return std::make_shared<torch::nn::Module>();
}

/// Scaled dot-product attention. query, key, value (N, L, D), D a multiple of `heads`; bias is
/// added to the scores (N, heads, L, L) and may be undefined. Returns (N, L, D).
inline torch::Tensor attend(const torch::Tensor& query, const torch::Tensor& key,
                            const torch::Tensor& value, std::int64_t heads,
                            const torch::Tensor& bias = {}) {
    const auto split = [heads](const torch::Tensor& x) {
        return x.view({x.size(0), x.size(1), heads, -1}).transpose(1, 2);
    };
    const double scale = 1.0 / std::sqrt(static_cast<double>(query.size(2) / heads));
    auto scores = torch::matmul(split(query) * scale, split(key).transpose(2, 3));
    if (bias.defined())
        scores = scores + bias;
    const auto mixed = torch::matmul(torch::softmax(scores, -1), split(value));
    return mixed.transpose(1, 2).reshape(query.sizes());
}

} // namespace hmgrl
