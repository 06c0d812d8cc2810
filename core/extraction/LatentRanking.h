#pragma once

#include "data/Document.h"
#include "data/Prediction.h"
#include "extraction/CategorySpace.h"

#include <span>
#include <string>

namespace hmgrl {

/// What is known of a mention at the end of a relation.
struct Argument {
    std::string acceptedType;      ///< empty: not decided
    std::span<const float> latent; ///< empty: not read by a model
};

/// What it may be: its accepted type for sure, else what the model makes of its latent.
[[nodiscard]] TypeBelief beliefOf(const Argument& argument, const CategorySpace& space);

/// Candidates of every latent in a document's extraction: of its mentions, then of the relations
/// between them, which see their arguments' types.
void rankLatents(Extraction& extraction, const Document& document, const CategorySpace& space);

} // namespace hmgrl
