#include "training/RetrainController.h"

#include "bridge/Session.h"
#include "training/RetrainView.h"

#include <map>

namespace hmgrl {
namespace {

constexpr int countDelay = 400; // milliseconds

using Counts = std::map<std::pair<CategoryKind, std::string>, int>;

Counts acceptedLabels(Project& project) {
    Counts counts;
    for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation})
        for (const SampleRow& row : project.samples(kind))
            if (row.status == Status::Accepted && !row.type.empty())
                ++counts[{kind, row.type}];
    return counts;
}

bool isRetraining(const QString& work) {
    return work == QLatin1String("retrain");
}

} // namespace

RetrainController::RetrainController(Session& session, RetrainView& view, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_view(view) {
    m_count.setSingleShot(true);
    m_count.setInterval(countDelay);
    connect(&m_count, &QTimer::timeout, this, &RetrainController::countLabels);
    connectSession();
    connectView();
    updateReady();
    m_count.start();
}

void RetrainController::connectSession() {
    const auto recount = [this] { m_count.start(); };
    connect(&m_session, &Session::documentsChanged, this, recount);
    connect(&m_session, &Session::categoriesChanged, this, recount);
    connect(&m_session, &Session::projectOpened, this, recount);
    for (const auto signal :
         {&Session::projectOpened, &Session::projectClosed, &Session::modelReady})
        connect(&m_session, signal, this, &RetrainController::updateReady);
    connect(&m_session, &Session::projectClosed, this, [this] {
        m_view.setLabels({});
        m_view.end({});
    });
    connect(&m_session, &Session::workStarted, this, [this](const QString& work) {
        if (isRetraining(work))
            m_view.begin();
    });
    connect(&m_session, &Session::workProgress, this,
            [this](const QString& work, const QString& stage, double done, double total) {
                if (isRetraining(work))
                    m_view.setProgress(stage, done, total);
            });
    connect(&m_session, &Session::workValues, this,
            [this](const QString& work, const std::map<std::string, double>& values) {
                if (isRetraining(work))
                    m_view.addValues(values);
            });
    connect(&m_session, &Session::workFinished, this, [this](const QString& work, bool cancelled) {
        if (isRetraining(work))
            end(cancelled);
    });
    connect(&m_session, &Session::retrainFinished, this, &RetrainController::finish);
}

void RetrainController::connectView() {
    connect(&m_view, &RetrainView::startRequested, &m_session, &Session::retrain);
    connect(&m_view, &RetrainView::cancelRequested, &m_session, &Session::cancelWork);
    connect(&m_view, &RetrainView::acceptRequested, this, [this] {
        m_session.acceptCandidate();
        m_view.end(tr("Accepted: the project uses the new model. Undo takes it back."));
    });
    connect(&m_view, &RetrainView::discardRequested, this, [this] {
        m_session.discardCandidate();
        m_view.end(tr("Discarded: the model is as it was."));
    });
}

void RetrainController::updateReady() {
    if (!m_session.isOpen())
        m_view.setReady(false, tr("Open a project first."));
    else
        m_view.setReady(m_session.engine() != nullptr, tr("The model is being loaded."));
}

void RetrainController::countLabels() {
    if (!m_session.isOpen())
        return;
    m_session.run(this, acceptedLabels, [this](const Counts& counts) {
        std::vector<LabelCount> labels;
        for (const auto& [key, count] : counts) {
            const Category* category = m_session.category(key.first, key.second);
            labels.push_back({key.first, key.second, category && category->seen, count});
        }
        m_view.setLabels(labels);
    });
}

void RetrainController::finish(const RetrainReport& report) {
    m_view.finish(report, [this](CategoryKind kind, const std::string& name) {
        const Category* category = m_session.category(kind, name);
        return category ? category->colour : 0x808080U;
    });
    Q_EMIT decisionNeeded();
}

/// The report and the end of the work may come in either order: an end without a report is a
/// cancelled or failed run.
void RetrainController::end(bool cancelled) {
    QTimer::singleShot(0, this, [this, cancelled] {
        if (m_view.phase() == RetrainView::Phase::Finished)
            return;
        m_view.end(cancelled ? tr("Cancelled: the model is as it was.")
                             : tr("The training ended without a result: see the messages."));
    });
}

} // namespace hmgrl
