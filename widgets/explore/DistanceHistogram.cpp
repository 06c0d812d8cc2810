#include "explore/DistanceHistogram.h"

#include "theme/Theme.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

constexpr double axisRoom = 20, topRoom = 20;

/// A step of 1, 2 or 5 times a power of ten, about four to the range.
double tickStep(double range) {
    const double rough = std::max(range / 4, 1e-9);
    const double power = std::pow(10.0, std::floor(std::log10(rough)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= rough * 0.99)
            return factor * power;
    return 10 * power;
}

} // namespace

DistanceHistogram::DistanceHistogram(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Distances to all samples"));
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void DistanceHistogram::show(const Neighbourhood& around, std::uint32_t colour) {
    m_around = around;
    m_colour = colour;
    update();
}

void DistanceHistogram::clear() {
    m_around = {};
    update();
}

QRectF DistanceHistogram::plot() const {
    return QRectF(rect()).adjusted(2, topRoom, -2, -axisRoom);
}

double DistanceHistogram::toX(double distance) const {
    return plot().left() + plot().width() * distance / std::max(m_around.farthest(), 1e-12);
}

void DistanceHistogram::paintEvent(QPaintEvent*) {
    if (m_around.own.empty())
        return;
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    paintBars(painter);
    paintAxis(painter);
    paintReach(painter);
}

void DistanceHistogram::paintBars(QPainter& painter) const {
    const QRectF area = plot();
    double most = 1;
    for (std::size_t i = 0; i < m_around.own.size(); ++i)
        most = std::max(most, static_cast<double>(m_around.own[i] + m_around.others[i]));
    const double bar = area.width() / static_cast<double>(m_around.own.size());
    QColor other = m_theme.colours().textFaint;
    other.setAlphaF(0.45F);
    painter.setPen(Qt::NoPen);
    for (std::size_t i = 0; i < m_around.own.size(); ++i) {
        const int own = m_around.own[i], all = own + m_around.others[i];
        if (all == 0)
            continue;
        const double height = std::max(1.5, area.height() * std::sqrt(all / most));
        const double left = area.left() + bar * static_cast<double>(i);
        const QRectF whole(left + 0.5, area.bottom() - height, std::max(1.0, bar - 1), height);
        painter.fillRect(whole, other);
        QRectF mine = whole;
        mine.setTop(whole.bottom() - height * own / all);
        if (own > 0)
            painter.fillRect(mine, m_theme.categoryColour(m_colour));
    }
}

void DistanceHistogram::paintAxis(QPainter& painter) const {
    const QRectF area = plot();
    painter.setPen(m_theme.colours().border);
    painter.drawLine(area.bottomLeft(), area.bottomRight());
    painter.setFont(m_theme.font(FontRole::Small));
    const double step = tickStep(m_around.farthest());
    for (double at = 0; at <= m_around.farthest() * 1.0001; at += step) {
        const QString text = QLocale().toString(at, 'f', step < 0.1 ? 2 : step < 1 ? 1 : 0);
        const double width = painter.fontMetrics().horizontalAdvance(text);
        const double x = std::clamp(toX(at) - width / 2, 0.0, this->width() - width);
        painter.setPen(m_theme.colours().border);
        painter.drawLine(QPointF(toX(at), area.bottom()), QPointF(toX(at), area.bottom() + 3));
        painter.setPen(m_theme.colours().textMuted);
        painter.drawText(QRectF(x, area.bottom() + 3, width + 2, axisRoom - 3), Qt::AlignCenter,
                         text);
    }
}

void DistanceHistogram::paintReach(QPainter& painter) const {
    if (m_around.nearest.empty())
        return;
    const QRectF area = plot();
    const double x = std::round(toX(m_around.reach)) + 0.5;
    painter.setPen(QPen(m_theme.colours().accent, 1.4));
    painter.drawLine(QPointF(x, area.top() - 4), QPointF(x, area.bottom()));
    painter.setFont(m_theme.font(FontRole::Small));
    const QString text = tr("%1 nearest within %2")
                             .arg(m_around.nearest.size())
                             .arg(QLocale().toString(m_around.reach, 'f', 2));
    const double width = painter.fontMetrics().horizontalAdvance(text) + 2;
    const double left = std::clamp(x + 5, 0.0, std::max(0.0, this->width() - width));
    painter.drawText(QRectF(left, 0, width, topRoom), Qt::AlignLeft | Qt::AlignVCenter, text);
}

bool DistanceHistogram::event(QEvent* event) {
    if (event->type() != QEvent::ToolTip || m_around.own.empty())
        return QWidget::event(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const double share = (help->pos().x() - plot().left()) / plot().width();
    const auto bins = static_cast<double>(m_around.own.size());
    const auto bin = static_cast<std::size_t>(std::clamp(share * bins, 0.0, bins - 1));
    const double from = m_around.width * static_cast<double>(bin);
    QToolTip::showText(help->globalPos(),
                       tr("Distance %1 to %2\n%3 of its own category, %4 of others")
                           .arg(QLocale().toString(from, 'f', 2),
                                QLocale().toString(from + m_around.width, 'f', 2))
                           .arg(m_around.own[bin])
                           .arg(m_around.others[bin]),
                       this);
    return true;
}

} // namespace hmgrl
