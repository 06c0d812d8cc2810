#include "project/ExtractionStore.h"

#include <cmath>

namespace hmgrl {
namespace {

/// Latents and coordinates of a document's predictions by span or pair: a place on the disk stays
/// valid as long as the latent does.
template <typename Place>
using Placed = std::map<Place, std::pair<std::vector<float>, DiskPoint>>;

template <typename Place>
std::optional<DiskPoint> placeOf(const Placed<Place>& placed, const Place& place,
                                 const std::vector<float>& latent) {
    const auto old = placed.find(place);
    if (old == placed.end() || old->second.first != latent)
        return std::nullopt;
    return old->second.second;
}

Placed<Span> placedMentions(Connection& connection, std::int64_t document) {
    Query row = connection.query("SELECT span_begin, span_end, latent, r, theta "
                                 "FROM mention_predictions WHERE document = ? AND r IS NOT NULL");
    row.with(document);
    Placed<Span> placed;
    while (row.next())
        placed[{row.number(0), row.number(1)}] = {latentOf(row.bytes(2)),
                                                  {row.real(3), row.real(4)}};
    return placed;
}

Placed<SpanPair> placedRelations(Connection& connection, std::int64_t document) {
    Query row =
        connection.query("SELECT head_begin, head_end, tail_begin, tail_end, latent, r, theta "
                         "FROM relation_predictions WHERE document = ? AND r IS NOT NULL");
    row.with(document);
    Placed<SpanPair> placed;
    while (row.next())
        placed[{{row.number(0), row.number(1)}, {row.number(2), row.number(3)}}] = {
            latentOf(row.bytes(4)), {row.real(5), row.real(6)}};
    return placed;
}

void checkNumbers(const std::vector<Candidate>& candidates, const std::vector<float>& latent) {
    for (const Candidate& candidate : candidates)
        if (!std::isfinite(candidate.score) || !std::isfinite(candidate.distance))
            throw Error("prediction: expected finite scores and distances");
    for (const float value : latent)
        if (!std::isfinite(value))
            throw Error("prediction: expected a finite latent");
}

SpanPair pairOf(const Extraction& extraction, const RelationPrediction& relation) {
    return {extraction.mentions[static_cast<std::size_t>(relation.head)].span,
            extraction.mentions[static_cast<std::size_t>(relation.tail)].span};
}

} // namespace

void ExtractionStore::store(std::int64_t document, const Extraction& extraction,
                            const std::string& modelHash) {
    check(document, extraction);
    replacePredictions(document, extraction, modelHash);
    Labels labels = readLabels(document);
    suggestMentions(document, extraction, labels);
    suggestRelations(document, extraction, labels);
    dropSuggestions(document, labels);
    m_connection.query("UPDATE document_states SET model_hash = ? WHERE document = ?")
        .with(modelHash, document)
        .run();
    m_documents.refreshState(document);
}

void ExtractionStore::check(std::int64_t document, const Extraction& extraction) const {
    if (extraction.mentions.empty() && !extraction.relations.empty())
        throw Error("extraction: relations without mentions");
    const int length = m_documents.textLength(document);
    for (const MentionPrediction& mention : extraction.mentions) {
        const Span span = mention.span;
        if (span.begin < 0 || span.begin >= span.end || span.end > length)
            throw Error("extraction: expected 0 <= begin < end <= " + std::to_string(length) +
                        ", found " + std::to_string(span.begin) + ".." + std::to_string(span.end));
        checkNumbers(mention.candidates, mention.latent);
    }
    const int count = static_cast<int>(extraction.mentions.size());
    for (const RelationPrediction& relation : extraction.relations) {
        if (relation.head < 0 || relation.head >= count || relation.tail < 0 ||
            relation.tail >= count || relation.head == relation.tail)
            throw Error("extraction: expected two different mentions below " +
                        std::to_string(count) + ", found " + std::to_string(relation.head) +
                        " and " + std::to_string(relation.tail));
        checkNumbers(relation.candidates, relation.latent);
    }
}

/// The categories may have changed while the model worked; candidates that are gone are left out.
std::vector<StoredCandidate>
ExtractionStore::known(CategoryKind kind, const std::vector<Candidate>& candidates) const {
    std::vector<StoredCandidate> stored;
    for (const Candidate& candidate : candidates)
        if (const auto id = m_categories.find(kind, candidate.category))
            stored.push_back({*id, candidate.score, candidate.distance});
    return stored;
}

void ExtractionStore::replacePredictions(std::int64_t document, const Extraction& extraction,
                                         const std::string& modelHash) {
    const auto mentions = placedMentions(m_connection, document);
    const auto relations = placedRelations(m_connection, document);
    for (const char* table : {"mention_predictions", "relation_predictions"})
        m_connection.query("DELETE FROM " + std::string(table) + " WHERE document = ?")
            .with(document)
            .run();
    for (const MentionPrediction& mention : extraction.mentions)
        insertMentionPrediction(m_connection, document, mention.span,
                                {modelHash, known(CategoryKind::Entity, mention.candidates),
                                 uncertainty(mention.candidates), mention.latent,
                                 placeOf(mentions, mention.span, mention.latent)});
    for (const RelationPrediction& relation : extraction.relations) {
        const SpanPair pair = pairOf(extraction, relation);
        insertRelationPrediction(m_connection, document, pair,
                                 {modelHash, known(CategoryKind::Relation, relation.candidates),
                                  uncertainty(relation.candidates), relation.latent,
                                  placeOf(relations, pair, relation.latent)});
    }
}

ExtractionStore::Labels ExtractionStore::readLabels(std::int64_t document) const {
    Labels labels;
    const auto keep = [](auto& rows, const auto& place, Row row) {
        const auto [entry, isNew] = rows.try_emplace(place, row);
        if (!isNew && entry->second.status == Status::Suggested)
            entry->second = row;
    };
    Query mention = m_connection.query(
        "SELECT id, status, span_begin, span_end FROM mentions WHERE document = ? ORDER BY id");
    mention.with(document);
    while (mention.next())
        keep(labels.mentions, Span{mention.number(2), mention.number(3)},
             {mention.integer(0), static_cast<Status>(mention.number(1))});
    Query relation = m_connection.query(
        "SELECT r.id, r.status, h.span_begin, h.span_end, t.span_begin, t.span_end "
        "FROM relations r JOIN mentions h ON h.id = r.head JOIN mentions t ON t.id = r.tail "
        "WHERE r.document = ? ORDER BY r.id");
    relation.with(document);
    while (relation.next())
        keep(labels.relations,
             SpanPair{{relation.number(2), relation.number(3)},
                      {relation.number(4), relation.number(5)}},
             {relation.integer(0), static_cast<Status>(relation.number(1))});
    return labels;
}

void ExtractionStore::suggestMentions(std::int64_t document, const Extraction& extraction,
                                      Labels& labels) {
    for (const MentionPrediction& found : extraction.mentions) {
        const auto candidates = known(CategoryKind::Entity, found.candidates);
        const auto type = candidates.empty() ? std::nullopt : std::optional(candidates[0].category);
        const double score = candidates.empty() ? found.detection : candidates[0].score;
        const auto [entry, isNew] = labels.mentions.try_emplace(found.span, Row{});
        Row& row = entry->second;
        if (row.status != Status::Suggested)
            continue;
        if (isNew) {
            row.id = insertMention(m_connection, document,
                                   {0, found.span, {}, score, Status::Suggested, {}}, type);
        } else {
            m_connection.query("UPDATE mentions SET category = ?, score = ? WHERE id = ?")
                .with(type, score, row.id)
                .run();
        }
        labels.kept.insert(row.id);
    }
}

void ExtractionStore::suggestRelations(std::int64_t document, const Extraction& extraction,
                                       Labels& labels) {
    for (const RelationPrediction& found : extraction.relations) {
        const SpanPair pair = pairOf(extraction, found);
        const Row head = labels.mentions.at(pair.head);
        const Row tail = labels.mentions.at(pair.tail);
        if (head.status == Status::Rejected || tail.status == Status::Rejected ||
            head.id == tail.id)
            continue;
        const auto candidates = known(CategoryKind::Relation, found.candidates);
        const auto type = candidates.empty() ? std::nullopt : std::optional(candidates[0].category);
        const double score = candidates.empty() ? 1 - found.noRelation : candidates[0].score;
        const auto [entry, isNew] = labels.relations.try_emplace(pair, Row{});
        Row& row = entry->second;
        if (row.status != Status::Suggested)
            continue;
        if (isNew) {
            row.id = insertRelation(m_connection, document, head.id, tail.id,
                                    {0, 0, 0, {}, score, Status::Suggested, {}}, type);
        } else {
            m_connection
                .query(
                    "UPDATE relations SET head = ?, tail = ?, category = ?, score = ? WHERE id = ?")
                .with(head.id, tail.id, type, score, row.id)
                .run();
        }
        labels.keptRelations.insert(row.id);
    }
}

void ExtractionStore::dropSuggestions(std::int64_t document, const Labels& labels) {
    const auto drop = [&](const std::string& table, const std::string& unless,
                          const std::set<std::int64_t>& kept) {
        std::vector<std::int64_t> gone;
        Query row = m_connection.query("SELECT l.id FROM " + table +
                                       " l WHERE l.document = ? AND l.status = 0" + unless);
        row.with(document);
        while (row.next())
            if (!kept.contains(row.integer(0)))
                gone.push_back(row.integer(0));
        for (const std::int64_t id : gone)
            m_connection.query("DELETE FROM " + table + " WHERE id = ?").with(id).run();
    };
    drop("relations", "", labels.keptRelations);
    drop("mentions",
         " AND NOT EXISTS (SELECT 1 FROM relations r WHERE r.head = l.id)"
         " AND NOT EXISTS (SELECT 1 FROM relations r WHERE r.tail = l.id)",
         labels.kept);
}

} // namespace hmgrl
