#pragma once

#include "extraction/Retrainer.h"

#include <QObject>
#include <QTimer>

namespace hmgrl {

class RetrainView;
class Session;

/// Keeps a RetrainView in step with a session: counts the accepted labels, starts, follows and
/// cancels a retraining, accepts or discards its candidate.
class RetrainController : public QObject {
    Q_OBJECT
public:
    /// Both must outlive the controller.
    RetrainController(Session& session, RetrainView& view, QObject* parent = nullptr);

Q_SIGNALS:
    /// The report is there and waits for a decision: the panel should be shown.
    void decisionNeeded();

private:
    void connectSession();
    void connectView();
    void updateReady();
    void countLabels();
    void finish(const RetrainReport& report);
    void end(bool cancelled);

    Session& m_session;
    RetrainView& m_view;
    QTimer m_count; ///< one count for a burst of changes
};

} // namespace hmgrl
