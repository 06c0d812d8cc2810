#include "taxonomy/CategoryPanel.h"

#include "bridge/TextOffsets.h"
#include "taxonomy/CategoryDelegate.h"
#include "taxonomy/CategoryDialog.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QTreeView>
#include <QVBoxLayout>

namespace hmgrl {
namespace {

/// A tree with the theme's own arrows: the style sheet leaves branches empty.
class TreeView : public QTreeView {
public:
    TreeView(const Theme& theme, QWidget* parent)
        : QTreeView(parent)
        , m_theme(theme) {}

protected:
    void drawBranches(QPainter* painter, const QRect& rect,
                      const QModelIndex& index) const override {
        if (!model()->hasChildren(index))
            return;
        const auto name =
            isExpanded(index) ? QStringLiteral("chevron-down") : QStringLiteral("chevron-right");
        const QRect place(rect.right() - 14, rect.center().y() - 6, 12, 12);
        m_theme.icon(name).paint(painter, place);
    }

private:
    const Theme& m_theme;
};

} // namespace

CategoryPanel::CategoryPanel(Session& session, const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_session(session)
    , m_theme(theme)
    , m_model(new CategoryTreeModel(session, this))
    , m_filter(new QSortFilterProxyModel(this)) {
    m_filter->setSourceModel(m_model);
    m_filter->setRecursiveFilteringEnabled(true);
    m_filter->setFilterCaseSensitivity(Qt::CaseInsensitive);
    makeTree();
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHeader());
    layout->addWidget(m_tree, 1);
}

QWidget* CategoryPanel::makeHeader() {
    auto* header = new QWidget(this);
    auto* layout = new QHBoxLayout(header);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(7);
    m_search = new QLineEdit(header);
    m_search->setPlaceholderText(tr("Find a category"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Find a category"));
    auto* add = new QPushButton(m_theme.icon(QStringLiteral("plus")), tr("New…"), header);
    add->setToolTip(tr("Define a new category; it is placed at once, without training"));
    add->setAccessibleName(tr("New category"));
    layout->addWidget(m_search, 1);
    layout->addWidget(add);
    connect(add, &QPushButton::clicked, this, [this] { newCategory(); });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_filter->setFilterFixedString(text);
        m_tree->expandAll();
    });
    return header;
}

void CategoryPanel::makeTree() {
    m_tree = new TreeView(m_theme, this);
    m_tree->setModel(m_filter);
    m_tree->setItemDelegate(new CategoryDelegate(m_theme, m_tree));
    m_tree->setHeaderHidden(true);
    m_tree->setIndentation(16);
    m_tree->setMouseTracking(true);
    m_tree->setContextMenuPolicy(Qt::CustomContextMenu);
    m_tree->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_tree->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_tree->setAccessibleName(tr("Categories"));
    connect(m_filter, &QAbstractItemModel::modelReset, m_tree, &QTreeView::expandAll);
    connect(m_tree, &QTreeView::customContextMenuRequested, this, &CategoryPanel::showMenu);
    connect(m_tree, &QTreeView::doubleClicked, this, [this](const QModelIndex& index) {
        if (const auto category = m_model->categoryAt(sourceIndex(index)))
            Q_EMIT showDocumentsRequested(category->name);
    });
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this,
            [this](const QModelIndex& index) {
                if (const auto category = m_model->categoryAt(sourceIndex(index)))
                    Q_EMIT categorySelected(category->kind, category->name);
            });
}

QModelIndex CategoryPanel::sourceIndex(const QModelIndex& shown) const {
    return m_filter->mapToSource(shown);
}

void CategoryPanel::showMenu(const QPoint& at) {
    const QModelIndex index = sourceIndex(m_tree->indexAt(at));
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (const auto category = m_model->categoryAt(index))
        addCategoryActions(*menu, *category, m_model->rowCount(index) > 0);
    const auto kind = static_cast<CategoryKind>(index.data(CategoryTreeModel::KindRole).toInt());
    menu->addAction(m_theme.icon(QStringLiteral("plus")), tr("New category…"), this,
                    [this, kind] { newCategory(kind); });
    menu->popup(m_tree->viewport()->mapToGlobal(at));
}

void CategoryPanel::addCategoryActions(QMenu& menu, const Category& category, bool hasChildren) {
    menu.addAction(m_theme.icon(QStringLiteral("filter")), tr("Show its documents"), this,
                   [this, category] { Q_EMIT showDocumentsRequested(category.name); });
    menu.addAction(m_theme.icon(QStringLiteral("edit")), tr("Edit…"), this,
                   [this, category] { editCategory(category); });
    QAction* remove = menu.addAction(m_theme.icon(QStringLiteral("trash")), tr("Remove"), this,
                                     [this, category] { removeCategory(category); });
    remove->setEnabled(!hasChildren);
    if (hasChildren)
        remove->setText(tr("Remove (has children)"));
    menu.addSeparator();
    menu.addAction(tr("New category below this…"), this,
                   [this, category] { newCategory(category.kind, category.name); });
}

void CategoryPanel::newCategory(CategoryKind kind, const std::string& parent) {
    if (!m_session.isOpen())
        return;
    auto* dialog = new CategoryDialog(m_theme, m_session.categories(), std::nullopt, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setInput({kind, {}, parent, {}});
    connect(dialog, &CategoryDialog::submitted, &m_session, &Session::addCategory);
    dialog->open();
}

void CategoryPanel::selectCategory(CategoryKind kind, const std::string& name) {
    const QModelIndex index = m_filter->mapFromSource(m_model->indexOf(kind, name));
    if (!index.isValid())
        return;
    m_tree->setCurrentIndex(index);
    m_tree->scrollTo(index);
}

void CategoryPanel::editCategory(const Category& category) {
    auto* dialog = new CategoryDialog(m_theme, m_session.categories(), category, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &CategoryDialog::submitted, this, [this, category](const Category& to) {
        m_session.edit(tr("Change category %1").arg(toQString(displayName(category.name))),
                       [category, to](Editor& editor) {
                           editor.changeCategory(category.kind, category.name, to);
                       });
    });
    dialog->open();
}

void CategoryPanel::removeCategory(const Category& category) {
    m_session.edit(
        tr("Remove category %1").arg(toQString(displayName(category.name))),
        [category](Editor& editor) { editor.removeCategory(category.kind, category.name); });
}

} // namespace hmgrl
