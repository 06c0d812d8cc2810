#pragma once

#include "bridge/Session.h"
#include "theme/Theme.h"

#include <QWidget>
#include <map>

class QLabel;
class QProgressBar;
class QToolButton;

namespace hmgrl::studio {

/// The status bar's right part: the work that runs with its progress and a cancel button, when the
/// project was last saved, and the model's name.
class WorkStatus : public QWidget {
    Q_OBJECT
public:
    WorkStatus(Session& session, const Theme& theme, QWidget* parent = nullptr);

private:
    void connectSession();
    void showProgress(const QString& name, const QString& stage, double done, double total);
    void finish(const QString& name);
    void showModel();

    Session& m_session;
    QLabel* m_stage;
    QProgressBar* m_bar;
    QToolButton* m_cancel;
    QLabel* m_saved;
    QLabel* m_model;
    QStringList m_running;
};

} // namespace hmgrl::studio
