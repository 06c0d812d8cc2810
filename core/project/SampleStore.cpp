#include "project/SampleStore.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

bool isEntity(CategoryKind kind) {
    return kind == CategoryKind::Entity;
}

const char* predictionTable(CategoryKind kind) {
    return isEntity(kind) ? "mention_predictions" : "relation_predictions";
}

/// Labels `l` of the kind with their prediction `p`.
std::string labelsWithPredictions(CategoryKind kind) {
    if (isEntity(kind))
        return "mention_predictions p JOIN mentions l ON l.document = p.document "
               "AND l.span_begin = p.span_begin AND l.span_end = p.span_end ";
    return "relation_predictions p "
           "JOIN mentions h ON h.document = p.document AND h.span_begin = p.head_begin "
           "AND h.span_end = p.head_end "
           "JOIN relations l ON l.head = h.id "
           "JOIN mentions t ON t.id = l.tail AND t.span_begin = p.tail_begin "
           "AND t.span_end = p.tail_end ";
}

struct Latent {
    std::int64_t prediction = 0;
    LatentRow row;
};

/// The end of the relation predictions p that `side` names, as the two last columns of a listing:
/// its accepted type and its latent.
std::string endColumns(const std::string& side) {
    const std::string where = " WHERE e.document = p.document AND e.span_begin = p." + side +
                              "_begin AND e.span_end = p." + side + "_end";
    return ", (SELECT e.category FROM mentions e" + where +
           " AND e.status = 1 AND e.category IS NOT NULL ORDER BY e.id LIMIT 1)"
           ", (SELECT e.latent FROM mention_predictions e" +
           where + ")";
}

/// What latentAt() reads of a prediction p.
std::string latentColumns(CategoryKind kind) {
    return "p.id, p.latent" +
           (isEntity(kind) ? std::string() : endColumns("head") + endColumns("tail"));
}

Latent latentAt(Query& row, CategoryKind kind, const CategoryNames& names) {
    const auto end = [&](int column) {
        LatentRow::End out;
        if (!row.isNull(column))
            out.acceptedType = nameOf(row.integer(column), names);
        if (!row.isNull(column + 1))
            out.latent = latentOf(row.bytes(column + 1));
        return out;
    };
    Latent latent;
    latent.prediction = row.integer(0);
    latent.row.kind = kind;
    latent.row.latent = latentOf(row.bytes(1));
    if (!isEntity(kind)) {
        latent.row.head = end(2);
        latent.row.tail = end(4);
    }
    return latent;
}

/// The next latents after a prediction row, few enough that a large project needs little memory.
std::vector<Latent> nextLatents(Connection& connection, CategoryKind kind, std::int64_t after,
                                const CategoryNames& names) {
    Query row =
        connection.query("SELECT " + latentColumns(kind) + " FROM " + predictionTable(kind) +
                         " p WHERE p.id > ? AND p.latent IS NOT NULL ORDER BY p.id LIMIT 512");
    row.with(after);
    std::vector<Latent> latents;
    while (row.next())
        latents.push_back(latentAt(row, kind, names));
    return latents;
}

} // namespace

std::vector<SampleRow> SampleStore::all(CategoryKind kind) const {
    const Transaction snapshot(m_connection, Transaction::Mode::Read);
    const CategoryNames names = m_categories.names();
    Query row = m_connection.query("SELECT l.id, l.document, l.status, l.category, p.candidates, "
                                   "p.latent, p.r, p.theta FROM " +
                                   labelsWithPredictions(kind) + "WHERE p.latent IS NOT NULL");
    std::vector<SampleRow> samples;
    while (row.next()) {
        SampleRow& sample = samples.emplace_back();
        sample.kind = kind;
        sample.id = row.integer(0);
        sample.document = row.integer(1);
        sample.status = static_cast<Status>(row.number(2));
        sample.type = row.isNull(3) ? std::string() : nameOf(row.integer(3), names);
        sample.candidates = candidatesOf(row.bytes(4), names);
        sample.latent = latentOf(row.bytes(5));
        if (!row.isNull(6))
            sample.where = DiskPoint{row.real(6), row.real(7)};
    }
    std::sort(samples.begin(), samples.end(),
              [](const SampleRow& a, const SampleRow& b) { return a.id < b.id; });
    return samples;
}

