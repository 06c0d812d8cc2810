#include "data/Category.h"

#include "support/Error.h"

#include <algorithm>
#include <cmath>
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

/// CIELAB-like even lightness from HSL by hand: hue in turns, saturation and lightness 0..1.
std::uint32_t hslColour(double hue, double saturation, double lightness) {
    const auto channel = [&](double offset) {
        const double k = std::fmod(offset + hue * 12.0, 12.0);
        const double a = saturation * std::min(lightness, 1 - lightness);
        const double v = lightness - a * std::max(-1.0, std::min({k - 3, 9 - k, 1.0}));
        return static_cast<std::uint32_t>(std::lround(v * 255));
    };
    return channel(0) << 16 | channel(8) << 8 | channel(4);
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
    // The golden angle keeps any number of hues apart; three lightness levels tell close hues
    // apart.
    static constexpr double saturation[] = {0.62, 0.50, 0.72};
    static constexpr double lightness[] = {0.52, 0.64, 0.42};
    const double hue = std::fmod(0.58 + 0.61803398875 * static_cast<double>(index), 1.0);
    return hslColour(hue, saturation[index % 3], lightness[index % 3]);
}

std::vector<std::string> taxonomyFaults(const std::vector<Category>& categories) {
    std::vector<std::string> faults;
    std::map<std::pair<CategoryKind, std::string>, const Category*> byName;
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
    }
    return faults;
}

} // namespace hmgrl
