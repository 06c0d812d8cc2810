#pragma once

#include "bridge/Session.h"
#include "models/ThumbnailStore.h"
#include "studio/Actions.h"
#include "studio/Settings.h"
#include "theme/Theme.h"

#include <QMainWindow>

class QDialog;
class QMenu;
class QSplitter;

namespace hmgrl {
class CategoryPanel;
class ClaimsPanel;
class DiskPane;
class DocumentController;
class DocumentView;
class InspectorView;
class LayoutPanel;
class LogPanel;
class NeighboursPanel;
class QueuePanel;
class RetrainController;
class RetrainView;
} // namespace hmgrl

namespace hmgrl::studio {

class FileCommands;
class NoticeBar;
class PanelDock;

/// The window: puts the panels in their places and wires them to the session. A list of named
/// steps; what the panels do is theirs.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    /// All must outlive the window.
    MainWindow(Session& session, Theme& theme, Settings& settings, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// `remembered`: as the user left it, else the layout of the first start.
    void arrange(bool remembered);
    [[nodiscard]] QueuePanel& queue() { return *m_queue; }
    [[nodiscard]] DiskPane& diskPane() { return *m_disk; }

protected:
    void closeEvent(QCloseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    // Steps of the constructor, in order.
    void makePanels();
    void makeCentre();
    void makeDocks();
    void makeMenus();
    void makeToolBar();
    void makeStatusBar();
    void connectActions();
    void connectPanels();
    void connectSession();

    void makeModelAndViewMenus();
    void fillRecentMenu(QMenu* menu);
    void connectReviewActions();
    void updateActions();
    void tell(const QString& message); ///< in the status bar, for a while
    void updateTitle();
    void acceptAllAndNext();
    void markReviewedAndNext(std::int64_t document);
    void showClaims(const Category& category, const std::vector<SampleRow>& claims);
    void showRetraining();
    void bringUp(PanelDock* dock);
    void resetLayout();
    void openDialog(QDialog* dialog);

    Session& m_session;
    Theme& m_theme;
    Settings& m_settings;
    Actions m_actions;
    ThumbnailStore m_thumbnails;
    FileCommands* m_files;

    QueuePanel* m_queue = nullptr;
    DocumentView* m_document = nullptr;
    DocumentController* m_controller = nullptr;
    DiskPane* m_disk = nullptr;
    CategoryPanel* m_categories = nullptr;
    ClaimsPanel* m_claims = nullptr;
    InspectorView* m_inspector = nullptr;
    NeighboursPanel* m_neighbours = nullptr;
    LayoutPanel* m_layout = nullptr;
    RetrainView* m_retrain = nullptr;
    RetrainController* m_retrainer = nullptr;
    LogPanel* m_log = nullptr;
    NoticeBar* m_notice = nullptr;
    QSplitter* m_centre = nullptr;
    PanelDock *m_queueDock = nullptr, *m_categoriesDock = nullptr, *m_claimsDock = nullptr,
              *m_inspectorDock = nullptr, *m_neighboursDock = nullptr, *m_layoutDock = nullptr,
              *m_retrainDock = nullptr, *m_logDock = nullptr;
    QByteArray m_firstLayout;
};

} // namespace hmgrl::studio
