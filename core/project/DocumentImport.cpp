#include "project/DocumentImport.h"

#include "project/Predictions.h"
#include "project/Texts.h"
#include "support/Text.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

namespace hmgrl {
namespace {

constexpr int kExcerptLength = 160;
constexpr int kNamesakesSearched = 100; ///< so that a file of one id only isn't quadratic work

/// Whether an analyst or an import has decided on every label that `fresh` brings.
bool isDecided(const Document& stored, const Document& fresh) {
    std::set<Span> spans;
    for (const Mention& mention : stored.mentions)
        if (mention.status != Status::Suggested)
            spans.insert(mention.span);
    const auto ends = [](const Document& document, const Relation& relation) {
        return std::pair(document.mentions.at(static_cast<std::size_t>(relation.head)).span,
                         document.mentions.at(static_cast<std::size_t>(relation.tail)).span);
    };
    std::set<std::pair<Span, Span>> pairs;
    for (const Relation& relation : stored.relations)
        if (relation.status != Status::Suggested)
            pairs.insert(ends(stored, relation));
    return documentFaults(fresh).empty() &&
           std::all_of(fresh.mentions.begin(), fresh.mentions.end(),
                       [&](const Mention& mention) { return spans.count(mention.span) > 0; }) &&
           std::all_of(
               fresh.relations.begin(), fresh.relations.end(),
               [&](const Relation& relation) { return pairs.count(ends(fresh, relation)) > 0; });
}

std::optional<std::string> labelFault(const std::string& type, double score,
                                      const std::vector<Candidate>& candidates) {
    if (auto fault = textFault(type))
        return "type: " + *fault;
    if (!(score >= 0 && score <= 1))
        return "expected a score 0..1, found " + std::to_string(score);
    for (const Candidate& candidate : candidates) {
        if (candidate.category.empty() || textFault(candidate.category))
            return std::string("candidates: expected the name of a category");
        if (!std::isfinite(candidate.score) || !std::isfinite(candidate.distance))
            return std::string("candidates: expected finite scores and distances");
    }
    return std::nullopt;
}

std::optional<std::string> mentionFault(const Mention& mention, int length) {
    const Span span = mention.span;
    if (span.begin < 0 || span.begin >= span.end || span.end > length)
        return "expected 0 <= begin < end <= " + std::to_string(length) + ", found " +
               std::to_string(span.begin) + ".." + std::to_string(span.end);
    return labelFault(mention.type, mention.score, mention.candidates);
}

std::optional<std::string> relationFault(const Relation& relation,
                                         const std::vector<std::int64_t>& mentions) {
    const int count = static_cast<int>(mentions.size());
    const auto isSound = [&](int index) {
        return index >= 0 && index < count && mentions[static_cast<std::size_t>(index)] != 0;
    };
    if (!isSound(relation.head) || !isSound(relation.tail) || relation.head == relation.tail)
        return "expected two different stored mentions below " + std::to_string(count) +
               ", found " + std::to_string(relation.head) + " and " + std::to_string(relation.tail);
    return labelFault(relation.type, relation.score, relation.candidates);
}

} // namespace

DocumentImport::DocumentImport(Connection& connection, Issues& issues)
    : m_connection(connection)
    , m_issues(issues)
    , m_categories(connection)
    , m_documents(connection)
    , m_keys(connection)
    , m_paths(connection.path()) {}

std::optional<std::int64_t> DocumentImport::add(const Document& document) {
    if (const auto reason = fault(document)) {
        report(document, *reason + "; the document was left out");
        return std::nullopt;
    }
    if (const auto key = storedKey(document)) {
        const std::string name = *key == document.key ? "" : " as \"" + *key + "\"";
        report(document, "it is here already" + name + "; it was left out, the labels stay");
        return std::nullopt;
    }
    const std::int64_t row = insertDocument(document);
    m_connection.query("INSERT INTO document_states(document) VALUES (?)").with(row).run();
    const std::vector<std::int64_t> mentions = insertMentions(row, document);
    insertRelations(row, document, mentions);
    if (!mentions.empty())
        m_documents.refreshState(row);
    return row;
}

void DocumentImport::report(const Document& document, const std::string& reason) {
    const bool showable = !document.key.empty() && !textFault(document.key);
    m_issues.push_back({{}, showable ? "document \"" + document.key + "\"" : "a document", reason});
}

std::optional<std::string> DocumentImport::fault(const Document& document) const {
    const std::pair<const char*, const std::string*> texts[] = {{"id", &document.key},
                                                                {"text", &document.text},
                                                                {"image", &document.imageRef},
                                                                {"image path", &document.imagePath},
                                                                {"url", &document.url},
                                                                {"topic", &document.topic},
                                                                {"other fields", &document.extra}};
    for (const auto& [name, text] : texts)
        if (const auto reason = textFault(*text))
            return std::string(name) + ": " + *reason;
    if (!document.extra.empty() &&
        !nlohmann::json::parse(document.extra, nullptr, false).is_object())
        return std::string("other fields: expected a JSON object");
    return std::nullopt;
}

std::optional<std::string> DocumentImport::storedKey(const Document& document) const {
    for (int number = 1; !document.key.empty() && number <= kNamesakesSearched; ++number) {
        std::string key = DocumentKeys::numbered(document.key, number);
        Query row = m_connection.query(
            "SELECT id, (text, image_path, image_ref, url, topic, extra) = (?, ?, ?, ?, ?, ?) "
            "FROM documents WHERE key = ?");
        row.with(document.text, m_paths.toStored(document.imagePath), document.imageRef,
                 document.url, document.topic, document.extra, key);
        if (!row.next())
            break;
        if (row.number(1) != 0 && isDecided(m_documents.read(row.integer(0)), document))
            return key;
    }
    return std::nullopt;
}

std::int64_t DocumentImport::insertDocument(const Document& document) {
    const std::string key = m_keys.freeKey(document.key);
    if (document.key.empty())
        report(document, "there is no id; it was stored as \"" + key + "\"");
    else if (key != document.key)
        report(document, "the id is taken; it was stored as \"" + key + "\"");
    m_connection
        .query(
            "INSERT INTO documents(key, excerpt, image_path, image_ref, url, topic, extra, text) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
        .with(key, substring(collapseSpace(document.text), 0, kExcerptLength),
              m_paths.toStored(document.imagePath), document.imageRef, document.url, document.topic,
              document.extra, document.text)
        .run();
    const std::int64_t row = m_connection.lastInsertId();
    m_connection.query("INSERT INTO document_text(rowid, key, text) VALUES (?, ?, ?)")
        .with(row, key, document.text)
        .run();
    return row;
}

std::optional<std::int64_t> DocumentImport::typeRow(CategoryKind kind, const std::string& name) {
    if (name.empty())
        return std::nullopt;
    const auto [entry, isNew] = m_types.try_emplace({kind, name}, 0);
    if (isNew)
        entry->second = m_categories.ensure(kind, name);
    return entry->second;
}

std::vector<StoredCandidate> DocumentImport::storedCandidates(CategoryKind kind,
                                                              const std::vector<Candidate>& from) {
    std::vector<StoredCandidate> stored;
    for (const Candidate& candidate : from)
        stored.push_back({*typeRow(kind, candidate.category), candidate.score, candidate.distance});
    return stored;
}

/// Rows of the mentions, 0 where one was left out.
std::vector<std::int64_t> DocumentImport::insertMentions(std::int64_t row,
                                                         const Document& document) {
    std::vector<std::int64_t> rows;
    const int length = codePointCount(document.text);
    for (const Mention& mention : document.mentions) {
        if (const auto reason = mentionFault(mention, length)) {
            report(document,
                   "mention " + std::to_string(rows.size()) + ": " + *reason + "; it was left out");
            rows.push_back(0);
            continue;
        }
        rows.push_back(
            insertMention(m_connection, row, mention, typeRow(CategoryKind::Entity, mention.type)));
        if (mention.candidates.empty())
            continue;
        const bool kept =
            insertMentionPrediction(m_connection, row, mention.span,
                                    {{},
                                     storedCandidates(CategoryKind::Entity, mention.candidates),
                                     uncertainty(mention.candidates),
                                     {},
                                     std::nullopt});
        if (!kept)
            report(document, "mention " + std::to_string(rows.size() - 1) +
                                 ": its candidates were left out, another mention of the same span "
                                 "has some");
    }
    return rows;
}

void DocumentImport::insertRelations(std::int64_t row, const Document& document,
                                     const std::vector<std::int64_t>& mentions) {
    for (std::size_t i = 0; i < document.relations.size(); ++i) {
        const Relation& relation = document.relations[i];
        const std::string name = "relation " + std::to_string(i);
        if (const auto reason = relationFault(relation, mentions)) {
            report(document, name + ": " + *reason + "; it was left out");
            continue;
        }
        const auto head = static_cast<std::size_t>(relation.head);
        const auto tail = static_cast<std::size_t>(relation.tail);
        insertRelation(m_connection, row, mentions[head], mentions[tail], relation,
                       typeRow(CategoryKind::Relation, relation.type));
        if (relation.candidates.empty())
            continue;
        const bool kept = insertRelationPrediction(
            m_connection, row, {document.mentions[head].span, document.mentions[tail].span},
            {{},
             storedCandidates(CategoryKind::Relation, relation.candidates),
             uncertainty(relation.candidates),
             {},
             std::nullopt});
        if (!kept)
            report(document, name + ": its candidates were left out, another relation of the same "
                                    "pair has some");
    }
}

} // namespace hmgrl
