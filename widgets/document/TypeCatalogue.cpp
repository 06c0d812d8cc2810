#include "document/TypeCatalogue.h"

#include "bridge/TextOffsets.h"

#include <algorithm>
#include <set>

namespace hmgrl {
namespace {

/// "location / city" for a category below city; stops at unknown parents and at a cycle.
QString pathOf(const Category& category, const std::map<std::string, const Category*>& byName) {
    QString path;
    std::set<std::string> visited;
    std::string parent = category.parent;
    while (!parent.empty() && visited.insert(parent).second) {
        const QString step = toQString(displayName(parent));
        path = path.isEmpty() ? step : step + QStringLiteral(" / ") + path;
        const auto found = byName.find(parent);
        parent = found == byName.end() ? std::string() : found->second->parent;
    }
    return path;
}

} // namespace

TypeCatalogue::TypeCatalogue(std::span<const Category> categories) {
    for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation}) {
        std::map<std::string, const Category*> byName;
        for (const Category& category : categories)
            if (category.kind == kind)
                byName.emplace(category.name, &category);
        auto& choices = kind == CategoryKind::Entity ? m_entities : m_relations;
        for (const Category& category : categories) {
            if (category.kind != kind)
                continue;
            const int place = static_cast<int>(choices.size());
            m_index.emplace(std::pair(kind, category.name), choices.size());
            choices.push_back({category.name, toQString(displayName(category.name)),
                               pathOf(category, byName), category.colour, category.seen,
                               place < 10 ? (place + 1) % 10 : -1});
        }
    }
}

const std::vector<TypeChoice>& TypeCatalogue::choices(CategoryKind kind) const {
    return kind == CategoryKind::Entity ? m_entities : m_relations;
}

const TypeChoice* TypeCatalogue::find(CategoryKind kind, const std::string& name) const {
    const auto found = m_index.find({kind, name});
    return found == m_index.end() ? nullptr : &choices(kind)[found->second];
}

const TypeChoice* TypeCatalogue::byHotKey(CategoryKind kind, int key) const {
    const auto& all = choices(kind);
    const auto found = std::find_if(
        all.begin(), all.end(), [key](const TypeChoice& choice) { return choice.hotKey == key; });
    return found == all.end() ? nullptr : &*found;
}

} // namespace hmgrl
