#include "taxonomy/TypesField.h"

#include "bridge/CategoryText.h"
#include "bridge/TextOffsets.h"

#include <QListWidget>
#include <QMenu>
#include <QScopedValueRollback>
#include <QWidgetAction>
#include <algorithm>

namespace hmgrl {
namespace {

constexpr int nameRole = Qt::UserRole;
constexpr int parentRole = Qt::UserRole + 1;

std::string textOf(const QListWidgetItem& item, int role) {
    return fromQString(item.data(role).toString());
}

} // namespace

TypesField::TypesField(const std::vector<Category>& categories, QWidget* parent)
    : QComboBox(parent)
    , m_menu(new QMenu(parent)) // not below the field, whose list has a frame
    , m_list(new QListWidget) {
    addItem({});
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setMinimumSize(280, 260);
    m_list->setAccessibleName(tr("Entity types"));
    auto* action = new QWidgetAction(m_menu);
    action->setDefaultWidget(m_list);
    m_menu->addAction(action);
    fill(categories);
    showTicks();
    connect(m_list, &QListWidget::itemChanged, this, &TypesField::take);
}

void TypesField::fill(const std::vector<Category>& categories) {
    // Children below their parents, each level in the taxonomy's order.
    const auto addBelow = [&](const auto& self, const std::string& parent, int depth) -> void {
        for (const Category& category : categories) {
            if (category.kind != CategoryKind::Entity || category.parent != parent)
                continue;
            auto* item = new QListWidgetItem(QString(depth * 4, QChar::Nbsp) +
                                             toQString(displayName(category.name)));
            item->setData(nameRole, toQString(category.name));
            item->setData(parentRole, toQString(category.parent));
            m_list->addItem(item);
            self(self, category.name, depth + 1);
        }
    };
    addBelow(addBelow, {}, 0);
}

void TypesField::setTypes(const std::vector<std::string>& types) {
    m_types.clear();
    for (int row = 0; row < m_list->count(); ++row) {
        const std::string name = textOf(*m_list->item(row), nameRole);
        if (std::find(types.begin(), types.end(), name) != types.end() && !isCovered(name))
            m_types.push_back(name);
    }
    showTicks();
}

void TypesField::showPopup() {
    m_list->setMinimumWidth(width() - 14);
    int first = 0;
    while (first < m_list->count() - 1 && m_list->item(first)->checkState() == Qt::Unchecked)
        ++first;
    m_list->setCurrentRow(m_types.empty() ? 0 : first);
    m_list->scrollToItem(m_list->currentItem(), QAbstractItemView::PositionAtCenter);
    m_list->setFocus();
    m_menu->popup(mapToGlobal(QPoint(0, height())));
}

/// True when a type above it is chosen.
bool TypesField::isCovered(const std::string& name) const {
    std::string above = name;
    for (int row = m_list->count(); row-- > 0;) {
        if (textOf(*m_list->item(row), nameRole) != above)
            continue;
        above = textOf(*m_list->item(row), parentRole);
        if (std::find(m_types.begin(), m_types.end(), above) != m_types.end())
            return true;
    }
    return false;
}

void TypesField::take(QListWidgetItem* item) {
    if (m_isShowing)
        return;
    std::vector<std::string> types = m_types;
    const std::string name = textOf(*item, nameRole);
    if (item->checkState() == Qt::Checked)
        types.push_back(name);
    else
        std::erase(types, name);
    setTypes(types);
    Q_EMIT changed();
}

void TypesField::showTicks() {
    const QScopedValueRollback guard(m_isShowing, true);
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem& item = *m_list->item(row);
        const std::string name = textOf(item, nameRole);
        const bool covered = isCovered(name);
        const bool chosen = std::find(m_types.begin(), m_types.end(), name) != m_types.end();
        item.setFlags(covered ? Qt::NoItemFlags
                              : Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
        item.setCheckState(chosen || covered ? Qt::Checked : Qt::Unchecked);
    }
    const QString text = typesText(m_types);
    setItemText(0, fontMetrics().elidedText(text, Qt::ElideRight, 280));
    setToolTip(text);
}

} // namespace hmgrl
