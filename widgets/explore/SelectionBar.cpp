#include "explore/SelectionBar.h"

#include "theme/Theme.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <algorithm>

namespace hmgrl {
namespace {

constexpr int apart = 12; ///< from the parent's edges
/// Where the disk has its own tools, at the right.
constexpr QSize tools(364, 46);

} // namespace

SelectionBar::SelectionBar(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_label(new QLabel(this)) {
    setObjectName(QStringLiteral("selectionBar"));
    setAccessibleName(tr("Selected points"));
    setCursor(Qt::ArrowCursor);
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 5, 6, 5);
    layout->setSpacing(2);
    m_label->setFont(theme.font(FontRole::BodyStrong));
    layout->addWidget(m_label);
    layout->addSpacing(10);
    connect(addButton(tr("Accept"), tr("Accept all of them in one step"), "check"),
            &QPushButton::clicked, this, &SelectionBar::acceptRequested);
    connect(addButton(tr("Reject"), tr("Reject all of them in one step"), "close"),
            &QPushButton::clicked, this, &SelectionBar::rejectRequested);
    m_retype = addButton(tr("Retype…"), tr("Give all of them another category in one step"), "tag");
    connect(m_retype, &QPushButton::clicked, this, &SelectionBar::retypeRequested);
    connect(addButton(tr("Clear"), tr("Select nothing (Esc)"), ""), &QPushButton::clicked, this,
            &SelectionBar::clearRequested);
    parent->installEventFilter(this);
    connect(&theme, &Theme::changed, this, [this] { update(); });
    hide();
}

QPushButton* SelectionBar::addButton(const QString& text, const QString& tip, const char* icon) {
    auto* button = new QPushButton(text, this);
    button->setProperty("role", "flat");
    button->setToolTip(tip);
    button->setAccessibleDescription(tip);
    button->setFocusPolicy(Qt::TabFocus);
    if (*icon)
        button->setIcon(m_theme.icon(QString::fromLatin1(icon)));
    layout()->addWidget(button);
    return button;
}

void SelectionBar::setText(const QString& text) {
    m_label->setText(text);
    arrange();
}

void SelectionBar::arrange() {
    const QSize size = sizeHint();
    const QRect room = parentWidget()->rect();
    const int y = room.height() - size.height() - apart;
    // In the middle; if the tools leave no room there, at the left; else above them.
    const int beside = room.width() - tools.width() - apart;
    int x = (room.width() - size.width()) / 2;
    if (x + size.width() > beside && apart + size.width() <= beside)
        x = apart;
    const bool isAbove = x + size.width() > beside;
    setGeometry(std::max(4, x), isAbove ? y - tools.height() : y,
                std::min(size.width(), room.width() - 8), size.height());
}

QRect SelectionBar::retypeAnchor() const {
    return {m_retype->mapToGlobal(QPoint(0, 0)), m_retype->size()};
}

void SelectionBar::showEvent(QShowEvent* event) {
    arrange();
    raise();
    QWidget::showEvent(event);
}

bool SelectionBar::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize)
        arrange();
    return QWidget::eventFilter(watched, event);
}

void SelectionBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const ThemeColours& colours = m_theme.colours();
    painter.setPen(QPen(colours.borderStrong, 1));
    painter.setBrush(colours.surface);
    const double radius = m_theme.metrics().radiusLarge;
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
}

} // namespace hmgrl
