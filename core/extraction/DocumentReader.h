#pragma once

// LibTorch header: for core rooms only.
#include "data/Prediction.h"
#include "extraction/CategorySpace.h"
#include "extraction/Reader.h"

#include <vector>

namespace hmgrl {

struct ReadLimits {
    double mentionThreshold = 0.5;
    double relationThreshold = 0.5;
    int maxTokens = 160;
    int maxWindows = 64; ///< of one document; the rest of a longer text is reported as truncated
    int maxPairMentions = 24; ///< mentions of one window that are paired for relations
    bool detect = true;       ///< false: only what is given is typed
};

/// Reads documents with a model: mention detection, typing, relation decision. Runs without
/// autograd on the calling thread.
class DocumentReader {
public:
    DocumentReader(const Model& model, const CategorySpace& space, const ReadLimits& limits)
        : m_model(model)
        , m_reader(model)
        , m_space(space)
        , m_limits(limits) {}

    /// images[i]: (K, I) features of documents[i], or undefined.
    [[nodiscard]] std::vector<Extraction> read(std::span<const Document* const> documents,
                                               std::span<const torch::Tensor> images) const;

private:
    struct Work;
    void findMentions(Work& work) const;
    void typeMentions(Work& work) const;
    void relate(Work& work) const;

    const Model& m_model;
    Reader m_reader;
    const CategorySpace& m_space;
    ReadLimits m_limits;
};

} // namespace hmgrl
