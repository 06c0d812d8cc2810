#include "project/DocumentStore.h"

#include "project/Search.h"
#include "support/Text.h"

#include <algorithm>

namespace hmgrl {
namespace {

constexpr const char* kSummaryColumns =
    "SELECT d.id, d.key, d.excerpt, d.image_path, s.accepted, s.suggested, s.rejected, "
    "s.uncertainty, s.model_hash, v.document IS NOT NULL "
    "FROM documents d JOIN document_states s ON s.document = d.id "
    "LEFT JOIN reviews v ON v.document = d.id ";

/// Conditions of a listing and the texts bound to their ? marks, in order.
struct Conditions {
    std::string sql;
    std::vector<std::string> values;

    void add(const std::string& condition) {
        sql += (sql.empty() ? "WHERE " : " AND ") + condition;
    }
};

Conditions conditionsOf(const DocumentQuery& query) {
    Conditions out;
    const SearchTerms terms = searchTerms(query.text);
    if (!terms.match.empty()) {
        out.add("d.id IN (SELECT rowid FROM document_text WHERE document_text MATCH ?)");
        out.values.push_back(terms.match);
    }
    for (const std::string& literal : terms.literals) {
        out.add("(instr(d.text, ?) > 0 OR instr(d.key, ?) > 0)");
        out.values.insert(out.values.end(), {literal, literal});
    }
    if (!query.category.empty()) {
        out.add("d.id IN (SELECT l.document FROM categories c JOIN mentions l ON l.category = c.id "
                "WHERE c.kind = 0 AND c.name = ? AND l.status < 2 UNION "
                "SELECT l.document FROM categories c JOIN relations l ON l.category = c.id "
                "WHERE c.kind = 1 AND c.name = ? AND l.status < 2)");
        out.values.insert(out.values.end(), {query.category, query.category});
    }
    if (query.reviewed)
        out.add(*query.reviewed ? "v.document IS NOT NULL" : "v.document IS NULL");
    return out;
}

const char* orderOf(DocumentQuery::Order order) {
    switch (order) {
    case DocumentQuery::Order::Uncertainty:
        return " ORDER BY s.uncertainty DESC, d.id";
    case DocumentQuery::Order::Key:
        return " ORDER BY d.key";
    case DocumentQuery::Order::Status: // what waits for a decision comes first
        return " ORDER BY v.document IS NOT NULL, s.suggested = 0, d.id";
    case DocumentQuery::Order::Imported:
        break;
    }
    return " ORDER BY d.id";
}

Status statusOf(int number) {
    if (number < 0 || number > 2)
        throw Error("damaged project: expected a status 0..2, found " + std::to_string(number));
    return static_cast<Status>(number);
}

[[noreturn]] void throwNoDocument(std::int64_t id) {
    throw Error("there is no document " + std::to_string(id));
}

} // namespace

std::size_t DocumentStore::count() const {
    return static_cast<std::size_t>(m_connection.scalar("SELECT count(*) FROM document_states"));
}

std::vector<std::int64_t> DocumentStore::ids() const {
    Query row = m_connection.query("SELECT document FROM document_states ORDER BY document");
    std::vector<std::int64_t> ids;
    while (row.next())
        ids.push_back(row.integer(0));
    return ids;
}

std::string DocumentStore::currentModel() const {
    Query row = m_connection.query("SELECT value FROM settings WHERE key = 'model_hash'");
    return row.next() ? row.text(0) : std::string();
}

DocumentSummary DocumentStore::summaryOf(const Query& row, const std::string& currentModel) const {
    DocumentSummary summary;
    summary.id = row.integer(0);
    summary.key = row.text(1);
    summary.excerpt = row.text(2);
    summary.imagePath = m_paths.toAbsolute(row.text(3));
    summary.accepted = row.number(4);
    summary.suggested = row.number(5);
    summary.rejected = row.number(6);
    summary.uncertainty = row.real(7);
    const std::string hash = row.text(8);
    summary.extracted = !hash.empty() && (currentModel.empty() || hash == currentModel);
    summary.reviewed = row.number(9) != 0;
    return summary;
}

std::vector<DocumentSummary> DocumentStore::list(const DocumentQuery& query) const {
    const Transaction snapshot(m_connection, Transaction::Mode::Read);
    const Conditions conditions = conditionsOf(query);
    Query row = m_connection.query(kSummaryColumns + conditions.sql + orderOf(query.order));
    row.with();
    for (std::size_t i = 0; i < conditions.values.size(); ++i)
        row.put(static_cast<int>(i) + 1, conditions.values[i]);
    const std::string model = currentModel();
    std::vector<DocumentSummary> summaries;
    while (row.next())
        summaries.push_back(summaryOf(row, model));
    return summaries;
}

std::optional<DocumentSummary> DocumentStore::summary(std::int64_t document) const {
    Query row = m_connection.query(std::string(kSummaryColumns) + "WHERE d.id = ?");
    row.with(document);
    return row.next() ? std::optional(summaryOf(row, currentModel())) : std::nullopt;
}

void DocumentStore::readMentions(Document& document, std::vector<std::int64_t>& rows,
                                 const CategoryNames& names) const {
    Query row = m_connection.query(
        "SELECT m.id, m.span_begin, m.span_end, m.category, m.score, m.status, p.candidates "
        "FROM mentions m LEFT JOIN mention_predictions p ON p.document = m.document "
        "AND p.span_begin = m.span_begin AND p.span_end = m.span_end "
        "WHERE m.document = ? ORDER BY m.id");
    row.with(document.id);
    while (row.next()) {
        Mention mention;
        mention.id = row.integer(0);
        mention.span = {row.number(1), row.number(2)};
        mention.type = row.isNull(3) ? std::string() : nameOf(row.integer(3), names);
        mention.score = row.real(4);
        mention.status = statusOf(row.number(5));
        mention.candidates = candidatesOf(row.bytes(6), names);
        rows.push_back(mention.id);
        document.mentions.push_back(std::move(mention));
    }
}

void DocumentStore::readRelations(Document& document, const std::vector<std::int64_t>& rows,
                                  const CategoryNames& names) const {
    Query row = m_connection.query(
        "SELECT r.id, r.head, r.tail, r.category, r.score, r.status, p.candidates "
        "FROM relations r JOIN mentions h ON h.id = r.head JOIN mentions t ON t.id = r.tail "
        "LEFT JOIN relation_predictions p ON p.document = r.document "
        "AND p.head_begin = h.span_begin AND p.head_end = h.span_end "
        "AND p.tail_begin = t.span_begin AND p.tail_end = t.span_end "
        "WHERE r.document = ? ORDER BY r.id");
    row.with(document.id);
    const auto indexOf = [&](std::int64_t mention) { // rows ascend
        const auto at = std::lower_bound(rows.begin(), rows.end(), mention);
        if (at == rows.end() || *at != mention)
            throw Error("damaged project: a relation of document " + std::to_string(document.id) +
                        " uses a mention of another one");
        return static_cast<int>(at - rows.begin());
    };
    while (row.next()) {
        Relation relation;
        relation.id = row.integer(0);
        relation.head = indexOf(row.integer(1));
        relation.tail = indexOf(row.integer(2));
        relation.type = row.isNull(3) ? std::string() : nameOf(row.integer(3), names);
        relation.score = row.real(4);
        relation.status = statusOf(row.number(5));
        relation.candidates = candidatesOf(row.bytes(6), names);
        document.relations.push_back(std::move(relation));
    }
}

Document DocumentStore::read(std::int64_t id) const {
    const Transaction snapshot(m_connection, Transaction::Mode::Read);
    Query row = m_connection.query(
        "SELECT key, text, image_ref, image_path, url, topic, extra FROM documents WHERE id = ?");
    if (!row.with(id).next())
        throwNoDocument(id);
    Document document;
    document.id = id;
    document.key = row.text(0);
    document.text = row.text(1);
    document.imageRef = row.text(2);
    document.imagePath = m_paths.toAbsolute(row.text(3));
    document.url = row.text(4);
    document.topic = row.text(5);
    document.extra = row.text(6);
    const CategoryNames names = m_categories.names();
    std::vector<std::int64_t> rows;
    readMentions(document, rows, names);
    readRelations(document, rows, names);
    return document;
}

int DocumentStore::textLength(std::int64_t id) const {
    Query row = m_connection.query("SELECT text FROM documents WHERE id = ?");
    if (!row.with(id).next())
        throwNoDocument(id);
    return codePointCount(row.bytes(0));
}

std::string DocumentStore::thumbnail(std::int64_t document) const {
    Query row = m_connection.query("SELECT jpeg FROM thumbnails WHERE document = ?");
    return row.with(document).next() ? std::string(row.bytes(0)) : std::string();
}

void DocumentStore::setThumbnail(std::int64_t document, const std::string& jpeg) {
    if (!summary(document))
        throwNoDocument(document);
    if (jpeg.empty()) {
        m_connection.query("DELETE FROM thumbnails WHERE document = ?").with(document).run();
        return;
    }
    m_connection
        .query("INSERT INTO thumbnails(document, jpeg) VALUES (?, ?) "
               "ON CONFLICT(document) DO UPDATE SET jpeg = excluded.jpeg")
        .with(document, Blob{jpeg.data(), jpeg.size()})
        .run();
}

void DocumentStore::refreshState(std::int64_t document) {
    m_connection
        .query("WITH label(status, uncertainty) AS ("
               "SELECT m.status, coalesce(p.uncertainty, 1) "
               "FROM mentions m LEFT JOIN mention_predictions p ON p.document = m.document "
               "AND p.span_begin = m.span_begin AND p.span_end = m.span_end "
               "WHERE m.document = ?1 "
               "UNION ALL "
               "SELECT r.status, coalesce(p.uncertainty, 1) "
               "FROM relations r JOIN mentions h ON h.id = r.head JOIN mentions t ON t.id = r.tail "
               "LEFT JOIN relation_predictions p ON p.document = r.document "
               "AND p.head_begin = h.span_begin AND p.head_end = h.span_end "
               "AND p.tail_begin = t.span_begin AND p.tail_end = t.span_end "
               "WHERE r.document = ?1) "
               "UPDATE document_states SET (accepted, suggested, rejected, uncertainty) = ("
               "SELECT count(*) FILTER (WHERE status = 1), count(*) FILTER (WHERE status = 0), "
               "count(*) FILTER (WHERE status = 2), "
               "coalesce(max(uncertainty) FILTER (WHERE status = 0), 0) FROM label) "
               "WHERE document = ?1")
        .with(document)
        .run();
}

} // namespace hmgrl
