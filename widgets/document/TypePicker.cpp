#include "document/TypePicker.h"

#include "bridge/TextOffsets.h"
#include "document/TypeDelegate.h"
#include "document/TypeList.h"
#include "theme/Theme.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QVBoxLayout>
#include <algorithm>

namespace hmgrl {

TypePicker::TypePicker(const Theme& theme, QWidget* parent)
    : QFrame(parent, Qt::Popup)
    , m_theme(theme)
    , m_title(new QLabel(this))
    , m_filter(new QLineEdit(this))
    , m_view(new QListView(this))
    , m_list(new TypeList(this)) {
    setObjectName(QStringLiteral("typePicker"));
    m_title->setFont(m_theme.font(FontRole::SmallStrong));
    m_title->setTextFormat(Qt::PlainText);
    m_filter->setPlaceholderText(tr("Type to filter, Enter to choose"));
    m_filter->setClearButtonEnabled(true);
    m_filter->installEventFilter(this);
    m_view->setModel(m_list);
    m_view->setItemDelegate(new TypeDelegate(m_theme, *m_list, m_view));
    m_view->setUniformItemSizes(true);
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setFocusPolicy(Qt::NoFocus);
    m_view->setMouseTracking(true);
    m_view->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 8, 1, 6);
    layout->setSpacing(6);
    auto* top = new QVBoxLayout;
    top->setContentsMargins(9, 0, 9, 0);
    top->addWidget(m_title);
    top->addWidget(m_filter);
    layout->addLayout(top);
    layout->addWidget(m_view);
    connect(m_filter, &QLineEdit::textChanged, this, &TypePicker::filter);
    connect(m_view, &QListView::clicked, this,
            [this](const QModelIndex& index) { choose(index.row()); });
    connect(m_view, &QListView::entered, this,
            [this](const QModelIndex& index) { setCurrent(index.row()); });
}

void TypePicker::open(const QString& title, std::vector<TypeChoice> choices,
                      const std::string& current, const QRect& anchor) {
    m_isDone = false;
    m_title->setText(title);
    m_filter->blockSignals(true);
    m_filter->clear();
    m_filter->blockSignals(false);
    m_list->setChoices(std::move(choices));
    place(anchor);
    // Whoever retypes wants something else than the present type.
    setCurrent(m_list->rowOf(current) == 0 && m_list->rowCount() > 1 ? 1 : 0);
    m_view->scrollToTop();
    show();
    m_filter->setFocus(Qt::PopupFocusReason);
}

/// Below the anchor, or above where the screen ends.
void TypePicker::place(const QRect& anchor) {
    const int rows = std::clamp(m_list->rowCount(), 3, 10);
    m_view->setFixedHeight(rows * std::max(1, m_view->sizeHintForRow(0)) + 4);
    setFixedWidth(320);
    adjustSize();
    const QScreen* screen = QGuiApplication::screenAt(anchor.center());
    const QRect area = (screen ? screen : QGuiApplication::primaryScreen())->availableGeometry();
    int y = anchor.bottom() + 6;
    if (y + height() > area.bottom())
        y = std::max(area.top(), anchor.top() - height() - 6);
    const int x =
        std::clamp(anchor.left() - 8, area.left(), std::max(area.left(), area.right() - width()));
    QFrame::move(x, y);
}

void TypePicker::filter(const QString& text) {
    m_list->setFilter(text);
    setCurrent(0);
}

void TypePicker::setCurrent(int row) {
    const QModelIndex index = m_list->index(row, 0);
    m_view->setCurrentIndex(index);
    if (index.isValid())
        m_view->scrollTo(index);
}

void TypePicker::move(int rows) {
    const int last = m_list->rowCount() - 1;
    if (last >= 0)
        setCurrent(std::clamp(m_view->currentIndex().row() + rows, 0, last));
}

void TypePicker::choose(int row) {
    if (m_isDone)
        return;
    if (const TypeChoice* type = m_list->choice(row))
        finish(type->name, false);
    else if (row >= 0 && row < m_list->rowCount())
        finish(fromQString(m_filter->text().simplified()), true);
}

void TypePicker::finish(const std::string& category, bool isNew) {
    m_isDone = true;
    hide();
    Q_EMIT picked(category, isNew);
}

bool TypePicker::takeHotKey(int digit) {
    for (int row = 0; row < m_list->rowCount(); ++row)
        if (const TypeChoice* type = m_list->choice(row); type && type->hotKey == digit) {
            choose(row);
            return true;
        }
    return false;
}

bool TypePicker::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_filter || event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    switch (key->key()) {
    case Qt::Key_Down:
    case Qt::Key_Up:
        move(key->key() == Qt::Key_Down ? 1 : -1);
        return true;
    case Qt::Key_PageDown:
    case Qt::Key_PageUp:
        move(key->key() == Qt::Key_PageDown ? 8 : -8);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(m_view->currentIndex().row());
        return true;
    case Qt::Key_Escape:
        hide();
        return true;
    default:
        return m_filter->text().isEmpty() && key->key() >= Qt::Key_0 && key->key() <= Qt::Key_9 &&
               takeHotKey(key->key() - Qt::Key_0);
    }
}

void TypePicker::hideEvent(QHideEvent* event) {
    QFrame::hideEvent(event);
    if (!m_isDone)
        Q_EMIT dismissed();
    m_isDone = true;
}

void TypePicker::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.colours().surface);
    painter.setPen(m_theme.colours().borderStrong);
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

} // namespace hmgrl
