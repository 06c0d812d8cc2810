#include "project/CategoryStore.h"

#include "data/Palette.h"
#include "project/Texts.h"

#include <algorithm>
#include <map>

namespace hmgrl {
namespace {

std::string quoted(CategoryKind kind, const std::string& name) {
    return std::string(kind == CategoryKind::Entity ? "entity type \"" : "relation \"") + name +
           "\"";
}

} // namespace

std::vector<Category> CategoryStore::all() const {
    Query row = m_connection.query(
        "SELECT c.kind, c.name, c.description, coalesce(p.name, ''), c.seen, c.colour "
        "FROM categories c LEFT JOIN categories p ON p.id = c.parent ORDER BY c.id");
    std::vector<Category> categories;
    while (row.next())
        categories.push_back({static_cast<CategoryKind>(row.number(0)), row.text(1), row.text(2),
                              row.text(3), row.number(4) != 0,
                              static_cast<std::uint32_t>(row.integer(5))});
    return categories;
}

CategoryNames CategoryStore::names() const {
    Query row = m_connection.query("SELECT id, name FROM categories");
    CategoryNames names;
    while (row.next())
        names.emplace(row.integer(0), row.text(1));
    return names;
}

std::optional<std::int64_t> CategoryStore::find(CategoryKind kind, const std::string& name) const {
    Query row = m_connection.query("SELECT id FROM categories WHERE kind = ? AND name = ?");
    row.with(static_cast<int>(kind), name);
    return row.next() ? std::optional(row.integer(0)) : std::nullopt;
}

std::int64_t CategoryStore::require(CategoryKind kind, const std::string& name) const {
    if (const auto id = find(kind, name))
        return *id;
    throw Error("there is no " + quoted(kind, name));
}

std::optional<std::int64_t> CategoryStore::typeRow(CategoryKind kind,
                                                   const std::string& name) const {
    if (name.empty())
        return std::nullopt;
    return require(kind, name);
}

std::vector<std::pair<std::string, int>> CategoryStore::counts(CategoryKind kind) const {
    const std::string labels = kind == CategoryKind::Entity ? "mentions" : "relations";
    Query row = m_connection.query("SELECT c.name, (SELECT count(*) FROM " + labels +
                                   " l WHERE l.category = c.id AND l.status < 2) "
                                   "FROM categories c WHERE c.kind = ? ORDER BY c.id");
    row.with(static_cast<int>(kind));
    std::vector<std::pair<std::string, int>> counts;
    while (row.next())
        counts.emplace_back(row.text(0), row.number(1));
    return counts;
}

bool CategoryStore::hasChildren(std::int64_t id) const {
    Query row = m_connection.query("SELECT 1 FROM categories WHERE parent = ? LIMIT 1");
    return row.with(id).next();
}

std::int64_t CategoryStore::add(const Category& category) {
    if (category.name.empty())
        throw Error("expected a name for the new category, found none");
    for (const std::string* text : {&category.name, &category.description})
        requireSoundText(*text, "category");
    if (find(category.kind, category.name))
        throw Error("there is already the " + quoted(category.kind, category.name));
    m_connection
        .query("INSERT INTO categories(kind, name, description, parent, seen, colour) "
               "VALUES (?, ?, ?, ?, ?, ?)")
        .with(static_cast<int>(category.kind), category.name, category.description,
              typeRow(category.kind, category.parent), category.seen ? 1 : 0,
              static_cast<std::int64_t>(category.colour))
        .run();
    return m_connection.lastInsertId();
}

std::int64_t CategoryStore::ensure(CategoryKind kind, const std::string& name) {
    if (const auto id = find(kind, name))
        return *id;
    Category category{kind, name, {}, {}, false, 0};
    for (auto slash = name.rfind('/'); slash != std::string::npos && slash > 0;
         slash = name.rfind('/', slash - 1)) {
        if (!find(kind, name.substr(0, slash)))
            continue;
        category.parent = name.substr(0, slash);
        break;
    }
    category.colour = newcomerColour(category, all());
    return add(category);
}

void CategoryStore::update(std::int64_t id, const Category& category) {
    m_connection
        .query("UPDATE categories SET name = ?, description = ?, parent = ?, seen = ?, colour = ? "
               "WHERE id = ?")
        .with(category.name, category.description, typeRow(category.kind, category.parent),
              category.seen ? 1 : 0, static_cast<std::int64_t>(category.colour), id)
        .run();
}

void CategoryStore::remove(std::int64_t id) {
    m_connection.query("DELETE FROM categories WHERE id = ?").with(id).run();
}

void CategoryStore::merge(const std::vector<Category>& categories) {
    std::map<std::pair<CategoryKind, std::string>, Category> known;
    for (Category& category : all())
        known[{category.kind, category.name}] = std::move(category);
    std::vector<std::pair<std::int64_t, Category>> merged;
    for (const Category& category : categories) {
        if (const auto id = find(category.kind, category.name)) {
            Category& mine = known[{category.kind, category.name}];
            const bool isBare = mine.description.empty(); // as an imported label makes it
            if (isBare && mine.parent.empty())
                mine.parent = category.parent;
            if (isBare) {
                mine.description = category.description;
                mine.colour = category.colour;
            }
            mine.seen = category.seen;
            merged.emplace_back(*id, mine);
            continue;
        }
        Category orphan = category;
        orphan.parent.clear(); // a parent may follow later in the list
        merged.emplace_back(add(orphan), category);
    }
    for (const auto& [id, category] : merged)
        update(id, category);
    if (const auto faults = taxonomyFaults(all()); !faults.empty())
        throw Error("categories of the model: " + faults.front());
}

} // namespace hmgrl
