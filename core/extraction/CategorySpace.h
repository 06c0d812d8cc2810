#pragma once

#include "data/Category.h"
#include "data/EmbeddingSet.h"
#include "data/Prediction.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

namespace hmgrl {

/// How a latent is compared with a prototype.
enum class Similarity {
    Lorentz,   ///< minus the hyperbolic distance over tau (the default mode)
    Euclidean, ///< minus the Euclidean distance over tau (the twin)
    Dot        ///< dot product (reference mode)
};

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
        Similarity similarity = Similarity::Lorentz;
        double curvature = 1;
        double tau = 1;
        double gamma = 0;
        std::vector<bool> assignable; ///< inner nodes of the tree are no labels themselves
        /// What the model's generator imagines of unseen assignable categories: space parts,
        /// generatedOf.size() x width. May be empty.
        std::vector<float> generated;
        std::vector<std::uint32_t> generatedOf; ///< rows of categories
    };

    CategorySpace(Part entities, Part relations);

    [[nodiscard]] const Part& part(CategoryKind kind) const;
    /// The best k categories of a latent, best first; scores are softmax probabilities over all
    /// assignable categories of the kind. @throws Error when the latent's width is wrong
    [[nodiscard]] std::vector<Candidate> rank(CategoryKind kind, std::span<const float> latent,
                                              std::size_t k = 5) const;
    /// Distance (Dot: minus the product) from a latent to one prototype. Row as in part().categories.
    [[nodiscard]] double distance(CategoryKind kind, std::span<const float> latent,
                                  std::size_t category) const;
    /// Prototypes as points for layout, id -1, in the order of part().categories.
    [[nodiscard]] EmbeddingSet prototypes(CategoryKind kind) const;
    /// The generated samples as points, id -1.
    [[nodiscard]] EmbeddingSet generated(CategoryKind kind) const;

private:
    Part m_entities, m_relations;
};

} // namespace hmgrl
