#pragma once

// LibTorch header: for core rooms only.
#include "perception/BertLayer.h"

#include <memory>
#include <vector>

namespace hmgrl {

/// What words say before any training of ours: the text encoder's trained layers as they were when
/// training began, over the layers below them, which never change, and the directions of their
/// states that are kept. Fine-tuning teaches the seen categories and forgets some of what the
/// encoder knew of all others; this is where it still stands. Layers have the names that they have
/// in the text encoder.
class WordingEncoderImpl : public torch::nn::Module {
public:
    /// Never trained. The top `layers` layers of an encoder of this shape; `width` directions are
    /// kept, at most as many as a state has.
    WordingEncoderImpl(const BertConfig& config, std::int64_t layers, std::int64_t width);

    /// Copies the layers that `text` has now, which must be of the same shape.
    void copyFrom(const TextEncoder& text);
    /// Keeps the principal directions of these unit vectors (N, D): those in which they are
    /// largest, about the origin, so that products of kept parts come nearest to products.
    void keepDirectionsOf(const torch::Tensor& vectors);

    /// hidden (N, L, D) below the layers, as of TextEncoder::lower(); returns states (N, L, D).
    torch::Tensor forward(const torch::Tensor& hidden, const torch::Tensor& mask);
    /// Kept parts (N, W) of unit vectors (N, D): their products are the cosines of the whole, as
    /// far as the kept directions go.
    [[nodiscard]] torch::Tensor kept(const torch::Tensor& vectors) const;

    [[nodiscard]] std::int64_t layers() const { return static_cast<std::int64_t>(m_layers.size()); }
    [[nodiscard]] std::int64_t width() const { return m_directions.size(1); }

private:
    std::int64_t m_first;
    std::vector<std::shared_ptr<BertLayerImpl>> m_layers;
    torch::Tensor m_directions; ///< (D, W) orthonormal columns
};
TORCH_MODULE(WordingEncoder);

} // namespace hmgrl
