#pragma once

#include <QStyledItemDelegate>

namespace hmgrl {

class Theme;
class TypeList;

/// A row of the type picker: colour, name, path, score bar and hot key.
class TypeDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    TypeDelegate(const Theme& theme, const TypeList& list, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
        , m_list(list) {}

    void paint(QPainter* painter, const QStyleOptionViewItem& option,
               const QModelIndex& index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const override;

private:
    [[nodiscard]] int paintHint(QPainter& painter, const QRect& row, const QString& hint) const;
    [[nodiscard]] int paintScore(QPainter& painter, const QRect& row, double score,
                                 const QColor& colour) const;

    const Theme& m_theme;
    const TypeList& m_list;
};

} // namespace hmgrl
