#pragma once

// LibTorch header: for core rooms only.
#include "data/Document.h"
#include "extraction/Checkpoint.h"

#include <span>
#include <string>
#include <vector>

namespace hmgrl {

/// A stretch of a text that fits the encoder: whole words, its token ids with [CLS] and [SEP].
struct Window {
    int document = 0;
    Encoding encoding;   ///< offsets are code points of the whole text
    torch::Tensor image; ///< (K, I) or undefined
    bool hasText = true;
};

/// One thing to be typed: a mention (1 anchor) or an ordered pair (2 anchors) inside a window.
struct Sample {
    int window = 0;
    std::vector<Span> anchors; ///< code points of the document
};

/// Windows with the states of the text encoder, padded together.
struct EncodedWindows {
    std::vector<Window> windows;
    torch::Tensor states;  ///< (R, L, D)
    torch::Tensor mask;    ///< (R, L) bool
    torch::Tensor wording; ///< (R, L, D) states of the wording encoder, where asked for
    torch::Tensor image, imagePresent, textPresent; ///< as in HeadInput
};

/// A label text after the text encoder's frozen layers, padded as the head wants it: kept, it saves
/// these layers whenever the trained ones read the label again.
struct LowerLabel {
    torch::Tensor states;    ///< (L, D)
    std::int64_t tokens = 0; ///< the first ones of L; the rest is padding
};

/// Turns texts into windows and windows into what the heads read. Both training (with gradient) and
/// inference go through here.
class Reader {
public:
    explicit Reader(const Model& model)
        : m_model(model) {}

    /// Windows of at most `maxTokens` tokens, split between words; at most maxWindows (truncated
    /// when the text is longer). An empty text gives one window without words.
    [[nodiscard]] std::vector<Window> split(int document, const std::string& text, int maxTokens,
                                            int maxWindows, bool& truncated) const;

    /// Runs the text encoder over the windows, padded to the longest; with `withWording` the
    /// model's wording encoder too, if there is one.
    [[nodiscard]] EncodedWindows encode(std::vector<Window> windows,
                                        bool withWording = false) const;

    /// Input for one head. Span mode gathers from the encoded windows; marker mode encodes every
    /// sample anew with its marker tokens.
    [[nodiscard]] HeadInput input(const EncodedWindows& encoded, std::span<const Sample> samples,
                                  const HmgrlConfig& config) const;

    /// Label states (C, D): masked mean over the label text's tokens, or over config.labelLength
    /// positions, padding included.
    [[nodiscard]] torch::Tensor labelStates(std::span<const std::string> labels,
                                            const HmgrlConfig& config) const;
    /// The same from what the frozen layers made of the labels.
    [[nodiscard]] torch::Tensor labelStates(std::span<const LowerLabel* const> labels,
                                            const HmgrlConfig& config) const;
    /// Each label text after the frozen layers, which read it without others beside it.
    [[nodiscard]] std::vector<LowerLabel> lowerLabels(std::span<const Category> categories,
                                                      const HmgrlConfig& config) const;

    /// What samples say in words, as far as the model keeps it: (N, W), see wordingOf(). W is 0
    /// without a wording encoder. `encoded` was made with it.
    [[nodiscard]] torch::Tensor wording(const EncodedWindows& encoded,
                                        std::span<const Sample> samples) const;
    /// The same of label texts (C, W).
    [[nodiscard]] torch::Tensor labelWording(std::span<const std::string> labels) const;

    /// [first, last) tokens of a window that a span touches; empty when it lies outside.
    [[nodiscard]] static std::pair<int, int> tokensOf(const Encoding& encoding, Span span);

private:
    /// Ids and mask (C, L), cut or padded to `length` where it isn't 0.
    [[nodiscard]] std::pair<torch::Tensor, torch::Tensor>
    labelIds(std::span<const std::string> labels, int length) const;
    [[nodiscard]] HeadInput markerInput(const EncodedWindows& encoded,
                                        std::span<const Sample> samples,
                                        const HmgrlConfig& config) const;

    const Model& m_model;
};

/// Means (N, D) of token ranges [first, last) out of states (R, L, D); range i lies in row rows[i].
/// An empty range stands for the first token.
[[nodiscard]] torch::Tensor rangeMeans(const torch::Tensor& states, const std::vector<int>& rows,
                                       const std::vector<std::pair<int, int>>& ranges);

/// Rows of length 1.
[[nodiscard]] torch::Tensor unitRows(const torch::Tensor& x);

/// What a sample says in words: unit vectors (N, D) of the mean state from its first anchor to its
/// last, all between them included. `anchors` holds token ranges for each sample, which lies in row
/// rows[i] of states (R, L, D).
[[nodiscard]] torch::Tensor wordingOf(const torch::Tensor& states, const std::vector<int>& rows,
                                      const std::vector<std::vector<std::pair<int, int>>>& anchors);

/// ids (N, L) int64 padded with 0, and mask (N, L) bool.
[[nodiscard]] std::pair<torch::Tensor, torch::Tensor> padIds(std::span<const Encoding> encodings,
                                                             std::size_t minimumLength = 0);

} // namespace hmgrl
