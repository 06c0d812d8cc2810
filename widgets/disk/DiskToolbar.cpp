#include "disk/DiskToolbar.h"

#include <QPainter>
#include <QToolButton>

namespace hmgrl {

namespace {
constexpr int side = 28;
constexpr int padding = 4;
constexpr int groupGap = 9;
constexpr int apart = 12;
/// The groups in the order in which they give way: view, layers and help, tools, history.
constexpr int groupCount = 4;
} // namespace

DiskToolbar::DiskToolbar(QWidget* parent)
    : QWidget(parent) {
    using enum DiskCommand;
    addButton(3, DiskGlyph::Back, Back, tr("Back"), tr("Back to the view before"));
    addButton(3, DiskGlyph::Forward, Forward, tr("Forward"), tr("Forward again"));
    addButton(0, DiskGlyph::Minus, ZoomOut, tr("Zoom out"), tr("Zoom out"));
    addButton(0, DiskGlyph::Plus, ZoomIn, tr("Zoom in"), tr("Zoom in"));
    addButton(0, DiskGlyph::Focus, Focus, tr("Centre selection"), tr("Centre the selection"));
    addButton(0, DiskGlyph::Home, Home, tr("Home"), tr("Back to the whole disk"));
    addButton(2, DiskGlyph::Lasso, Lasso, tr("Lasso"), tr("Select with a lasso: Shift+drag"), true);
    addButton(2, DiskGlyph::Box, Box, tr("Box"), tr("Select with a box: Shift+drag"), true);
    addButton(2, DiskGlyph::Ruler, Measure, tr("Measure"),
              tr("Measure hyperbolic distances: drag from point to point"), true);
    addButton(1, DiskGlyph::Layers, Layers, tr("Layers"), tr("What is drawn"));
    addButton(1, DiskGlyph::Help, Hints, tr("Hints"), tr("Mouse and keys"), true);
    setHistory(false, false);
    setTool(Lasso);
    showGroups(groupCount);
}

void DiskToolbar::addButton(int group, DiskGlyph glyph, DiskCommand command, const QString& name,
                            const QString& tip, bool checkable) {
    auto* button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setIconSize({glyphSide, glyphSide});
    button->setFixedSize(side, side);
    button->setAccessibleName(name);
    button->setToolTip(withKey(tip, command));
    button->setFocusPolicy(Qt::TabFocus);
    button->setCheckable(checkable);
    connect(button, &QToolButton::clicked, this, [this, command] { Q_EMIT triggered(command); });
    m_buttons.push_back({button, command, glyph, group});
}

QToolButton* DiskToolbar::button(DiskCommand command) const {
    for (const Button& one : m_buttons)
        if (one.command == command)
            return one.widget;
    return nullptr;
}

void DiskToolbar::setHistory(bool canGoBack, bool canGoForward) {
    button(DiskCommand::Back)->setEnabled(canGoBack);
    button(DiskCommand::Forward)->setEnabled(canGoForward);
}

void DiskToolbar::setTool(DiskCommand lassoOrBox) {
    for (const DiskCommand command : {DiskCommand::Lasso, DiskCommand::Box})
        button(command)->setChecked(command == lassoOrBox);
}

void DiskToolbar::setMeasuring(bool measuring) {
    button(DiskCommand::Measure)->setChecked(measuring);
}

void DiskToolbar::setHintsShown(bool shown) {
    button(DiskCommand::Hints)->setChecked(shown);
}

void DiskToolbar::setColours(const DiskColours& colours) {
    m_colours = colours;
    const auto rgba = [&](double alpha) {
        const QColor c = QColor::fromRgba(colours.text);
        return QStringLiteral("rgba(%1,%2,%3,%4)")
            .arg(c.red())
            .arg(c.green())
            .arg(c.blue())
            .arg(static_cast<int>(alpha * 255));
    };
    const QString style =
        QStringLiteral("QToolButton{border:none;border-radius:5px;background:transparent;padding:0}"
                       "QToolButton:hover{background:%1}"
                       "QToolButton:pressed,QToolButton:checked{background:%2}"
                       "QToolButton:focus{background:%2}")
            .arg(rgba(0.07), rgba(0.10));
    for (const Button& one : m_buttons) {
        one.widget->setIcon(diskIcon(one.glyph, colours, devicePixelRatioF()));
        one.widget->setStyleSheet(style);
    }
    update();
}

/// Lays out the `most` most important groups.
void DiskToolbar::showGroups(int most) {
    int x = padding;
    int group = -1;
    for (const Button& one : m_buttons) {
        const bool isShown = one.group < most;
        one.widget->setVisible(isShown);
        if (!isShown)
            continue;
        if (group >= 0)
            x += group == one.group ? 1 : groupGap;
        group = one.group;
        one.widget->move(x, 3);
        x += side;
    }
    resize(x + padding, side + 6);
}

void DiskToolbar::arrange(const QRect& room) {
    int groups = groupCount;
    do
        showGroups(groups);
    while (width() > room.width() - 2 * apart && --groups > 0);
    move(room.right() - width() - apart + 1, room.bottom() - height() - apart + 1);
}

void DiskToolbar::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor::fromRgba(m_colours.panelBorder), 1));
    painter.setBrush(QColor::fromRgba(m_colours.panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
    const Button* before = nullptr;
    for (const Button& one : m_buttons) {
        if (one.widget->isHidden())
            continue;
        if (before && before->group != one.group) {
            const double x = one.widget->x() - groupGap / 2.0;
            painter.drawLine(QPointF(x, 8), QPointF(x, height() - 8));
        }
        before = &one;
    }
}

} // namespace hmgrl
