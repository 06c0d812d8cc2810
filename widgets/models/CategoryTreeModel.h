#pragma once

#include "bridge/Session.h"

#include <QAbstractItemModel>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace hmgrl {

/// The taxonomy as a tree: two headings, "Entity types" and "Relations", and under each its
/// categories by parent, those of one parent by name. The counts are live mentions or relations,
/// children included.
class CategoryTreeModel : public QAbstractItemModel {
    Q_OBJECT
public:
    enum Role { CategoryRole = Qt::UserRole, CountRole, IsHeadingRole, KindRole };

    explicit CategoryTreeModel(Session& session, QObject* parent = nullptr);
    ~CategoryTreeModel() override;

    [[nodiscard]] QModelIndex index(int row, int column,
                                    const QModelIndex& parent = {}) const override;
    [[nodiscard]] QModelIndex parent(const QModelIndex& child) const override;
    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

    [[nodiscard]] std::optional<Category> categoryAt(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOf(CategoryKind kind, const std::string& name) const;

private:
    struct Node;
    using Counts = std::map<std::pair<CategoryKind, std::string>, int>;

    [[nodiscard]] Node* nodeOf(const QModelIndex& index) const;
    [[nodiscard]] QModelIndex indexOfNode(const Node* node) const;
    void rebuild();
    void requestCounts();
    void applyCounts(const Counts& counts);
    int sumCounts(Node& node, const Counts& counts);

    Session& m_session;
    std::unique_ptr<Node> m_root;
    Counts m_counts;
    bool m_countsPending = false, m_countsStale = false;
};

} // namespace hmgrl
