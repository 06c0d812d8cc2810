#include "disk/LegendPanel.h"

#include "data/Category.h"
#include "disk/LegendDelegate.h"

#include <QKeyEvent>
#include <QListWidget>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace hmgrl {

namespace {
constexpr int panelWidth = 208;
constexpr int apart = 12; ///< from the disk's edges

QString listStyle() {
    return QStringLiteral(
        "QListWidget{background:transparent;border:none;outline:none}"
        "QListWidget::item{border:none}"
        "QScrollBar:vertical{background:transparent;width:7px;margin:0}"
        "QScrollBar::handle:vertical{background:rgba(128,138,155,110);border-radius:3px;"
        "min-height:24px}"
        "QScrollBar::add-line,QScrollBar::sub-line{height:0}"
        "QScrollBar::add-page,QScrollBar::sub-page{background:transparent}");
}
} // namespace

LegendPanel::LegendPanel(QWidget* parent)
    : QWidget(parent)
    , m_header(new QToolButton(this))
    , m_list(new QListWidget(this)) {
    setObjectName(QStringLiteral("diskLegend"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 5, 4, 6);
    column->setSpacing(2);
    column->addWidget(m_header);
    column->addWidget(m_list);
    m_header->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_header->setAutoRaise(true);
    m_header->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_header->setFocusPolicy(Qt::TabFocus);
    m_list->setItemDelegate(new LegendDelegate(m_list));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setStyleSheet(listStyle());
    m_list->setAccessibleName(tr("Legend"));
    m_list->setToolTip(tr("Click isolates, Ctrl+click adds"));
    connect(m_header, &QToolButton::clicked, this, [this] { setCollapsed(!m_collapsed); });
    connect(m_list, &QListWidget::itemClicked, this, &LegendPanel::click);
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
    showState();
}

/// Space and Enter do what a click does.
bool LegendPanel::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::MouseButtonRelease)
        m_modifiers = static_cast<QMouseEvent*>(event)->modifiers();
    if (event->type() == QEvent::KeyPress && watched == m_list &&
        m_list->currentItem() != nullptr) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Space || key->key() == Qt::Key_Return) {
            m_modifiers = key->modifiers();
            click(m_list->currentItem());
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void LegendPanel::setLegend(const DiskLegend& legend) {
    m_title = legend.title;
    m_list->clear();
    QSet<QString> names;
    for (const auto& entry : legend.entries) {
        auto* item = new QListWidgetItem(
            QString::fromStdString(displayName(entry.name.toStdString())), m_list);
        item->setData(LegendDelegate::NameRole, entry.name);
        item->setData(LegendDelegate::ColourRole, entry.colour);
        item->setData(LegendDelegate::CountRole, entry.count);
        names.insert(entry.name);
    }
    setVisible(!legend.entries.empty());
    setIsolated(QSet<QString>(m_isolated).intersect(names));
    showState();
}

void LegendPanel::setColours(const DiskColours& colours) {
    m_colours = colours;
    QPalette look = palette();
    look.setColor(QPalette::ButtonText, QColor::fromRgba(colours.mutedText));
    look.setColor(QPalette::Text, QColor::fromRgba(colours.text));
    look.setColor(QPalette::PlaceholderText, QColor::fromRgba(colours.mutedText));
    look.setColor(QPalette::Midlight, QColor::fromRgba(withAlpha(colours.text, 0.07)));
    look.setColor(QPalette::Window, QColor::fromRgba(colours.panel));
    setPalette(look);
    const QString text = QColor::fromRgba(colours.mutedText).name();
    m_header->setStyleSheet(
        QStringLiteral("QToolButton{color:%1;border:none;background:transparent;"
                       "text-align:left;padding:2px 4px;font-weight:600}")
            .arg(text));
    m_list->setPalette(look);
    update();
}

void LegendPanel::click(QListWidgetItem* item) {
    const QString name = item->data(LegendDelegate::NameRole).toString();
    QSet<QString> next = m_isolated;
    if (m_modifiers & Qt::ControlModifier) {
        if (!next.remove(name))
            next.insert(name);
    } else {
        const bool only = next.size() == 1 && next.contains(name);
        next = only ? QSet<QString>() : QSet<QString>{name};
    }
    setIsolated(next);
}

void LegendPanel::setIsolated(const QSet<QString>& names) {
    if (names == m_isolated)
        return;
    m_isolated = names;
    showState();
    Q_EMIT isolatedChanged();
}

void LegendPanel::setCollapsed(bool collapsed) {
    m_chosen = true;
    m_collapsed = collapsed;
    showState();
    Q_EMIT sizeChanged();
}

void LegendPanel::suggestCollapsed(bool collapsed) {
    if (m_chosen || collapsed == m_collapsed)
        return;
    m_collapsed = collapsed;
    showState();
}

int LegendPanel::fullWidth() {
    return panelWidth;
}

void LegendPanel::showState() {
    m_list->setVisible(!m_collapsed);
    m_header->setArrowType(m_collapsed ? Qt::RightArrow : Qt::DownArrow);
    const int count = static_cast<int>(m_isolated.size());
    m_header->setText(count == 0 ? m_title : tr("%1 · %n isolated", nullptr, count).arg(m_title));
    for (int i = 0; i < m_list->count(); ++i) {
        auto* item = m_list->item(i);
        const QString name = item->data(LegendDelegate::NameRole).toString();
        item->setData(LegendDelegate::DimmedRole, count > 0 && !m_isolated.contains(name));
    }
}

void LegendPanel::arrange(const QRect& room) {
    const int wanted = m_collapsed ? m_header->sizeHint().width() + 16 : panelWidth;
    const int width = std::min(wanted, room.width() - 2 * apart);
    const auto margins = layout()->contentsMargins();
    int height = m_header->sizeHint().height() + margins.top() + margins.bottom();
    if (!m_collapsed && m_list->count() > 0)
        height += layout()->spacing() + m_list->count() * m_list->sizeHintForRow(0) + 2;
    height = std::min(height, room.height() - 2 * apart);
    setGeometry(room.right() - width - apart + 1, room.top() + apart, width, std::max(height, 20));
}

void LegendPanel::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor::fromRgba(m_colours.panelBorder), 1));
    painter.setBrush(QColor::fromRgba(m_colours.panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace hmgrl
