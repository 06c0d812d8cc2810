#include "bridge/Plural.h"
#include "document/DocumentView.h"
#include "explore/DiskPane.h"
#include "extraction/Engine.h"
#include "review/QueuePanel.h"
#include "studio/AboutDialog.h"
#include "studio/FileCommands.h"
#include "studio/MainWindow.h"
#include "studio/PanelDock.h"
#include "studio/ShortcutSheet.h"
#include "taxonomy/CategoryPanel.h"

#include <QDialog>
#include <QFileInfo>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QToolBar>
#include <QToolButton>
#include <algorithm>

// Menus, tool bar and what their actions do.
namespace hmgrl::studio {

void MainWindow::makeMenus() {
    QMenu* file = menuBar()->addMenu(tr("&File"));
    file->addActions({m_actions.newProject, m_actions.openProject});
    QMenu* recent = file->addMenu(m_theme.icon(QStringLiteral("clock")), tr("Open &recent"));
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { fillRecentMenu(recent); });
    file->addSeparator();
    file->addActions({m_actions.importFile, m_actions.importFolder, m_actions.importUrl});
    file->addSeparator();
    file->addActions({m_actions.exportJsonl, m_actions.exportDisk, m_actions.exportEmbeddings});
    file->addSeparator();
    file->addAction(m_actions.quit);
    QMenu* edit = menuBar()->addMenu(tr("&Edit"));
    edit->addActions({m_actions.undo, m_actions.redo});
    edit->addSeparator();
    edit->addAction(m_actions.find);
    edit->addSeparator();
    edit->addAction(m_actions.removeDocuments);
    QMenu* review = menuBar()->addMenu(tr("&Review"));
    review->addActions({m_actions.previousDocument, m_actions.nextDocument});
    review->addSeparator();
    review->addActions({m_actions.acceptAndNext, m_actions.acceptAll, m_actions.remove,
                        m_actions.retype, m_actions.relation});
    review->addSeparator();
    review->addAction(m_actions.newCategory);
    makeModelAndViewMenus();
}

void MainWindow::makeModelAndViewMenus() {
    QMenu* model = menuBar()->addMenu(tr("&Model"));
    model->addActions({m_actions.extract, m_actions.retrain});
    model->addSeparator();
    model->addAction(m_actions.cancel);
    QMenu* view = menuBar()->addMenu(tr("&View"));
    for (QDockWidget* dock : findChildren<PanelDock*>(QString(), Qt::FindDirectChildrenOnly))
        view->addAction(dock->toggleViewAction());
    view->addSeparator();
    view->addActions({m_actions.showEntities, m_actions.showRelations, m_actions.diskHome});
    view->addSeparator();
    view->addActions({m_actions.dark, m_actions.resetLayout});
    QMenu* help = menuBar()->addMenu(tr("&Help"));
    help->addActions({m_actions.shortcuts, m_actions.about});
}

void MainWindow::fillRecentMenu(QMenu* menu) {
    menu->clear();
    for (const QString& path : m_settings.recentProjects()) {
        QAction* action = menu->addAction(QFileInfo(path).completeBaseName());
        action->setToolTip(path);
        connect(action, &QAction::triggered, this, [this, path] { m_session.openProject(path); });
    }
    if (menu->isEmpty())
        menu->addAction(tr("none yet"))->setEnabled(false);
}

void MainWindow::makeToolBar() {
    QToolBar* bar = addToolBar(tr("Tools"));
    bar->setObjectName(QStringLiteral("tools"));
    bar->setMovable(false);
    bar->setIconSize({18, 18});
    bar->setContextMenuPolicy(Qt::PreventContextMenu);
    bar->addActions({m_actions.openProject, m_actions.importFile});
    bar->addSeparator();
    bar->addActions({m_actions.undo, m_actions.redo});
    bar->addSeparator();
    bar->addActions({m_actions.previousDocument, m_actions.nextDocument, m_actions.acceptAndNext,
                     m_actions.acceptAll});
    bar->addSeparator();
    bar->addActions({m_actions.relation, m_actions.newCategory});
    bar->addSeparator();
    bar->addActions({m_actions.extract, m_actions.retrain, m_actions.cancel});
    for (QAction* named : {m_actions.newCategory, m_actions.extract, m_actions.retrain})
        qobject_cast<QToolButton*>(bar->widgetForAction(named))
            ->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    auto* space = new QWidget(bar);
    space->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    bar->addWidget(space);
    bar->addActions({m_actions.exportDisk, m_actions.dark, m_actions.shortcuts});
}

