#include "taxonomy/CategoryDelegate.h"

#include "bridge/TextOffsets.h"
#include "models/CategoryTreeModel.h"

#include <QPainter>

namespace hmgrl {

CategoryDelegate::CategoryDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme) {}

QSize CategoryDelegate::sizeHint(const QStyleOptionViewItem& option,
                                 const QModelIndex& index) const {
    const bool heading = index.data(CategoryTreeModel::IsHeadingRole).toBool();
    return {option.rect.width(), heading ? 34 : 28};
}

void CategoryDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                             const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRect rect = option.rect.adjusted(2, 0, -8, 0);
    const bool heading = index.data(CategoryTreeModel::IsHeadingRole).toBool();
    const bool selected = option.state & QStyle::State_Selected;
    if (!heading && (selected || option.state & QStyle::State_MouseOver)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(selected ? m_theme.colours().accentSoft
                                   : m_theme.colours().surfaceRaised);
        painter->drawRoundedRect(option.rect.adjusted(0, 1, -4, -1), 5, 5);
    }
    if (heading)
        paintHeading(*painter, rect, index);
    else
        paintCategory(*painter, rect, index.data(CategoryTreeModel::CategoryRole).value<Category>(),
                      index.data(CategoryTreeModel::CountRole).toInt());
    painter->restore();
}

void CategoryDelegate::paintHeading(QPainter& painter, const QRect& rect,
                                    const QModelIndex& index) const {
    painter.setFont(m_theme.font(FontRole::SmallStrong));
    painter.setPen(m_theme.colours().textMuted);
    painter.drawText(rect, Qt::AlignLeft | Qt::AlignVCenter, index.data().toString());
    painter.setPen(m_theme.colours().textFaint);
    painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter,
                     index.data(CategoryTreeModel::CountRole).toString());
}

void CategoryDelegate::paintCategory(QPainter& painter, const QRect& rect, const Category& category,
                                     int count) const {
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.categoryColour(category.colour));
    painter.drawRoundedRect(QRectF(rect.left() + 2, rect.center().y() - 4, 10, 10), 3, 3);
    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(count > 0 ? m_theme.colours().textMuted : m_theme.colours().textFaint);
    const int countWidth = 36;
    painter.drawText(rect, Qt::AlignRight | Qt::AlignVCenter, QString::number(count));
    const int badge = paintBadge(painter, rect.right() - countWidth, rect, category.seen);
    const QFont font = m_theme.font(FontRole::Body);
    const QRect name(rect.left() + 20, rect.top(), badge - rect.left() - 26, rect.height());
    painter.setFont(font);
    painter.setPen(m_theme.colours().text);
    painter.drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetrics(font).elidedText(toQString(displayName(category.name)),
                                                   Qt::ElideRight, name.width()));
}

int CategoryDelegate::paintBadge(QPainter& painter, int right, const QRect& rect, bool seen) const {
    const QString text = seen ? tr("seen") : tr("unseen");
    const QFont font = m_theme.font(FontRole::Small);
    const int width = QFontMetrics(font).horizontalAdvance(text) + 14;
    const QRectF badge(right - width, rect.center().y() - 8, width, 17);
    const ThemeColours& colours = m_theme.colours();
    painter.setPen(Qt::NoPen);
    painter.setBrush(seen ? colours.surfaceSunken : colours.accentSoft);
    painter.drawRoundedRect(badge, 8, 8);
    painter.setFont(font);
    painter.setPen(seen ? colours.textFaint : colours.accent);
    painter.drawText(badge, Qt::AlignCenter, text);
    return static_cast<int>(badge.left());
}

} // namespace hmgrl
