#pragma once

// LibTorch header: for core rooms only.
#include "perception/ImagePreparation.h"

#include <nlohmann/json.hpp>
#include <string>
#include <torch/nn.h>

namespace hmgrl {

/// The shape of a ViT encoder, with the keys of Hugging Face's config.json.
struct VitConfig {
    std::int64_t hiddenSize = 768;
    std::int64_t layers = 12;
    std::int64_t heads = 12;
    std::int64_t intermediateSize = 3072;
    std::int64_t imageSize = 384; ///< side of the square input, in pixels
    std::int64_t patchSize = 16;
    double layerNormEps = 1e-12;
    bool tanhGelu = false;
    bool qkvBias = true;

    /// Class token and patches: 577 for 384 / 16.
    [[nodiscard]] std::int64_t tokens() const {
        return 1 + (imageSize / patchSize) * (imageSize / patchSize);
    }
    /// Numbers in the large matrices: what a file of such an encoder holds at the least.
    [[nodiscard]] double matrixParameters() const;
    /// The same shape computed as the reference does: exact GELU, eps 1e-6.
    [[nodiscard]] VitConfig withReferenceArithmetic() const;

    /// @throws Error naming the key that is missing or unsupported
    [[nodiscard]] static VitConfig fromJson(const nlohmann::json& json, const std::string& file);
    [[nodiscard]] nlohmann::json toJson() const;
};

/// Pre-norm vision transformer without pooler and classifier. Parameter names are Hugging Face's
/// ("embeddings.cls_token", "encoder.layer.0.attention.attention.query.weight", ...,
/// "layernorm.weight").
class VisionTransformerImpl : public torch::nn::Module {
public:
    explicit VisionTransformerImpl(const VitConfig& config);

    /// pixels (N, 3, S, S) from imageToTensor; returns all tokens (N, 1 + P, D) after the final
    /// LayerNorm, the class token first, then the patches row by row. @throws Error for other
    /// shapes
    torch::Tensor forward(const torch::Tensor& pixels);

    [[nodiscard]] const VitConfig& config() const { return m_config; }

private:
    VitConfig m_config;
    torch::Tensor m_classToken;
    torch::Tensor m_positions;
    torch::nn::Conv2d m_patches{nullptr};
    torch::nn::ModuleList m_layers{nullptr};
    torch::nn::LayerNorm m_norm{nullptr};
};
TORCH_MODULE(VisionTransformer);

} // namespace hmgrl
