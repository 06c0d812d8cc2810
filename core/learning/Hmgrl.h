#pragma once

// LibTorch header: for core rooms only.
#include "learning/Generative.h"
#include "learning/HmgrlConfig.h"

#include <torch/nn.h>

namespace hmgrl {

/// What one head reads. R rows (encoded texts with their image), B samples that live in these rows.
/// Sizes: L tokens, D text width, K regions, I image width, A anchors a sample (1 mention, 2 pair).
struct HeadInput {
    torch::Tensor tokens;       ///< (R, L, D) hidden states of the text encoder
    torch::Tensor tokenMask;    ///< (R, L) bool, true = token
    torch::Tensor image;        ///< (R, K, I), zeros where absent
    torch::Tensor imagePresent; ///< (R) bool
    torch::Tensor textPresent;  ///< (R) bool, false for an empty text
    torch::Tensor row;          ///< (B) int64
    torch::Tensor anchors;      ///< (B, A, D): marker states or span means
};

/// Noise of one pass; an undefined member means none (the mean is used). Shapes: text (R, L, V),
/// image (R, K, V), vae (B, z), generated (U, M, z).
struct HeadNoise {
    torch::Tensor text, image, vae, generated;
};

/// What the bottleneck and the fusion make of a HeadInput.
struct Perceived {
    torch::Tensor fused;       ///< h_mm (B, W), W = (1 + A) D + V
    torch::Tensor attention;   ///< (B, L + K), rows sum to 1, detached: for explanation
    Gaussian text, image;      ///< token-wise
    torch::Tensor pooledText;  ///< (R, V) masked means; reference: means over padding as well
    torch::Tensor pooledImage; ///< (R, V)
};

/// One HMGRL head (entity typing with A = 1, relation extraction with A = 2) over the states of
/// shared encoders: VIB, fusion, VAE, latent and prototype maps, scores. model.md sections 2 and 4.
class HmgrlHeadImpl : public torch::nn::Module {
public:
    HmgrlHeadImpl(const HmgrlConfig& config, std::int64_t anchors, std::int64_t textWidth,
                  std::int64_t imageWidth);

    Perceived perceive(const HeadInput& input, const HeadNoise& noise = {});

    /// h_mm (..., W) -> latent (..., d): lorentz the space part on the hyperboloid, reference
    /// ln1(h_mm). `drop` false: no dropout while training either.
    torch::Tensor latent(const torch::Tensor& fused, bool drop = true);
    /// Label states (..., C, D) -> prototypes (..., C, d) in the same space.
    torch::Tensor prototypes(const torch::Tensor& labelStates, bool drop = true);
    /// (B, d) x (C, d) -> (B, C): -distance / tau, or the dot product.
    torch::Tensor scores(const torch::Tensor& latents, const torch::Tensor& prototypes);
    /// Of every anchor in h_mm (B, W), the log-probability that it is of each type, (B, A, T), from
    /// distances on a hyperboloid of their own. Type states (T, D). Needs weightArguments > 0.
    torch::Tensor argumentTypes(const torch::Tensor& fused, const torch::Tensor& typeStates);
    /// Relation heads: logit that a pair has any relation, (B). h_mm (B, W).
    torch::Tensor related(const torch::Tensor& fused);

    /// Condition of the VAE for samples: reference the instance state, lorentz the label state.
    Vae& vae() { return m_vae; }
    /// Generated h_mm of categories: label states (U, D), eps (U, M, z) -> (U, M, W).
    torch::Tensor generate(const torch::Tensor& labelStates, const torch::Tensor& eps);

    [[nodiscard]] torch::Tensor curvature() const; ///< scalar in [0.1, 10]; 1 in reference mode
    [[nodiscard]] torch::Tensor tau() const;       ///< scalar > 0
    [[nodiscard]] const HmgrlConfig& config() const { return m_config; }
    [[nodiscard]] std::int64_t anchors() const { return m_anchors; }
    [[nodiscard]] std::int64_t fusedWidth() const { return m_fusedWidth; }

private:
    void makeArguments();
    /// Minus the distance (N, d) x (M, d) -> (N, M) of the head's geometry.
    torch::Tensor distanceScores(const torch::Tensor& points, const torch::Tensor& prototypes);
    torch::Tensor toSpace(const torch::Tensor& tangentInput, lorentz::Lift& lift,
                          torch::nn::Linear& plain);

    HmgrlConfig m_config;
    std::int64_t m_anchors, m_textWidth, m_fusedWidth;
    torch::nn::Linear m_imageIn{nullptr}; ///< image width -> text width; reference: if they differ
    torch::Tensor m_absentImage, m_absentText; ///< learned states of a missing modality, (D)
    Vib m_vib{nullptr};
    torch::nn::Linear m_query{nullptr}, m_key{nullptr}, m_tokenScore{nullptr};
    torch::nn::LayerNorm m_norm{nullptr}, m_labelNorm{nullptr};
    torch::nn::Linear m_hidden{nullptr};
    lorentz::Lift m_lift{nullptr}, m_labelLift{nullptr};
    torch::nn::Linear m_plain{nullptr}, m_labelPlain{nullptr};
    torch::nn::Linear m_related{nullptr};
    Vae m_vae{nullptr};
    lorentz::Lift m_anchorLift{nullptr}, m_typeLift{nullptr};
    torch::nn::Linear m_anchorPlain{nullptr}, m_typePlain{nullptr};
    torch::nn::LayerNorm m_anchorNorm{nullptr}, m_typeNorm{nullptr};
    torch::Tensor m_logTypeTau;
    torch::Tensor m_logTau, m_rawCurvature;
};
TORCH_MODULE(HmgrlHead);

/// Log-probability that every anchor is of a type that the category allows: types (B, A, T) from
/// argumentTypes(), allowed (C, A, T) bool -> (B, C). Allowing all types costs nothing.
[[nodiscard]] torch::Tensor argumentScores(const torch::Tensor& types,
                                           const torch::Tensor& allowed);

/// Class-free mention detection: B, I, O logits for every token. Corpora disagree on what a mention
/// is, so a learned vector per annotation style is added; style 0 is the one that the program
/// predicts.
class MentionHeadImpl : public torch::nn::Module {
public:
    MentionHeadImpl(std::int64_t textWidth, std::int64_t styles, std::int64_t hidden = 192);
    /// tokens (R, L, D), style (R) int64 -> (R, L, 3), order O, B, I
    torch::Tensor forward(const torch::Tensor& tokens, const torch::Tensor& style);
    [[nodiscard]] std::int64_t styles() const { return m_styles; }

private:
    std::int64_t m_styles;
    torch::nn::Linear m_hidden{nullptr}, m_out{nullptr};
    torch::nn::Embedding m_style{nullptr};
};
TORCH_MODULE(MentionHead);

} // namespace hmgrl
