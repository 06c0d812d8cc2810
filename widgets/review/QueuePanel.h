#pragma once

#include "models/DocumentListModel.h"
#include "theme/Theme.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QLineEdit;
class QListView;
class QStackedLayout;
class QTimer;
class QToolButton;

namespace hmgrl {

class EmptyState;

/// The queue of documents: search, filters, order, and the list. Its current row is the session's
/// selected document, both ways; more rows can be chosen beside it, to be removed together.
class QueuePanel : public QWidget {
    Q_OBJECT
public:
    QueuePanel(Session& session, ThumbnailStore& thumbnails, const Theme& theme,
               QWidget* parent = nullptr);

    [[nodiscard]] DocumentListModel& model() { return *m_model; }
    [[nodiscard]] QListView* list() const { return m_list; }
    void focusSearch();
    void setCategoryFilter(const std::string& category); ///< empty: any
    void selectNext() { step(1); }
    void selectPrevious() { step(-1); }
    /// The next one that isn't reviewed, from the current one on and around; next when all are.
    void selectNextToReview();
    [[nodiscard]] std::vector<std::int64_t> chosen() const; ///< documents, in the list's order
    /// In one undoable step; what is shown then is the next document that stays.
    void removeChosen();

Q_SIGNALS:
    void chosenChanged();
    void importRequested();

private:
    QWidget* makeHeader();
    QWidget* makeFilterChip();
    QWidget* makeList();
    void connectSession();
    void applyQuery();
    void step(int by);
    void selectRow(int row);
    void followSelection(const Selection& selection);
    void onLoaded();
    void updateEmptyState();
    void updateFooter();
    [[nodiscard]] std::vector<int> chosenRows() const;

    Session& m_session;
    const Theme& m_theme;
    DocumentListModel* m_model;
    QTimer* m_debounce;
    QLineEdit* m_search = nullptr;
    QComboBox* m_status = nullptr;
    QComboBox* m_order = nullptr;
    QToolButton* m_chip = nullptr;
    std::string m_category;
    QListView* m_list = nullptr;
    QLabel* m_footer = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
};

} // namespace hmgrl
