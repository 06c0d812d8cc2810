#pragma once

#include "data/Category.h"
#include "data/EmbeddingSet.h"
#include "data/Prediction.h"

#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hmgrl {

/// The prototypes of a set of categories under one model, with everything needed to rank a latent:
/// score = -d_L(latent, prototype) / tau, minus gamma for seen categories; probabilities are the softmax.
/// Immutable, no LibTorch behind it: may be used from any thread, cheap enough for the inspector.
class CategorySpace {
public:
    /// One kind's part. Rows of `prototypes` follow `categories`.
    struct Part {
        std::vector<Category> categories;
        std::vector<float> prototypes; ///< space parts, categories.size() x width
        std::size_t width = 0;
        double curvature = 1;
        double tau = 1;
        double gamma = 0;
        std::vector<bool> assignable; ///< inner nodes of the tree that are no label themselves are not
    };

    CategorySpace(Part entities, Part relations);

    [[nodiscard]] const Part& part(CategoryKind kind) const;
    /// The best k categories of a latent, best first; scores are softmax probabilities over all
    /// assignable categories of the kind. @throws Error when the latent's width is wrong
    [[nodiscard]] std::vector<Candidate> rank(CategoryKind kind, std::span<const float> latent,
                                              std::size_t k = 5) const;
    /// Prototypes of both kinds as points for layout; width is the larger of the two, zero-padded.
    [[nodiscard]] EmbeddingSet prototypes(CategoryKind kind) const;

private:
    Part m_entities, m_relations;
};

} // namespace hmgrl
