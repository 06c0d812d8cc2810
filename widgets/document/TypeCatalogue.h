#pragma once

#include "data/Category.h"

#include <QString>
#include <map>
#include <span>
#include <string>
#include <vector>

namespace hmgrl {

/// A category as a person chooses it.
struct TypeChoice {
    std::string name;
    QString label;                   ///< last step of the path, blanks for '_'
    QString path;                    ///< the steps above it, " / " between them; empty for roots
    std::uint32_t colour = 0x808080; ///< 0xRRGGBB
    bool seen = false;
    int hotKey = -1;   ///< 1..9 and 0, -1: none
    double score = -1; ///< of the item that is being typed, -1: not among its candidates
    double distance = -1;

    [[nodiscard]] QString hint() const { return hotKey < 0 ? QString() : QString::number(hotKey); }
};

/// The categories of a project by kind, with their hot keys: the first ten of each kind in the
/// order given have one.
class TypeCatalogue {
public:
    TypeCatalogue() = default;
    explicit TypeCatalogue(std::span<const Category> categories);

    [[nodiscard]] const std::vector<TypeChoice>& choices(CategoryKind kind) const;
    [[nodiscard]] const TypeChoice* find(CategoryKind kind, const std::string& name) const;
    [[nodiscard]] const TypeChoice* byHotKey(CategoryKind kind, int key) const;

private:
    std::vector<TypeChoice> m_entities, m_relations;
    std::map<std::pair<CategoryKind, std::string>, std::size_t> m_index;
};

} // namespace hmgrl
