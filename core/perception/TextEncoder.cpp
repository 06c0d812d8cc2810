#include "perception/TextEncoder.h"

#include "perception/BertLayer.h"
#include "perception/Transformer.h"
#include "support/Error.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace hmgrl {
namespace {

void setTrained(torch::nn::Module& module, bool trained) {
    for (auto& parameter : module.parameters())
        parameter.set_requires_grad(trained);
}

} // namespace

TextEncoderImpl::TextEncoderImpl(const BertConfig& config)
    : m_config(config) {
    const auto embeddings = register_module("embeddings", makeGroup());
    const auto table = [&](const char* name, std::int64_t rows) {
        return embeddings->register_module(name, torch::nn::Embedding(rows, config.hiddenSize));
    };
    m_words = table("word_embeddings", config.vocabSize);
    m_positions = table("position_embeddings", config.maxPositions);
    m_types = table("token_type_embeddings", config.typeVocabSize);
    m_norm = embeddings->register_module("LayerNorm", makeBertNorm(config));
    const auto encoder = register_module("encoder", makeGroup());
    m_layers = encoder->register_module("layer", torch::nn::ModuleList());
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

torch::Tensor TextEncoderImpl::forward(const torch::Tensor& ids, const torch::Tensor& mask) {
    if (ids.dim() != 2 || mask.sizes() != ids.sizes() || ids.size(1) > m_config.maxPositions)
        throw Error("text encoder: expected ids and mask of one shape (N, L) with L at most " +
                    std::to_string(m_config.maxPositions));
    return upper(m_firstTrained == 0 ? embed(ids) : lower(ids, mask), mask);
}

torch::Tensor TextEncoderImpl::lower(const torch::Tensor& ids, const torch::Tensor& mask) {
    const torch::NoGradGuard frozen;
    return runLayers(embed(ids), attentionBias(mask, m_words->weight.scalar_type()), 0,
                     m_firstTrained);
}

torch::Tensor TextEncoderImpl::upper(const torch::Tensor& hidden, const torch::Tensor& mask) {
    return runLayers(hidden, attentionBias(mask, m_words->weight.scalar_type()), m_firstTrained,
                     m_config.layers);
}

void TextEncoderImpl::trainTopLayers(std::int64_t layers) {
    m_firstTrained = m_config.layers - std::clamp<std::int64_t>(layers, 0, m_config.layers);
    setTrained(*this, m_firstTrained == 0);
    for (std::int64_t i = m_firstTrained; i < m_config.layers; ++i)
        setTrained(*m_layers[static_cast<std::size_t>(i)], true);
}

} // namespace hmgrl
