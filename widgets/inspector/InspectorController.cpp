#include "inspector/InspectorController.h"

#include "inspector/InspectorQuery.h"
#include "inspector/InspectorView.h"

#include <QFuture>
#include <QPromise>
#include <QThreadPool>
#include <algorithm>

namespace hmgrl {
namespace {

constexpr std::size_t neighbourCount = 8;

} // namespace

InspectorController::InspectorController(Session& session, InspectorView& view, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_view(view) {
    connect(&session, &Session::selectionChanged, this, &InspectorController::refresh);
    connect(&session, &Session::categoriesChanged, this, &InspectorController::refresh);
    connect(&session, &Session::modelReady, this, &InspectorController::refresh);
    connect(&session, &Session::projectClosed, this, &InspectorController::refresh);
    connect(&session, &Session::documentsChanged, this,
            [this](const std::vector<std::int64_t>& ids) {
                const std::int64_t shown = m_session.selection().document;
                if (ids.empty() || std::find(ids.begin(), ids.end(), shown) != ids.end())
                    refresh();
            });
    connect(&session, &Session::diskChanged, this, [this](CategoryKind kind) {
        if (m_session.selection().sample >= 0 && m_session.selection().kind == kind)
            refresh();
    });
    connect(&view, &InspectorView::jumpRequested, this,
            [this](std::int64_t document, const DocumentItem& item) {
                m_session.select({document, item.kind, item.id});
            });
    refresh();
}

void InspectorController::refresh() {
    ++m_request;
    const Selection selection = m_session.selection();
    if (!m_session.isOpen() || selection.document < 0)
        m_view.showNothing();
    else if (selection.sample < 0)
        readDocument(selection);
    else
        readSample(selection);
}

void InspectorController::readDocument(const Selection& selection) {
    m_session.run(
        this,
        [document = selection.document, categories = m_session.categories()](Project& project) {
            return readDocumentFacts(project, document, categories);
        },
        [this, request = m_request](const std::optional<DocumentFacts>& facts) {
            if (request != m_request)
                return;
            if (facts)
                m_view.showDocument(*facts);
            else
                m_view.showNothing();
        });
}

void InspectorController::readSample(const Selection& selection) {
    m_session.run(
        this,
        [selection, categories = m_session.categories(),
         space = m_session.space()](Project& project) {
            return readSampleFacts(project, selection, categories, space.get());
        },
        [this, selection, request = m_request](std::optional<SampleFacts> facts) {
            if (request != m_request)
                return;
            if (!facts)
                return readDocument(selection);
            facts->isSearching = m_session.diskData(selection.kind) != nullptr;
            m_view.showSample(*facts);
            if (facts->isSearching)
                search(*facts, selection);
        });
}

void InspectorController::search(const SampleFacts& facts, const Selection& selection) {
    auto promise = std::make_shared<QPromise<Surroundings>>();
    promise->future().then(
        this, [this, facts, selection, request = m_request](const Surroundings& around) {
            if (request == m_request)
                describe(facts, selection, around);
        });
    QThreadPool::globalInstance()->start(
        [promise, disk = m_session.diskData(selection.kind), selection] {
            promise->start();
            promise->addResult(surroundings(*disk, selection.sample, neighbourCount));
            promise->finish();
        });
}

void InspectorController::describe(const SampleFacts& facts, const Selection& selection,
                                   const Surroundings& around) {
    m_session.run(
        this,
        [facts, around, kind = selection.kind,
         categories = m_session.categories()](Project& project) {
            SampleFacts filled = facts;
            fillSurroundings(filled, around, project, kind, categories);
            return filled;
        },
        [this, request = m_request](const SampleFacts& filled) {
            if (request == m_request)
                m_view.showSample(filled);
        });
}

} // namespace hmgrl
