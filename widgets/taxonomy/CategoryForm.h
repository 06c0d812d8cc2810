#pragma once

#include "data/Category.h"

#include <QString>
#include <vector>

namespace hmgrl {

/// What an analyst types for a category, apart from any widget.
struct CategoryInput {
    CategoryKind kind = CategoryKind::Entity;
    QString name;
    std::string parent;
    QString description;
    std::vector<std::string> heads = {}, tails = {}; ///< of a relation, see Category
};

/// The stored name: words in lower case joined by '_', an entity type below its parent's path:
/// ("Street artist", parent "person") -> "person/street_artist".
[[nodiscard]] std::string categoryKey(const CategoryInput& input);

/// Why the input can't become a category beside the others, one sentence; empty when it can.
/// `editing`: the stored name of the category that is being changed.
[[nodiscard]] QString categoryFault(const CategoryInput& input, const std::vector<Category>& others,
                                    const std::string& editing = {});

/// The category with the next free palette colour of its kind.
[[nodiscard]] Category makeCategory(const CategoryInput& input,
                                    const std::vector<Category>& others);

} // namespace hmgrl
