#include "explore/NeighbourhoodChart.h"

#include "theme/Theme.h"

#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace hmgrl {
namespace {

constexpr double leftRoom = 30, bottomRoom = 34, topRoom = 22, rightRoom = 8;

} // namespace

NeighbourhoodChart::NeighbourhoodChart(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Precision and recall of neighbourhoods"));
    setToolTip(tr("From left to right more drawn neighbours are looked at. Recall: how many of the "
                  "true neighbours are among them. Precision: how many of them are true."));
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void NeighbourhoodChart::setCurves(NeighbourhoodCurve now, NeighbourhoodCurve before) {
    m_now = std::move(now);
    m_before = std::move(before);
    update();
}

QRectF NeighbourhoodChart::plot() const {
    return QRectF(rect()).adjusted(leftRoom, topRoom, -rightRoom, -bottomRoom);
}

void NeighbourhoodChart::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintGrid(painter);
    paintCurve(painter, m_before, m_theme.colours().textFaint, 1.6);
    paintCurve(painter, m_now, m_theme.colours().accent, 2.2);
    paintKey(painter);
}

void NeighbourhoodChart::paintGrid(QPainter& painter) const {
    const QRectF area = plot();
    painter.setFont(m_theme.font(FontRole::Small));
    for (int i = 0; i <= 4; ++i) {
        const double share = i / 4.0;
        const double x = area.left() + area.width() * share;
        const double y = area.bottom() - area.height() * share;
        painter.setPen(QPen(m_theme.colours().border, 1));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        const QString text = QLocale().toString(share, 'f', i % 2 == 0 ? 1 : 2);
        painter.setPen(m_theme.colours().textMuted);
        if (i % 2 == 0) {
            painter.drawText(QRectF(0, y - 8, leftRoom - 6, 16), Qt::AlignRight | Qt::AlignVCenter,
                             text);
            const double width = 40;
            painter.drawText(QRectF(std::min(x - width / 2, this->width() - width),
                                    area.bottom() + 3, width, 14),
                             i == 4 ? Qt::AlignRight | Qt::AlignVCenter : Qt::AlignCenter, text);
        }
    }
    painter.setPen(m_theme.colours().textFaint);
    painter.drawText(QRectF(area.left(), area.bottom() + 16, area.width(), 16), Qt::AlignCenter,
                     tr("recall"));
    painter.drawText(QRectF(0, 0, 90, topRoom - 6), Qt::AlignLeft | Qt::AlignVCenter,
                     tr("precision"));
}

void NeighbourhoodChart::paintCurve(QPainter& painter, const NeighbourhoodCurve& curve,
                                    const QColor& colour, double width) const {
    const std::size_t n = std::min(curve.precision.size(), curve.recall.size());
    if (n == 0)
        return;
    const QRectF area = plot();
    const auto at = [&](std::size_t i) {
        return QPointF(area.left() + area.width() * std::clamp(curve.recall[i], 0.0, 1.0),
                       area.bottom() - area.height() * std::clamp(curve.precision[i], 0.0, 1.0));
    };
    QPainterPath path(at(0));
    for (std::size_t i = 1; i < n; ++i)
        path.lineTo(at(i));
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    painter.setPen(QPen(m_theme.colours().surface, 1.5));
    painter.setBrush(colour);
    for (const std::size_t i : {std::size_t{0}, n - 1})
        painter.drawEllipse(at(i), 3.4, 3.4);
}

void NeighbourhoodChart::paintKey(QPainter& painter) const {
    if (m_before.neighbours() == 0)
        return;
    painter.setFont(m_theme.font(FontRole::Small));
    const QString now = tr("now"), before = tr("before");
    double x = width() - rightRoom;
    for (const auto& [text, colour] : {std::pair(before, m_theme.colours().textFaint),
                                       std::pair(now, m_theme.colours().accent)}) {
        const double wide = painter.fontMetrics().horizontalAdvance(text);
        painter.setPen(m_theme.colours().textMuted);
        painter.drawText(QRectF(x - wide, 0, wide + 1, topRoom - 6),
                         Qt::AlignLeft | Qt::AlignVCenter, text);
        painter.setPen(QPen(colour, 2, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(QPointF(x - wide - 18, 8), QPointF(x - wide - 6, 8));
        x -= wide + 32;
    }
}

} // namespace hmgrl
