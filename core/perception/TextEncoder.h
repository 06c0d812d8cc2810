#pragma once

// LibTorch header: for core rooms only.
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <torch/nn.h>

namespace hmgrl {

/// The shape of a BERT encoder, with the keys of Hugging Face's config.json.
struct BertConfig {
    std::int64_t vocabSize = 30522;
    std::int64_t hiddenSize = 384;
    std::int64_t layers = 6;
    std::int64_t heads = 12;
    std::int64_t intermediateSize = 1536;
    std::int64_t maxPositions = 512;
    std::int64_t typeVocabSize = 2;
    double layerNormEps = 1e-12;
    bool tanhGelu = false; ///< "gelu_new" / "gelu_pytorch_tanh" -> true, "gelu" -> false

    /// Numbers in the large matrices: what a file of such an encoder holds at the least.
    [[nodiscard]] double matrixParameters() const;
    /// The same shape computed as the reference does: GELU by tanh, eps 1e-14.
    [[nodiscard]] BertConfig withReferenceArithmetic() const;

    /// @throws Error naming the key that is missing or unsupported
    [[nodiscard]] static BertConfig fromJson(const nlohmann::json& json, const std::string& file);
    [[nodiscard]] nlohmann::json toJson() const;
};

/// BERT without the pooler. Parameter names are Hugging Face's
/// ("embeddings.word_embeddings.weight", "encoder.layer.0.attention.self.query.weight", ...), so
/// files load without a table.
class TextEncoderImpl : public torch::nn::Module {
public:
    explicit TextEncoderImpl(const BertConfig& config);

    /// ids (N, L) int64, mask (N, L) bool or float (1 = token); returns hidden states (N, L, D).
    /// Segments are 0. Padding is masked additively with -1e4.
    torch::Tensor forward(const torch::Tensor& ids, const torch::Tensor& mask);

    /// forward() in two halves, split where training begins: what the frozen layers make of a text
    /// never changes and may be kept. lower() runs without autograd.
    torch::Tensor lower(const torch::Tensor& ids, const torch::Tensor& mask);
    torch::Tensor upper(const torch::Tensor& hidden, const torch::Tensor& mask);

    /// Gradients only in the top `layers` layers (all of them and the embeddings when >= layer
    /// count); the frozen part then runs without autograd in forward().
    void trainTopLayers(std::int64_t layers);
    /// Whether lower() does anything that training doesn't change.
    [[nodiscard]] bool hasFrozenLayers() const { return m_firstTrained > 0; }

    [[nodiscard]] const BertConfig& config() const { return m_config; }
    [[nodiscard]] torch::Device device() const { return m_words->weight.device(); }

private:
    BertConfig m_config;
    std::int64_t m_firstTrained = 0;
    torch::nn::Embedding m_words{nullptr};
    torch::nn::Embedding m_positions{nullptr};
    torch::nn::Embedding m_types{nullptr};
    torch::nn::LayerNorm m_norm{nullptr};
    torch::nn::ModuleList m_layers{nullptr};

    [[nodiscard]] torch::Tensor embed(const torch::Tensor& ids);
    [[nodiscard]] torch::Tensor runLayers(torch::Tensor hidden, const torch::Tensor& bias,
                                          std::int64_t begin, std::int64_t end);
};
TORCH_MODULE(TextEncoder);

} // namespace hmgrl
