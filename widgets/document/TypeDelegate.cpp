#include "document/TypeDelegate.h"

#include "document/TypeList.h"
#include "theme/Theme.h"

#include <QLocale>
#include <QPainter>
#include <cmath>

namespace hmgrl {
namespace {

constexpr int rowHeight = 28;
constexpr int scoreWidth = 52;

} // namespace

QSize TypeDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {240, rowHeight};
}

/// Paints the key cap at the right end; returns the width used.
int TypeDelegate::paintHint(QPainter& painter, const QRect& row, const QString& hint) const {
    const QRect cap(row.right() - 26, row.center().y() - 8, 18, 17);
    if (!hint.isEmpty()) {
        painter.setPen(m_theme.colours().borderStrong);
        painter.setBrush(m_theme.colours().surface);
        painter.drawRoundedRect(QRectF(cap).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3);
        painter.setPen(m_theme.colours().textMuted);
        painter.setFont(m_theme.font(FontRole::SmallStrong));
        painter.drawText(cap, Qt::AlignCenter, hint);
    }
    return 34;
}

int TypeDelegate::paintScore(QPainter& painter, const QRect& row, double score,
                             const QColor& colour) const {
    if (score < 0)
        return 0;
    const QRect text(row.right() - 38, row.top(), 36, row.height());
    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(m_theme.colours().textMuted);
    painter.drawText(text, Qt::AlignRight | Qt::AlignVCenter,
                     QLocale().toString(std::lround(score * 100)) + QStringLiteral("\u2009%"));
    const QRectF well(text.left() - scoreWidth, row.center().y() - 1.5, scoreWidth, 4);
    painter.setPen(Qt::NoPen);
    painter.setBrush(m_theme.colours().border);
    painter.drawRoundedRect(well, 2, 2);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(well.topLeft(), QSizeF(std::max(3.0, well.width() * score), 4)),
                            2, 2);
    return 38 + scoreWidth + 8;
}

void TypeDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                         const QModelIndex& index) const {
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const ThemeColours& colours = m_theme.colours();
    QRect row = option.rect;
    if (option.state & QStyle::State_Selected) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(colours.accentSoft);
        painter->drawRoundedRect(row.adjusted(4, 1, -4, -1), 4, 4);
    }
    if (index.data(TypeList::GroupStartRole).toBool()) {
        painter->setPen(colours.border);
        painter->drawLine(row.topLeft() + QPoint(10, 0), row.topRight() - QPoint(10, 0));
    }
    const TypeChoice* type = m_list.choice(index.row());
    const QColor colour = type ? m_theme.categoryColour(type->colour) : colours.accent;
    painter->setPen(Qt::NoPen);
    painter->setBrush(type ? QBrush(colour) : QBrush(Qt::NoBrush));
    if (!type)
        painter->setPen(QPen(colour, 1.4, Qt::DotLine));
    painter->drawEllipse(QPointF(row.left() + 18, row.center().y() + 0.5), 5, 5);

    row.setRight(row.right() - (type ? paintHint(*painter, row, type->hint()) : 10));
    row.setRight(row.right() - (type ? paintScore(*painter, row, type->score, colour) : 0));
    row.setLeft(row.left() + 32);
    const QString name = index.data().toString();
    painter->setFont(m_theme.font(FontRole::Body));
    painter->setPen(type ? colours.text : colours.accent);
    const QFontMetrics metrics(painter->font());
    painter->drawText(row, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(name, Qt::ElideRight, row.width()));
    const int used = metrics.horizontalAdvance(name) + 8;
    if (type && used + 30 < row.width()) {
        painter->setFont(m_theme.font(FontRole::Small));
        painter->setPen(colours.textFaint);
        const QFontMetrics small(painter->font());
        painter->drawText(row.adjusted(used, 1, 0, 1), Qt::AlignLeft | Qt::AlignVCenter,
                          small.elidedText(type->path, Qt::ElideRight, row.width() - used));
    }
    painter->restore();
}

} // namespace hmgrl
