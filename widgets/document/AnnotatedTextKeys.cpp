#include "document/AnnotatedTextView.h"

#include <QKeyEvent>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

namespace hmgrl {

using Kind = AnnotationHit::Kind;

namespace {

bool isEnter(const QKeyEvent& event) {
    return event.key() == Qt::Key_Return || event.key() == Qt::Key_Enter;
}

bool isSideways(const QKeyEvent& event) {
    return event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
}

int direction(const QKeyEvent& event) {
    const bool isBack =
        event.key() == Qt::Key_Left || event.key() == Qt::Key_Up || event.key() == Qt::Key_Backtab;
    return isBack ? -1 : 1;
}

} // namespace

void AnnotatedTextView::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        cancel();
        return;
    }
    const bool isUsed = m_mode == Mode::RelationTail ? tailKey(*event)
                        : m_mode == Mode::NewSpan    ? spanKey(*event)
                                                     : browseKey(*event) || itemKey(*event);
    if (!isUsed)
        QAbstractScrollArea::keyPressEvent(event);
}

/// Tab belongs to the items until the last one; then it leaves the view, so that nobody is caught
/// in it.
bool AnnotatedTextView::focusNextPrevChild(bool next) {
    if (m_mode == Mode::RelationTail) {
        stepTail(next ? 1 : -1);
        return true;
    }
    if (m_mode == Mode::Browse && step(next ? 1 : -1, true))
        return true;
    return QAbstractScrollArea::focusNextPrevChild(next);
}

bool AnnotatedTextView::browseKey(const QKeyEvent& event) {
    const auto modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const DocumentItem item = m_selected;
    if (isSideways(event) && modifiers & Qt::ShiftModifier)
        return resizeSelected(event);
    if (modifiers != Qt::NoModifier)
        return false;
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
        step(direction(event), false);
        return true;
    case Qt::Key_Up:
    case Qt::Key_Down:
        stepLine(direction(event));
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!item.isNull() || !selectNextSuggestion())
            Q_EMIT activated(item, true);
        return true;
    case Qt::Key_N:
        startSpan();
        return true;
    default:
        return false;
    }
}

bool AnnotatedTextView::itemKey(const QKeyEvent& event) {
    const DocumentItem item = m_selected; // a listener may move the selection while it reads this
    if (m_selected.isNull() || (event.modifiers() & ~Qt::KeypadModifier) != Qt::NoModifier)
        return false;
    switch (event.key()) {
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        Q_EMIT deleteRequested(item);
        return true;
    case Qt::Key_T:
        Q_EMIT typeRequested(item);
        return true;
    case Qt::Key_R:
        startRelation();
        return true;
    default:
        if (event.key() < Qt::Key_0 || event.key() > Qt::Key_9)
            return false;
        Q_EMIT hotKeyPressed(item, event.key() - Qt::Key_0);
        return true;
    }
}

bool AnnotatedTextView::step(int direction, bool withRelations) {
    const auto order = inOrder(withRelations);
    if (order.empty())
        return false;
    const auto current = std::find(order.begin(), order.end(), hitOf(m_selected));
    auto next = direction > 0 ? 0 : static_cast<std::ptrdiff_t>(order.size()) - 1;
    if (current != order.end()) {
        next = current - order.begin() + direction;
    } else if (const AnnotationHit hit = hitOf(m_selected); hit.kind == Kind::Relation) {
        // Arrows go on from a relation's head.
        next = m_text.relations[static_cast<std::size_t>(hit.index)].head + (direction > 0 ? 1 : 0);
    }
    if (next < 0 || next >= static_cast<std::ptrdiff_t>(order.size()))
        return false;
    choose(itemOf(order[static_cast<std::size_t>(next)]));
    return true;
}

/// The mention of the nearest line above or below that lies closest in x; scrolls when there is
/// none.
void AnnotatedTextView::stepLine(int direction) {
    const AnnotationHit from = hitOf(m_selected);
    const QRectF here = m_layout.boundsOf(from);
    const AnnotationLayout::Chip* best = nullptr;
    const auto lineOf = [](const AnnotationLayout::Chip& chip) { return chip.line; };
    int current = direction > 0 ? -1 : static_cast<int>(m_layout.lines().size());
    for (const auto& chip : m_layout.chips())
        if (from.kind == Kind::Mention && chip.mention == from.index)
            current = lineOf(chip);
    for (const auto& chip : m_layout.chips()) {
        const int ahead = (lineOf(chip) - current) * direction;
        if (ahead <= 0 || (from.kind == Kind::Mention && chip.mention == from.index))
            continue;
        const auto cost = [&](const AnnotationLayout::Chip& c) {
            return std::pair((lineOf(c) - current) * direction,
                             std::abs(c.rect.center().x() - here.center().x()));
        };
        if (!best || cost(chip) < cost(*best))
            best = &chip;
    }
    if (best)
        choose(itemOf({Kind::Mention, best->mention}));
    else
        verticalScrollBar()->triggerAction(direction > 0 ? QScrollBar::SliderSingleStepAdd
                                                         : QScrollBar::SliderSingleStepSub);
}

