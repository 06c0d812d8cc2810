#pragma once

#include "bridge/Session.h"
#include "models/LogModel.h"
#include "theme/Theme.h"

#include <QWidget>

class QStackedLayout;
class QTableView;

namespace hmgrl {

/// What happened in this session: works, bad inputs with their place, failures.
class LogPanel : public QWidget {
    Q_OBJECT
public:
    LogPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] LogModel& model() { return *m_model; }

Q_SIGNALS:
    void attentionWanted(); ///< a failure or bad input came in

private:
    void makeTable(const Theme& theme);
    QWidget* makeTools(const Theme& theme);
    void connectSession(Session& session);
    void copySelected();

    LogModel* m_model;
    QTableView* m_table = nullptr;
    QStackedLayout* m_stack = nullptr;
};

} // namespace hmgrl
