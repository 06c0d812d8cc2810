#include "document/AnnotatedTextView.h"

#include "theme/Theme.h"

#include <QApplication>
#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

namespace hmgrl {
namespace {

constexpr int firstLimit = 12000; // characters: about four screens, laid out in a few milliseconds
constexpr int moreCharacters = 24000;

} // namespace

using Kind = AnnotationHit::Kind;

AnnotatedTextView::AnnotatedTextView(const Theme& theme, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_limit(firstLimit) {
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumWidth(220);
    viewport()->setMouseTracking(true);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setAutoFillBackground(false);
    setAccessibleName(tr("Document text"));
    verticalScrollBar()->setSingleStep(24);
    connect(&m_theme, &Theme::changed, this, [this] { relayout(); });
}

void AnnotatedTextView::setText(AnnotatedText text, bool sameDocument) {
    m_press.reset();
    m_hover = {};
    m_text = std::move(text);
    if (!sameDocument) {
        m_limit = firstLimit;
        m_selected = {};
        m_span = {};
        setMode(Mode::Browse);
        verticalScrollBar()->setValue(0);
    } else if (hitOf(m_selected).kind == Kind::None) {
        m_selected = {};
    }
    if (m_mode == Mode::RelationTail && hitOf(m_selected).kind != Kind::Mention)
        setMode(Mode::Browse);
    m_head = m_mode == Mode::RelationTail ? hitOf(m_selected).index : -1;
    m_tail = -1;
    relayout();
    Q_EMIT shownChanged(shownCharacters(), static_cast<int>(m_text.text.size()));
}

AnnotationStyle AnnotatedTextView::style() const {
    QFont text = m_theme.font(FontRole::Body);
    text.setPixelSize(16);
    return {text, m_theme.font(FontRole::SmallStrong)};
}

void AnnotatedTextView::relayout() {
    m_laidOutWidth = viewport()->width();
    m_layout.build(m_text, style(), m_laidOutWidth, m_limit);
    updateScrollBar();
    viewport()->update();
}

void AnnotatedTextView::updateScrollBar() {
    const int range = static_cast<int>(m_layout.height()) - viewport()->height();
    verticalScrollBar()->setRange(0, std::max(0, range));
    verticalScrollBar()->setPageStep(viewport()->height());
}

int AnnotatedTextView::shownCharacters() const {
    return std::min(m_limit, static_cast<int>(m_text.text.size()));
}

void AnnotatedTextView::setLimit(int limit) {
    m_limit = limit;
    relayout();
    Q_EMIT shownChanged(shownCharacters(), static_cast<int>(m_text.text.size()));
}

void AnnotatedTextView::showMore() {
    setLimit(m_limit + std::max(moreCharacters, m_limit / 2));
}

QPointF AnnotatedTextView::toLayout(QPointF viewportPosition) const {
    return viewportPosition + QPointF(0, verticalScrollBar()->value());
}

QRect AnnotatedTextView::toGlobal(const QRectF& bounds) const {
    const QRect local = bounds.translated(0, -verticalScrollBar()->value()).toAlignedRect();
    const QRect shown = local.intersected(viewport()->rect().adjusted(0, 0, 0, 4));
    const QRect rect = shown.isEmpty() ? QRect(viewport()->rect().center(), QSize(1, 1)) : shown;
    return {viewport()->mapToGlobal(rect.topLeft()), rect.size()};
}

QRect AnnotatedTextView::anchor(const DocumentItem& item) const {
    return toGlobal(m_layout.boundsOf(hitOf(item)));
}

QRect AnnotatedTextView::spanAnchor() const {
    const auto rects = m_layout.rectsOf(m_span.begin, m_span.end);
    return rects.empty() ? toGlobal({}) : toGlobal(rects.back());
}

void AnnotatedTextView::scrollTo(const QRectF& bounds) {
    const double top = bounds.top() - 40, bottom = bounds.bottom() + 24;
    QScrollBar* bar = verticalScrollBar();
    if (top < bar->value())
        bar->setValue(static_cast<int>(top));
    else if (bottom > bar->value() + viewport()->height())
        bar->setValue(static_cast<int>(std::min(top, bottom - viewport()->height())));
}

AnnotationFocus AnnotatedTextView::focus() const {
    AnnotationFocus focus;
    focus.hover = m_hover;
    focus.selected = hitOf(m_selected);
    focus.relationHead = m_head;
    focus.relationTail =
        m_mode == Mode::RelationTail && m_hover.kind == Kind::Mention && m_hover.index != m_head
            ? m_hover.index
            : m_tail;
    focus.spanBegin = m_span.begin;
    focus.spanEnd = m_span.end;
    focus.hasKeyboard = hasFocus();
    return focus;
}

void AnnotatedTextView::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.colours().surface);
    const double offset = verticalScrollBar()->value();
    painter.translate(0, -offset);
    const AnnotationPainter annotations(m_theme);
    annotations.paint(painter, m_layout, style(), focus(),
                      QRectF(event->rect()).translated(0, offset));
}