std::optional<LatentRow> SampleStore::latent(CategoryKind kind, std::int64_t sample) const {
    const Transaction snapshot(m_connection, Transaction::Mode::Read);
    const CategoryNames names = m_categories.names();
    Query row =
        m_connection.query("SELECT " + latentColumns(kind) + " FROM " +
                           labelsWithPredictions(kind) + "WHERE l.id = ? AND p.latent IS NOT NULL");
    if (!row.with(sample).next())
        return std::nullopt;
    return latentAt(row, kind, names).row;
}

std::vector<RelationEnds> SampleStore::relationEnds() const {
    const Transaction snapshot(m_connection, Transaction::Mode::Read);
    const CategoryNames names = m_categories.names();
    Query row = m_connection.query(
        "SELECT id, head, tail, category FROM relations WHERE status <> ? ORDER BY id");
    row.with(static_cast<int>(Status::Rejected));
    std::vector<RelationEnds> all;
    while (row.next()) {
        RelationEnds& ends = all.emplace_back();
        ends.id = row.integer(0);
        ends.head = row.integer(1);
        ends.tail = row.integer(2);
        ends.type = row.isNull(3) ? std::string() : nameOf(row.integer(3), names);
    }
    return all;
}

void SampleStore::rescore(const Project::Ranker& rank, const CancelToken& cancel) {
    for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation})
        rescoreKind(kind, rank, cancel);
    for (const std::int64_t document : m_documents.ids()) {
        cancel.throwIfCancelled();
        m_documents.refreshState(document);
    }
}

void SampleStore::rescoreKind(CategoryKind kind, const Project::Ranker& rank,
                              const CancelToken& cancel) {
    std::unordered_map<std::string, std::int64_t> ids;
    for (const Category& category : m_categories.all())
        if (category.kind == kind)
            ids.emplace(category.name, m_categories.require(kind, category.name));
    const CategoryNames names = m_categories.names();
    std::int64_t last = 0;
    for (auto batch = nextLatents(m_connection, kind, last, names); !batch.empty();
         batch = nextLatents(m_connection, kind, last, names)) {
        for (const Latent& latent : batch) {
            cancel.throwIfCancelled();
            if (const auto ranking = rank(latent.row))
                storeRanking(kind, latent.prediction, *ranking, ids);
        }
        last = batch.back().prediction;
    }
    const std::string labels = isEntity(kind) ? "mentions" : "relations";
    // Suggestions follow their first candidate; the blob is decoded here, not in SQL.
    Query row = m_connection.query("SELECT l.id, p.candidates FROM " + labelsWithPredictions(kind) +
                                   "WHERE l.status = 0 AND p.latent IS NOT NULL");
    std::vector<std::pair<std::int64_t, StoredCandidate>> best;
    while (row.next())
        if (const auto first = firstCandidate(row.bytes(1)))
            best.emplace_back(row.integer(0), *first);
    for (const auto& [label, candidate] : best)
        m_connection.query("UPDATE " + labels + " SET category = ?, score = ? WHERE id = ?")
            .with(candidate.category, candidate.score, label)
            .run();
}

void SampleStore::storeRanking(CategoryKind kind, std::int64_t prediction,
                               const std::vector<Candidate>& candidates,
                               const std::unordered_map<std::string, std::int64_t>& ids) {
    std::vector<StoredCandidate> stored;
    for (const Candidate& candidate : candidates) {
        if (!std::isfinite(candidate.score) || !std::isfinite(candidate.distance))
            throw Error("ranking: expected finite scores and distances");
        if (const auto id = ids.find(candidate.category); id != ids.end())
            stored.push_back({id->second, candidate.score, candidate.distance});
    }
    m_connection
        .query("UPDATE " + std::string(predictionTable(kind)) +
               " SET candidates = ?, uncertainty = ? WHERE id = ?")
        .with(blobOf(stored), uncertainty(candidates), prediction)
        .run();
}

void SampleStore::setPlaces(CategoryKind kind,
                            const std::vector<std::pair<std::int64_t, DiskPoint>>& where) {
    const std::string prediction =
        "SELECT p.id FROM " + labelsWithPredictions(kind) + "WHERE l.id = ?";
    for (const auto& [label, point] : where) {
        if (!std::isfinite(point.r) || !std::isfinite(point.theta) || point.r < 0)
            throw Error("coordinates: expected a finite radius and angle, radius 0 or more");
        Query row = m_connection.query(prediction);
        if (!row.with(label).next())
            continue; // the sample went while the layout was computed
        m_connection
            .query("UPDATE " + std::string(predictionTable(kind)) +
                   " SET r = ?, theta = ? WHERE id = ?")
            .with(point.r, point.theta, row.integer(0))
            .run();
    }
}

} // namespace hmgrl
