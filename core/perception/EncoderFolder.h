#pragma once

// LibTorch header: for core rooms only.
#include "perception/ImagePreparation.h"
#include "perception/TextEncoder.h"
#include "perception/VisionTransformer.h"
#include "perception/WordPiece.h"

#include <filesystem>
#include <memory>
#include <string>

namespace hmgrl {

// Pretrained encoders in Hugging Face's folder layout: config.json, model.safetensors or its
// shards with model.safetensors.index.json, and for text vocab.txt and tokenizer_config.json, for
// pictures preprocessor_config.json (the last two may be absent). Tensor names may begin with
// "bert." or "vit."; poolers and task heads are left out by name, anything else unknown is an
// error. Every function throws an Error naming file, key or tensor, what was expected and what was
// found.

enum class EncoderKind { Bert, Vit };

/// By "model_type" in config.json.
[[nodiscard]] EncoderKind encoderKind(const std::filesystem::path& folder);

/// How a loaded encoder computes: as its config.json says, or as the reference computes with the
/// same weights (BERT: GELU by tanh, eps 1e-14; ViT: exact GELU, eps 1e-6, nearest pixels).
enum class EncoderArithmetic { OfConfig, Reference };

struct PretrainedText {
    BertConfig config;
    std::shared_ptr<const WordPiece> words;
    TextEncoder encoder{nullptr}; ///< in evaluation mode, every parameter trainable
};

struct PretrainedVision {
    VitConfig config;
    ImagePreparation preparation;
    VisionTransformer encoder{nullptr}; ///< in evaluation mode, frozen
    std::string hash; ///< of weights, arithmetic and preparation: keys the feature cache
};

/// The tokenizer lower-cases when tokenizer_config.json, else config.json, says do_lower_case;
/// where neither says so, when no word of the vocabulary has a capital letter.
[[nodiscard]] PretrainedText
loadTextEncoder(const std::filesystem::path& folder,
                EncoderArithmetic arithmetic = EncoderArithmetic::OfConfig);

[[nodiscard]] PretrainedVision
loadVisionEncoder(const std::filesystem::path& folder,
                  EncoderArithmetic arithmetic = EncoderArithmetic::OfConfig);

/// vocab.txt for an encoder: at most as many tokens as it has word embeddings.
[[nodiscard]] std::shared_ptr<const WordPiece>
loadVocabulary(const std::filesystem::path& vocabulary, bool lowerCase, const BertConfig& config);

} // namespace hmgrl
