#include "models/CategoryTreeModel.h"

#include "bridge/CategoryText.h"
#include "bridge/TextOffsets.h"

#include <QColor>
#include <algorithm>

namespace hmgrl {

struct CategoryTreeModel::Node {
    Node* parent = nullptr;
    CategoryKind kind = CategoryKind::Entity;
    std::optional<Category> category; ///< none: a heading or the root
    int count = 0;
    std::vector<std::unique_ptr<Node>> children;

    Node* add(CategoryKind of, std::optional<Category> what) {
        auto child = std::make_unique<Node>();
        child->parent = this;
        child->kind = of;
        child->category = std::move(what);
        return children.emplace_back(std::move(child)).get();
    }
    [[nodiscard]] int row() const {
        const auto& siblings = parent->children;
        const auto here = std::find_if(siblings.begin(), siblings.end(),
                                       [this](const auto& node) { return node.get() == this; });
        return static_cast<int>(here - siblings.begin());
    }
};

namespace {

QString tipOf(const Category& category) {
    const QString between = argumentText(category);
    const QString text = toQString(labelText(category));
    return between.isEmpty() ? text : text + QLatin1Char('\n') + between;
}

/// Adds the children of `parent` under `node`, depth first; a cycle can't be reached from the top.
template <typename Node>
void addChildren(Node* node, CategoryKind kind, const std::string& parent,
                 const std::vector<Category>& sorted) {
    for (const Category& category : sorted)
        if (category.kind == kind && category.parent == parent)
            addChildren(node->add(kind, category), kind, category.name, sorted);
}

} // namespace

CategoryTreeModel::CategoryTreeModel(Session& session, QObject* parent)
    : QAbstractItemModel(parent)
    , m_session(session)
    , m_root(std::make_unique<Node>()) {
    rebuild();
    connect(&session, &Session::categoriesChanged, this, &CategoryTreeModel::rebuild);
    connect(&session, &Session::projectClosed, this, &CategoryTreeModel::rebuild);
    connect(&session, &Session::documentsChanged, this, &CategoryTreeModel::requestCounts);
}

CategoryTreeModel::~CategoryTreeModel() = default;

CategoryTreeModel::Node* CategoryTreeModel::nodeOf(const QModelIndex& index) const {
    return index.isValid() ? static_cast<Node*>(index.internalPointer()) : m_root.get();
}

QModelIndex CategoryTreeModel::indexOfNode(const Node* node) const {
    return node == m_root.get() ? QModelIndex()
                                : createIndex(node->row(), 0, const_cast<Node*>(node));
}

QModelIndex CategoryTreeModel::index(int row, int column, const QModelIndex& parent) const {
    const Node* node = nodeOf(parent);
    if (column != 0 || row < 0 || row >= static_cast<int>(node->children.size()))
        return {};
    return createIndex(row, 0, node->children[static_cast<std::size_t>(row)].get());
}

QModelIndex CategoryTreeModel::parent(const QModelIndex& child) const {
    return child.isValid() ? indexOfNode(nodeOf(child)->parent) : QModelIndex();
}

int CategoryTreeModel::rowCount(const QModelIndex& parent) const {
    return parent.column() > 0 ? 0 : static_cast<int>(nodeOf(parent)->children.size());
}

int CategoryTreeModel::columnCount(const QModelIndex&) const {
    return 1;
}

QVariant CategoryTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid())
        return {};
    const Node* node = nodeOf(index);
    const QString heading =
        node->kind == CategoryKind::Entity ? tr("Entity types") : tr("Relations");
    switch (role) {
    case Qt::DisplayRole:
        return node->category ? toQString(displayName(node->category->name)) : heading;
    case Qt::ToolTipRole:
        return node->category ? tipOf(*node->category) : QString();
    case CategoryRole:
        return node->category ? QVariant::fromValue(*node->category) : QVariant();
    case CountRole:
        return node->count;
    case IsHeadingRole:
        return !node->category;
    case KindRole:
        return static_cast<int>(node->kind);
    default:
        return {};
    }
}

std::optional<Category> CategoryTreeModel::categoryAt(const QModelIndex& index) const {
    return index.isValid() ? nodeOf(index)->category : std::nullopt;
}

QModelIndex CategoryTreeModel::indexOf(CategoryKind kind, const std::string& name) const {
    std::vector<const Node*> open{m_root.get()};
    while (!open.empty()) {
        const Node* node = open.back();
        open.pop_back();
        if (node->category && node->kind == kind && node->category->name == name)
            return indexOfNode(node);
        for (const auto& child : node->children)
            open.push_back(child.get());
    }
    return {};
}

void CategoryTreeModel::rebuild() {
    std::vector<Category> sorted = m_session.categories();
    std::sort(sorted.begin(), sorted.end(), [](const Category& a, const Category& b) {
        return displayName(a.name) < displayName(b.name);
    });
    beginResetModel();
    m_root = std::make_unique<Node>();
    for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation}) {
        Node* heading = m_root->add(kind, std::nullopt);
        addChildren(heading, kind, std::string(), sorted);
        sumCounts(*heading, m_counts);
    }
    endResetModel();
    requestCounts();
}

void CategoryTreeModel::requestCounts() {
    if (!m_session.isOpen())
        return;
    if (m_countsPending) {
        m_countsStale = true;
        return;
    }
    m_countsPending = true;
    m_session.run(
        this,
        [](Project& project) {
            Counts counts;
            for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation})
                for (const auto& [name, count] : project.categoryCounts(kind))
                    counts[{kind, name}] = count;
            return counts;
        },
        [this](const Counts& counts) { applyCounts(counts); });
}

void CategoryTreeModel::applyCounts(const Counts& counts) {
    m_countsPending = false;
    m_counts = counts;
    for (const auto& heading : m_root->children)
        sumCounts(*heading, counts);
    if (std::exchange(m_countsStale, false))
        requestCounts();
}

int CategoryTreeModel::sumCounts(Node& node, const Counts& counts) {
    int sum = 0;
    if (node.category)
        if (const auto own = counts.find({node.kind, node.category->name}); own != counts.end())
            sum = own->second;
    for (const auto& child : node.children)
        sum += sumCounts(*child, counts);
    if (std::exchange(node.count, sum) != sum && node.parent) {
        const QModelIndex index = indexOfNode(&node);
        Q_EMIT dataChanged(index, index, {CountRole});
    }
    return sum;
}

} // namespace hmgrl
