#pragma once

#include "bridge/Session.h"
#include "disk/DiskWidget.h"
#include "explore/DiskColouring.h"
#include "models/DocumentListModel.h"
#include "theme/Theme.h"

#include <QVariantMap>
#include <QWidget>

class QStackedLayout;

namespace hmgrl {

class DiskHeader;
class EmptyState;
class SelectionReview;

/// The disk of the open project: which kind it shows, what its colours and sizes say, the card and
/// the links of the hovered point, the selection both ways, and the queue's filter as greyed
/// points.
class DiskPane : public QWidget {
    Q_OBJECT
public:
    DiskPane(Session& session, DocumentListModel& queue, const Theme& theme,
             QWidget* parent = nullptr);

    [[nodiscard]] DiskWidget& disk() { return *m_disk; }
    [[nodiscard]] CategoryKind kind() const { return m_kind; }
    void setKind(CategoryKind kind);
    /// What is shown; null or not placed: nothing.
    [[nodiscard]] const std::shared_ptr<const DiskData>& data() const { return m_data; }

    /// The only selected row, else the hovered one, else -1.
    [[nodiscard]] int focusRow() const;
    /// Links from the focus row to its neighbours; links of a hovered sample go before them.
    void setNeighbourLinks(std::vector<DiskLink> links);

    /// What the user chose, to be remembered.
    [[nodiscard]] QVariantMap choices() const;
    void restoreChoices(const QVariantMap& choices);

Q_SIGNALS:
    void kindChanged(hmgrl::CategoryKind kind);
    void extractRequested();
    void categoryActivated(hmgrl::CategoryKind kind, const std::string& name); ///< a prototype
    void dataChanged();
    void focusRowChanged(int row);

private:
    void makeLayout();
    void connectHeader();
    void connectDisk();
    void connectSession(DocumentListModel& queue);
    void showDisk();
    void showCounts();
    void showRelations();
    void showPicture(CategoryKind kind, const std::shared_ptr<const LayoutPicture>& picture);
    void updateEmptyState();
    void updateOverlay();
    void updateFocusRow();
    void followSelection(const Selection& selection);
    void reveal(const Selection& selection);
    void activate(int row);
    void activateArc(int arc);
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
    int m_focusRow = -1;
    std::vector<DiskLink> m_neighbourLinks;
    DiskHeader* m_header;
    DiskWidget* m_disk;
    SelectionReview* m_review;
    EmptyState* m_empty;
    QStackedLayout* m_stack = nullptr;
};

} // namespace hmgrl
