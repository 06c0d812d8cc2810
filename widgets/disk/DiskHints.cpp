#include "disk/DiskHints.h"

#include <QPainter>
#include <algorithm>

namespace hmgrl {

namespace {
constexpr int apart = 12;
constexpr int padding = 10;
constexpr int between = 12;
} // namespace

DiskHints::DiskHints(QWidget* parent)
    : QWidget(parent)
    , m_lines({{tr("Drag"), tr("travel")},
               {tr("Wheel, +, -"), tr("zoom")},
               {tr("Double-click"), tr("bring to the centre")},
               {tr("Shift+drag"), tr("lasso; Ctrl adds, Alt removes")},
               {tr("Arrows"), tr("travel; with Shift, turn")},
               {tr("F / Home / Esc"), tr("selection / whole disk / deselect")}}) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DiskHints::setColours(const DiskColours& colours) {
    m_colours = colours;
    update();
}

void DiskHints::arrange(const QRect& room) {
    const QFontMetrics metrics(font());
    int left = 0, right = 0;
    for (const auto& [what, does] : m_lines) {
        left = std::max(left, metrics.horizontalAdvance(what));
        right = std::max(right, metrics.horizontalAdvance(does));
    }
    const int line = metrics.height() + 4;
    resize(left + between + right + 2 * padding,
           static_cast<int>(m_lines.size()) * line + 2 * padding);
    move(room.left() + apart, room.bottom() - height() - apart + 1);
}

void DiskHints::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor::fromRgba(m_colours.panelBorder), 1));
    painter.setBrush(QColor::fromRgba(m_colours.panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const QFontMetrics metrics(font());
    int left = 0;
    for (const auto& line : m_lines)
        left = std::max(left, metrics.horizontalAdvance(line.first));
    int y = padding;
    for (const auto& [what, does] : m_lines) {
        const int height = metrics.height() + 4;
        painter.setPen(QColor::fromRgba(m_colours.text));
        painter.drawText(QRect(padding, y, left, height), Qt::AlignVCenter, what);
        painter.setPen(QColor::fromRgba(m_colours.mutedText));
        painter.drawText(QRect(padding + left + between, y, width(), height), Qt::AlignVCenter,
                         does);
        y += height;
    }
}

} // namespace hmgrl
