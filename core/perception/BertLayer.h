#pragma once

// LibTorch header: for core rooms only.
#include "perception/TextEncoder.h"

#include <torch/nn.h>

namespace hmgrl {

[[nodiscard]] torch::nn::LayerNorm makeBertNorm(const BertConfig& config);

/// What masked tokens (N, L; 1 = token) add to attention scores: (N, 1, 1, L), 0 or -1e4.
[[nodiscard]] torch::Tensor attentionBias(const torch::Tensor& mask, torch::ScalarType type);

/// One post-norm transformer layer with the names that BERT's layers have in files.
class BertLayerImpl : public torch::nn::Module {
public:
    explicit BertLayerImpl(const BertConfig& config);

    /// hidden (N, L, D), bias as of attentionBias()
    torch::Tensor forward(const torch::Tensor& hidden, const torch::Tensor& bias);

private:
    std::int64_t m_heads;
    const char* m_gelu;
    torch::nn::Linear m_query{nullptr}, m_key{nullptr}, m_value{nullptr}, m_mix{nullptr};
    torch::nn::Linear m_widen{nullptr}, m_narrow{nullptr};
    torch::nn::LayerNorm m_mixNorm{nullptr}, m_norm{nullptr};
};

} // namespace hmgrl
