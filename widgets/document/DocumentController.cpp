#include "document/DocumentController.h"

#include "bridge/Session.h"
#include "data/Palette.h"
#include "document/DocumentView.h"

#include <algorithm>
#include <optional>

namespace hmgrl {
namespace {

using Action = DocumentEdit::Action;

/// Unknown or removed documents give nothing; the view then shows its empty state.
std::optional<DocumentContent> read(Project& project, std::int64_t id) {
    const std::optional<DocumentSummary> summary = project.summary(id);
    if (!summary)
        return std::nullopt;
    DocumentContent content;
    content.document = project.document(id);
    content.extracted = summary->extracted;
    content.reviewed = summary->reviewed;
    return content;
}

void setStatus(Editor& editor, const DocumentItem& item, Status status) {
    if (item.kind == CategoryKind::Entity)
        editor.setMentionStatus(item.id, status);
    else
        editor.setRelationStatus(item.id, status);
}

void remove(Editor& editor, const DocumentItem& item) {
    if (item.kind == CategoryKind::Entity)
        editor.removeMention(item.id);
    else
        editor.removeRelation(item.id);
}

/// A relation that is accepted vouches for its ends: those still suggested are accepted with it.
std::vector<std::int64_t> suggestedEnds(const DocumentContent& content, const DocumentItem& item) {
    std::vector<std::int64_t> ends;
    const Relation* relation =
        item.kind == CategoryKind::Relation ? content.relation(item.id) : nullptr;
    if (!relation)
        return ends;
    for (const int end : {relation->head, relation->tail}) {
        const Mention& mention = content.document.mentions.at(static_cast<std::size_t>(end));
        if (mention.status != Status::Accepted)
            ends.push_back(mention.id);
    }
    return ends;
}

Mention newMention(const DocumentEdit& edit) {
    Mention mention;
    mention.span = edit.span;
    mention.type = edit.type;
    return mention;
}

} // namespace

DocumentController::DocumentController(Session& session, DocumentView& view, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_view(view) {
    connect(&session, &Session::selectionChanged, this, &DocumentController::followSelection);
    connect(&session, &Session::documentsChanged, this, &DocumentController::followDocuments);
    connect(&session, &Session::categoriesChanged, this, &DocumentController::followCategories);
    connect(&session, &Session::projectOpened, this, &DocumentController::followCategories);
    connect(&session, &Session::projectClosed, this, [this] { followSelection({}); });
    connect(&view, &DocumentView::editRequested, this, &DocumentController::apply);
    connect(&view, &DocumentView::selectionChanged, this, &DocumentController::select);
    connect(&view, &DocumentView::linkActivated, this, &DocumentController::linkActivated);
    connect(&view, &DocumentView::documentDone, this, [this] { Q_EMIT documentDone(m_document); });
    followCategories();
    followSelection(session.selection());
}

void DocumentController::followCategories() {
    m_view.setTypes(TypeCatalogue(m_session.categories()));
}

void DocumentController::followSelection(const Selection& selection) {
    const DocumentItem item{selection.kind, selection.sample};
    if (selection.document == m_document) {
        if (m_view.textView()->selected() != item)
            m_view.select(item);
        return;
    }
    m_document = selection.document;
    m_created.reset();
    load();
}

void DocumentController::followDocuments(const std::vector<std::int64_t>& ids) {
    if (ids.empty() || std::find(ids.begin(), ids.end(), m_document) != ids.end())
        load();
}

void DocumentController::load() {
    const int request = ++m_request;
    if (m_document < 0 || !m_session.isOpen()) {
        m_view.clear();
        return;
    }
    m_session.run(
        this, [id = m_document](Project& project) { return read(project, id); },
        [this, request](std::optional<DocumentContent> content) {
            if (request != m_request)
                return;
            if (content)
                show(std::move(*content));
            else
                m_session.select({}); // it was removed
        });
}

void DocumentController::show(DocumentContent content) {
    m_view.setContent(std::move(content));
    const Selection selection = m_session.selection();
    DocumentItem item = m_view.textView()->selected();
    if (m_created && !m_created->isNull()) {
        item = *m_created; // a new mention or relation is what the analyst works on next
        m_created.reset();
    } else if (selection.document == m_document && item.isNull()) {
        item = {selection.kind, selection.sample};
    }
    m_view.select(item);
    select(m_view.textView()->selected());
}

void DocumentController::select(const DocumentItem& item) {
    const Selection selection{m_document, item.kind, item.id};
    if (m_document >= 0 && selection != m_session.selection())
        m_session.select(selection);
}

void DocumentController::apply(const DocumentEdit& edit) {
    const DocumentItem item = edit.item;
    const std::vector<std::int64_t> touched{m_document};
    switch (edit.action) {
    case Action::Accept:
        m_session.edit(
            label(edit),
            [item, ends = suggestedEnds(m_view.content(), item)](Editor& editor) {
                for (const std::int64_t end : ends)
                    editor.setMentionStatus(end, Status::Accepted);
                setStatus(editor, item, Status::Accepted);
            },
            touched);
        break;
    case Action::Reject:
        m_session.edit(
            label(edit), [item](Editor& e) { setStatus(e, item, Status::Rejected); }, touched);
        break;
    case Action::Remove:
        m_session.edit(
            label(edit), [item](Editor& e) { remove(e, item); }, touched);
        break;
    case Action::SetSpan:
        m_session.edit(
            label(edit), [item, span = edit.span](Editor& e) { e.setMentionSpan(item.id, span); },
            touched);
        break;
    case Action::Retype:
    case Action::AddMention:
    case Action::AddRelation:
        applyTyped(edit);
        break;
    }
}

void DocumentController::applyTyped(const DocumentEdit& edit) {
    if (edit.createsType)
        addCategoryFor(edit);
    auto created = std::make_shared<DocumentItem>();
    m_session.edit(
        label(edit),
        [edit, created, document = m_document,
         ends = suggestedEnds(m_view.content(), edit.item)](Editor& editor) {
            if (edit.action == Action::AddMention) {
                *created = {CategoryKind::Entity, editor.addMention(document, newMention(edit))};
            } else if (edit.action == Action::AddRelation) {
                *created = {CategoryKind::Relation,
                            editor.addRelation(document, edit.head, edit.tail, edit.type)};
            } else if (edit.item.kind == CategoryKind::Entity) {
                editor.setMentionType(edit.item.id, edit.type);
            } else {
                for (const std::int64_t end : ends)
                    editor.setMentionStatus(end, Status::Accepted);
                editor.setRelationType(edit.item.id, edit.type);
            }
        },
        {m_document});
    if (edit.action != Action::Retype)
        m_created = created;
}

CategoryKind DocumentController::kindOf(const DocumentEdit& edit) const {
    if (edit.action == Action::AddRelation)
        return CategoryKind::Relation;
    return edit.action == Action::AddMention ? CategoryKind::Entity : edit.item.kind;
}

void DocumentController::addCategoryFor(const DocumentEdit& edit) {
    if (m_session.category(kindOf(edit), edit.type))
        return;
    Category category;
    category.kind = kindOf(edit);
    category.name = edit.type;
    category.colour = newcomerColour(category, m_session.categories());
    m_session.addCategory(category);
}

QString DocumentController::typeLabel(CategoryKind kind, const std::string& type) const {
    if (!type.empty())
        return toQString(displayName(type));
    return kind == CategoryKind::Entity ? tr("mention") : tr("relation");
}

QString DocumentController::label(const DocumentEdit& edit) const {
    const DocumentContent& content = m_view.content();
    const QString what = content.describe(edit.item);
    const Mention* mention = content.mention(edit.item.id);
    const Relation* relation = content.relation(edit.item.id);
    const bool isEntity = kindOf(edit) == CategoryKind::Entity;
    const QString type =
        typeLabel(kindOf(edit), isEntity ? (mention ? mention->type : std::string())
                                         : (relation ? relation->type : std::string()));
    const QString newType = typeLabel(kindOf(edit), edit.type);
    switch (edit.action) {
    case Action::Accept:
        return tr("Accept %1: %2").arg(type, what);
    case Action::Reject:
        return tr("Reject %1: %2").arg(type, what);
    case Action::Remove:
        return tr("Remove %1: %2").arg(type, what);
    case Action::SetSpan:
        return tr("Resize %1: %2").arg(type, what);
    case Action::Retype:
        return tr("Change %1 to %2: %3").arg(type, newType, what);
    case Action::AddMention: {
        Mention added = newMention(edit);
        return tr("Add %1: %2").arg(newType, toQString(content.textOf(added)));
    }
    case Action::AddRelation:
        return tr("Add %1: %2 → %3")
            .arg(newType, content.describe({CategoryKind::Entity, edit.head}),
                 content.describe({CategoryKind::Entity, edit.tail}));
    }
    return {};
}

} // namespace hmgrl
