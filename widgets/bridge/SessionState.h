#pragma once

#include "bridge/Session.h"
#include "bridge/WorkPool.h"
#include "workflow/Jobs.h"

#include <QTimer>
#include <atomic>
#include <map>
#include <optional>

namespace hmgrl {

/// What the UI thread knows of the project after each change.
struct ProjectSnapshot {
    std::vector<Category> categories;
    QString undoLabel, redoLabel;
    std::string
        model; ///< setting "model": folder of the accepted checkpoint, relative to the project
};
[[nodiscard]] ProjectSnapshot snapshotOf(const Project& project);

/// Private to Session.*.cpp. Members are destroyed from the last: the pool ends before the project
/// thread, which ends before the slot that works rank with.
struct Session::State {
    explicit State(Session* session)
        : self(session)
        , pool(session) {}

    [[nodiscard]] ProjectLink link() { return {thread, generation}; }
    [[nodiscard]] std::filesystem::path projectFolder() const;
    [[nodiscard]] std::filesystem::path modelsFolder() const; ///< PROJECT.models beside the file
    [[nodiscard]] std::filesystem::path
    modelFolder() const; ///< the accepted one, else the shipped one
    [[nodiscard]] DocumentsSink documentsSink();
    /// False when another project was opened since `generation`.
    [[nodiscard]] bool isCurrent(std::uint64_t at) const { return open && at == generation; }

    void apply(ProjectSnapshot next);
    /// Runs on the project thread, then snapshot, signals, then() and a fresh disk follow on the UI
    /// thread.
    void write(
        std::function<std::vector<std::int64_t>(Project&)> change,
        std::function<void()> then = [] {});
    void openWith(const QString& file, std::function<std::unique_ptr<Project>()> opener,
                  Reply afterwards);
    void opened(const QString& file, ProjectSnapshot first);

    void startModel();
    void startSpace();
    void startDisks(bool fresh);
    void startImport(const QString& source, const QString& format);
    void publish(DiskData disk);
    void judge(CategoryKind kind);
    using Begun = std::shared_ptr<std::atomic<bool>>;
    void endLayout(std::uint64_t at, CategoryKind kind, const Begun& which, bool placed);
    void dropWaitingLayouts();
    void adoptSpace(std::shared_ptr<const CategorySpace> next);
    void removeCandidate();

    Session* self;
    std::shared_ptr<SpaceSlot> slot = std::make_shared<SpaceSlot>();
    ProjectThread thread;
    WorkPool pool;
    QTimer diskTimer; ///< gathers edits before the disk is drawn again

    bool open = false;
    std::uint64_t generation = 0;
    QString path;
    ProjectSnapshot snapshot;
    Selection selection;

    QString shippedModel;
    bool extractWhenReady = false;
    std::shared_ptr<const Engine> engine;
    std::map<std::filesystem::path, std::shared_ptr<const Engine>> engines; ///< for quick rollback
    std::shared_ptr<const CategorySpace> space;
    std::map<CategoryKind, std::shared_ptr<const DiskData>> disks;
    std::map<CategoryKind, std::shared_ptr<const DiskQuality>> qualities;
    std::map<CategoryKind, Begun> laying; ///< asked for and not ended
    std::optional<Category> newcomer;     ///< added, its claims not reported yet
    std::optional<RetrainReport> candidate;
};

} // namespace hmgrl
