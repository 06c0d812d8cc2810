#include "document/DocumentView.h"
#include "document/TypeList.h"
#include "document/TypePicker.h"

#include <QMenu>

namespace hmgrl {

Status DocumentView::statusOf(const DocumentItem& item) const {
    if (item.kind == CategoryKind::Entity) {
        const Mention* mention = m_content.mention(item.id);
        return mention ? mention->status : Status::Accepted;
    }
    const Relation* relation = m_content.relation(item.id);
    return relation ? relation->status : Status::Accepted;
}

void DocumentView::request(DocumentEdit::Action action, const DocumentItem& item) {
    DocumentEdit edit;
    edit.action = action;
    edit.item = item;
    Q_EMIT editRequested(edit);
}

void DocumentView::requestType(const DocumentItem& item, const std::string& type, bool isNew) {
    DocumentEdit edit;
    edit.action = DocumentEdit::Action::Retype;
    edit.item = item;
    edit.type = type;
    edit.createsType = isNew;
    Q_EMIT editRequested(edit);
}

void DocumentView::activate(const DocumentItem& item, bool byKeyboard) {
    const bool isOpen = !item.isNull() && statusOf(item) != Status::Accepted;
    if (isOpen)
        request(DocumentEdit::Action::Accept, item);
    if (byKeyboard && !m_text->selectNextSuggestion() && !isOpen)
        Q_EMIT documentDone();
}

void DocumentView::acceptSelected() {
    if (!m_text->selected().isNull())
        activate(DocumentItem(m_text->selected()), true);
}

void DocumentView::removeItem(const DocumentItem& item) {
    if (item.isNull() || statusOf(item) == Status::Rejected)
        return;
    const bool isSuggested = statusOf(item) == Status::Suggested;
    if (isSuggested)
        m_text->selectNextSuggestion();
    request(isSuggested ? DocumentEdit::Action::Reject : DocumentEdit::Action::Remove, item);
}

void DocumentView::removeSelected() {
    removeItem(m_text->selected());
}

void DocumentView::retypeSelected() {
    pickType(m_text->selected());
}

// Pickers ----------------------------------------------------------------------------------------

void DocumentView::openPicker(CategoryKind kind, const QString& title,
                              const std::vector<Candidate>& candidates, const std::string& current,
                              const QRect& anchor) {
    m_picker->open(title, rankedChoices(m_types, kind, candidates), current, anchor);
}

void DocumentView::pickType(const DocumentItem& item) {
    m_pending = {};
    m_pending.action = DocumentEdit::Action::Retype;
    m_pending.item = item;
    const QRect anchor = m_text->anchor(item);
    const QString title = tr("Type of “%1”").arg(m_content.describe(item));
    if (const Mention* mention = m_content.mention(item.id);
        mention && item.kind == CategoryKind::Entity)
        openPicker(item.kind, title, mention->candidates, mention->type, anchor);
    if (const Relation* relation = m_content.relation(item.id);
        relation && item.kind == CategoryKind::Relation)
        openPicker(item.kind, title, relation->candidates, relation->type, anchor);
}

void DocumentView::pickForSpan(int begin, int end) {
    m_pending = {};
    m_pending.action = DocumentEdit::Action::AddMention;
    m_pending.span = m_offsets.toSpan(begin, end);
    const QString text = m_offsets.text().mid(begin, end - begin).simplified();
    openPicker(CategoryKind::Entity, tr("New mention “%1”").arg(text.left(80)), {}, {},
               m_text->spanAnchor());
}

void DocumentView::pickForRelation(std::int64_t head, std::int64_t tail) {
    m_pending = {};
    m_pending.action = DocumentEdit::Action::AddRelation;
    m_pending.head = head;
    m_pending.tail = tail;
    const DocumentItem end{CategoryKind::Entity, tail};
    openPicker(CategoryKind::Relation,
               m_content.describe({CategoryKind::Entity, head}) + QStringLiteral(" → ") +
                   m_content.describe(end),
               {}, {}, m_text->anchor(end));
}

void DocumentView::finishPick(const std::string& type, bool isNew) {
    m_text->clearSpan();
    m_text->setFocus();
    m_pending.type = type;
    m_pending.createsType = isNew;
    Q_EMIT editRequested(std::exchange(m_pending, {}));
}

// Menu -------------------------------------------------------------------------------------------

void DocumentView::showMenu(const DocumentItem& item, const QPoint& position) {
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto add = [&](const QString& text, const QKeySequence& key, auto&& act) {
        QAction* action = menu->addAction(text);
        action->setShortcut(key); // shown only: the view handles its keys itself
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, act);
    };
    if (!item.isNull()) {
        const Status status = statusOf(item);
        if (status != Status::Accepted)
            add(tr("Accept"), Qt::Key_Return,
                [this, item] { request(DocumentEdit::Action::Accept, item); });
        if (status != Status::Rejected)
            add(status == Status::Suggested ? tr("Reject") : tr("Remove"), Qt::Key_Delete,
                [this, item] { removeItem(item); });
        add(tr("Change type…"), Qt::Key_T, [this, item] { pickType(item); });
        if (item.kind == CategoryKind::Entity)
            add(tr("New relation from here"), Qt::Key_R, [this] { m_text->startRelation(); });
        menu->addSeparator();
    }
    add(tr("New mention"), Qt::Key_N, [this] { m_text->startSpan(); });
    menu->popup(position);
}

} // namespace hmgrl
