#include "bridge/SessionState.h"
#include "bridge/TextOffsets.h"
#include "data/Category.h"

#include <QFileInfo>
#include <QPointer>
#include <atomic>
#include <system_error>

// The long works of a session: each body runs on a work thread over copies of what it needs, and
// the completion it returns runs on the UI thread.
namespace hmgrl {
namespace {

struct LoadedModel {
    std::shared_ptr<const Engine> engine;
    std::shared_ptr<const CategorySpace> space;
    ProjectSnapshot snapshot;
};

LoadedModel prepareModel(const ProjectLink& link, std::shared_ptr<const Engine> engine,
                         const CancelToken& cancel) {
    auto snapshot = link.call([&](Project& p) {
        if (!p.isReadOnly()) {
            p.addModelCategories(engine->categories());
            p.setSetting("model_hash", engine->modelHash());
        }
        return snapshotOf(p);
    });
    auto space = engine->space(snapshot.categories, cancel);
    return {std::move(engine), std::move(space), std::move(snapshot)};
}

} // namespace

// Importing.

void Session::importInto(const QString& source, const QString& format) {
    m_state->startImport(source, format);
}

void Session::State::startImport(const QString& source, const QString& format) {
    if (!open)
        return;
    const ImportJob job{fromQString(source), fromQString(format), fromQString(path) + ".files", {}};
    const auto body = [this, link = link(), at = generation, job, changed = documentsSink(),
                       source](const WorkContext& work) -> WorkPool::Done {
        Issues issues = importDocuments(link, job, changed, work.cancel, work.progress);
        auto next = link.call([](Project& p) { return snapshotOf(p); });
        return [this, at, source, issues = std::move(issues), next = std::move(next)] {
            if (!isCurrent(at))
                return;
            apply(next);
            Q_EMIT self->documentsChanged({});
            if (!issues.empty())
                Q_EMIT self->issuesFound(tr("Import of %1").arg(source), issues);
            self->extract();
        };
    };
    pool.start(QStringLiteral("import"), body);
}

// Model.

void Session::loadModel(const QString& folder) {
    m_state->shippedModel = folder;
    if (m_state->open)
        m_state->startModel();
}

void Session::State::startModel() {
    const std::filesystem::path folder = modelFolder();
    std::shared_ptr<const Engine> cached;
    if (const auto found = engines.find(folder); found != engines.end())
        cached = found->second;
    const auto body = [this, link = link(), at = generation, folder,
                       cached](const WorkContext& work) -> WorkPool::Done {
        work.progress({"Loading the model", 0, 0, {}});
        const auto loaded = cached ? cached : Engine::load(folder);
        LoadedModel model = prepareModel(link, loaded, work.cancel);
        return [this, at, folder, model = std::move(model)] {
            if (!isCurrent(at))
                return;
            engine = model.engine;
            engines[folder] = model.engine;
            const bool moved = snapshot.categories != model.snapshot.categories;
            snapshot = model.snapshot;
            adoptSpace(model.space);
            if (moved)
                Q_EMIT self->categoriesChanged();
            Q_EMIT self->modelReady();
            startDisks(false);
            if (std::exchange(extractWhenReady, false))
                self->extract();
        };
    };
    pool.start(QStringLiteral("model"), body);
}

void Session::State::adoptSpace(std::shared_ptr<const CategorySpace> next) {
    // A new slot for a closed project: works of the old one keep theirs.
    if (!next)
        slot = std::make_shared<SpaceSlot>();
    else
        slot->set(next);
    space = std::move(next);
}

void Session::extract() {
    State& s = *m_state;
    if (!s.open)
        return;
    if (!s.engine || !s.space || s.pool.isRunning(QStringLiteral("model"))) {
        s.extractWhenReady = true;
        return;
    }
    const auto body = [this, &s, link = s.link(), at = s.generation, engine = s.engine,
                       slot = s.slot,
                       changed = s.documentsSink()](const WorkContext& work) -> WorkPool::Done {
        bool any = false;
        const auto noted = [&](std::vector<std::int64_t> ids) {
            any = true;
            changed(std::move(ids));
        };
        Issues issues;
        bool cancelled = false;
        try {
            issues = extractDocuments(link, *engine, *slot, noted, work.cancel, work.progress);
        } catch (const Cancelled&) {
            cancelled = true;
        }
        return [this, &s, at, any, cancelled, issues = std::move(issues)] {
            if (!s.isCurrent(at))
                return;
            if (!issues.empty())
                Q_EMIT issuesFound(tr("Extraction"), issues);
            if (any)
                s.startDisks(!cancelled);
        };
    };
    s.pool.start(QStringLiteral("extract"), body);
}

// The disk.

void Session::State::startDisks(bool fresh) {
    if (!open || !space)
        return;
    const auto body = [this, link = link(), at = generation, used = space,
                       fresh](const WorkContext& work) -> WorkPool::Done {
        auto both = std::make_shared<std::vector<DiskData>>();
        for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation})
            both->push_back(layDisk(link, *used, kind, fresh, work.cancel, work.progress));
        return [this, at, used, both] {
            if (!isCurrent(at) || used != space)
                return;
            for (DiskData& disk : *both)
                publish(std::move(disk));
        };
    };
    pool.start(QStringLiteral("layout"), body);
}

