#include "project/RowImages.h"

#include "data/Document.h"

#include <array>
#include <charconv>
#include <utility>

namespace hmgrl {
namespace {

constexpr std::array<std::pair<Entity, const char*>, 6> kEntities{{{Entity::Category, "category"},
                                                                   {Entity::Document, "document"},
                                                                   {Entity::Mention, "mention"},
                                                                   {Entity::Relation, "relation"},
                                                                   {Entity::Review, "review"},
                                                                   {Entity::Setting, "setting"}}};

} // namespace

const char* toString(Entity entity) {
    for (const auto& [value, text] : kEntities)
        if (value == entity)
            return text;
    return "";
}

Entity entityFromString(const std::string& text) {
    for (const auto& [value, name] : kEntities)
        if (text == name)
            return value;
    throw Error("damaged project: the history speaks of \"" + text + "\"");
}

std::int64_t RowRef::id() const {
    std::int64_t value = 0;
    const auto [end, fault] = std::from_chars(row.data(), row.data() + row.size(), value);
    if (fault != std::errc() || end != row.data() + row.size())
        throw Error("damaged project: expected a row of the history, found \"" + row + "\"");
    return value;
}

std::optional<std::int64_t> documentOf(const RowRef& ref, const RowImage& image) {
    if (ref.entity == Entity::Review || ref.entity == Entity::Document)
        return ref.id();
    if (image && image->contains("document"))
        return image->at("document").get<std::int64_t>();
    return std::nullopt;
}

RowImage RowImages::read(const RowRef& ref) const {
    switch (ref.entity) {
    case Entity::Category:
        return readCategory(ref.id());
    case Entity::Document:
        return m_documents.read(ref.id());
    case Entity::Mention:
        return readMention(ref.id());
    case Entity::Relation:
        return readRelation(ref.id());
    case Entity::Review: {
        Query row = m_connection.query("SELECT 1 FROM reviews WHERE document = ?");
        return row.with(ref.id()).next() ? RowImage(nlohmann::json::object()) : std::nullopt;
    }
    case Entity::Setting:
        break;
    }
    Query row = m_connection.query("SELECT value FROM settings WHERE key = ?");
    if (!row.with(ref.row).next())
        return std::nullopt;
    return nlohmann::json{{"value", row.text(0)}};
}

RowImage RowImages::readCategory(std::int64_t id) const {
    Query row = m_connection.query(
        "SELECT c.kind, c.name, c.description, coalesce(p.name, ''), c.seen, c.colour "
        "FROM categories c LEFT JOIN categories p ON p.id = c.parent WHERE c.id = ?");
    if (!row.with(id).next())
        return std::nullopt;
    return nlohmann::json{{"kind", row.integer(0)},
                          {"name", row.text(1)},
                          {"description", row.text(2)},
                          {"parent", row.text(3)},
                          {"seen", row.integer(4)},
                          {"colour", row.integer(5)},
                          {"heads", m_categories.arguments(id, 0)},
                          {"tails", m_categories.arguments(id, 1)}};
}

RowImage RowImages::readMention(std::int64_t id) const {
    Query row = m_connection.query(
        "SELECT m.document, m.span_begin, m.span_end, coalesce(c.name, ''), m.score, m.status "
        "FROM mentions m LEFT JOIN categories c ON c.id = m.category WHERE m.id = ?");
    if (!row.with(id).next())
        return std::nullopt;
    return nlohmann::json{{"document", row.integer(0)}, {"begin", row.integer(1)},
                          {"end", row.integer(2)},      {"type", row.text(3)},
                          {"score", row.real(4)},       {"status", row.integer(5)}};
}

RowImage RowImages::readRelation(std::int64_t id) const {
    Query row = m_connection.query(
        "SELECT r.document, r.head, r.tail, coalesce(c.name, ''), r.score, r.status "
        "FROM relations r LEFT JOIN categories c ON c.id = r.category WHERE r.id = ?");
    if (!row.with(id).next())
        return std::nullopt;
    return nlohmann::json{{"document", row.integer(0)}, {"head", row.integer(1)},
                          {"tail", row.integer(2)},     {"type", row.text(3)},
                          {"score", row.real(4)},       {"status", row.integer(5)}};
}

std::optional<std::int64_t> RowImages::category(CategoryKind kind,
                                                const nlohmann::json& name) const {
    return m_categories.find(kind, name.get<std::string>());
}

void RowImages::write(const std::vector<RowState>& states) {
    const auto each = [&](Entity entity, bool present, auto&& apply) {
        for (const RowState& state : states) {
            if (state.ref.entity != entity || state.image.has_value() != present)
                continue;
            if (!state.onlyIfAbsent || !read(state.ref))
                apply(state);
        }
    };
    const auto remove = [&](const char* table) {
        return [this, table](const RowState& state) {
            m_connection.query("DELETE FROM " + std::string(table) + " WHERE id = ?")
                .with(state.ref.id())
                .run();
        };
    };
    // What is leaned on comes first and goes last.
    writeCategories(states);
    each(Entity::Document, true, [&](const RowState& s) { m_documents.write(*s.image); });
    each(Entity::Mention, true, [&](const RowState& s) { writeMention(s.ref.id(), *s.image); });
    each(Entity::Relation, true, [&](const RowState& s) { writeRelation(s.ref.id(), *s.image); });
    for (const Entity entity : {Entity::Review, Entity::Setting})
        for (const bool present : {false, true})
            each(entity, present, [&](const RowState& s) { writePlain(s); });
    each(Entity::Relation, false, remove("relations"));
    each(Entity::Mention, false, remove("mentions"));
    each(Entity::Document, false, [&](const RowState& s) { m_documents.remove(s.ref.id()); });
    // Children of a category may go in the same step, in any order.
    for (int pass = 0; pass < 2; ++pass)
        each(Entity::Category, false, [&](const RowState& s) { removeUnusedCategory(s.ref.id()); });
}

void RowImages::writeCategories(const std::vector<RowState>& states) {
    // Names may have been swapped within a step: all are put aside before the first is given back.
    for (const RowState& state : states)
        if (state.ref.entity == Entity::Category && state.image)
            m_connection.query("UPDATE categories SET name = char(1) || id WHERE id = ?")
                .with(state.ref.id())
                .run();
    for (const RowState& state : states)
        if (state.ref.entity == Entity::Category && state.image)
            writeCategory(state.ref.id(), *state.image);
    for (const RowState& state : states) {
        if (state.ref.entity != Entity::Category || !state.image)
            continue;
        const auto kind = static_cast<CategoryKind>(state.image->at("kind").get<int>());
        m_connection.query("UPDATE categories SET parent = ? WHERE id = ?")
            .with(category(kind, state.image->at("parent")), state.ref.id())
            .run();
        if (kind == CategoryKind::Relation)
            for (const int side : {0, 1})
                m_categories.setArguments(
                    state.ref.id(), side,
                    state.image->value(side == 0 ? "heads" : "tails", std::vector<std::string>{}));
    }
}

/// A model or an import may have added the name again under another row in the meantime: its labels
/// are taken over and that row goes.
void RowImages::writeCategory(std::int64_t id, const nlohmann::json& image) {
    const auto kind = static_cast<CategoryKind>(image.at("kind").get<int>());
    const auto twin = category(kind, image.at("name"));
    if (twin)
        m_connection.query("UPDATE categories SET name = char(1) || id WHERE id = ?")
            .with(*twin)
            .run();
    m_connection
        .query("INSERT INTO categories(id, kind, name, description, seen, colour) "
               "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET name = excluded.name, "
               "description = excluded.description, seen = excluded.seen, colour = excluded.colour")
        .with(id, image.at("kind").get<int>(), image.at("name").get<std::string>(),
              image.at("description").get<std::string>(), image.at("seen").get<int>(),
              image.at("colour").get<std::int64_t>())
        .run();
    if (!twin)
        return;
    for (const char* sql : {"UPDATE mentions SET category = ? WHERE category = ?",
                            "UPDATE relations SET category = ? WHERE category = ?",
                            "UPDATE categories SET parent = ? WHERE parent = ?",
                            "UPDATE OR IGNORE category_arguments SET entity = ? WHERE entity = ?",
                            "UPDATE OR IGNORE category_arguments SET relation = ? "
                            "WHERE relation = ?"})
        m_connection.query(sql).with(id, *twin).run();
    m_categories.remove(*twin);
}

void RowImages::writeMention(std::int64_t id, const nlohmann::json& image) {
    m_connection
        .query("INSERT INTO mentions(id, document, span_begin, span_end, category, score, status) "
               "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
               "span_begin = excluded.span_begin, span_end = excluded.span_end, "
               "category = excluded.category, score = excluded.score, status = excluded.status")
        .with(id, image.at("document").get<std::int64_t>(), image.at("begin").get<int>(),
              image.at("end").get<int>(), category(CategoryKind::Entity, image.at("type")),
              image.at("score").get<double>(), image.at("status").get<int>())
        .run();
}

void RowImages::writeRelation(std::int64_t id, const nlohmann::json& image) {
    m_connection
        .query("INSERT INTO relations(id, document, head, tail, category, score, status) "
               "VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET "
               "head = excluded.head, tail = excluded.tail, "
               "category = excluded.category, score = excluded.score, status = excluded.status")
        .with(id, image.at("document").get<std::int64_t>(), image.at("head").get<std::int64_t>(),
              image.at("tail").get<std::int64_t>(),
              category(CategoryKind::Relation, image.at("type")), image.at("score").get<double>(),
              image.at("status").get<int>())
        .run();
}

void RowImages::writePlain(const RowState& state) {
    if (state.ref.entity == Entity::Review) {
        m_connection
            .query(state.image ? "INSERT INTO reviews(document) VALUES (?) ON CONFLICT DO NOTHING"
                               : "DELETE FROM reviews WHERE document = ?")
            .with(state.ref.id())
            .run();
    } else if (state.image) {
        m_connection
            .query("INSERT INTO settings(key, value) VALUES (?, ?) "
                   "ON CONFLICT(key) DO UPDATE SET value = excluded.value")
            .with(state.ref.row, state.image->at("value").get<std::string>())
            .run();
    } else {
        m_connection.query("DELETE FROM settings WHERE key = ?").with(state.ref.row).run();
    }
}

/// A category that labels of a later import use, or that has children, stays: its going would lose
/// them. Suggestions of it become untyped.
void RowImages::removeUnusedCategory(std::int64_t id) {
    Query used = m_connection.query(
        "SELECT EXISTS (SELECT 1 FROM mentions WHERE category = ?1 AND status > 0) "
        "OR EXISTS (SELECT 1 FROM relations WHERE category = ?1 AND status > 0) "
        "OR EXISTS (SELECT 1 FROM categories WHERE parent = ?1)");
    used.with(id).next();
    if (used.integer(0) == 0)
        m_categories.remove(id);
}

} // namespace hmgrl
