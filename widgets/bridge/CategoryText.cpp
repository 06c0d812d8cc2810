#include "bridge/CategoryText.h"

#include "bridge/TextOffsets.h"

#include <QCoreApplication>
#include <QStringList>

namespace hmgrl {

QString typesText(const std::vector<std::string>& types) {
    QStringList names;
    for (const std::string& type : types)
        names << toQString(displayName(type));
    return names.isEmpty() ? QCoreApplication::translate("hmgrl::CategoryText", "any")
                           : names.join(QStringLiteral(", "));
}

QString argumentText(const Category& relation) {
    if (relation.heads.empty() && relation.tails.empty())
        return {};
    return typesText(relation.heads) + QStringLiteral(" \u2192 ") + typesText(relation.tails);
}

} // namespace hmgrl
