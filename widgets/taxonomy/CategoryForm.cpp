#include "taxonomy/CategoryForm.h"

#include "bridge/TextOffsets.h"
#include "data/Palette.h"

#include <QCoreApplication>
#include <algorithm>

namespace hmgrl {
namespace {

QString say(const char* text) {
    return QCoreApplication::translate("hmgrl::CategoryForm", text);
}

} // namespace

std::string categoryKey(const CategoryInput& input) {
    const QString words =
        input.name.simplified().toLower().replace(QLatin1Char(' '), QLatin1Char('_'));
    const std::string own = fromQString(words);
    const bool isPath = input.kind == CategoryKind::Entity && !input.parent.empty();
    return isPath ? input.parent + "/" + own : own;
}

QString categoryFault(const CategoryInput& input, const std::vector<Category>& others,
                      const std::string& editing) {
    const QString name = input.name.simplified();
    if (name.isEmpty())
        return say("Give the category a name.");
    if (name.contains(QLatin1Char('/')))
        return say("A name has no slash: choose a parent instead.");
    if (name.size() > 80)
        return say("Keep the name below 80 characters.");
    const std::string key = categoryKey(input);
    const bool taken = std::any_of(others.begin(), others.end(), [&](const Category& c) {
        return c.kind == input.kind && c.name == key && c.name != editing;
    });
    return taken ? say("There is a category of this name already.") : QString();
}

Category makeCategory(const CategoryInput& input, const std::vector<Category>& others) {
    Category category;
    category.kind = input.kind;
    category.name = categoryKey(input);
    category.parent = input.parent;
    category.description = fromQString(input.description.simplified());
    if (input.kind == CategoryKind::Relation) {
        category.heads = input.heads;
        category.tails = input.tails;
    }
    category.colour = newcomerColour(category, others);
    return category;
}

} // namespace hmgrl
