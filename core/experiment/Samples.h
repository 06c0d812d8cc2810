#pragma once

// LibTorch header: for core rooms only.
#include "experiment/Protocol.h"
#include "extraction/Checkpoint.h"
#include "extraction/ImageFeatures.h"
#include "support/Cancel.h"
#include "support/Progress.h"

#include <span>
#include <vector>

namespace hmgrl {

/// A text as the encoder reads it, with its picture.
struct TextRow {
    Encoding encoding;
    torch::Tensor image; ///< (K, I) or undefined
    torch::Tensor lower; ///< (L, D) what the frozen layers make of it, or undefined
};

/// A protocol's samples, tokenized. samples[i] is Protocol::samples[i].
struct SampleSet {
    struct Sample {
        int row = 0;
        std::vector<std::pair<int, int>> anchors; ///< token ranges [first, last)
    };
    std::vector<TextRow> rows;
    std::vector<Sample> samples;
    std::int64_t regions = 1; ///< K; 1 where no picture is known
    std::int64_t imageWidth = 1;

    torch::Tensor wording; ///< (N, D) unit vectors, see keepWording(); or undefined

    bool texts = true; ///< false: what inputOf() gives has neither text nor anchors

    std::size_t length = 0; ///< every row is padded to it; 0: to the longest of its batch

    [[nodiscard]] std::size_t tokensOf(int sample) const;
};

struct SampleOptions {
    /// One row a sample, marker tokens as anchors; false: one row a document.
    bool markers = false;
    int padTo = 0; ///< HmgrlConfig::textLength
    bool images = true;
    bool texts = true;
    int maxTokens = 128; ///< a longer text is cut to a stretch that holds the anchors
};

/// Tokenizes; pictures that can't be read are issues and count as absent.
[[nodiscard]] SampleSet encodeSamples(const Protocol& protocol, const Model& model,
                                      const ImageFeatures& images, const SampleOptions& options,
                                      Issues& issues, const CancelToken& cancel,
                                      const ProgressSink& progress);

/// Runs the frozen layers of the encoder over every row once. Nothing where all layers are trained.
void keepLowerStates(SampleSet& set, TextEncoder& text, const CancelToken& cancel,
                     const ProgressSink& progress);

/// What each sample says in words to an encoder that isn't trained yet, see wordingOf().
void keepWording(SampleSet& set, TextEncoder& text, const CancelToken& cancel);

/// What a head reads of the chosen samples: rows that they share are encoded once. Rows in
/// `hidden` (by position among the chosen rows, ascending row number) lose their picture; empty:
/// none does. On the encoder's device, with gradient where the caller has it on.
[[nodiscard]] HeadInput inputOf(const SampleSet& set, TextEncoder& text,
                                std::span<const int> chosen, const std::vector<bool>& hidden = {});

/// Rows that the samples stand in, each once, ascending.
[[nodiscard]] std::vector<int> rowsOf(const SampleSet& set, std::span<const int> chosen);

} // namespace hmgrl