void AnnotatedTextView::resizeEvent(QResizeEvent*) {
    if (viewport()->width() != m_laidOutWidth)
        relayout();
    else
        updateScrollBar();
}

void AnnotatedTextView::changeEvent(QEvent* event) {
    QAbstractScrollArea::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        relayout();
}

void AnnotatedTextView::focusInEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void AnnotatedTextView::focusOutEvent(QFocusEvent* event) {
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

bool AnnotatedTextView::viewportEvent(QEvent* event) {
    if (event->type() == QEvent::Leave)
        setHover({});
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QToolTip::showText(help->globalPos(), toolTipOf(m_layout.hitTest(toLayout(help->pos()))),
                           viewport());
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

QString AnnotatedTextView::toolTipOf(const AnnotationHit& hit) const {
    if (hit.kind == Kind::None)
        return {};
    const bool isMention = hit.kind == Kind::Mention;
    const QString what = isMention ? m_layout.tagText(hit.index) : m_layout.pillText(hit.index);
    switch (statusOf(hit)) {
    case Status::Suggested:
        return tr("%1: suggested. Click or Enter accepts, Delete rejects, T changes the type.")
            .arg(what);
    case Status::Rejected:
        return tr("%1: rejected. Enter takes it back.").arg(what);
    case Status::Accepted:
        break;
    }
    return isMention
               ? tr("%1. T changes the type, R starts a relation, Delete removes it.").arg(what)
               : tr("%1. T changes the type, Delete removes it.").arg(what);
}

// Items ------------------------------------------------------------------------------------------

AnnotationHit AnnotatedTextView::hitOf(const DocumentItem& item) const {
    const auto indexIn = [&](const auto& rows) {
        const auto found = std::find_if(rows.begin(), rows.end(),
                                        [&](const auto& row) { return row.id == item.id; });
        return found == rows.end() ? -1 : static_cast<int>(found - rows.begin());
    };
    const bool isMention = item.kind == CategoryKind::Entity;
    const int index = item.isNull() ? -1
                      : isMention   ? indexIn(m_text.mentions)
                                    : indexIn(m_text.relations);
    if (index < 0)
        return {};
    return {isMention ? Kind::Mention : Kind::Relation, index};
}

DocumentItem AnnotatedTextView::itemOf(const AnnotationHit& hit) const {
    if (hit.kind == Kind::Mention)
        return {CategoryKind::Entity, m_text.mentions[static_cast<std::size_t>(hit.index)].id};
    if (hit.kind == Kind::Relation)
        return {CategoryKind::Relation, m_text.relations[static_cast<std::size_t>(hit.index)].id};
    return {};
}

Status AnnotatedTextView::statusOf(const AnnotationHit& hit) const {
    const auto at = static_cast<std::size_t>(hit.index);
    return hit.kind == Kind::Mention ? m_text.mentions[at].status : m_text.relations[at].status;
}

void AnnotatedTextView::select(const DocumentItem& item) {
    const AnnotationHit hit = hitOf(item);
    m_selected = hit.kind == Kind::None ? DocumentItem() : item;
    if (hit.kind == Kind::Mention &&
        m_text.mentions[static_cast<std::size_t>(hit.index)].end > m_limit)
        setLimit(m_text.mentions[static_cast<std::size_t>(hit.index)].end + moreCharacters);
    if (hit.kind != Kind::None)
        scrollTo(m_layout.boundsOf(hit));
    viewport()->update();
}

void AnnotatedTextView::choose(const DocumentItem& item) {
    if (item == m_selected)
        return;
    select(item);
    Q_EMIT selectionChanged(m_selected);
}

std::vector<AnnotationHit> AnnotatedTextView::inOrder(bool withRelations) const {
    std::vector<AnnotationHit> out;
    for (std::size_t i = 0; i < m_text.mentions.size(); ++i) {
        if (m_text.mentions[i].begin >= m_limit)
            break;
        out.push_back({Kind::Mention, static_cast<int>(i)});
        for (std::size_t k = 0; withRelations && k < m_text.relations.size(); ++k)
            if (m_text.relations[k].head == static_cast<int>(i))
                out.push_back({Kind::Relation, static_cast<int>(k)});
    }
    return out;
}

bool AnnotatedTextView::selectNextSuggestion() {
    const auto order = inOrder(true);
    if (order.empty())
        return false;
    const auto current = std::find(order.begin(), order.end(), hitOf(m_selected));
    const std::size_t start =
        current == order.end() ? 0 : static_cast<std::size_t>(current - order.begin()) + 1;
    for (std::size_t i = 0; i < order.size(); ++i) {
        const AnnotationHit& hit = order[(start + i) % order.size()];
        if (statusOf(hit) == Status::Suggested && itemOf(hit) != m_selected) {
            choose(itemOf(hit));
            return true;
        }
    }
    return false;
}

void AnnotatedTextView::setHover(const AnnotationHit& hit) {
    if (hit == m_hover)
        return;
    m_hover = hit;
    viewport()->setCursor(hit.kind == Kind::None ? Qt::IBeamCursor : Qt::PointingHandCursor);
    viewport()->update();
}

void AnnotatedTextView::setMode(Mode mode) {
    if (mode == m_mode)
        return;
    m_mode = mode;
    if (mode != Mode::RelationTail)
        m_head = m_tail = -1;
    viewport()->update();
    Q_EMIT modeChanged(mode);
}

void AnnotatedTextView::clearSpan() {
    m_span = {};
    if (m_mode == Mode::NewSpan)
        setMode(Mode::Browse);
    viewport()->update();
}

void AnnotatedTextView::cancel() {
    const bool wasBusy = m_mode != Mode::Browse || !m_span.isEmpty() || m_press;
    m_press.reset();
    clearSpan();
    setMode(Mode::Browse);
    if (!wasBusy)
        choose({});
}

// Mouse ------------------------------------------------------------------------------------------

void AnnotatedTextView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    const QPointF where = toLayout(event->position());
    m_press = Press{where, m_layout.characterAt(where), m_layout.hitTest(where), false};
}

void AnnotatedTextView::mouseMoveEvent(QMouseEvent* event) {
    const QPointF where = toLayout(event->position());
    if (!m_press) {
        setHover(m_layout.hitTest(where));
        return;
    }
    // By character a drag may be as short as one letter.
    const bool isFine = event->modifiers() & Qt::ShiftModifier;
    const double moved = (where - m_press->where).manhattanLength();
    if (m_mode != Mode::RelationTail && moved >= (isFine ? 3 : QApplication::startDragDistance()))
        m_press->isDrag = true;
    if (!m_press->isDrag)
        return;
    dragTo(where, event->modifiers());
    if (event->position().y() < 0 || event->position().y() > viewport()->height())
        verticalScrollBar()->setValue(verticalScrollBar()->value() +
                                      (event->position().y() < 0 ? -20 : 20));
}

void AnnotatedTextView::dragTo(QPointF position, Qt::KeyboardModifiers modifiers) {
    const int here = m_layout.characterAt(position);
    if (here < 0 || m_press->character < 0)
        return;
    m_span = modifiers & Qt::ShiftModifier ? snapToCharacters(m_text.text, m_press->character, here)
                                           : snapToWords(m_text.text, m_press->character, here);
    viewport()->update();
}

void AnnotatedTextView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || !m_press)
        return;
    const Press press = *m_press;
    m_press.reset();
    if (press.isDrag)
        finishSpan();
    else
        click(press.hit);
}