bool Session::lay(CategoryKind kind, const LayoutOptions& options) {
    State& s = *m_state;
    if (!s.open || !s.space)
        return false;
    const auto begun = s.laying[kind] = std::make_shared<std::atomic<bool>>(false);
    const auto body = [this, &s, link = s.link(), at = s.generation, used = s.space, kind, begun,
                       options](const WorkContext& work) -> WorkPool::Done {
        *begun = true;
        const auto busy = std::make_shared<std::atomic<bool>>(false);
        const auto show = [&](LayoutPicture next) {
            if (busy->exchange(true))
                return;
            auto picture = std::make_shared<const LayoutPicture>(std::move(next));
            const auto tell = [this, &s, at, kind, picture, busy] {
                if (s.isCurrent(at))
                    Q_EMIT layoutPicture(kind, picture);
                *busy = false;
            };
            QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
        };
        const auto disk = std::make_shared<DiskData>();
        try {
            *disk = relayDisk(link, *used, kind, options, work.cancel, show, work.progress);
        } catch (...) {
            const auto tell = [&s, at, kind, begun] { s.endLayout(at, kind, begun, false); };
            QMetaObject::invokeMethod(this, tell, Qt::QueuedConnection);
            throw;
        }
        return [&s, at, used, kind, begun, disk] {
            if (s.isCurrent(at) && used == s.space)
                s.publish(std::move(*disk));
            else if (s.isCurrent(at))
                s.startDisks(false); // the categories are others now; the places are stored
            s.endLayout(at, kind, begun, true);
        };
    };
    const QString purpose = QStringLiteral("lay ") + QString::fromLatin1(toString(kind));
    s.pool.start(QStringLiteral("layout"), body, purpose);
    return true;
}

void Session::State::endLayout(std::uint64_t at, CategoryKind kind, const Begun& which,
                               bool placed) {
    const auto found = laying.find(kind);
    if (!isCurrent(at) || found == laying.end() || found->second != which)
        return; // a newer one has taken its place
    laying.erase(found);
    Q_EMIT self->layoutFinished(kind, placed);
}

/// Layouts that were still waiting when all work was cancelled.
void Session::State::dropWaitingLayouts() {
    for (const auto& [kind, begun] : std::map(laying))
        if (!*begun)
            endLayout(generation, kind, begun, false);
}

namespace {
bool sameLayout(const DiskData& a, const DiskData& b) {
    return a.where == b.where && a.method == b.method && a.points.space == b.points.space;
}
} // namespace

void Session::State::publish(DiskData disk) {
    const CategoryKind kind = disk.kind;
    const auto now = std::make_shared<const DiskData>(std::move(disk));
    const auto before = std::exchange(disks[kind], now);
    if (before && !sameLayout(*before, *now))
        qualities.erase(kind);
    const bool judged =
        qualities.contains(kind) && before && before->points.category == now->points.category;
    Q_EMIT self->diskChanged(kind);
    if (!judged && now->isPlaced() && !now->samples.empty())
        judge(kind);
}

