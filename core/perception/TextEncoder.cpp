#include "perception/TextEncoder.h"

#include "perception/Transformer.h"
#include "support/Error.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace hmgrl {
namespace {

namespace nn = torch::nn;

nn::LayerNorm makeNorm(const BertConfig& c) {
    return nn::LayerNorm(nn::LayerNormOptions({c.hiddenSize}).eps(c.layerNormEps));
}

/// One post-norm transformer layer.
class BertLayerImpl : public nn::Module {
public:
    explicit BertLayerImpl(const BertConfig& c)
        : m_heads(c.heads)
        , m_gelu(c.tanhGelu ? "tanh" : "none") {
        const auto square = [&] { return nn::Linear(c.hiddenSize, c.hiddenSize); };
        const auto attention = register_module("attention", makeGroup());
        const auto self = attention->register_module("self", makeGroup());
        m_query = self->register_module("query", square());
        m_key = self->register_module("key", square());
        m_value = self->register_module("value", square());
        const auto mixed = attention->register_module("output", makeGroup());
        m_mix = mixed->register_module("dense", square());
        m_mixNorm = mixed->register_module("LayerNorm", makeNorm(c));
        const auto wide = register_module("intermediate", makeGroup());
        m_widen = wide->register_module("dense", nn::Linear(c.hiddenSize, c.intermediateSize));
        const auto narrow = register_module("output", makeGroup());
        m_narrow = narrow->register_module("dense", nn::Linear(c.intermediateSize, c.hiddenSize));
        m_norm = narrow->register_module("LayerNorm", makeNorm(c));
    }

    /// hidden (N, L, D), bias (N, 1, 1, L) added to the attention scores
    torch::Tensor forward(const torch::Tensor& hidden, const torch::Tensor& bias) {
        const auto seen = attend(m_query(hidden), m_key(hidden), m_value(hidden), m_heads, bias);
        const auto attended = m_mixNorm(m_mix(seen) + hidden);
        const auto widened = torch::gelu(m_widen(attended), m_gelu);
        return m_norm(m_narrow(widened) + attended);
    }

private:
    std::int64_t m_heads;
    const char* m_gelu;
    nn::Linear m_query{nullptr}, m_key{nullptr}, m_value{nullptr}, m_mix{nullptr};
    nn::Linear m_widen{nullptr}, m_narrow{nullptr};
    nn::LayerNorm m_mixNorm{nullptr}, m_norm{nullptr};
};

void setTrained(nn::Module& module, bool trained) {
    for (auto& parameter : module.parameters())
        parameter.set_requires_grad(trained);
}

} // namespace

TextEncoderImpl::TextEncoderImpl(const BertConfig& config)
    : m_config(config) {
    const auto embeddings = register_module("embeddings", makeGroup());
    const auto table = [&](const char* name, std::int64_t rows) {
        return embeddings->register_module(name, nn::Embedding(rows, config.hiddenSize));
    };
    m_words = table("word_embeddings", config.vocabSize);
    m_positions = table("position_embeddings", config.maxPositions);
    m_types = table("token_type_embeddings", config.typeVocabSize);
    m_norm = embeddings->register_module("LayerNorm", makeNorm(config));
    const auto encoder = register_module("encoder", makeGroup());
    m_layers = encoder->register_module("layer", nn::ModuleList());
    for (std::int64_t i = 0; i < config.layers; ++i)
        m_layers->push_back(std::make_shared<BertLayerImpl>(config));
}

torch::Tensor TextEncoderImpl::embed(const torch::Tensor& ids) {
    const auto places = m_positions->weight.slice(0, 0, ids.size(1));
    return m_norm(m_words(ids) + places + m_types->weight[0]);
}

torch::Tensor TextEncoderImpl::runLayers(torch::Tensor hidden, const torch::Tensor& bias,
                                         std::int64_t begin, std::int64_t end) {
    for (std::int64_t i = begin; i < end; ++i)
        hidden = m_layers->ptr<BertLayerImpl>(static_cast<std::size_t>(i))->forward(hidden, bias);
    return hidden;
}

torch::Tensor TextEncoderImpl::attentionBias(const torch::Tensor& mask) const {
    const auto type = m_words->weight.scalar_type();
    return ((1 - mask.to(type)) * -1e4).unsqueeze(1).unsqueeze(1);
}

torch::Tensor TextEncoderImpl::forward(const torch::Tensor& ids, const torch::Tensor& mask) {
    if (ids.dim() != 2 || mask.sizes() != ids.sizes() || ids.size(1) > m_config.maxPositions)
        throw Error("text encoder: expected ids and mask of one shape (N, L) with L at most " +
                    std::to_string(m_config.maxPositions));
    return upper(m_firstTrained == 0 ? embed(ids) : lower(ids, mask), mask);
}

torch::Tensor TextEncoderImpl::lower(const torch::Tensor& ids, const torch::Tensor& mask) {
    const torch::NoGradGuard frozen;
    return runLayers(embed(ids), attentionBias(mask), 0, m_firstTrained);
}

torch::Tensor TextEncoderImpl::upper(const torch::Tensor& hidden, const torch::Tensor& mask) {
    return runLayers(hidden, attentionBias(mask), m_firstTrained, m_config.layers);
}

void TextEncoderImpl::trainTopLayers(std::int64_t layers) {
    m_firstTrained = m_config.layers - std::clamp<std::int64_t>(layers, 0, m_config.layers);
    setTrained(*this, m_firstTrained == 0);
    for (std::int64_t i = m_firstTrained; i < m_config.layers; ++i)
        setTrained(*m_layers[static_cast<std::size_t>(i)], true);
}

} // namespace hmgrl
