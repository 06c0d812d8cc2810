#include "data/Category.h"

#include "data/Palette.h"
#include "support/Error.h"

#include <algorithm>
#include <map>
#include <set>

namespace hmgrl {
namespace {

std::string blanks(std::string text) {
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

/// The last step of a path name; a name without steps, or one that ends with a slash, is its own.
std::string lastStep(const std::string& name) {
    const auto slash = name.rfind('/');
    return slash == std::string::npos || slash + 1 == name.size() ? name : name.substr(slash + 1);
}

} // namespace

const char* toString(CategoryKind kind) {
    return kind == CategoryKind::Entity ? "entity" : "relation";
}

CategoryKind categoryKindFromString(const std::string& text) {
    if (text == "entity")
        return CategoryKind::Entity;
    if (text == "relation")
        return CategoryKind::Relation;
    throw Error("expected kind \"entity\" or \"relation\", found \"" + text + "\"");
}

std::string displayName(const std::string& categoryName) {
    const std::string last = lastStep(categoryName);
    if (last != "other" || last == categoryName)
        return blanks(last);
    // Every branch may have one: "person/other" is nothing to a reader without its person.
    return "other " + displayName(categoryName.substr(0, categoryName.size() - last.size() - 1));
}

std::string labelText(const Category& category) {
    std::string text = blanks(lastStep(category.name));
    if (!category.parent.empty())
        text += " (" + blanks(lastStep(category.parent)) + ")";
    if (!category.description.empty())
        text += ": " + category.description;
    return text;
}

std::uint32_t paletteColour(std::size_t index) {
    return paletteShade(index % paletteHues, index / paletteHues);
}

namespace {

using CategoryIndex = std::map<std::pair<CategoryKind, std::string>, const Category*>;

void checkArguments(const Category& category, const CategoryIndex& known,
                    std::vector<std::string>& faults) {
    for (const auto* side : {&category.heads, &category.tails}) {
        const std::string place = side == &category.heads ? "head" : "tail";
        if (!side->empty() && category.kind != CategoryKind::Relation)
            faults.push_back("category \"" + category.name + "\": only a relation has a " + place);
        for (const std::string& name : *side)
            if (!known.count({CategoryKind::Entity, name}))
                faults.push_back("relation \"" + category.name + "\": its " + place +
                                 " is the unknown entity type \"" + name + "\"");
    }
}

} // namespace

std::vector<std::string> taxonomyFaults(const std::vector<Category>& categories) {
    std::vector<std::string> faults;
    CategoryIndex byName;
    for (const Category& category : categories) {
        if (category.name.empty())
            faults.emplace_back("a category has no name");
        else if (!byName.emplace(std::pair(category.kind, category.name), &category).second)
            faults.push_back("category \"" + category.name + "\" is defined twice");
    }
    for (const Category& category : categories) {
        std::set<std::string> visited{category.name};
        const Category* node = &category;
        while (!node->parent.empty()) {
            const auto parent = byName.find({category.kind, node->parent});
            if (parent == byName.end()) {
                faults.push_back("category \"" + node->name + "\" has the unknown parent \"" +
                                 node->parent + "\"");
                break;
            }
            if (!visited.insert(parent->second->name).second) {
                faults.push_back("category \"" + category.name + "\" is its own ancestor");
                break;
            }
            node = parent->second;
        }
        checkArguments(category, byName, faults);
    }
    return faults;
}

} // namespace hmgrl