/// A name of its own for each kind: a newer request replaces a waiting one of the same disk only.
void Session::State::judge(CategoryKind kind) {
    const auto body = [this, at = generation, kind,
                       disk = disks[kind]](const WorkContext& work) -> WorkPool::Done {
        auto judged = std::make_shared<const DiskQuality>(judgeDisk(*disk, work.cancel));
        return [this, at, kind, disk, judged] {
            if (!isCurrent(at) || !sameLayout(*disks[kind], *disk))
                return;
            qualities[kind] = judged;
            Q_EMIT self->diskQualityChanged(kind);
        };
    };
    pool.start(QStringLiteral("quality.") + QString::fromLatin1(toString(kind)), body);
}

// Anything else.

void Session::work(const QString& name, const QString& purpose, QObject* context, LongJob job,
                   std::function<void()> then) {
    State& s = *m_state;
    if (!s.open)
        return;
    const QPointer<QObject> guard(context);
    const auto body = [&s, link = s.link(), at = s.generation, job = std::move(job),
                       then = std::move(then), guard](const WorkContext& own) -> WorkPool::Done {
        job(link, own.cancel, own.progress);
        return [&s, at, then, guard] {
            if (guard && s.isCurrent(at))
                then();
        };
    };
    s.pool.start(name, body, purpose);
}

// Categories.

void Session::addCategory(const Category& category) {
    m_state->newcomer = category;
    edit(tr("Add category %1").arg(toQString(displayName(category.name))),
         [category](Editor& editor) { editor.addCategory(category); });
}

void Session::State::startSpace() {
    if (!engine || !space || pool.isRunning(QStringLiteral("model")))
        return;
    const auto body = [this, link = link(), at = generation, used = engine,
                       into = slot](const WorkContext& work) -> WorkPool::Done {
        work.progress({"Placing the categories", 0, 0, {}});
        auto change = std::make_shared<SpaceChange>(renewSpace(link, *used, *into, work.cancel));
        return [this, at, change] {
            if (!isCurrent(at))
                return;
            space = change->space;
            const auto added = std::exchange(newcomer, std::nullopt);
            std::vector<SampleRow> claims;
            if (added)
                claims = claimsOf(added->kind == CategoryKind::Entity ? change->entities
                                                                      : change->relations,
                                  added->name);
            publish(std::move(change->entities));
            publish(std::move(change->relations));
            Q_EMIT self->documentsChanged({});
            if (added)
                Q_EMIT self->claimsFound(*added, claims);
        };
    };
    pool.start(QStringLiteral("categories"), body);
}

// Retraining.

void Session::retrain(const RetrainOptions& options) {
    State& s = *m_state;
    if (!s.open || !s.engine) {
        Q_EMIT failed(tr("The model is not loaded yet."));
        return;
    }
    s.removeCandidate();
    const auto body = [this, &s, link = s.link(), at = s.generation, base = s.modelFolder(),
                       options,
                       folder = s.modelsFolder()](const WorkContext& work) -> WorkPool::Done {
        RetrainReport report =
            retrainOnProject(link, base, options, folder, work.cancel, work.progress);
        return [this, &s, at, report = std::move(report)] {
            if (!s.isCurrent(at)) {
                std::error_code ignored;
                std::filesystem::remove_all(report.checkpoint, ignored);
                return;
            }
            s.candidate = report;
            Q_EMIT retrainFinished(report);
        };
    };
    s.pool.start(QStringLiteral("retrain"), body);
}

void Session::acceptCandidate() {
    State& s = *m_state;
    if (!s.candidate)
        return;
    const auto relative = s.candidate->checkpoint.lexically_relative(s.projectFolder());
    s.candidate.reset();
    edit(tr("Accept the retrained model"),
         [model = relative.string()](Editor& editor) { editor.setSetting("model", model); });
}

void Session::discardCandidate() {
    m_state->removeCandidate();
}

void Session::State::removeCandidate() {
    if (!candidate)
        return;
    // A folder of a few megabytes: removed by the project thread, which is idle most of the time.
    thread.post([folder = candidate->checkpoint](ProjectThread::Slot&) {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
        std::filesystem::remove(folder.parent_path(), ignored); // only when empty
    });
    candidate.reset();
}

} // namespace hmgrl
