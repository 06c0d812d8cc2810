#include "bridge/Session.h"

#include "bridge/SessionState.h"
#include "bridge/TextOffsets.h"

#include <QPointer>
#include <algorithm>

namespace hmgrl {
namespace {

QString messageOf(const std::exception& error) {
    return toQString(error.what());
}

/// Queues `function` on the session's thread; dropped when the session is gone by then.
template <typename Function>
void onUi(Session* session, Function function) {
    QMetaObject::invokeMethod(session, std::move(function), Qt::QueuedConnection);
}

} // namespace

ProjectSnapshot snapshotOf(const Project& project) {
    return {project.categories(), toQString(project.undoLabel().value_or("")),
            toQString(project.redoLabel().value_or("")), project.setting("model").value_or("")};
}

Session::Session(QObject* parent)
    : QObject(parent)
    , m_state(std::make_unique<State>(this)) {
    WorkPool& pool = m_state->pool;
    connect(&pool, &WorkPool::started, this, &Session::workStarted);
    connect(&pool, &WorkPool::progress, this, &Session::workProgress);
    connect(&pool, &WorkPool::values, this, &Session::workValues);
    connect(&pool, &WorkPool::finished, this, &Session::workFinished);
    connect(&pool, &WorkPool::failed, this,
            [this](const QString&, const QString& message) { Q_EMIT failed(message); });
    m_state->diskTimer.setSingleShot(true);
    m_state->diskTimer.setInterval(250);
    connect(&m_state->diskTimer, &QTimer::timeout, this, [this] { m_state->startDisks(false); });
}

Session::~Session() {
    m_state->pool.cancelAll();
    m_state->pool.waitForDone();
    m_state->removeCandidate();
}

std::filesystem::path Session::State::projectFolder() const {
    return std::filesystem::path(fromQString(path)).parent_path();
}

std::filesystem::path Session::State::modelsFolder() const {
    return {fromQString(path) + ".models"};
}

std::filesystem::path Session::State::modelFolder() const {
    if (!snapshot.model.empty())
        return projectFolder() / snapshot.model;
    return {fromQString(shippedModel)};
}

DocumentsSink Session::State::documentsSink() {
    return [session = self, at = generation](std::vector<std::int64_t> ids) {
        onUi(session, [session, at, ids = std::move(ids)] {
            if (!session->m_state->isCurrent(at))
                return;
            Q_EMIT session->documentsChanged(ids);
            Q_EMIT session->saved();
        });
    };
}

// Opening and closing.

void Session::openProject(const QString& path) {
    m_state->openWith(path, [file = fromQString(path)] { return Project::open(file); }, {});
}

void Session::createProject(const QString& path, const QString& importSource) {
    Reply afterwards;
    if (!importSource.isEmpty())
        afterwards = [this, importSource] { importInto(importSource); };
    m_state->openWith(
        path, [file = fromQString(path)] { return Project::create(file); }, afterwards);
}

void Session::State::openWith(const QString& file, std::function<std::unique_ptr<Project>()> opener,
                              Reply afterwards) {
    self->closeProject();
    const std::uint64_t at = generation;
    thread.post([this, session = self, at, file, opener, afterwards](ProjectThread::Slot& into) {
        try {
            into.project = opener();
            into.generation = at;
            onUi(session, [this, at, file, afterwards, first = snapshotOf(*into.project)] {
                if (at != generation)
                    return;
                opened(file, first);
                if (afterwards)
                    afterwards();
            });
        } catch (const std::exception& error) {
            into.project.reset();
            onUi(session, [session, m = messageOf(error)] { Q_EMIT session->failed(m); });
        }
    });
}

void Session::State::opened(const QString& file, ProjectSnapshot first) {
    open = true;
    path = file;
    snapshot = std::move(first);
    Q_EMIT self->projectOpened();
    Q_EMIT self->categoriesChanged();
    Q_EMIT self->historyChanged();
    Q_EMIT self->documentsChanged({});
    if (!shippedModel.isEmpty())
        startModel();
}

void Session::closeProject() {
    State& s = *m_state;
    s.pool.cancelAll();
    s.diskTimer.stop();
    s.removeCandidate();
    ++s.generation;
    s.thread.post([](ProjectThread::Slot& slot) { slot.project.reset(); });
    if (!s.open)
        return;
    s.open = false;
    s.path.clear();
    s.snapshot = {};
    s.disks.clear();
    s.qualities.clear();
    s.laying.clear();
    s.newcomer.reset();
    s.extractWhenReady = false;
    s.adoptSpace(nullptr);
    select({});
    Q_EMIT projectClosed();
    Q_EMIT historyChanged();
}

bool Session::isOpen() const {
    return m_state->open;
}
QString Session::projectPath() const {
    return m_state->path;
}

// Jobs on the project thread.

void Session::post(QObject* context, std::function<Reply(Project&)> job) {
    const QPointer<QObject> guard(context ? context : this);
    const std::uint64_t at = m_state->generation;
    m_state->thread.post([this, guard, at, job = std::move(job)](ProjectThread::Slot& slot) {
        if (!slot.project || slot.generation != at)
            return;
        try {
            Reply reply = job(*slot.project);
            onUi(this, [this, guard, at, reply = std::move(reply)] {
                if (guard && reply && m_state->isCurrent(at))
                    reply();
            });
        } catch (const std::exception& error) {
            onUi(this, [this, m = messageOf(error)] { Q_EMIT failed(m); });
        }
    });
}

void Session::State::write(std::function<std::vector<std::int64_t>(Project&)> change,
                           std::function<void()> then) {
    self->post(
        self,
        [this, change = std::move(change), then = std::move(then)](Project& project) -> Reply {
            auto touched = change(project);
            return [this, then, touched = std::move(touched), next = snapshotOf(project)] {
                apply(next);
                Q_EMIT self->documentsChanged(touched);
                Q_EMIT self->saved();
                then();
                if (space)
                    diskTimer.start();
            };
        });
}

void Session::State::apply(ProjectSnapshot next) {
    const ProjectSnapshot last = std::exchange(snapshot, std::move(next));
    if (last.categories != snapshot.categories) {
        Q_EMIT self->categoriesChanged();
        startSpace();
    }
    if (last.undoLabel != snapshot.undoLabel || last.redoLabel != snapshot.redoLabel)
        Q_EMIT self->historyChanged();
    if (last.model != snapshot.model) {
        extractWhenReady = true;
        startModel();
    }
}

// Edits.

void Session::edit(const QString& label, std::function<void(Editor&)> change,
                   std::vector<std::int64_t> touched) {
    edit(
        [label, change = std::move(change)](Editor& editor) {
            change(editor);
            return label;
        },
        std::move(touched), [] {});
}

void Session::edit(std::function<QString(Editor&)> change, std::vector<std::int64_t> touched,
                   std::function<void()> then) {
    m_state->write(
        [change = std::move(change), touched = std::move(touched)](Project& project) {
            project.edit([&](Editor& editor) { return fromQString(change(editor)); });
            return touched;
        },
        std::move(then));
}

void Session::undo() {
    m_state->write([](Project& project) { return project.undo(); });
}

void Session::redo() {
    m_state->write([](Project& project) { return project.redo(); });
}

QString Session::undoLabel() const {
    return m_state->snapshot.undoLabel;
}
QString Session::redoLabel() const {
    return m_state->snapshot.redoLabel;
}

// Snapshots.

const std::vector<Category>& Session::categories() const {
    return m_state->snapshot.categories;
}

const Category* Session::category(CategoryKind kind, const std::string& name) const {
    const auto& all = categories();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Category& c) {
        return c.kind == kind && c.name == name;
    });
    return found == all.end() ? nullptr : &*found;
}

std::shared_ptr<const CategorySpace> Session::space() const {
    return m_state->space;
}
std::shared_ptr<const Engine> Session::engine() const {
    return m_state->engine;
}

std::shared_ptr<const DiskData> Session::diskData(CategoryKind kind) const {
    const auto found = m_state->disks.find(kind);
    return found == m_state->disks.end() ? nullptr : found->second;
}

std::shared_ptr<const DiskQuality> Session::diskQuality(CategoryKind kind) const {
    const auto found = m_state->qualities.find(kind);
    return found == m_state->qualities.end() ? nullptr : found->second;
}

Selection Session::selection() const {
    return m_state->selection;
}

void Session::select(const Selection& selection) {
    if (m_state->selection == selection)
        return;
    m_state->selection = selection;
    Q_EMIT selectionChanged(selection);
}

void Session::cancelLayout() {
    m_state->pool.cancel(QStringLiteral("layout"));
}
void Session::cancelWork() {
    m_state->extractWhenReady = false;
    m_state->pool.cancelAll();
    m_state->dropWaitingLayouts();
}

bool Session::isBusy() const {
    return m_state->pool.isBusy();
}

} // namespace hmgrl
