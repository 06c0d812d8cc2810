#pragma once

// LibTorch header: for core rooms only.
#include "perception/Image.h"

#include <torch/nn.h>

namespace hmgrl {

/// EfficientNet-Lite0 up to its head convolution; parameter names as in the published state dict
/// ("_conv_stem.weight", "_blocks.0._depthwise_conv.weight", ..., "_conv_head.weight", "_bn1.*").
class ImageEncoderImpl : public torch::nn::Module {
public:
    static constexpr std::int64_t inputSide = 224;
    static constexpr std::int64_t regions = 16; ///< 4 x 4, adaptive average of the 7 x 7 map
    static constexpr std::int64_t width = 1280;

    ImageEncoderImpl();

    /// pixels (N, 3, 224, 224), normalised as in training; returns (N, regions, width), row-major
    /// regions. Batch norm always uses the stored statistics, in training mode too.
    torch::Tensor forward(torch::Tensor pixels);

private:
    torch::nn::Conv2d m_stem{nullptr};
    torch::nn::BatchNorm2d m_stemNorm{nullptr};
    torch::nn::ModuleList m_blocks{nullptr};
    torch::nn::Conv2d m_head{nullptr};
    torch::nn::BatchNorm2d m_headNorm{nullptr};
};
TORCH_MODULE(ImageEncoder);

/// Bilinear resize (whole picture, aspect not kept) to 224 x 224, (x - 127) / 128: what the weights
/// were trained with. A picture more than twice as large is first averaged down by a whole factor,
/// so that fine detail doesn't turn into noise. Returns (3, 224, 224).
[[nodiscard]] torch::Tensor imageToTensor(const Image& image);

} // namespace hmgrl