void MainWindow::connectActions() {
    const auto on = [this](QAction* action, auto* receiver, auto slot) {
        connect(action, &QAction::triggered, receiver, slot);
    };
    on(m_actions.newProject, m_files, &FileCommands::newProject);
    on(m_actions.openProject, m_files, &FileCommands::openProject);
    on(m_actions.importFile, m_files, &FileCommands::importFile);
    on(m_actions.importFolder, m_files, &FileCommands::importFolder);
    on(m_actions.importUrl, m_files, &FileCommands::importUrl);
    on(m_actions.exportJsonl, m_files, &FileCommands::exportJsonl);
    on(m_actions.exportDisk, this,
       [this] { m_files->exportDisk(m_disk->disk(), m_theme.isDark()); });
    on(m_actions.exportEmbeddings, this, [this] { m_files->exportEmbeddings(m_disk->kind()); });
    on(m_actions.quit, this, &QWidget::close);
    on(m_actions.undo, &m_session, &Session::undo);
    on(m_actions.redo, &m_session, &Session::redo);
    on(m_actions.find, m_queue, &QueuePanel::focusSearch);
    on(m_actions.removeDocuments, m_queue, &QueuePanel::removeChosen);
    m_queue->list()->addAction(m_actions.removeDocuments);
    m_queue->list()->setContextMenuPolicy(Qt::ActionsContextMenu);
    on(m_actions.extract, &m_session, &Session::extract);
    on(m_actions.retrain, this, &MainWindow::showRetraining);
    on(m_actions.cancel, &m_session, &Session::cancelWork);
    on(m_actions.diskHome, &m_disk->disk(), &DiskWidget::goHome);
    on(m_actions.showEntities, this, [this] { m_disk->setKind(CategoryKind::Entity); });
    on(m_actions.showRelations, this, [this] { m_disk->setKind(CategoryKind::Relation); });
    on(m_actions.resetLayout, this, &MainWindow::resetLayout);
    m_actions.dark->setChecked(m_theme.isDark()); // before it is heard: not the user's choice
    connect(m_actions.dark, &QAction::toggled, this, [this](bool dark) {
        m_theme.setMode(dark ? Theme::Mode::Dark : Theme::Mode::Light);
        m_settings.setDark(dark);
    });
    on(m_actions.shortcuts, this,
       [this] { openDialog(new ShortcutSheet(m_actions, m_theme, this)); });
    on(m_actions.about, this, [this] { openDialog(new AboutDialog(m_theme, this)); });
    connectReviewActions();
}

void MainWindow::connectReviewActions() {
    const auto on = [this](QAction* action, auto* receiver, auto slot) {
        connect(action, &QAction::triggered, receiver, slot);
    };
    on(m_actions.nextDocument, m_queue, &QueuePanel::selectNext);
    on(m_actions.previousDocument, m_queue, &QueuePanel::selectPrevious);
    on(m_actions.acceptAndNext, m_document, &DocumentView::acceptSelected);
    on(m_actions.acceptAll, this, &MainWindow::acceptAllAndNext);
    on(m_actions.remove, m_document, &DocumentView::removeSelected);
    on(m_actions.retype, m_document, &DocumentView::retypeSelected);
    on(m_actions.relation, m_document, &DocumentView::startRelation);
    on(m_actions.newCategory, m_categories, [this] { m_categories->newCategory(m_disk->kind()); });
    // These keys are the document's own while it has the focus, with more meanings than the menu's;
    // the action shows them and doesn't take them away.
    for (QAction* action : {m_actions.acceptAndNext, m_actions.remove, m_actions.retype,
                            m_actions.relation, m_actions.diskHome})
        action->setShortcutContext(Qt::WidgetShortcut);
}

void MainWindow::openDialog(QDialog* dialog) {
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->open();
}

void MainWindow::updateActions() {
    const bool open = m_session.isOpen();
    const bool document = open && m_session.selection().document >= 0;
    const bool model = open && m_session.engine() != nullptr;
    for (QAction* action : {m_actions.importFile, m_actions.importFolder, m_actions.importUrl,
                            m_actions.exportJsonl, m_actions.find, m_actions.newCategory})
        action->setEnabled(open);
    for (QAction* action :
         {m_actions.nextDocument, m_actions.previousDocument, m_actions.acceptAndNext,
          m_actions.acceptAll, m_actions.remove, m_actions.retype, m_actions.relation})
        action->setEnabled(document);
    const auto chosen = static_cast<qsizetype>(m_queue->chosen().size());
    m_actions.removeDocuments->setEnabled(chosen > 0);
    m_actions.removeDocuments->setText(
        plural(std::max<qsizetype>(chosen, 1), tr("Re&move document"), tr("Re&move %1 documents")));
    m_actions.extract->setEnabled(model);
    m_actions.retrain->setEnabled(model);
    m_actions.cancel->setEnabled(m_session.isBusy());
    const auto disk = m_session.diskData(m_disk->kind());
    for (QAction* action : {m_actions.exportDisk, m_actions.exportEmbeddings})
        action->setEnabled(disk && disk->isPlaced());
    m_actions.undo->setEnabled(!m_session.undoLabel().isEmpty());
    m_actions.redo->setEnabled(!m_session.redoLabel().isEmpty());
    m_actions.undo->setText(tr("&Undo %1").arg(m_session.undoLabel()).trimmed());
    m_actions.redo->setText(tr("&Redo %1").arg(m_session.redoLabel()).trimmed());
    m_actions.showEntities->setChecked(m_disk->kind() == CategoryKind::Entity);
    m_actions.showRelations->setChecked(m_disk->kind() == CategoryKind::Relation);
}

} // namespace hmgrl::studio
