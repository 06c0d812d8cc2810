#include "project/CategoryStore.h"

#include "data/Palette.h"
#include "project/Texts.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace hmgrl {
namespace {

std::string quoted(CategoryKind kind, const std::string& name) {
    return std::string(kind == CategoryKind::Entity ? "entity type \"" : "relation \"") + name +
           "\"";
}

} // namespace

std::vector<Category> CategoryStore::all() const {
    Query row = m_connection.query(
        "SELECT c.kind, c.name, c.description, coalesce(p.name, ''), c.seen, c.colour, c.id "
        "FROM categories c LEFT JOIN categories p ON p.id = c.parent ORDER BY c.id");
    std::vector<Category> categories;
    std::unordered_map<std::int64_t, std::size_t> places;
    while (row.next()) {
        places.emplace(row.integer(6), categories.size());
        categories.push_back({static_cast<CategoryKind>(row.number(0)), row.text(1), row.text(2),
                              row.text(3), row.number(4) != 0,
                              static_cast<std::uint32_t>(row.integer(5))});
    }
    Query argument = m_connection.query("SELECT relation, side, entity FROM category_arguments "
                                        "ORDER BY rowid");
    while (argument.next()) {
        Category& relation = categories[places.at(argument.integer(0))];
        auto& types = argument.number(1) == 0 ? relation.heads : relation.tails;
        types.push_back(categories[places.at(argument.integer(2))].name);
    }
    return categories;
}

std::vector<std::int64_t> CategoryStore::relationsWith(std::int64_t entity) const {
    Query row = m_connection.query(
        "SELECT DISTINCT relation FROM category_arguments WHERE entity = ? ORDER BY relation");
    row.with(entity);
    std::vector<std::int64_t> relations;
    while (row.next())
        relations.push_back(row.integer(0));
    return relations;
}

std::vector<std::string> CategoryStore::arguments(std::int64_t relation, int side) const {
    Query row = m_connection.query(
        "SELECT c.name FROM category_arguments a JOIN categories c ON c.id = a.entity "
        "WHERE a.relation = ? AND a.side = ? ORDER BY a.rowid");
    row.with(relation, side);
    std::vector<std::string> types;
    while (row.next())
        types.push_back(row.text(0));
    return types;
}

void CategoryStore::setArguments(std::int64_t relation, int side,
                                 const std::vector<std::string>& types) {
    m_connection.query("DELETE FROM category_arguments WHERE relation = ? AND side = ?")
        .with(relation, side)
        .run();
    for (const std::string& type : types)
        if (const auto entity = find(CategoryKind::Entity, type))
            m_connection
                .query("INSERT OR IGNORE INTO category_arguments(relation, side, entity) "
                       "VALUES (?, ?, ?)")
                .with(relation, side, *entity)
                .run();
}

void CategoryStore::storeArguments(std::int64_t id, const Category& category) {
    if (category.kind == CategoryKind::Entity && category.heads.empty() && category.tails.empty())
        return;
    if (category.kind == CategoryKind::Entity)
        throw Error(quoted(category.kind, category.name) +
                    ": only a relation has a head and a tail");
    for (const auto* types : {&category.heads, &category.tails})
        for (const std::string& type : *types)
            (void)require(CategoryKind::Entity, type);
    setArguments(id, 0, category.heads);
    setArguments(id, 1, category.tails);
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
    const std::int64_t id = m_connection.lastInsertId();
    storeArguments(id, category);
    return id;
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
    storeArguments(id, category);
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
                mine.heads = category.heads;
                mine.tails = category.tails;
            }
            mine.seen = category.seen;
            merged.emplace_back(*id, mine);
            continue;
        }
        Category orphan = category;
        orphan.parent.clear(); // what it refers to may follow later in the list
        orphan.heads.clear();
        orphan.tails.clear();
        merged.emplace_back(add(orphan), category);
    }
    for (const auto& [id, category] : merged)
        update(id, category);
    if (const auto faults = taxonomyFaults(all()); !faults.empty())
        throw Error("categories of the model: " + faults.front());
}

} // namespace hmgrl
