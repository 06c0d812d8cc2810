#include "review/QueueDelegate.h"

#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>
#include <algorithm>

namespace hmgrl {
namespace {

constexpr int rowHeight = 82;
constexpr int margin = 10;
constexpr int thumbnailSide = 56;

/// The middle of the picture, filling the square.
void drawCover(QPainter& painter, const QRect& target, const QPixmap& pixmap) {
    const int side = std::min(pixmap.width(), pixmap.height());
    const QRect source((pixmap.width() - side) / 2, (pixmap.height() - side) / 2, side, side);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(target, pixmap, source);
}

} // namespace

QString statusText(const DocumentSummary& row) {
    if (row.accepted + row.suggested + row.rejected == 0)
        return row.extracted ? QueueDelegate::tr("nothing found")
                             : QueueDelegate::tr("waiting for the model");
    QStringList parts;
    if (row.accepted > 0)
        parts << QueueDelegate::tr("%1 accepted").arg(row.accepted);
    if (row.suggested > 0)
        parts << QueueDelegate::tr("%1 open").arg(row.suggested);
    if (parts.isEmpty())
        parts << QueueDelegate::tr("%1 rejected").arg(row.rejected);
    return parts.join(QStringLiteral(" · "));
}

QueueDelegate::QueueDelegate(const Theme& theme, QObject* parent)
    : QStyledItemDelegate(parent)
    , m_theme(theme) {}

QSize QueueDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const {
    return {option.rect.width(), rowHeight};
}

void QueueDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const {
    const auto row = index.data(DocumentListModel::SummaryRole).value<DocumentSummary>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintBackground(*painter, option);
    const QRect inner = option.rect.adjusted(margin + 2, margin, -margin, -margin);
    const QRect thumbnail(inner.left(), inner.top() + 2, thumbnailSide, thumbnailSide);
    paintThumbnail(*painter, thumbnail, index);
    const int left = thumbnail.right() + 12;
    const QRect text(left, inner.top() - 1, inner.right() - left + 1, 40);
    paintExcerpt(*painter, text, index.data(Qt::DisplayRole).toString());
    paintFooter(*painter, QRect(left, inner.bottom() - 17, text.width(), 18), row);
    painter->restore();
}

void QueueDelegate::paintBackground(QPainter& painter, const QStyleOptionViewItem& option) const {
    const ThemeColours& colours = m_theme.colours();
    const bool selected = option.state & QStyle::State_Selected;
    const bool hovered = option.state & QStyle::State_MouseOver;
    const QRect card = option.rect.adjusted(4, 2, -4, -2);
    if (selected || hovered) {
        QPainterPath path;
        path.addRoundedRect(card, m_theme.metrics().radius, m_theme.metrics().radius);
        painter.fillPath(path, selected ? colours.accentSoft : colours.surfaceRaised);
    } else {
        painter.setPen(colours.border);
        painter.drawLine(card.left() + 8, option.rect.bottom(), card.right() - 8,
                         option.rect.bottom());
    }
    if (selected) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.accent);
        painter.drawRoundedRect(QRectF(card.left(), card.top() + 10, 3, card.height() - 20), 1.5,
                                1.5);
    }
}

void QueueDelegate::paintThumbnail(QPainter& painter, const QRect& rect,
                                   const QModelIndex& index) const {
    QPainterPath path;
    path.addRoundedRect(rect, m_theme.metrics().radius, m_theme.metrics().radius);
    const auto pixmap = index.data(Qt::DecorationRole).value<QPixmap>();
    painter.save();
    painter.fillPath(path, m_theme.colours().surfaceSunken);
    if (pixmap.isNull()) {
        m_theme.icon(QStringLiteral("document"))
            .paint(&painter, rect.adjusted(16, 16, -16, -16), Qt::AlignCenter, QIcon::Disabled);
    } else {
        painter.setClipPath(path);
        drawCover(painter, rect, pixmap);
    }
    painter.restore();
}

void QueueDelegate::paintExcerpt(QPainter& painter, const QRect& rect, const QString& text) const {
    const QFont font = m_theme.font(FontRole::Body);
    const QFontMetrics metrics(font);
    painter.setPen(m_theme.colours().text);
    painter.setFont(font);
    QTextLayout layout(text, font);
    layout.beginLayout();
    QTextLine first = layout.createLine();
    if (!first.isValid())
        return;
    first.setLineWidth(rect.width());
    layout.endLayout();
    const int lineHeight = 19;
    const QRect line(rect.left(), rect.top(), rect.width(), lineHeight);
    const auto flags = Qt::AlignVCenter | Qt::TextSingleLine |
                       (text.isRightToLeft() ? Qt::AlignRight : Qt::AlignLeft);
    painter.drawText(line, static_cast<int>(flags), text.left(first.textLength()).trimmed());
    const QString rest = text.mid(first.textLength());
    painter.drawText(line.translated(0, lineHeight), static_cast<int>(flags),
                     metrics.elidedText(rest, Qt::ElideRight, rect.width()));
}

void QueueDelegate::paintFooter(QPainter& painter, const QRect& rect,
                                const DocumentSummary& row) const {
    const ThemeColours& colours = m_theme.colours();
    const QRectF dot(rect.left() + 1, rect.center().y() - 3, 7, 7);
    painter.setPen(Qt::NoPen);
    if (row.reviewed) {
        painter.setBrush(colours.success);
    } else if (row.extracted || row.suggested > 0) {
        painter.setBrush(colours.accent);
    } else {
        painter.setPen(QPen(colours.textFaint, 1.4));
        painter.setBrush(Qt::NoBrush);
    }
    painter.drawEllipse(dot);
    const bool metered = row.suggested > 0 && !row.reviewed;
    const QRect text = rect.adjusted(15, 0, metered ? -58 : 0, 0);
    const QFont font = m_theme.font(FontRole::Small);
    painter.setFont(font);
    painter.setPen(colours.textMuted);
    painter.drawText(text, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetrics(font).elidedText(statusText(row), Qt::ElideRight, text.width()));
    if (metered)
        paintMeter(painter, QRect(rect.right() - 49, rect.center().y() - 2, 48, 5),
                   row.uncertainty);
}

void QueueDelegate::paintMeter(QPainter& painter, const QRect& rect, double uncertainty) const {
    const ThemeColours& colours = m_theme.colours();
    const double share = std::clamp(uncertainty, 0.0, 1.0);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.border);
    painter.drawRoundedRect(rect, 2.5, 2.5);
    QRectF filled(rect);
    filled.setWidth(std::max(4.0, rect.width() * share));
    painter.setBrush(share > 0.75  ? colours.danger
                     : share > 0.4 ? colours.warning
                                   : colours.success);
    painter.drawRoundedRect(filled, 2.5, 2.5);
}

} // namespace hmgrl