// New relations ----------------------------------------------------------------------------------

void AnnotatedTextView::startRelation() {
    const AnnotationHit head = hitOf(m_selected);
    if (head.kind != Kind::Mention || m_text.mentions.size() < 2)
        return;
    setMode(Mode::RelationTail);
    m_head = head.index;
    m_tail = -1;
    stepTail(1);
}

void AnnotatedTextView::stepTail(int direction) {
    const int count = static_cast<int>(inOrder(false).size());
    int next = m_tail < 0 ? m_head : m_tail;
    do
        next = (next + direction + count) % count;
    while (next == m_head && count > 1);
    m_tail = next;
    m_hover = {};
    scrollTo(m_layout.boundsOf({Kind::Mention, m_tail}));
    viewport()->update();
}

bool AnnotatedTextView::tailKey(const QKeyEvent& event) {
    if (isEnter(event)) {
        finishRelation(m_tail);
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Left:
    case Qt::Key_Right:
    case Qt::Key_Up:
    case Qt::Key_Down:
        stepTail(direction(event));
        return true;
    default:
        return false;
    }
}

void AnnotatedTextView::finishRelation(int tail) {
    if (m_head < 0 || tail < 0)
        return;
    const std::int64_t head = m_text.mentions[static_cast<std::size_t>(m_head)].id;
    setMode(Mode::Browse);
    Q_EMIT relationChosen(head, m_text.mentions[static_cast<std::size_t>(tail)].id);
}

// New mentions -----------------------------------------------------------------------------------

void AnnotatedTextView::startSpan() {
    const AnnotationHit from = hitOf(m_selected);
    int start = 0;
    if (from.kind == Kind::Mention)
        start = m_text.mentions[static_cast<std::size_t>(from.index)].end;
    else if (const auto shown = m_layout.linesBetween(verticalScrollBar()->value() + 10.0, 1e9);
             shown.first < shown.second)
        start = m_layout.flow().lines()[static_cast<std::size_t>(shown.first)].begin;
    m_span = wordAfter(m_text.text, start);
    if (m_span.isEmpty())
        m_span = wordBefore(m_text.text, static_cast<int>(m_text.text.size()));
    if (m_span.isEmpty())
        return;
    setMode(Mode::NewSpan);
    viewport()->update();
}

/// Left and Right move by words; Shift moves the end, by words or, with Ctrl, by characters.
TextRange AnnotatedTextView::moved(TextRange span, const QKeyEvent& event) const {
    const bool isForward = event.key() == Qt::Key_Right;
    const QStringView text = m_text.text;
    if (!(event.modifiers() & Qt::ShiftModifier)) {
        const TextRange next = isForward ? wordAfter(text, span.end) : wordBefore(text, span.begin);
        return next.isEmpty() ? span : next;
    }
    int end = span.end;
    if (event.modifiers() & Qt::ControlModifier)
        end = isForward ? characterAfter(text, end) : characterBefore(text, end);
    else if (isForward)
        end = std::max(end, wordAfter(text, end).end);
    else if (const TextRange last = wordBefore(text, end); !last.isEmpty())
        end = wordBefore(text, last.begin).end;
    return end > span.begin ? TextRange{span.begin, end} : span;
}

bool AnnotatedTextView::spanKey(const QKeyEvent& event) {
    if (isEnter(event)) {
        finishSpan();
        return true;
    }
    if (!isSideways(event))
        return false;
    m_span = moved(m_span, event);
    if (const auto rects = m_layout.rectsOf(m_span.begin, m_span.end); !rects.empty())
        scrollTo(rects.front().united(rects.back()));
    viewport()->update();
    return true;
}

bool AnnotatedTextView::resizeSelected(const QKeyEvent& event) {
    const AnnotationHit hit = hitOf(m_selected);
    if (hit.kind != Kind::Mention)
        return false;
    const TextMention& mention = m_text.mentions[static_cast<std::size_t>(hit.index)];
    const TextRange before{mention.begin, mention.end};
    const TextRange after = moved(before, event);
    if (after != before)
        Q_EMIT spanChanged(m_selected, after.begin, after.end);
    return true;
}

} // namespace hmgrl
