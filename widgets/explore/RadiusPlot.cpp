#include "explore/RadiusPlot.h"

#include "theme/Theme.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

constexpr double rim = 6; // see LayoutQuality::rimAlarm()

} // namespace

RadiusPlot::RadiusPlot(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setAccessibleName(tr("Distances of the points from the centre"));
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void RadiusPlot::setQuality(const LayoutQuality& quality) {
    m_quality = quality;
    const auto text = [](double value) { return QLocale().toString(value, 'f', 2); };
    setToolTip(tr("Hyperbolic distance from the centre: half of the points within %1, 95 % within "
                  "%2, the farthest at %3")
                   .arg(text(quality.radius[2]), text(quality.radius[4]), text(quality.maxRadius)));
    update();
}

void RadiusPlot::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColours& colours = m_theme.colours();
    const double most = std::max(rim + 0.6, m_quality.maxRadius * 1.04);
    const double left = 6, right = width() - 6, middle = 15;
    const auto x = [&](double r) { return left + (right - left) * std::clamp(r / most, 0.0, 1.0); };
    QColor beyond = colours.warning;
    beyond.setAlphaF(0.12F);
    painter.fillRect(QRectF(x(rim), 2, right - x(rim), 26), beyond);
    const QColor line = m_quality.rimAlarm() ? colours.warning : colours.accent;
    painter.setPen(QPen(line, 1.5));
    painter.drawLine(QPointF(x(m_quality.radius[0]), middle),
                     QPointF(x(m_quality.radius[4]), middle));
    for (const double end : {m_quality.radius[0], m_quality.radius[4]})
        painter.drawLine(QPointF(x(end), middle - 4), QPointF(x(end), middle + 4));
    const QRectF box(
        QPointF(x(m_quality.radius[1]), middle - 7),
        QPointF(std::max(x(m_quality.radius[3]), x(m_quality.radius[1]) + 2), middle + 7));
    painter.setBrush(colours.accentSoft);
    painter.drawRoundedRect(box, 2, 2);
    painter.setPen(QPen(line, 2.2));
    painter.drawLine(QPointF(x(m_quality.radius[2]), box.top() + 1),
                     QPointF(x(m_quality.radius[2]), box.bottom() - 1));
    painter.setPen(Qt::NoPen);
    painter.setBrush(line);
    painter.drawEllipse(QPointF(x(m_quality.maxRadius), middle), 3, 3);
    painter.setFont(m_theme.font(FontRole::Small));
    const int step = most > 14 ? 4 : 2;
    for (int r = 0; r <= static_cast<int>(most); r += step) {
        painter.setPen(colours.border);
        painter.drawLine(QPointF(x(r), 29), QPointF(x(r), 33));
        painter.setPen(colours.textMuted);
        painter.drawText(QRectF(x(r) - 15, 34, 30, 16), Qt::AlignCenter, QString::number(r));
    }
}

} // namespace hmgrl
