#include "disk/LegendDelegate.h"

#include "picture/MarkShape.h"

#include <QLocale>
#include <QPainter>

namespace hmgrl {

namespace {
void drawMark(QPainter& painter, Marker marker, QPointF middle, double radius) {
    const auto corners = MarkShape::outline(marker, radius);
    if (corners.empty()) {
        painter.drawEllipse(middle, radius, radius);
        return;
    }
    QPolygonF shape;
    for (const auto& corner : corners)
        shape << middle + QPointF(corner.x, -corner.y);
    painter.drawPolygon(shape);
}
} // namespace

void LegendDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                           const QModelIndex& index) const {
    constexpr double markRadius = 4.3;
    const QRect row = option.rect.adjusted(4, 0, -6, 0);
    const bool dimmed = index.data(DimmedRole).toBool();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (option.state & (QStyle::State_MouseOver | QStyle::State_HasFocus)) {
        painter->setPen(Qt::NoPen);
        painter->setBrush(option.palette.color(QPalette::Midlight));
        painter->drawRoundedRect(QRectF(option.rect).adjusted(0, 0.5, -2, -0.5), 4, 4);
    }
    painter->setOpacity(dimmed ? 0.38 : 1);
    painter->setPen(Qt::NoPen);
    painter->setBrush(QColor::fromRgb(index.data(ColourRole).toUInt()));
    drawMark(*painter, static_cast<Marker>(index.data(MarkerRole).toInt()),
             QPointF(row.left() + markRadius + 1, row.center().y() + 0.5), markRadius);

    const QString count = option.locale.toString(index.data(CountRole).toInt());
    const QFontMetrics metrics(option.font);
    const int countWidth = metrics.horizontalAdvance(count);
    painter->setFont(option.font);
    painter->setPen(option.palette.color(QPalette::PlaceholderText));
    painter->drawText(row, Qt::AlignRight | Qt::AlignVCenter, count);
    painter->setPen(option.palette.color(QPalette::Text));
    const QRect name = row.adjusted(18, 0, -countWidth - 8, 0);
    painter->drawText(name, Qt::AlignLeft | Qt::AlignVCenter,
                      metrics.elidedText(index.data().toString(), Qt::ElideRight, name.width()));
    painter->restore();
}

QSize LegendDelegate::sizeHint(const QStyleOptionViewItem& option,
                               const QModelIndex& /*index*/) const {
    return {100, QFontMetrics(option.font).height() + 6};
}

} // namespace hmgrl
