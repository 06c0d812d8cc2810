#pragma once

#include "data/EmbeddingSet.h"
#include "data/Prediction.h"
#include "project/Blobs.h"

namespace hmgrl {

/// An ordered pair of spans: what a relation's prediction belongs to.
struct SpanPair {
    Span head, tail;
    friend auto operator<=>(const SpanPair&, const SpanPair&) = default;
};

/// What is stored of a prediction of either kind.
struct StoredPrediction {
    std::string modelHash; ///< empty: the candidates came with an import
    std::vector<StoredCandidate> candidates;
    double uncertainty = 0;
    std::vector<float> latent;
    std::optional<DiskPoint> where;
};

/// Rows of labels and predictions, each written in one place only. The prediction functions return
/// false and write nothing when the span or pair has one already.
std::int64_t insertMention(Connection& connection, std::int64_t document, const Mention& mention,
                           std::optional<std::int64_t> category);
std::int64_t insertRelation(Connection& connection, std::int64_t document, std::int64_t head,
                            std::int64_t tail, const Relation& relation,
                            std::optional<std::int64_t> category);
bool insertMentionPrediction(Connection& connection, std::int64_t document, Span span,
                             const StoredPrediction& prediction);
bool insertRelationPrediction(Connection& connection, std::int64_t document, const SpanPair& pair,
                              const StoredPrediction& prediction);

} // namespace hmgrl
