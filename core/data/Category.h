#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace hmgrl {

enum class CategoryKind { Entity, Relation };

/// "entity" / "relation", as files and the command line spell it.
[[nodiscard]] const char* toString(CategoryKind kind);
/// @throws Error for anything else
[[nodiscard]] CategoryKind categoryKindFromString(const std::string& text);

/// An entity type or a relation. `name` is its identity within its kind; a tree is told by `parent`
/// ("person/artist" has the parent "person"). Inner nodes are categories as well.
struct Category {
    CategoryKind kind = CategoryKind::Entity;
    std::string name;         ///< unique within kind, e.g. "person/artist", "located_in"
    std::string description;  ///< a sentence; the text encoder reads name and description
    std::string parent;       ///< name of a category of the same kind, or empty
    bool seen = false;        ///< its examples were in training
    std::uint32_t colour = 0; ///< 0xRRGGBB
    /// Of a relation: entity types, each with all below it, that its head or tail is. Empty: any.
    std::vector<std::string> heads = {}, tails = {};

    friend bool operator==(const Category&, const Category&) = default;
};

/// The last step of a path name with '_' as blanks: "person/military_leader" -> "military leader",
/// "person/other" -> "other person".
[[nodiscard]] std::string displayName(const std::string& categoryName);

/// What the text encoder reads for a category: "military leader (person): description".
[[nodiscard]] std::string labelText(const Category& category);

/// A palette colour for the i-th category of a kind: hues far apart for neighbours, calm, readable
/// on light and on dark. Deterministic.
[[nodiscard]] std::uint32_t paletteColour(std::size_t index);

/// Faults of a set of categories: empty or doubled names, unknown parents, cycles, arguments that
/// are no entity types. Empty when sound.
[[nodiscard]] std::vector<std::string> taxonomyFaults(const std::vector<Category>& categories);

} // namespace hmgrl
