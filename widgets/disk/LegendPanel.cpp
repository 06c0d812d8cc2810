#include "disk/LegendPanel.h"

#include "data/Category.h"
#include "disk/LegendDelegate.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

namespace hmgrl {

namespace {
constexpr int panelWidth = 208;
constexpr int apart = 12;         ///< from the disk's edges
constexpr int previewDelay = 140; ///< milliseconds: a mouse that only crosses shows nothing

QString nameOf(const QListWidgetItem* item) {
    return item ? item->data(LegendDelegate::NameRole).toString() : QString();
}

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
    , m_search(new QLineEdit(this))
    , m_list(new QListWidget(this))
    , m_menu(new QMenu(this)) {
    setObjectName(QStringLiteral("diskLegend"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(6, 5, 4, 6);
    column->setSpacing(2);
    column->addWidget(m_header);
    column->addWidget(m_search);
    column->addWidget(m_list);
    m_header->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_header->setAutoRaise(true);
    m_header->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_header->setFocusPolicy(Qt::TabFocus);
    m_header->setToolTip(tr("Fold or unfold the legend"));
    connect(m_header, &QToolButton::clicked, this, [this] { setCollapsed(!m_collapsed); });
    m_previewTimer.setSingleShot(true);
    connect(&m_previewTimer, &QTimer::timeout, this, [this] { setPreview(m_nextPreview); });
    makeSearch();
    makeList();
    showState();
}

void LegendPanel::makeSearch() {
    m_search->setPlaceholderText(tr("Search"));
    m_search->setAccessibleName(tr("Search the legend"));
    m_search->setToolTip(tr("Show the entries whose name has these letters (/)"));
    m_search->setClearButtonEnabled(true);
    m_search->setFocusPolicy(Qt::ClickFocus);
    m_search->installEventFilter(this);
    connect(m_search, &QLineEdit::textChanged, this, &LegendPanel::search);
}

void LegendPanel::makeList() {
    m_list->setItemDelegate(new LegendDelegate(m_list));
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSelectionMode(QAbstractItemView::NoSelection);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setStyleSheet(listStyle());
    m_list->setAccessibleName(tr("Legend"));
    m_list->setToolTip(tr("Click isolates, Ctrl+click adds, double click selects the points"));
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(m_list, &QListWidget::itemClicked, this, &LegendPanel::click);
    connect(m_list, &QListWidget::itemDoubleClicked, this, &LegendPanel::select);
    connect(m_list, &QListWidget::itemEntered, this, &LegendPanel::previewSoon);
    connect(m_list, &QListWidget::currentItemChanged, this, [this](QListWidgetItem* item) {
        if (m_list->hasFocus())
            previewSoon(item);
    });
    connect(m_list, &QWidget::customContextMenuRequested, this, [this](QPoint place) {
        showMenu(m_list->itemAt(place), m_list->viewport()->mapToGlobal(place));
    });
    m_list->installEventFilter(this);
    m_list->viewport()->installEventFilter(this);
}

bool LegendPanel::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
    case QEvent::MouseButtonRelease:
        m_modifiers = static_cast<QMouseEvent*>(event)->modifiers();
        break;
    case QEvent::Leave:
    case QEvent::FocusOut:
        previewSoon(nullptr);
        break;
    case QEvent::KeyPress: {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Escape) {
            m_search->clear();
            Q_EMIT left();
            return true;
        }
        if (watched == m_search && key->key() == Qt::Key_Down) {
            m_list->setFocus(Qt::TabFocusReason);
            return true;
        }
        if (watched == m_list && listKey(*key))
            return true;
        break;
    }
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

/// Space does what a click does, Enter what a double click does, the menu key what the right one
/// does.
bool LegendPanel::listKey(const QKeyEvent& event) {
    QListWidgetItem* item = m_list->currentItem();
    if (item == nullptr)
        return false;
    if (event.key() == Qt::Key_Space) {
        m_modifiers = event.modifiers();
        click(item);
        return true;
    }
    if (event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter) {
        Q_EMIT selectWanted(nameOf(item));
        return true;
    }
    if (event.key() != Qt::Key_Menu)
        return false;
    showMenu(item, m_list->viewport()->mapToGlobal(m_list->visualItemRect(item).bottomLeft()));
    return true;
}

void LegendPanel::select(QListWidgetItem* item) {
    setIsolated(m_beforeClick); // the click that began the double click meant something else
    Q_EMIT selectWanted(nameOf(item));
}

void LegendPanel::showMenu(QListWidgetItem* item, QPoint global) {
    if (item == nullptr)
        return;
    const QString name = nameOf(item);
    const bool isOnly = m_isolated == QSet<QString>{name};
    m_menu->clear();
    m_menu->addAction(tr("Select its points"), this, [this, name] { Q_EMIT selectWanted(name); });
    m_menu->addAction(tr("Bring to the centre"), this, [this, name] { Q_EMIT centreWanted(name); });
    m_menu->addSeparator();
    m_menu->addAction(tr("Show only this"), this, [this, name] { setIsolated({name}); })
        ->setEnabled(!isOnly);
    m_menu
        ->addAction(m_isolated.contains(name) ? tr("Take from what is shown")
                                              : tr("Show this as well"),
                    this, [this, name] { toggle(name); })
        ->setEnabled(!m_isolated.isEmpty() && !isOnly);
    m_menu->addAction(tr("Show all"), this, [this] { setIsolated({}); })
        ->setEnabled(!m_isolated.isEmpty());
    m_menu->popup(global);
}

void LegendPanel::previewSoon(QListWidgetItem* item) {
    m_nextPreview = nameOf(item);
    if (m_nextPreview.isEmpty() && m_preview.isEmpty())
        m_previewTimer.stop();
    else
        m_previewTimer.start(previewDelay);
}

void LegendPanel::setPreview(const QString& name) {
    m_previewTimer.stop();
    m_nextPreview = name;
    if (name == m_preview)
        return;
    m_preview = name;
    Q_EMIT previewChanged();
}

void LegendPanel::search(const QString& text) {
    for (int i = 0; i < m_list->count(); ++i) {
        auto* item = m_list->item(i);
        item->setHidden(!item->text().contains(text, Qt::CaseInsensitive) &&
                        !nameOf(item).contains(text, Qt::CaseInsensitive));
    }
    Q_EMIT sizeChanged();
}

void LegendPanel::focusSearch() {
    if (m_collapsed)
        setCollapsed(false);
    QWidget* target = m_list;
    if (!m_search->isHidden())
        target = m_search;
    target->setFocus(Qt::ShortcutFocusReason);
    m_search->selectAll();
}

void LegendPanel::setLegend(const DiskLegend& legend) {
    m_title = legend.title;
    setPreview({});
    m_list->clear();
    QSet<QString> names;
    for (const auto& entry : legend.entries) {
        auto* item = new QListWidgetItem(
            QString::fromStdString(displayName(entry.name.toStdString())), m_list);
        item->setData(LegendDelegate::NameRole, entry.name);
        item->setData(LegendDelegate::ColourRole, entry.colour);
        item->setData(LegendDelegate::CountRole, entry.count);
        item->setData(LegendDelegate::MarkerRole, static_cast<int>(entry.marker));
        names.insert(entry.name);
    }
    setVisible(!legend.entries.empty());
    setIsolated(QSet<QString>(m_isolated).intersect(names));
    if (legend.entries.size() <= mostWithoutSearch)
        m_search->clear();
    search(m_search->text());
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
    const QColor line = QColor::fromRgba(colours.panelBorder);
    m_search->setStyleSheet(
        QStringLiteral("QLineEdit{color:%1;background:transparent;border:1px solid %2;"
                       "border-radius:5px;padding:2px 5px;margin:0 4px 2px 2px}"
                       "QLineEdit:focus{border-color:%3}")
            .arg(QColor::fromRgba(colours.text).name(), line.name(),
                 QColor::fromRgba(colours.accent).name()));
    m_list->setPalette(look);
    update();
}

void LegendPanel::click(QListWidgetItem* item) {
    const QString name = nameOf(item);
    setPreview({}); // what is isolated is what is to be seen
    m_beforeClick = m_isolated;
    if (m_modifiers & Qt::ControlModifier)
        toggle(name);
    else
        setIsolated(m_isolated == QSet<QString>{name} ? QSet<QString>() : QSet<QString>{name});
}

void LegendPanel::toggle(const QString& name) {
    QSet<QString> next = m_isolated;
    if (!next.remove(name))
        next.insert(name);
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
    m_search->setVisible(!m_collapsed && m_list->count() > mostWithoutSearch);
    m_header->setArrowType(m_collapsed ? Qt::RightArrow : Qt::DownArrow);
    const int count = static_cast<int>(m_isolated.size());
    m_header->setText(count == 0 ? m_title : tr("%1 · %n isolated", nullptr, count).arg(m_title));
    for (int i = 0; i < m_list->count(); ++i) {
        auto* item = m_list->item(i);
        item->setData(LegendDelegate::DimmedRole, count > 0 && !m_isolated.contains(nameOf(item)));
    }
}

void LegendPanel::arrange(const QRect& room) {
    const int wanted = m_collapsed ? m_header->sizeHint().width() + 16 : panelWidth;
    const int width = std::min(wanted, room.width() - 2 * apart);
    const auto margins = layout()->contentsMargins();
    int height = m_header->sizeHint().height() + margins.top() + margins.bottom();
    if (!m_search->isHidden())
        height += layout()->spacing() + m_search->sizeHint().height();
    const int most = room.height() - 2 * apart;
    if (!m_collapsed && m_list->count() > 0) {
        const int row = std::max(m_list->sizeHintForRow(0), 1);
        height += layout()->spacing() + 2;
        height += std::clamp((most - height) / row, 1, shownCount()) * row; // whole rows
    }
    height = std::min(height, most);
    setGeometry(room.right() - width - apart + 1, room.top() + apart, width, std::max(height, 20));
}

int LegendPanel::shownCount() const {
    int count = 0;
    for (int i = 0; i < m_list->count(); ++i)
        count += !m_list->item(i)->isHidden();
    return std::max(count, 1);
}

void LegendPanel::paintEvent(QPaintEvent* /*event*/) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(QColor::fromRgba(m_colours.panelBorder), 1));
    painter.setBrush(QColor::fromRgba(m_colours.panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 8, 8);
}

} // namespace hmgrl
