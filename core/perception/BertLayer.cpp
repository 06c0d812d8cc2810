#include "perception/BertLayer.h"

#include "perception/Transformer.h"

namespace hmgrl {

namespace nn = torch::nn;

nn::LayerNorm makeBertNorm(const BertConfig& config) {
    return nn::LayerNorm(nn::LayerNormOptions({config.hiddenSize}).eps(config.layerNormEps));
}

torch::Tensor attentionBias(const torch::Tensor& mask, torch::ScalarType type) {
    return ((1 - mask.to(type)) * -1e4).unsqueeze(1).unsqueeze(1);
}

BertLayerImpl::BertLayerImpl(const BertConfig& config)
    : m_heads(config.heads)
    , m_gelu(config.tanhGelu ? "tanh" : "none") {
    const auto linear = [](std::int64_t in, std::int64_t out) { return nn::Linear(in, out); };
    const auto square = [&] { return linear(config.hiddenSize, config.hiddenSize); };
    const auto attention = register_module("attention", makeGroup());
    const auto self = attention->register_module("self", makeGroup());
    m_query = self->register_module("query", square());
    m_key = self->register_module("key", square());
    m_value = self->register_module("value", square());
    const auto mixed = attention->register_module("output", makeGroup());
    m_mix = mixed->register_module("dense", square());
    m_mixNorm = mixed->register_module("LayerNorm", makeBertNorm(config));
    const auto wide = register_module("intermediate", makeGroup());
    m_widen = wide->register_module("dense", linear(config.hiddenSize, config.intermediateSize));
    const auto narrow = register_module("output", makeGroup());
    m_narrow = narrow->register_module("dense", linear(config.intermediateSize, config.hiddenSize));
    m_norm = narrow->register_module("LayerNorm", makeBertNorm(config));
}

torch::Tensor BertLayerImpl::forward(const torch::Tensor& hidden, const torch::Tensor& bias) {
    const auto seen = attend(m_query(hidden), m_key(hidden), m_value(hidden), m_heads, bias);
    const auto attended = m_mixNorm(m_mix(seen) + hidden);
    const auto widened = torch::gelu(m_widen(attended), m_gelu);
    return m_norm(m_narrow(widened) + attended);
}

} // namespace hmgrl
