#include "project/SqliteEditor.h"

#include "project/DocumentRows.h"
#include "project/Predictions.h"
#include "project/Texts.h"

namespace hmgrl {
namespace {

constexpr int kAccepted = static_cast<int>(Status::Accepted);

void requireScore(double score) {
    if (!(score >= 0 && score <= 1))
        throw Error("expected a score 0..1, found " + std::to_string(score));
}

void requireStatus(Status status) {
    const int number = static_cast<int>(status);
    if (number < 0 || number > 2)
        throw Error("expected a status 0..2, found " + std::to_string(number));
}

} // namespace

SqliteEditor::MentionRow SqliteEditor::requireMention(std::int64_t id) const {
    Query row = m_connection.query("SELECT document, status FROM mentions WHERE id = ?");
    if (!row.with(id).next())
        throw Error("there is no mention " + std::to_string(id));
    return {row.integer(0), static_cast<Status>(row.number(1))};
}

void SqliteEditor::requireRelation(std::int64_t id) const {
    Query row = m_connection.query("SELECT 1 FROM relations WHERE id = ?");
    if (!row.with(id).next())
        throw Error("there is no relation " + std::to_string(id));
}

std::optional<std::int64_t> SqliteEditor::rejectedEnd(std::int64_t relation) const {
    Query row = m_connection.query("SELECT m.id FROM relations r JOIN mentions m "
                                   "ON m.id IN (r.head, r.tail) WHERE r.id = ? AND m.status = 2");
    return row.with(relation).next() ? std::optional(row.integer(0)) : std::nullopt;
}

bool SqliteEditor::hasRejectedEnd(std::int64_t relation) const {
    requireRelation(relation);
    return rejectedEnd(relation).has_value();
}

void SqliteEditor::requireLiveEnds(std::int64_t relation) const {
    if (const auto mention = rejectedEnd(relation))
        throw Error("relation " + std::to_string(relation) + " uses the rejected mention " +
                    std::to_string(*mention));
}

void SqliteEditor::requireSpan(std::int64_t document, Span span) const {
    const int length = m_documents.textLength(document);
    if (span.begin < 0 || span.begin >= span.end || span.end > length)
        throw Error("mention: expected 0 <= begin < end <= " + std::to_string(length) + ", found " +
                    std::to_string(span.begin) + ".." + std::to_string(span.end));
}

std::vector<SqliteEditor::RelationUse> SqliteEditor::relationsOf(std::int64_t mention) const {
    Query row = m_connection.query("SELECT id, status FROM relations WHERE head = ?1 OR tail = ?1");
    row.with(mention);
    std::vector<RelationUse> uses;
    while (row.next())
        uses.push_back({row.integer(0), static_cast<Status>(row.number(1))});
    return uses;
}

std::int64_t SqliteEditor::addMention(std::int64_t document, const Mention& mention) {
    requireSpan(document, mention.span);
    requireScore(mention.score);
    requireStatus(mention.status);
    const auto type = m_categories.typeRow(CategoryKind::Entity, mention.type);
    const std::int64_t id = insertMention(m_connection, document, mention, type);
    m_recorder.created({Entity::Mention, id});
    return id;
}

void SqliteEditor::setMentionStatus(std::int64_t mention, Status status) {
    requireStatus(status);
    const MentionRow row = requireMention(mention);
    if (status == Status::Rejected && row.status != Status::Rejected)
        rejectWithRelations(mention);
    m_recorder.touch({Entity::Mention, mention});
    m_connection.query("UPDATE mentions SET status = ? WHERE id = ?")
        .with(static_cast<int>(status), mention)
        .run();
}

/// What isn't a mention can't be the end of a relation.
void SqliteEditor::rejectWithRelations(std::int64_t mention) {
    for (const RelationUse& use : relationsOf(mention)) {
        if (use.status == Status::Suggested)
            removeRelation(use.id);
        else
            setRelationStatus(use.id, Status::Rejected);
    }
}

void SqliteEditor::setMentionType(std::int64_t mention, const std::string& category) {
    const auto type = m_categories.typeRow(CategoryKind::Entity, category);
    (void)requireMention(mention);
    m_recorder.touch({Entity::Mention, mention});
    m_connection.query("UPDATE mentions SET category = ?, score = 1, status = ? WHERE id = ?")
        .with(type, kAccepted, mention)
        .run();
}

void SqliteEditor::setMentionSpan(std::int64_t mention, Span span) {
    requireSpan(requireMention(mention).document, span);
    m_recorder.touch({Entity::Mention, mention});
    m_connection.query("UPDATE mentions SET span_begin = ?, span_end = ?, status = ? WHERE id = ?")
        .with(span.begin, span.end, kAccepted, mention)
        .run();
}

void SqliteEditor::removeMention(std::int64_t mention) {
    (void)requireMention(mention);
    for (const RelationUse& use : relationsOf(mention))
        removeRelation(use.id);
    m_recorder.touch({Entity::Mention, mention});
    m_connection.query("DELETE FROM mentions WHERE id = ?").with(mention).run();
}

std::int64_t SqliteEditor::addRelation(std::int64_t document, std::int64_t head, std::int64_t tail,
                                       const std::string& category) {
    const auto type = m_categories.typeRow(CategoryKind::Relation, category);
    if (head == tail)
        throw Error("relation: expected two different mentions, found " + std::to_string(head) +
                    " twice");
    for (const std::int64_t end : {head, tail}) {
        const MentionRow mention = requireMention(end);
        if (mention.document != document)
            throw Error("mention " + std::to_string(end) + " is not of document " +
                        std::to_string(document));
        if (mention.status == Status::Rejected)
            throw Error("mention " + std::to_string(end) + " is rejected");
    }
    const std::int64_t id = insertRelation(m_connection, document, head, tail, Relation{}, type);
    m_recorder.created({Entity::Relation, id});
    return id;
}

void SqliteEditor::setRelationStatus(std::int64_t relation, Status status) {
    requireStatus(status);
    requireRelation(relation);
    if (status != Status::Rejected)
        requireLiveEnds(relation);
    m_recorder.touch({Entity::Relation, relation});
    m_connection.query("UPDATE relations SET status = ? WHERE id = ?")
        .with(static_cast<int>(status), relation)
        .run();
}

void SqliteEditor::setRelationType(std::int64_t relation, const std::string& category) {
    const auto type = m_categories.typeRow(CategoryKind::Relation, category);
    requireRelation(relation);
    requireLiveEnds(relation);
    m_recorder.touch({Entity::Relation, relation});
    m_connection.query("UPDATE relations SET category = ?, score = 1, status = ? WHERE id = ?")
        .with(type, kAccepted, relation)
        .run();
}

void SqliteEditor::removeRelation(std::int64_t relation) {
    requireRelation(relation);
    m_recorder.touch({Entity::Relation, relation});
    m_connection.query("DELETE FROM relations WHERE id = ?").with(relation).run();
}

void SqliteEditor::setReviewed(std::int64_t document, bool reviewed) {
    if (!m_documents.summary(document))
        throw Error("there is no document " + std::to_string(document));
    m_recorder.touch({Entity::Review, document});
    m_connection
        .query(reviewed ? "INSERT INTO reviews(document) VALUES (?) ON CONFLICT DO NOTHING"
                        : "DELETE FROM reviews WHERE document = ?")
        .with(document)
        .run();
}

/// Its labels are shown to the recorder each, for an image of a label names its category.
void SqliteEditor::removeDocument(std::int64_t document) {
    if (!m_documents.summary(document))
        throw Error("there is no document " + std::to_string(document));
    for (const auto& [table, entity] :
         {std::pair("relations", Entity::Relation), {"mentions", Entity::Mention}}) {
        Query row =
            m_connection.query("SELECT id FROM " + std::string(table) + " WHERE document = ?");
        row.with(document);
        while (row.next())
            m_recorder.touch({entity, row.integer(0)});
    }
    m_recorder.touch({Entity::Review, document});
    m_recorder.touch({Entity::Document, document});
    DocumentRows(m_connection).remove(document);
}

void SqliteEditor::addCategory(const Category& category) {
    m_recorder.created({Entity::Category, m_categories.add(category)});
}

void SqliteEditor::changeCategory(CategoryKind kind, const std::string& name, const Category& to) {
    const std::int64_t id = m_categories.require(kind, name);
    if (to.kind != kind)
        throw Error("category \"" + name + "\": its kind can't change");
    for (const std::string* text : {&to.name, &to.description})
        requireSoundText(*text, "category");
    std::vector<Category> all = m_categories.all();
    for (Category& category : all) {
        if (kind == CategoryKind::Entity)
            for (auto* types : {&category.heads, &category.tails})
                std::replace(types->begin(), types->end(), name, to.name);
        if (category.kind != kind)
            continue;
        if (category.name == name)
            category = to;
        else if (category.parent == name)
            category.parent = to.name;
    }
    if (const auto faults = taxonomyFaults(all); !faults.empty())
        throw Error(faults.front());
    m_recorder.touch({Entity::Category, id});
    m_categories.update(id, to);
}

void SqliteEditor::untype(const std::string& table, Entity entity, std::int64_t category) {
    std::vector<std::int64_t> labels;
    {
        Query row = m_connection.query("SELECT id FROM " + table + " WHERE category = ?");
        row.with(category);
        while (row.next())
            labels.push_back(row.integer(0));
    }
    for (const std::int64_t id : labels) {
        m_recorder.touch({entity, id});
        m_connection.query("UPDATE " + table + " SET category = NULL, score = 1 WHERE id = ?")
            .with(id)
            .run();
    }
}

void SqliteEditor::removeCategory(CategoryKind kind, const std::string& name) {
    const std::int64_t id = m_categories.require(kind, name);
    if (m_categories.hasChildren(id))
        throw Error("category \"" + name + "\" has children; move or remove them first");
    untype("mentions", Entity::Mention, id);
    untype("relations", Entity::Relation, id);
    for (const std::int64_t relation : m_categories.relationsWith(id))
        m_recorder.touch({Entity::Category, relation}); // it loses an argument type
    m_recorder.touch({Entity::Category, id});
    m_categories.remove(id);
}

void SqliteEditor::setSetting(const std::string& key, const std::string& value) {
    for (const std::string* text : {&key, &value})
        requireSoundText(*text, "setting");
    m_recorder.touch({Entity::Setting, key});
    m_connection
        .query("INSERT INTO settings(key, value) VALUES (?, ?) "
               "ON CONFLICT(key) DO UPDATE SET value = excluded.value")
        .with(key, value)
        .run();
}

} // namespace hmgrl
