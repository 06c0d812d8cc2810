#include "explore/RelationFilter.h"

#include "bridge/TextOffsets.h"
#include "data/Category.h"
#include "theme/Theme.h"

#include <QFrame>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QScopedValueRollback>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

namespace hmgrl {
namespace {

QIcon swatch(const QColor& colour) {
    QPixmap pixmap(28, 28);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colour, 2.4, Qt::SolidLine, Qt::RoundCap));
    painter.drawArc(QRectF(2, 5, 10, 10), 20 * 16, 140 * 16); // as relations are drawn
    return QIcon(pixmap);
}

} // namespace

RelationFilter::RelationFilter(const Theme& theme, QWidget* parent)
    : QToolButton(parent)
    , m_theme(theme)
    , m_popup(new QFrame(this, Qt::Popup))
    , m_list(new QListWidget(m_popup)) {
    setIcon(theme.icon(QStringLiteral("relation")));
    setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    setAccessibleName(tr("Kinds of relations that may be drawn"));
    makePopup();
    connect(this, &QToolButton::clicked, this, &RelationFilter::open);
    connect(m_list, &QListWidget::itemChanged, this, &RelationFilter::read);
    connect(&theme, &Theme::changed, this, &RelationFilter::fill);
    showState();
}

void RelationFilter::makePopup() {
    m_popup->setObjectName(QStringLiteral("relationFilter"));
    m_popup->setProperty("role", "popup");
    auto* layout = new QVBoxLayout(m_popup);
    layout->setContentsMargins(6, 8, 6, 6);
    layout->setSpacing(4);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(8, 0, 0, 0);
    auto* title = new QLabel(tr("Relations as arcs"), m_popup);
    title->setFont(m_theme.font(FontRole::SmallStrong));
    top->addWidget(title, 1);
    for (const bool shown : {true, false}) {
        auto* button = new QPushButton(shown ? tr("All") : tr("None"), m_popup);
        button->setProperty("role", "flat");
        button->setFocusPolicy(Qt::TabFocus);
        button->setToolTip(shown ? tr("Let every kind of relation be drawn")
                                 : tr("Draw no relation"));
        connect(button, &QPushButton::clicked, this, [this, shown] { setAll(shown); });
        top->addWidget(button);
    }
    layout->addLayout(top);
    m_list->setAccessibleName(tr("Kinds of relations that may be drawn"));
    m_list->setUniformItemSizes(true);
    m_list->setIconSize({14, 14});
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->viewport()->installEventFilter(this);
    layout->addWidget(m_list);
}

void RelationFilter::setEntries(std::vector<Entry> entries) {
    m_entries = std::move(entries);
    std::stable_sort(m_entries.begin(), m_entries.end(),
                     [](const Entry& a, const Entry& b) { return a.count > b.count; });
    setVisible(!m_entries.empty());
    fill();
}

void RelationFilter::setHidden(std::set<std::string> names) {
    m_hidden = std::move(names);
    fill();
}

void RelationFilter::fill() {
    const QScopedValueRollback guard(m_filling, true);
    m_list->clear();
    for (const Entry& entry : m_entries) {
        const QString name =
            entry.name.empty() ? tr("untyped") : toQString(displayName(entry.name));
        auto* item = new QListWidgetItem(swatch(m_theme.categoryColour(entry.colour)),
                                         tr("%1  (%2)").arg(name).arg(entry.count), m_list);
        item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsUserCheckable);
        item->setCheckState(m_hidden.contains(entry.name) ? Qt::Unchecked : Qt::Checked);
    }
    showState();
}

void RelationFilter::read() {
    if (m_filling)
        return;
    for (int i = 0; i < m_list->count(); ++i) {
        const std::string& name = m_entries[static_cast<std::size_t>(i)].name;
        if (m_list->item(i)->checkState() == Qt::Checked)
            m_hidden.erase(name);
        else
            m_hidden.insert(name);
    }
    showState();
    Q_EMIT hiddenChanged();
}

void RelationFilter::setAll(bool shown) {
    {
        const QScopedValueRollback guard(m_filling, true);
        for (int i = 0; i < m_list->count(); ++i)
            m_list->item(i)->setCheckState(shown ? Qt::Checked : Qt::Unchecked);
    }
    read();
}

void RelationFilter::showState() {
    const auto hidden = std::count_if(m_entries.begin(), m_entries.end(),
                                      [this](const Entry& e) { return m_hidden.contains(e.name); });
    const auto all = static_cast<qsizetype>(m_entries.size());
    setText(hidden == 0 ? tr("Arcs") : tr("Arcs: %1 of %2").arg(all - hidden).arg(all));
    setToolTip(hidden == 0
                   ? tr("Which kinds of relations may be drawn")
                   : tr("%1 of %2 kinds of relations may be drawn").arg(all - hidden).arg(all));
}

void RelationFilter::open() {
    const int rows = std::clamp(m_list->count(), 3, 14);
    m_list->setFixedHeight(rows * std::max(22, m_list->sizeHintForRow(0)) + 4);
    m_popup->setFixedWidth(250);
    m_popup->adjustSize();
    const QRect area = screen()->availableGeometry();
    QPoint at = mapToGlobal(QPoint(width() - m_popup->width(), height() + 4));
    at.setX(std::clamp(at.x(), area.left(), std::max(area.left(), area.right() - 250)));
    if (at.y() + m_popup->height() > area.bottom())
        at.setY(std::max(area.top(), mapToGlobal(QPoint(0, 0)).y() - m_popup->height() - 4));
    m_popup->move(at);
    m_popup->show();
    m_list->setFocus(Qt::PopupFocusReason);
}

/// The whole row is the check box.
bool RelationFilter::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_list->viewport() || event->type() != QEvent::MouseButtonRelease)
        return QToolButton::eventFilter(watched, event);
    const auto* mouse = static_cast<QMouseEvent*>(event);
    if (auto* item = m_list->itemAt(mouse->position().toPoint()))
        item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    return true;
}

} // namespace hmgrl
