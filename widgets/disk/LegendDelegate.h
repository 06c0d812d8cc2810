#pragma once

#include <QStyledItemDelegate>

namespace hmgrl {

/// A row of the legend: mark, name, count.
class LegendDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    enum Role { NameRole = Qt::UserRole, ColourRole, CountRole, DimmedRole, MarkerRole };
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;
};

} // namespace hmgrl
