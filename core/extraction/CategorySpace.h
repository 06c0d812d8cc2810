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

/// What a mention may be: a probability for each entity category of a space, in their order, none
/// for one that is never a label. Empty: nothing is known.
using TypeBelief = std::vector<double>;

/// The prototypes of a set of categories under one model, with everything needed to rank a latent:
/// score = -d_L(latent, prototype) / tau + wordingWeight * (<words, p> + bias), p where the
/// category lies among words (its text, or that and examples, see wordPoints()), minus gamma for
/// seen categories, of which those learned from few labels get some back, see
/// ModelConfig::leadShare(); probabilities are the softmax. A latent is `width` numbers of the
/// hyperboloid's space part, where the sample lies on disk and in distances, and behind them
/// `wordingWidth` numbers of what its words say to the encoder before training, see WordingEncoder.
/// A relation's score also has argumentWeight * (log P(head fits) + log P(tail fits)), the
/// probabilities that its arguments are of the types that the relation allows. Immutable, no
/// LibTorch behind it: may be used from any thread, cheap enough for the inspector.
class CategorySpace {
public:
    /// One kind's part. Rows of `prototypes` follow `categories`.
    struct Part {
        std::vector<Category> categories;
        std::vector<float> prototypes; ///< space parts, categories.size() x width
        std::size_t width = 0;
        Similarity similarity = Similarity::Lorentz;
        double curvature = 1;
        double tau = 1; ///< distances (Dot: products) are divided by it
        double gamma = 0;
        std::vector<double> lead;   ///< of the categories, added to their scores; or empty: none
        double argumentWeight = 0;  ///< relations only
        std::vector<float> wording; ///< p of the categories, categories.size() x wordingWidth
        std::vector<float> wordingBias; ///< of the categories, or empty: none
        std::size_t wordingWidth = 0;
        double wordingWeight = 0;
        std::vector<bool> assignable; ///< inner nodes of the tree are no labels themselves
        /// What the model's generator imagines of unseen assignable categories: space parts,
        /// generatedOf.size() x width. May be empty.
        std::vector<float> generated;
        std::vector<std::uint32_t> generatedOf; ///< rows of categories

        [[nodiscard]] std::size_t latentWidth() const { return width + wordingWidth; }
    };

    /// What a category's score is made of; the softmax of the sums gives the probabilities.
    struct Reason {
        double nearness = 0;    ///< -d / tau; Dot: the product over tau
        double words = 0;       ///< likeness of the words, weighted
        double arguments = 0;   ///< how well the arguments' types fit, weighted, at most 0
        double calibration = 0; ///< lead - gamma for a seen category
        [[nodiscard]] double total() const {
            return (nearness + words) + (arguments + calibration);
        }
    };

    CategorySpace(Part entities, Part relations);

    [[nodiscard]] const Part& part(CategoryKind kind) const;
    /// The best k categories of a latent, best first; scores are softmax probabilities over all
    /// assignable categories of the kind. @throws Error when the latent's width is wrong
    [[nodiscard]] std::vector<Candidate> rank(CategoryKind kind, std::span<const float> latent,
                                              std::size_t k = 5) const;
    /// The same for a relation between mentions of these types.
    [[nodiscard]] std::vector<Candidate> rankRelation(std::span<const float> latent,
                                                      const TypeBelief& head,
                                                      const TypeBelief& tail,
                                                      std::size_t k = 5) const;
    /// True when types of arguments change the ranking of relations.
    [[nodiscard]] bool asksForArguments() const { return m_asksForArguments; }
    /// What the ranking of a mention's latent says of its type.
    [[nodiscard]] TypeBelief belief(std::span<const float> latent) const;
    /// A type that is known: of an inner node any type below it, all alike. Empty for an unknown
    /// name.
    [[nodiscard]] TypeBelief certain(const std::string& type) const;
    /// What the arguments' types add to the score of each relation, at most 0; rows as in
    /// part(Relation).categories. An empty belief adds nothing.
    [[nodiscard]] std::vector<double> argumentScores(const TypeBelief& head,
                                                     const TypeBelief& tail) const;
    /// Why a latent is ranked as it is; row as in part().categories, `arguments` from
    /// argumentScores().
    [[nodiscard]] Reason reason(CategoryKind kind, std::span<const float> latent,
                                std::size_t category, double arguments = 0) const;
    /// What a latent's ranking starts from, before gamma and arguments; minus infinity for
    /// what is never a label. Rows as in part().categories.
    [[nodiscard]] std::vector<double> scores(CategoryKind kind,
                                             std::span<const float> latent) const;
    /// Distance (Dot: minus the product) from a latent to one prototype. Row as in
    /// part().categories.
    [[nodiscard]] double distance(CategoryKind kind, std::span<const float> latent,
                                  std::size_t category) const;
    /// Prototypes as points for layout, id -1, in the order of part().categories.
    [[nodiscard]] EmbeddingSet prototypes(CategoryKind kind) const;
    /// The generated samples as points, id -1.
    [[nodiscard]] EmbeddingSet generated(CategoryKind kind) const;

private:
    /// For each entity category whether it may stand at this end of a relation; empty: any may.
    using Allowed = std::vector<bool>;
    struct Ends {
        Allowed head, tail;
    };
    [[nodiscard]] Allowed allowed(const std::vector<std::string>& types) const;
    [[nodiscard]] std::vector<Candidate> best(CategoryKind kind, std::span<const float> latent,
                                              std::span<const double> extra, std::size_t k) const;

    Part m_entities, m_relations;
    std::vector<Ends> m_ends; ///< of the relations
    bool m_asksForArguments = false;
};

} // namespace hmgrl
