#include "disk/HoverCardView.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {
constexpr int cardWidth = 368;
constexpr int shadowReach = 10;
constexpr int padding = 12;
constexpr int pictureSide = 104;
constexpr int barHeight = 18;
constexpr int mostLines = 5;
constexpr int mostCandidates = 5;
constexpr int leadingContext = 90; ///< characters kept before the mention

/// The text before the first emphasised part, cut at a word so that the mention is seen.
QString shortened(const QString& lead) {
    if (lead.size() <= leadingContext)
        return lead;
    const auto from = lead.indexOf(QLatin1Char(' '), lead.size() - leadingContext);
    return QStringLiteral("… ") + lead.mid(from < 0 ? lead.size() - leadingContext : from + 1);
}

/// The middle of `image`, filling a square with rounded corners.
QPixmap squarePicture(const QImage& image, int side, double ratio) {
    const QSize pixels = QSize(side, side) * ratio;
    const QImage scaled =
        image.scaled(pixels, Qt::KeepAspectRatioByExpanding, Qt::SmoothTransformation);
    QPixmap result(pixels);
    result.fill(Qt::transparent);
    QPainter painter(&result);
    painter.setRenderHint(QPainter::Antialiasing);
    QPainterPath shape;
    shape.addRoundedRect(QRectF(QPointF(0, 0), QSizeF(pixels)), 6 * ratio, 6 * ratio);
    painter.setClipPath(shape);
    painter.drawImage(
        QPoint((pixels.width() - scaled.width()) / 2, (pixels.height() - scaled.height()) / 2),
        scaled);
    painter.end();
    result.setDevicePixelRatio(ratio);
    return result;
}

QFont scaled(QFont font, double factor, QFont::Weight weight = QFont::Normal) {
    font.setPointSizeF(std::max(font.pointSizeF(), 6.0) * factor);
    font.setWeight(weight);
    return font;
}

QColor solid(std::uint32_t rgb) {
    return QColor::fromRgb(rgb & 0xFFFFFFu);
}
} // namespace

HoverCardView::HoverCardView(QWidget* parent)
    : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setAttribute(Qt::WA_NoSystemBackground);
    setFocusPolicy(Qt::NoFocus);
    m_text.setDocumentMargin(0);
    hide();
}

void HoverCardView::setColours(const DiskColours& colours) {
    m_colours = colours;
    layOut();
    update();
}

void HoverCardView::setCard(HoverCard card) {
    m_card = std::move(card);
    m_thumbnail = m_card.thumbnail.isNull()
                      ? QPixmap()
                      : squarePicture(m_card.thumbnail, pictureSide, devicePixelRatioF());
    layOut();
    update();
}

int HoverCardView::candidateCount() const {
    return std::min(static_cast<int>(m_card.candidates.size()), mostCandidates);
}

QString HoverCardView::html() const {
    QString result;
    bool before = true;
    const QColor accent = QColor::fromRgba(m_colours.accent);
    for (const auto& part : m_card.text) {
        const QString text = before && !part.emphasised ? shortened(part.text) : part.text;
        before &= !part.emphasised;
        const QString escaped = text.toHtmlEscaped();
        result += part.emphasised
                      ? QStringLiteral("<b style='color:%1'>%2</b>").arg(accent.name(), escaped)
                      : escaped;
    }
    return result;
}

void HoverCardView::layOut() {
    const int left = shadowReach + padding;
    const int inner = cardWidth - 2 * padding;
    const QFontMetrics line(font());
    const bool picture = !m_thumbnail.isNull();
    const int textLeft = picture ? left + pictureSide + padding : left;
    const int textWidth = picture ? inner - pictureSide - padding : inner;
    int y = shadowReach + padding;
    m_picture = QRect(left, y, picture ? pictureSide : 0, picture ? pictureSide : 0);
    const int headLines = m_card.subtitle.isEmpty() ? 1 : 2;
    m_head = QRect(textLeft, y, textWidth, line.height() * headLines + 4);
    m_text.setDefaultFont(scaled(font(), 0.94));
    m_text.setHtml(html());
    m_text.setTextWidth(textWidth);
    const int lines = static_cast<int>(std::ceil(m_text.size().height()));
    const int most = QFontMetrics(m_text.defaultFont()).lineSpacing() * mostLines;
    m_body = QRect(textLeft, m_head.bottom() + 4, textWidth, hasText() ? std::min(lines, most) : 0);
    y = std::max(m_picture.bottom(), hasText() ? m_body.bottom() : m_head.bottom()) + 1;
    const int bars = candidateCount() * barHeight;
    m_bars = QRect(left, y + (bars > 0 ? padding - 2 : 0), inner, bars);
    resize(cardWidth + 2 * shadowReach,
           (bars > 0 ? m_bars.bottom() + 1 : y) + padding + shadowReach);
}

void HoverCardView::placeBeside(QPoint point) {
    constexpr int apart = 16 - shadowReach;
    const QRect room = parentWidget()->rect();
    int x = point.x() + apart;
    if (x + width() > room.right())
        x = point.x() - apart - width();
    int y = point.y() + apart;
    if (y + height() > room.bottom())
        y = point.y() - apart - height();
    move(std::clamp(x, 0, std::max(0, room.right() - width())),
         std::clamp(y, 0, std::max(0, room.bottom() - height())));
}

