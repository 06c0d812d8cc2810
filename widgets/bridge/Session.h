#pragma once

#include "extraction/CategorySpace.h"
#include "extraction/Retrainer.h"
#include "interchange/Importer.h"
#include "project/Project.h"
#include "support/Cancel.h"
#include "support/Progress.h"
#include "workflow/DiskData.h"

#include <QObject>
#include <QString>
#include <functional>
#include <map>
#include <memory>
#include <type_traits>
#include <utility>
#include <vector>

namespace hmgrl {

class Engine;
class ProjectLink;

/// What is selected, shared by every view: one document, and in it at most one mention or relation.
struct Selection {
    std::int64_t document = -1;
    CategoryKind kind = CategoryKind::Entity;
    std::int64_t sample = -1; ///< mention or relation row, -1: only the document
    friend bool operator==(const Selection&, const Selection&) = default;
};

/// The state of one open project as the widgets see it: lives on the UI thread and never blocks it.
/// The project file is used by one worker thread of the session only (jobs run in order);
/// extraction, layout and retraining run on further threads. Every change comes back as a signal.
class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override; ///< cancels what runs and waits for the worker to close the file

    // Project.
    void openProject(const QString& path); ///< creates nothing; projectOpened or failed follows
    void createProject(const QString& path, const QString& importSource = {});
    void importInto(const QString& source, const QString& format = {});
    void closeProject();
    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] QString projectPath() const;

    /// Runs job(Project&) on the project thread, then then(result) on the UI thread if `context` is
    /// still alive. Exceptions become failed().
    template <typename Job, typename Then>
    void run(QObject* context, Job job, Then then);

    // Snapshots, always current as of the last signal; cheap to read.
    [[nodiscard]] const std::vector<Category>& categories() const;
    [[nodiscard]] const Category* category(CategoryKind kind, const std::string& name) const;
    [[nodiscard]] std::shared_ptr<const CategorySpace>
    space() const;                                              ///< null until the model is ready
    [[nodiscard]] std::shared_ptr<const Engine> engine() const; ///< null until loaded

    // Edits: queued, applied in order, one undoable step each; documentsChanged, categoriesChanged
    // and historyChanged follow as they apply. `touched`: the documents that change; empty means
    // any may.
    void edit(const QString& label, std::function<void(Editor&)> change,
              std::vector<std::int64_t> touched = {});
    /// The same with the label that `change` returns, on the project thread; then() follows on the
    /// UI thread once it has applied.
    void edit(std::function<QString(Editor&)> change, std::vector<std::int64_t> touched,
              std::function<void()> then);
    void undo();
    void redo();
    [[nodiscard]] QString undoLabel() const; ///< empty: nothing to undo
    [[nodiscard]] QString redoLabel() const;

    // Selection.
    [[nodiscard]] Selection selection() const;
    void select(const Selection& selection);

    // Model.
    void
    loadModel(const QString& folder); ///< the project's accepted checkpoint, else the shipped one
    void extract();                   ///< documents without predictions of the current model
    void addCategory(const Category& category); ///< edit + prototype + re-scoring + claims
    void retrain(const RetrainOptions& options);
    void acceptCandidate();  ///< the retrained checkpoint becomes the project's model
    void discardCandidate(); ///< removes its folder
    void cancelWork();       ///< whatever long work runs
    void cancelLayout();     ///< the layout alone
    [[nodiscard]] bool isBusy() const;

    /// The disk of one kind: samples with stored coordinates, prototypes, tree edges; null before
    /// the first layout. See DiskData.h.
    using DiskData = hmgrl::DiskData;
    [[nodiscard]] std::shared_ptr<const DiskData> diskData(CategoryKind kind) const;
    /// How faithful that disk is; null until it was judged, which follows each new layout.
    [[nodiscard]] std::shared_ptr<const DiskQuality> diskQuality(CategoryKind kind) const;
    /// Lays the disk of one kind out anew (work "layout"): layoutPicture() shows it improve, then
    /// diskChanged() and diskQualityChanged() follow. cancelLayout() and cancelWork() keep the
    /// best so far.
    /// False, and nothing follows, without a project or before the model is ready; else
    /// layoutFinished() comes in the end.
    bool lay(CategoryKind kind, const LayoutOptions& options);

    /// Runs a long work over the open project on a thread of its own, with progress and
    /// cancelWork(). then() follows on the UI thread while `context` lives and the project is open;
    /// exceptions become failed(). A second work of this name waits; among those that wait, a later
    /// one replaces an earlier one of the same purpose.
    using LongJob =
        std::function<void(const ProjectLink&, const CancelToken&, const ProgressSink&)>;
    void work(const QString& name, const QString& purpose, QObject* context, LongJob job,
              std::function<void()> then);

Q_SIGNALS:
    void projectOpened();
    void projectClosed();
    void documentsChanged(const std::vector<std::int64_t>& ids); ///< empty: all of them
    void categoriesChanged();
    void historyChanged();
    void selectionChanged(const hmgrl::Selection& selection);
    void modelReady();
    void diskChanged(hmgrl::CategoryKind kind);
    /// Of a layout that runs; places of all rows of the scene. Pictures that come faster than
    /// they are shown are left out.
    void layoutPicture(hmgrl::CategoryKind kind,
                       const std::shared_ptr<const hmgrl::LayoutPicture>& picture);
    /// The end of a lay(): `placed` false when it failed or was cancelled before its first picture.
    /// Closing the project ends it without this.
    void layoutFinished(hmgrl::CategoryKind kind, bool placed);
    void diskQualityChanged(hmgrl::CategoryKind kind);
    void saved();
    /// name: "import", "extract", "layout", "quality.entity", "quality.relation", "categories",
    /// "retrain", "model", "export"; total 0: unknown.
    void workStarted(const QString& name);
    void workProgress(const QString& name, const QString& stage, double done, double total);
    void workValues(const QString& name, const std::map<std::string, double>& values);
    void workFinished(const QString& name, bool cancelled);
    void claimsFound(const hmgrl::Category& category, const std::vector<hmgrl::SampleRow>& claims);
    void retrainFinished(const hmgrl::RetrainReport& report);
    void issuesFound(const QString& title, const std::vector<hmgrl::Issue>& issues);
    void failed(const QString& message);
    void
    told(const QString& message); ///< what became of an edit, where it isn't all that was asked

private:
    struct State;
    using Reply = std::function<void()>;
    /// Queues `job` for the project thread; the reply it returns runs on the UI thread while
    /// `context` lives.
    void post(QObject* context, std::function<Reply(Project&)> job);

    std::unique_ptr<State> m_state;
};

template <typename Job, typename Then>
void Session::run(QObject* context, Job job, Then then) {
    using Result = std::invoke_result_t<Job&, Project&>;
    post(context,
         [job = std::move(job), then = std::move(then)](Project& project) mutable -> Reply {
             if constexpr (std::is_void_v<Result>) {
                 job(project);
                 return [then] { then(); };
             } else {
                 auto result = std::make_shared<Result>(job(project));
                 return [then, result] { then(std::move(*result)); };
             }
         });
}

} // namespace hmgrl
