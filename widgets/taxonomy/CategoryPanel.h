#pragma once

#include "models/CategoryTreeModel.h"
#include "theme/Theme.h"

#include <QWidget>

class QLineEdit;
class QMenu;
class QSortFilterProxyModel;
class QTreeView;

namespace hmgrl {

/// The categories of the project and what can be done with them.
class CategoryPanel : public QWidget {
    Q_OBJECT
public:
    CategoryPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

    /// Opens the dialog; the session places what is submitted.
    void newCategory(CategoryKind kind = CategoryKind::Entity, const std::string& parent = {});
    void selectCategory(CategoryKind kind, const std::string& name);

Q_SIGNALS:
    void showDocumentsRequested(const std::string& category);
    void categorySelected(hmgrl::CategoryKind kind, const std::string& name);

private:
    QWidget* makeHeader();
    void makeTree();
    void showMenu(const QPoint& at);
    void addCategoryActions(QMenu& menu, const Category& category, bool hasChildren);
    void editCategory(const Category& category);
    void removeCategory(const Category& category);
    [[nodiscard]] QModelIndex sourceIndex(const QModelIndex& shown) const;

    Session& m_session;
    const Theme& m_theme;
    CategoryTreeModel* m_model;
    QSortFilterProxyModel* m_filter;
    QLineEdit* m_search = nullptr;
    QTreeView* m_tree = nullptr;
};

} // namespace hmgrl
