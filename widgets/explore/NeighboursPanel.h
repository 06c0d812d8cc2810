#pragma once

#include "bridge/Session.h"
#include "explore/Neighbourhood.h"

#include <QPointer>
#include <QTimer>
#include <QWidget>
#include <memory>

class QLabel;
class QSpinBox;
class QStackedLayout;

namespace hmgrl {

class DiskPane;
class DistanceHistogram;
class EmptyState;
class RowList;
class Theme;

/// The exact neighbours of the selected, else the hovered point: a list to jump from, the
/// distances to all samples, and links on the disk while the panel is seen.
class NeighboursPanel : public QWidget {
    Q_OBJECT
public:
    /// Session and theme must outlive the panel.
    NeighboursPanel(Session& session, DiskPane& pane, const Theme& theme,
                    QWidget* parent = nullptr);

    /// What is shown; row -1: nothing.
    [[nodiscard]] const Neighbourhood& shown() const { return m_shown; }
    [[nodiscard]] const RowList& list() const { return *m_list; }
    /// False while the panel is behind another tab: Qt counts it as visible there.
    void setSeen(bool seen);

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    QWidget* makePage();
    void refresh();
    void search(int row);
    void present(std::shared_ptr<const DiskData> disk, Neighbourhood around);
    void describe(const DiskData& disk);
    void showNothing();

    Session& m_session;
    QPointer<DiskPane> m_pane; ///< a window that closes may hide this panel after the pane is gone
    const Theme& m_theme;
    QTimer m_soon; ///< gathers hovers
    int m_request = 0;
    bool m_isSeen = true;
    Neighbourhood m_shown;
    QStackedLayout* m_stack;
    EmptyState* m_empty;
    QLabel* m_title = nullptr;
    QLabel* m_type = nullptr;
    QSpinBox* m_count = nullptr;
    RowList* m_list = nullptr;
    DistanceHistogram* m_histogram = nullptr;
};

} // namespace hmgrl
