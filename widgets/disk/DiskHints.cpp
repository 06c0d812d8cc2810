#include "disk/DiskHints.h"

#include "disk/DiskCommands.h"

#include <QPainter>
#include <algorithm>

namespace hmgrl {

namespace {
constexpr int apart = 12;
constexpr int padding = 12;
constexpr int between = 12;
constexpr int betweenColumns = 24;

QString keys(std::initializer_list<DiskCommand> commands) {
    QStringList all;
    for (const DiskCommand command : commands)
        all << keyOf(command);
    return all.join(QStringLiteral("  "));
}
} // namespace

DiskHints::DiskHints(QWidget* parent)
    : QWidget(parent) {
    using enum DiskCommand;
    m_lines = {{tr("Drag"), tr("travel; outside the disk, turn")},
               {tr("Wheel"), tr("zoom; with Shift, turn")},
               {tr("Double-click"), tr("bring to the centre")},
               {tr("Shift+drag"), tr("select; Ctrl adds, Alt removes")},
               {tr("Arrows"), tr("travel")},
               {keys({TurnLeft, TurnRight}), tr("turn")},
               {keys({ZoomIn, ZoomOut}), tr("zoom")},
               {keys({Focus, Home}), tr("selection, whole disk")},
               {keys({Back, Forward}), tr("back, forward")},
               {keys({Next, Previous}), tr("point by point from the centre")},
               {keys({ToggleSelected, Activate}), tr("select it, open it")},
               {keys({SelectAll, Invert}), tr("select all, invert")},
               {keys({Lasso, Box}), tr("lasso, box")},
               {keys({Measure}), tr("measure from point to point")},
               {keys({Labels, Tree, Arcs, Regions}), tr("names, tree, relations, regions")},
               {keys({Ghosts, Grid, Rings}), tr("generated samples, grid, rings")},
               {keys({Layers, Overview, Glide}), tr("layers, overview, glide")},
               {keys({FindInLegend}), tr("search the legend")},
               {keys({Leave}), tr("leave; deselect")}};
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DiskHints::setColours(const DiskColours& colours) {
    m_colours = colours;
    update();
}

int DiskHints::lineHeight() const {
    return QFontMetrics(font()).height() + 4;
}

int DiskHints::linesPerColumn() const {
    const auto lines = static_cast<int>(m_lines.size());
    return (lines + m_columns - 1) / m_columns;
}

void DiskHints::arrange(const QRect& room) {
    const QFontMetrics metrics(font());
    m_keyWidth = m_textWidth = 0;
    for (const auto& [what, does] : m_lines) {
        m_keyWidth = std::max(m_keyWidth, metrics.horizontalAdvance(what));
        m_textWidth = std::max(m_textWidth, metrics.horizontalAdvance(does));
    }
    const auto heightNow = [&] { return linesPerColumn() * lineHeight() + 2 * padding; };
    for (m_columns = 1; m_columns < 3 && heightNow() > room.height() - 2 * apart;)
        ++m_columns;
    const int column = m_keyWidth + between + m_textWidth;
    resize(m_columns * column + (m_columns - 1) * betweenColumns + 2 * padding, heightNow());
    move(room.left() + apart, room.bottom() - height() - apart + 1);
}

void DiskHints::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor::fromRgba(m_colours.panelBorder), 1));
    painter.setBrush(
        QColor::fromRgb(m_colours.panel & 0xFFFFFF)); // small text: nothing shines through
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const int column = m_keyWidth + between + m_textWidth + betweenColumns;
    for (std::size_t i = 0; i < m_lines.size(); ++i) {
        const int line = static_cast<int>(i);
        const int x = padding + line / linesPerColumn() * column;
        const int y = padding + line % linesPerColumn() * lineHeight();
        painter.setPen(QColor::fromRgba(m_colours.text));
        painter.drawText(QRect(x, y, m_keyWidth, lineHeight()), Qt::AlignVCenter, m_lines[i].first);
        painter.setPen(QColor::fromRgba(m_colours.mutedText));
        painter.drawText(QRect(x + m_keyWidth + between, y, m_textWidth, lineHeight()),
                         Qt::AlignVCenter, m_lines[i].second);
    }
}

} // namespace hmgrl
