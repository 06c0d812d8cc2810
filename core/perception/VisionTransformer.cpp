#include "perception/VisionTransformer.h"

#include "perception/Transformer.h"
#include "support/Error.h"

#include <memory>

namespace hmgrl {
namespace {

namespace nn = torch::nn;

nn::LayerNorm makeNorm(const VitConfig& c) {
    return nn::LayerNorm(nn::LayerNormOptions({c.hiddenSize}).eps(c.layerNormEps));
}

/// One pre-norm transformer layer.
class VitLayerImpl : public nn::Module {
public:
    explicit VitLayerImpl(const VitConfig& c)
        : m_heads(c.heads)
        , m_gelu(c.tanhGelu ? "tanh" : "none") {
        const auto square = [&](bool bias) {
            return nn::Linear(nn::LinearOptions(c.hiddenSize, c.hiddenSize).bias(bias));
        };
        const auto attention = register_module("attention", makeGroup());
        const auto self = attention->register_module("attention", makeGroup());
        m_query = self->register_module("query", square(c.qkvBias));
        m_key = self->register_module("key", square(c.qkvBias));
        m_value = self->register_module("value", square(c.qkvBias));
        const auto mixed = attention->register_module("output", makeGroup());
        m_mix = mixed->register_module("dense", square(true));
        const auto wide = register_module("intermediate", makeGroup());
        m_widen = wide->register_module("dense", nn::Linear(c.hiddenSize, c.intermediateSize));
        const auto narrow = register_module("output", makeGroup());
        m_narrow = narrow->register_module("dense", nn::Linear(c.intermediateSize, c.hiddenSize));
        m_before = register_module("layernorm_before", makeNorm(c));
        m_after = register_module("layernorm_after", makeNorm(c));
    }

    /// hidden (N, L, D) -> (N, L, D)
    torch::Tensor forward(const torch::Tensor& hidden) {
        const auto scaled = m_before(hidden);
        const auto seen = attend(m_query(scaled), m_key(scaled), m_value(scaled), m_heads);
        const auto attended = m_mix(seen) + hidden;
        return m_narrow(torch::gelu(m_widen(m_after(attended)), m_gelu)) + attended;
    }

private:
    std::int64_t m_heads;
    const char* m_gelu;
    nn::Linear m_query{nullptr}, m_key{nullptr}, m_value{nullptr}, m_mix{nullptr};
    nn::Linear m_widen{nullptr}, m_narrow{nullptr};
    nn::LayerNorm m_before{nullptr}, m_after{nullptr};
};

} // namespace

VisionTransformerImpl::VisionTransformerImpl(const VitConfig& config)
    : m_config(config) {
    const std::int64_t width = config.hiddenSize;
    const auto embeddings = register_module("embeddings", makeGroup());
    m_classToken = embeddings->register_parameter("cls_token", torch::zeros({1, 1, width}));
    m_positions = embeddings->register_parameter("position_embeddings",
                                                 torch::zeros({1, config.tokens(), width}));
    const auto patches = embeddings->register_module("patch_embeddings", makeGroup());
    const auto options = nn::Conv2dOptions(3, width, config.patchSize).stride(config.patchSize);
    m_patches = patches->register_module("projection", nn::Conv2d(options));
    const auto encoder = register_module("encoder", makeGroup());
    m_layers = encoder->register_module("layer", nn::ModuleList());
    for (std::int64_t i = 0; i < config.layers; ++i)
        m_layers->push_back(std::make_shared<VitLayerImpl>(config));
    m_norm = register_module("layernorm", makeNorm(config));
}

torch::Tensor VisionTransformerImpl::forward(const torch::Tensor& pixels) {
    const std::int64_t side = m_config.imageSize;
    if (pixels.dim() != 4 || pixels.size(1) != 3 || pixels.size(2) != side ||
        pixels.size(3) != side)
        throw Error("vision encoder: expected pixels of shape (N, 3, " + std::to_string(side) +
                    ", " + std::to_string(side) + ")");
    const auto patches = m_patches(pixels).flatten(2).transpose(1, 2);
    const auto first = m_classToken.expand({pixels.size(0), 1, m_config.hiddenSize});
    auto hidden = torch::cat({first, patches}, 1) + m_positions;
    for (std::size_t i = 0; i < m_layers->size(); ++i)
        hidden = m_layers->ptr<VitLayerImpl>(i)->forward(hidden);
    return m_norm(hidden);
}

} // namespace hmgrl
