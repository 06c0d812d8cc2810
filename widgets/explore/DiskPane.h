#pragma once

#include "bridge/Session.h"
#include "disk/DiskWidget.h"
#include "explore/DiskColouring.h"
#include "models/DocumentListModel.h"
#include "theme/Theme.h"

#include <QWidget>

class QComboBox;
class QLabel;
class QStackedLayout;
class QToolButton;

namespace hmgrl {

class EmptyState;

/// The disk of the open project: which kind it shows, what its colours say, the card under the
/// mouse, the selection both ways, and the queue's filter as greyed points.
class DiskPane : public QWidget {
    Q_OBJECT
public:
    DiskPane(Session& session, DocumentListModel& queue, const Theme& theme,
             QWidget* parent = nullptr);

    [[nodiscard]] DiskWidget& disk() { return *m_disk; }
    [[nodiscard]] CategoryKind kind() const { return m_kind; }
    void setKind(CategoryKind kind);

Q_SIGNALS:
    void kindChanged(hmgrl::CategoryKind kind);
    void extractRequested();
    void categoryActivated(hmgrl::CategoryKind kind, const std::string& name); ///< a prototype

private:
    QWidget* makeHeader();
    void connectDisk();
    void connectSession(DocumentListModel& queue);
    void showDisk();
    void showCounts();
    void updateEmptyState();
    void followSelection(const Selection& selection);
    void activate(int row);
    void answerHover(int row);
    void applyFilter(const DocumentListModel& queue);
    [[nodiscard]] std::vector<bool> matchingRows() const;
    void applyTheme();

    Session& m_session;
    const Theme& m_theme;
    CategoryKind m_kind = CategoryKind::Entity;
    std::shared_ptr<const DiskData> m_data;
    std::vector<std::int64_t> m_matching; ///< documents the queue finds, sorted
    bool m_filtered = false;
    bool m_selecting = false; ///< the disk itself is the origin of a selection
    DiskWidget* m_disk;
    QToolButton* m_entities = nullptr;
    QToolButton* m_relations = nullptr;
    QComboBox* m_colourBy = nullptr;
    QLabel* m_counts = nullptr;
    EmptyState* m_empty = nullptr;
    QStackedLayout* m_stack = nullptr;
};

} // namespace hmgrl
