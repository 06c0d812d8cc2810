#pragma once

#include "data/Category.h"
#include "theme/Theme.h"

#include <QStyledItemDelegate>

namespace hmgrl {

/// Draws a category: colour swatch, name, seen or unseen badge, count. Headings are small titles.
class CategoryDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    explicit CategoryDelegate(const Theme& theme, QObject* parent = nullptr);

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

private:
    void paintHeading(QPainter& painter, const QRect& rect, const QModelIndex& index) const;
    void paintCategory(QPainter& painter, const QRect& rect, const Category& category,
                       int count) const;
    /// Returns the badge's left edge.
    int paintBadge(QPainter& painter, int right, const QRect& rect, bool seen) const;

    const Theme& m_theme;
};

} // namespace hmgrl
