#pragma once

#include "models/ClaimsModel.h"
#include "theme/Theme.h"

#include <QWidget>

class QLabel;
class QListView;
class QPushButton;

namespace hmgrl {

/// What a new category would claim: a list whose items open their document, accepted in bulk in one
/// undoable step.
class ClaimsPanel : public QWidget {
    Q_OBJECT
public:
    ClaimsPanel(Session& session, const Theme& theme, QWidget* parent = nullptr);

    [[nodiscard]] ClaimsModel& model() { return *m_model; }

Q_SIGNALS:
    void closeRequested();

private:
    void makeList();
    QLayout* makeButtons();
    void updateTexts();

    Session& m_session;
    const Theme& m_theme;
    ClaimsModel* m_model;
    QLabel* m_title;
    QLabel* m_explanation;
    QListView* m_list = nullptr;
    QPushButton* m_accept = nullptr;
    QPushButton* m_all = nullptr;
};

} // namespace hmgrl