void AnnotatedTextView::click(const AnnotationHit& hit) {
    if (m_mode == Mode::RelationTail) {
        if (hit.kind == Kind::Mention && hit.index != m_head)
            finishRelation(hit.index);
        return;
    }
    clearSpan();
    const bool accepts = hit.kind != Kind::None && statusOf(hit) == Status::Suggested;
    choose(itemOf(hit));
    if (accepts)
        Q_EMIT activated(itemOf(hit), false);
}

void AnnotatedTextView::finishSpan() {
    if (m_span.isEmpty())
        return clearSpan();
    setMode(Mode::Browse);
    Q_EMIT spanChosen(m_span.begin, m_span.end);
}

void AnnotatedTextView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton || m_mode == Mode::RelationTail)
        return;
    const QPointF where = toLayout(event->position());
    const AnnotationHit hit = m_layout.hitTest(where);
    if (hit.kind != Kind::None) {
        Q_EMIT typeRequested(itemOf(hit));
        return;
    }
    const int here = m_layout.characterAt(where);
    if (here < 0)
        return;
    m_span = snapToWords(m_text.text, here, here);
    finishSpan();
}

void AnnotatedTextView::contextMenuEvent(QContextMenuEvent* event) {
    if (m_mode == Mode::RelationTail)
        return;
    if (event->reason() == QContextMenuEvent::Keyboard) {
        const QRect rect = anchor(m_selected);
        Q_EMIT menuRequested(m_selected, rect.bottomLeft());
        return;
    }
    const AnnotationHit hit = m_layout.hitTest(toLayout(event->pos()));
    choose(itemOf(hit));
    Q_EMIT menuRequested(itemOf(hit), event->globalPos());
}

} // namespace hmgrl
