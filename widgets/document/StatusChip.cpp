#include "document/StatusChip.h"

#include "theme/Theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace hmgrl {
namespace {

QColor toneColour(const ThemeColours& colours, StatusChip::Tone tone) {
    switch (tone) {
    case StatusChip::Tone::Accent:
        return colours.accent;
    case StatusChip::Tone::Success:
        return colours.success;
    case StatusChip::Tone::Warning:
        return colours.warning;
    case StatusChip::Tone::Danger:
        return colours.danger;
    case StatusChip::Tone::Plain:
        break;
    }
    return colours.textMuted;
}

} // namespace

StatusChip::StatusChip(const Theme& theme, Tone tone, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_tone(tone) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    hide();
}

void StatusChip::setText(const QString& text) {
    m_text = text;
    setAccessibleName(text);
    setVisible(!text.isEmpty());
    updateGeometry();
    update();
}

QSize StatusChip::sizeHint() const {
    const QFontMetrics metrics(m_theme.font(FontRole::SmallStrong));
    return {metrics.horizontalAdvance(m_text) + 16, metrics.height() + 5};
}

void StatusChip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor colour = toneColour(m_theme.colours(), m_tone);
    QColor soft = colour;
    soft.setAlphaF(m_theme.isDark() ? 0.2F : 0.12F);
    painter.setPen(Qt::NoPen);
    painter.setBrush(soft);
    painter.drawRoundedRect(QRectF(rect()), height() / 2.0, height() / 2.0);
    painter.setPen(colour);
    painter.setFont(m_theme.font(FontRole::SmallStrong));
    painter.drawText(rect(), Qt::AlignCenter, m_text);
}

} // namespace hmgrl
