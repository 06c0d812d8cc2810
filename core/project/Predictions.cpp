#include "project/Predictions.h"

namespace hmgrl {
namespace {

std::string insertSql(const std::string& table, const std::string& place,
                      const std::string& marks) {
    return "INSERT INTO " + table + "(document, " + place +
           ", model_hash, uncertainty, r, theta, candidates, latent) VALUES (?, " + marks +
           ", ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING";
}

/// Binds what follows the key columns.
void bindPrediction(Query& query, int index, const StoredPrediction& prediction) {
    query.put(++index, prediction.modelHash);
    query.put(++index, prediction.uncertainty);
    if (prediction.where) {
        query.put(index + 1, prediction.where->r);
        query.put(index + 2, prediction.where->theta);
    } else {
        query.put(index + 1, std::optional<std::int64_t>());
        query.put(index + 2, std::optional<std::int64_t>());
    }
    query.put(index + 3, blobOf(prediction.candidates));
    query.put(index + 4, blobOf(prediction.latent));
}

} // namespace

std::int64_t insertMention(Connection& connection, std::int64_t document, const Mention& mention,
                           std::optional<std::int64_t> category) {
    connection
        .query("INSERT INTO mentions(document, span_begin, span_end, category, score, status) "
               "VALUES (?, ?, ?, ?, ?, ?)")
        .with(document, mention.span.begin, mention.span.end, category, mention.score,
              static_cast<int>(mention.status))
        .run();
    return connection.lastInsertId();
}

std::int64_t insertRelation(Connection& connection, std::int64_t document, std::int64_t head,
                            std::int64_t tail, const Relation& relation,
                            std::optional<std::int64_t> category) {
    connection
        .query("INSERT INTO relations(document, head, tail, category, score, status) "
               "VALUES (?, ?, ?, ?, ?, ?)")
        .with(document, head, tail, category, relation.score, static_cast<int>(relation.status))
        .run();
    return connection.lastInsertId();
}

bool insertMentionPrediction(Connection& connection, std::int64_t document, Span span,
                             const StoredPrediction& prediction) {
    static const std::string sql = insertSql("mention_predictions", "span_begin, span_end", "?, ?");
    Query query = connection.query(sql);
    query.with(document, span.begin, span.end);
    bindPrediction(query, 3, prediction);
    return query.run() > 0;
}

bool insertRelationPrediction(Connection& connection, std::int64_t document, const SpanPair& pair,
                              const StoredPrediction& prediction) {
    static const std::string sql = insertSql(
        "relation_predictions", "head_begin, head_end, tail_begin, tail_end", "?, ?, ?, ?");
    Query query = connection.query(sql);
    query.with(document, pair.head.begin, pair.head.end, pair.tail.begin, pair.tail.end);
    bindPrediction(query, 5, prediction);
    return query.run() > 0;
}

} // namespace hmgrl
