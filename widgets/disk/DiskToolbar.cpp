#include "disk/DiskToolbar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>

namespace hmgrl {

namespace {
constexpr int glyphSide = 18;
constexpr int apart = 12;

QPainterPath houseShape() {
    QPainterPath path;
    path.moveTo(3, 9);
    path.lineTo(9, 3.5);
    path.lineTo(15, 9);
    path.moveTo(5, 7.8);
    path.lineTo(5, 14.5);
    path.lineTo(13, 14.5);
    path.lineTo(13, 7.8);
    return path;
}

QPainterPath crossHairs() {
    QPainterPath path;
    path.addEllipse(QPointF(9, 9), 4.6, 4.6);
    path.moveTo(9, 2.2);
    path.lineTo(9, 5.4);
    path.moveTo(9, 12.6);
    path.lineTo(9, 15.8);
    path.moveTo(2.2, 9);
    path.lineTo(5.4, 9);
    path.moveTo(12.6, 9);
    path.lineTo(15.8, 9);
    return path;
}

QPainterPath bar(bool plus) {
    QPainterPath path;
    path.moveTo(4, 9);
    path.lineTo(14, 9);
    if (plus) {
        path.moveTo(9, 4);
        path.lineTo(9, 14);
    }
    return path;
}
} // namespace

DiskToolbar::DiskToolbar(QWidget* parent)
    : QWidget(parent) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(4, 3, 4, 3);
    row->setSpacing(1);
    auto* minus = addButton(Glyph::Minus, tr("Zoom out"), tr("Zoom out (-)"));
    auto* plus = addButton(Glyph::Plus, tr("Zoom in"), tr("Zoom in (+)"));
    auto* focus = addButton(Glyph::Focus, tr("Centre selection"), tr("Centre the selection (F)"));
    auto* house = addButton(Glyph::Home, tr("Home"), tr("Back to the whole disk (Home)"));
    auto* help = addButton(Glyph::Help, tr("Hints"), tr("Mouse and keys"));
    help->setCheckable(true);
    connect(minus, &QToolButton::clicked, this, &DiskToolbar::zoomOut);
    connect(plus, &QToolButton::clicked, this, &DiskToolbar::zoomIn);
    connect(focus, &QToolButton::clicked, this, &DiskToolbar::focusSelection);
    connect(house, &QToolButton::clicked, this, &DiskToolbar::home);
    connect(help, &QToolButton::toggled, this, &DiskToolbar::hintsToggled);
}

QToolButton* DiskToolbar::addButton(Glyph glyph, const QString& name, const QString& tip) {
    auto* button = new QToolButton(this);
    button->setAutoRaise(true);
    button->setIconSize({glyphSide, glyphSide});
    button->setFixedSize(28, 28);
    button->setAccessibleName(name);
    button->setToolTip(tip);
    button->setFocusPolicy(Qt::TabFocus);
    layout()->addWidget(button);
    m_buttons.emplace_back(button, glyph);
    return button;
}

QIcon DiskToolbar::draw(Glyph glyph) const {
    const double ratio = devicePixelRatioF();
    QPixmap pixmap(QSize(glyphSide, glyphSide) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    const QColor ink = QColor::fromRgba(mixed(m_colours.mutedText, m_colours.text, 0.35));
    painter.setPen(QPen(ink, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    switch (glyph) {
    case Glyph::Plus:
        painter.drawPath(bar(true));
        break;
    case Glyph::Minus:
        painter.drawPath(bar(false));
        break;
    case Glyph::Home:
        painter.drawPath(houseShape());
        break;
    case Glyph::Focus:
        painter.drawPath(crossHairs());
        break;
    case Glyph::Help: {
        QFont bold = font();
        bold.setPixelSize(14);
        bold.setWeight(QFont::DemiBold);
        painter.setFont(bold);
        painter.drawText(QRectF(0, 0, glyphSide, glyphSide), Qt::AlignCenter, QStringLiteral("?"));
        break;
    }
    }
    return QIcon(pixmap);
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
    for (const auto& [button, glyph] : m_buttons) {
        button->setIcon(draw(glyph));
        button->setStyleSheet(
            QStringLiteral("QToolButton{border:none;border-radius:5px;background:transparent}"
                           "QToolButton:hover{background:%1}"
                           "QToolButton:pressed,QToolButton:checked{background:%2}")
                .arg(rgba(0.07), rgba(0.13)));
    }
    update();
}

void DiskToolbar::arrange(const QRect& room) {
    adjustSize();
    move(room.right() - width() - apart + 1, room.bottom() - height() - apart + 1);
}

void DiskToolbar::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor::fromRgba(m_colours.panelBorder), 1));
    painter.setBrush(QColor::fromRgba(m_colours.panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace hmgrl
