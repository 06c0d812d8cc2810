#pragma once

#include "data/Document.h"
#include "support/Error.h"

#include <string>
#include <vector>

namespace hmgrl {

/// What the model says of one mention. `given` mentions were in the document already and are typed
/// where they stand; the others were found by mention detection.
struct MentionPrediction {
    Span span;
    bool given = false;
    double detection = 1;              ///< probability that this span is a mention, 1 when given
    std::vector<Candidate> candidates; ///< best first, 5 or fewer when there are fewer categories
    std::vector<float> latent; ///< as CategorySpace ranks it; its place in EmbeddingSet first
};

/// What the model says of one ordered pair of mentions.
struct RelationPrediction {
    int head = 0; ///< index into Extraction::mentions
    int tail = 0;
    bool given = false;
    double noRelation = 0; ///< probability that the pair has no relation
    std::vector<Candidate> candidates;
    std::vector<float> latent;
};

/// The model's reading of one document. Given mentions come first, in the document's order.
struct Extraction {
    std::vector<MentionPrediction> mentions;
    std::vector<RelationPrediction>
        relations;          ///< kept pairs: given, or above the decision threshold
    bool truncated = false; ///< the text was longer than the encoder reads
    bool usedImage = false;
    Issues issues; ///< an unreadable image and the like; the rest was still done
};

/// Uncertainty of a ranking, 0 (sure) to 1: one minus the margin between the two best
/// probabilities.
[[nodiscard]] double uncertainty(const std::vector<Candidate>& candidates);

} // namespace hmgrl