void HoverCardView::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintFrame(painter);
    if (!m_thumbnail.isNull())
        painter.drawPixmap(m_picture.topLeft(), m_thumbnail);
    paintHead(painter);
    if (hasText())
        paintText(painter);
    paintCandidates(painter);
}

void HoverCardView::paintFrame(QPainter& painter) const {
    const QRectF card =
        QRectF(rect()).adjusted(shadowReach, shadowReach, -shadowReach, -shadowReach);
    painter.setPen(Qt::NoPen);
    for (int i = shadowReach; i > 0; i -= 2) {
        painter.setBrush(QColor(10, 16, 30, m_colours.dark ? 30 : 9));
        painter.drawRoundedRect(card.adjusted(-i, -i + 3, i, i + 1), 8 + i, 8 + i);
    }
    painter.setBrush(QColor::fromRgb(m_colours.panel & 0xFFFFFFu));
    painter.setPen(QPen(QColor::fromRgba(m_colours.panelBorder), 1));
    painter.drawRoundedRect(card.adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

void HoverCardView::paintHead(QPainter& painter) const {
    constexpr int dot = 9;
    const QFont titleFont = scaled(font(), 1.05, QFont::DemiBold);
    const QFontMetrics metrics(titleFont);
    const QRect title(m_head.left(), m_head.top(), m_head.width(), metrics.height());
    painter.setFont(titleFont);
    painter.setPen(QColor::fromRgba(m_colours.text));
    painter.drawText(title, Qt::AlignVCenter,
                     metrics.elidedText(m_card.title, Qt::ElideRight, title.width()));
    if (m_card.subtitle.isEmpty())
        return;
    const QFont small = scaled(font(), 0.9);
    const QRect line(m_head.left(), title.bottom() + 2, m_head.width(),
                     QFontMetrics(small).height());
    painter.setPen(Qt::NoPen);
    painter.setBrush(solid(m_card.colour));
    painter.drawEllipse(QRectF(line.left(), line.center().y() - dot / 2.0 + 0.5, dot, dot));
    painter.setFont(small);
    painter.setPen(QColor::fromRgba(m_colours.mutedText));
    const int room = line.width() - dot - 6;
    painter.drawText(line.adjusted(dot + 6, 0, 0, 0), Qt::AlignVCenter,
                     QFontMetrics(small).elidedText(m_card.subtitle, Qt::ElideRight, room));
}

void HoverCardView::paintText(QPainter& painter) {
    painter.save();
    painter.setClipRect(m_body);
    painter.translate(m_body.topLeft());
    QAbstractTextDocumentLayout::PaintContext context;
    context.palette.setColor(QPalette::Text, QColor::fromRgba(m_colours.text));
    context.clip = QRectF(0, 0, m_body.width(), m_body.height());
    m_text.documentLayout()->draw(&painter, context);
    painter.restore();
}

void HoverCardView::paintCandidates(QPainter& painter) const {
    const QFont small = scaled(font(), 0.88);
    const QFontMetrics metrics(small);
    const int percentWidth = metrics.horizontalAdvance(QStringLiteral("100 %"));
    const auto hasDistance = [](const HoverCard::Candidate& c) { return c.distance >= 0; };
    const bool distances =
        std::any_of(m_card.candidates.begin(), m_card.candidates.end(), hasDistance);
    const int distanceWidth =
        distances ? metrics.horizontalAdvance(QStringLiteral("d 00.00")) + 8 : 0;
    const int nameWidth = m_bars.width() * (distances ? 37 : 42) / 100;
    painter.setFont(small);
    for (int i = 0; i < candidateCount(); ++i) {
        const auto& candidate = m_card.candidates[static_cast<std::size_t>(i)];
        const QRect row(m_bars.left(), m_bars.top() + i * barHeight, m_bars.width() - distanceWidth,
                        barHeight);
        painter.setPen(QColor::fromRgba(i == 0 ? m_colours.text : m_colours.mutedText));
        painter.drawText(QRect(row.left(), row.top(), nameWidth, barHeight), Qt::AlignVCenter,
                         metrics.elidedText(candidate.name, Qt::ElideRight, nameWidth));
        painter.drawText(row, Qt::AlignVCenter | Qt::AlignRight,
                         tr("%1 %").arg(std::lround(candidate.score * 100)));
        if (hasDistance(candidate)) {
            painter.setPen(QColor::fromRgba(m_colours.mutedText));
            painter.drawText(row.adjusted(0, 0, distanceWidth, 0),
                             Qt::AlignVCenter | Qt::AlignRight,
                             tr("d %1", "hyperbolic distance")
                                 .arg(locale().toString(candidate.distance, 'f', 2)));
        }
        const QRectF track(row.left() + nameWidth + 8, row.center().y() - 2.5,
                           row.width() - nameWidth - percentWidth - 18, 6);
        painter.setPen(Qt::NoPen);
        painter.setBrush(QColor::fromRgba(m_colours.panelBorder));
        painter.drawRoundedRect(track, 3, 3);
        QRectF bar = track;
        bar.setWidth(std::max(6.0, track.width() * std::clamp(candidate.score, 0.0, 1.0)));
        painter.setBrush(solid(candidate.colour));
        painter.drawRoundedRect(bar, 3, 3);
    }
}

void HoverCardView::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange)
        layOut();
    QWidget::changeEvent(event);
}

} // namespace hmgrl
