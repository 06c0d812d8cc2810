#include "inspector/RowList.h"

#include "theme/Theme.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace hmgrl {

RowList::RowList(const Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    connect(&theme, &Theme::changed, this, [this] { update(); });
}

void RowList::setRows(std::vector<SampleFact> rows) {
    m_rows = std::move(rows);
    m_hasThumbnails = std::any_of(m_rows.begin(), m_rows.end(),
                                  [](const SampleFact& row) { return !row.thumbnail.isNull(); });
    m_current = -1;
    setFocusPolicy(m_rows.empty() ? Qt::NoFocus : Qt::StrongFocus);
    updateGeometry();
    update();
}

QSize RowList::sizeHint() const {
    return {220, static_cast<int>(m_rows.size()) * rowHeight()};
}

QRect RowList::rectOf(int row) const {
    return {0, row * rowHeight(), width(), rowHeight()};
}

int RowList::rowAt(QPoint position) const {
    const int row = position.y() < 0 ? -1 : position.y() / rowHeight();
    return rect().contains(position) && row < static_cast<int>(m_rows.size()) ? row : -1;
}

void RowList::setCurrent(int row) {
    if (row == m_current)
        return;
    m_current = row;
    setCursor(row < 0 ? Qt::ArrowCursor : Qt::PointingHandCursor);
    update();
}

void RowList::activate(int row) {
    if (row < 0 || row >= static_cast<int>(m_rows.size()))
        return;
    // The answer may replace the rows while they are being read here.
    const SampleFact fact = m_rows[static_cast<std::size_t>(row)];
    Q_EMIT activated(fact.document, fact.item);
}

void RowList::paintEvent(QPaintEvent* event) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    for (int i = 0; i < static_cast<int>(m_rows.size()); ++i)
        if (rectOf(i).intersects(event->rect()))
            paintRow(painter, i);
}

int RowList::paintThumbnail(QPainter& painter, const SampleFact& fact, const QRect& row) const {
    if (!m_hasThumbnails)
        return 0;
    const QRectF frame(row.left() + 4, row.top() + 4, row.height() - 8, row.height() - 8);
    QPainterPath path;
    path.addRoundedRect(frame, m_theme.metrics().radiusSmall, m_theme.metrics().radiusSmall);
    painter.fillPath(path, m_theme.colours().surfaceSunken);
    if (!fact.thumbnail.isNull()) {
        painter.save();
        painter.setClipPath(path);
        painter.setRenderHint(QPainter::SmoothPixmapTransform);
        QRectF source(QPointF(),
                      QSizeF(frame.size()).scaled(fact.thumbnail.size(), Qt::KeepAspectRatio));
        source.moveCenter(QRectF(fact.thumbnail.rect()).center());
        painter.drawImage(frame, fact.thumbnail, source);
        painter.restore();
    }
    painter.setPen(m_theme.colours().border);
    painter.setBrush(Qt::NoBrush);
    painter.drawPath(path);
    return row.height() + 4;
}

void RowList::paintRow(QPainter& painter, int index) const {
    const SampleFact& fact = m_rows[static_cast<std::size_t>(index)];
    const ThemeColours& colours = m_theme.colours();
    QRect row = rectOf(index);
    if (index == m_current) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(hasFocus() ? colours.accentSoft : colours.surfaceRaised);
        painter.drawRoundedRect(QRectF(row).adjusted(0, 1, 0, -1), m_theme.metrics().radius,
                                m_theme.metrics().radius);
    }
    row.setLeft(row.left() + paintThumbnail(painter, fact, row));
    const QColor colour = m_theme.categoryColour(fact.colour);
    QPen pen(colour, 1.6);
    if (fact.status == Status::Suggested)
        pen.setDashPattern({1.5, 1.2});
    painter.setPen(pen);
    painter.setBrush(fact.status == Status::Accepted ? QBrush(colour) : QBrush(Qt::NoBrush));
    painter.drawEllipse(QPointF(row.left() + 8, row.top() + row.height() / 2.0 - 7), 3.6, 3.6);

    painter.setFont(m_theme.font(FontRole::Small));
    painter.setPen(colours.textMuted);
    const int valueWidth = painter.fontMetrics().horizontalAdvance(fact.value) + 8;
    const QRect upper(row.left() + 20, row.top() + row.height() / 2 - 17, row.width() - 26, 19);
    const QRect lower = upper.translated(0, 17);
    painter.drawText(upper.adjusted(0, 0, 0, 0), Qt::AlignRight | Qt::AlignVCenter, fact.value);
    painter.drawText(lower, Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(fact.detail, Qt::ElideRight, lower.width()));
    painter.setFont(m_theme.font(FontRole::Body));
    painter.setPen(fact.status == Status::Rejected ? colours.textFaint : colours.text);
    painter.drawText(
        upper, Qt::AlignLeft | Qt::AlignVCenter,
        painter.fontMetrics().elidedText(fact.text, Qt::ElideRight, upper.width() - valueWidth));
}

void RowList::mouseMoveEvent(QMouseEvent* event) {
    setCurrent(rowAt(event->position().toPoint()));
}

void RowList::leaveEvent(QEvent*) {
    if (!hasFocus())
        setCurrent(-1);
}

void RowList::mousePressEvent(QMouseEvent* event) {
    event->accept();
    setCurrent(rowAt(event->position().toPoint()));
}

void RowList::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton)
        activate(rowAt(event->position().toPoint()));
}

void RowList::keyPressEvent(QKeyEvent* event) {
    const int last = static_cast<int>(m_rows.size()) - 1;
    switch (event->key()) {
    case Qt::Key_Down:
        setCurrent(std::min(last, m_current + 1));
        break;
    case Qt::Key_Up:
        setCurrent(std::max(0, m_current - 1));
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        activate(m_current);
        break;
    default:
        QWidget::keyPressEvent(event);
    }
}

void RowList::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    if (event->reason() != Qt::MouseFocusReason && m_current < 0)
        setCurrent(0);
    update();
}

void RowList::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    setCurrent(-1);
    update();
}

} // namespace hmgrl
