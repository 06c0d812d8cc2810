#pragma once

// LibTorch header: for core rooms only.
#include "perception/Image.h"

#include <array>
#include <nlohmann/json.hpp>
#include <string>
#include <torch/types.h>

namespace hmgrl {

enum class Resample { Nearest, Bilinear };

/// How a picture becomes the input of a vision transformer: resized as a whole (aspect not kept)
/// to side x side, then (x / 255 - mean) / deviation for each channel. The defaults give
/// x / 127.5 - 1.
struct ImagePreparation {
    int side = 384; ///< pixels
    Resample resample = Resample::Bilinear;
    std::array<double, 3> mean{0.5, 0.5, 0.5};
    std::array<double, 3> deviation{0.5, 0.5, 0.5};

    /// preprocessor_config.json in Hugging Face's layout, for an encoder whose input is `side`
    /// wide.
    /// @throws Error naming the key that is unsupported or contradicts `side`
    [[nodiscard]] static ImagePreparation fromJson(const nlohmann::json& json, int side,
                                                   const std::string& file);
    [[nodiscard]] nlohmann::json toJson() const;
};

/// Returns (3, side, side) float32. Nearest takes the pixel under the centre of each new one.
/// Bilinear first averages a picture that is more than twice as large down by a whole factor, so
/// that fine detail doesn't turn into noise. @throws Error when the picture is empty
[[nodiscard]] torch::Tensor imageToTensor(const Image& image, const ImagePreparation& preparation);

} // namespace hmgrl
