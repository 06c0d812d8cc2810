#include "perception/WordingEncoder.h"

#include "perception/Transformer.h"
#include "support/Error.h"

#include <algorithm>
#include <string>

namespace hmgrl {

WordingEncoderImpl::WordingEncoderImpl(const BertConfig& config, std::int64_t layers,
                                       std::int64_t width)
    : m_first(config.layers - layers) {
    if (layers < 0 || layers > config.layers || width < 1)
        throw Error("wording encoder: expected 0 to " + std::to_string(config.layers) +
                    " layers and a width, found " + std::to_string(layers) + " and " +
                    std::to_string(width));
    const auto encoder = register_module("encoder", makeGroup());
    const auto list = encoder->register_module("layer", makeGroup());
    for (std::int64_t i = m_first; i < config.layers; ++i) {
        m_layers.push_back(std::make_shared<BertLayerImpl>(config));
        list->register_module(std::to_string(i), m_layers.back());
    }
    for (auto& parameter : parameters())
        parameter.set_requires_grad(false);
    const auto kept = std::min(width, config.hiddenSize);
    m_directions = register_buffer("directions", torch::eye(config.hiddenSize, kept));
}

void WordingEncoderImpl::copyFrom(const TextEncoder& text) {
    const torch::NoGradGuard guard;
    const auto theirs = text->named_parameters();
    for (auto& item : named_parameters())
        item.value().copy_(theirs[item.key()]);
}

void WordingEncoderImpl::keepDirectionsOf(const torch::Tensor& vectors) {
    const torch::NoGradGuard guard;
    const auto x = vectors.to(torch::kCPU, torch::kFloat64);
    const auto moments = torch::matmul(x.transpose(0, 1), x);
    const auto directions = std::get<1>(at::linalg_eigh(moments)); // ascending
    m_directions.copy_(directions.flip(1).narrow(1, 0, width()));
}

torch::Tensor WordingEncoderImpl::forward(const torch::Tensor& hidden, const torch::Tensor& mask) {
    const auto bias = attentionBias(mask, hidden.scalar_type());
    auto states = hidden;
    for (const auto& layer : m_layers)
        states = layer->forward(states, bias);
    return states;
}

torch::Tensor WordingEncoderImpl::kept(const torch::Tensor& vectors) const {
    return torch::matmul(vectors, m_directions);
}

} // namespace hmgrl
