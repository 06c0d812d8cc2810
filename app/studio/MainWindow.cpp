#include "studio/MainWindow.h"

#include "bridge/Plural.h"
#include "document/DocumentController.h"
#include "document/DocumentView.h"
#include "explore/DiskPane.h"
#include "explore/LayoutPanel.h"
#include "explore/NeighboursPanel.h"
#include "extraction/Engine.h"
#include "inspector/InspectorController.h"
#include "inspector/InspectorView.h"
#include "metrics/LogPanel.h"
#include "review/QueuePanel.h"
#include "studio/FileCommands.h"
#include "studio/NoticeBar.h"
#include "studio/PanelDock.h"
#include "studio/WorkStatus.h"
#include "taxonomy/CategoryPanel.h"
#include "taxonomy/ClaimsPanel.h"
#include "training/RetrainController.h"
#include "training/RetrainView.h"

#include <QCloseEvent>
#include <QCoreApplication>
#include <QDesktopServices>
#include <QFileInfo>
#include <QKeyEvent>
#include <QListView>
#include <QSplitter>
#include <QStatusBar>
#include <QUrl>
#include <QVBoxLayout>

namespace hmgrl::studio {
namespace {

/// A panel of the centre: a card with a fine border.
QWidget* card(QWidget* content, QWidget* parent) {
    auto* frame = new QFrame(parent);
    frame->setProperty("role", "panel");
    auto* layout = new QVBoxLayout(frame);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(content);
    return frame;
}

} // namespace

MainWindow::MainWindow(Session& session, Theme& theme, Settings& settings, QWidget* parent)
    : QMainWindow(parent)
    , m_session(session)
    , m_theme(theme)
    , m_settings(settings)
    , m_actions(makeActions(this, theme))
    , m_thumbnails(session)
    , m_files(new FileCommands(session, settings, this)) {
    makePanels();
    makeCentre();
    makeDocks();
    makeMenus();
    makeToolBar();
    makeStatusBar();
    connectActions();
    connectPanels();
    connectSession();
    updateActions();
    updateTitle();
}

MainWindow::~MainWindow() = default;

void MainWindow::makePanels() {
    m_queue = new QueuePanel(m_session, m_thumbnails, m_theme, this);
    m_document = new DocumentView(m_theme, this);
    m_controller = new DocumentController(m_session, *m_document, this);
    m_disk = new DiskPane(m_session, m_queue->model(), m_theme, this);
    m_categories = new CategoryPanel(m_session, m_theme, this);
    m_claims = new ClaimsPanel(m_session, m_theme, this);
    m_inspector = new InspectorView(m_theme, this);
    new InspectorController(m_session, *m_inspector, this);
    m_neighbours = new NeighboursPanel(m_session, *m_disk, m_theme, this);
    m_layout = new LayoutPanel(m_session, *m_disk, m_theme, this);
    m_retrain = new RetrainView(m_theme, this);
    m_retrainer = new RetrainController(m_session, *m_retrain, this);
    m_log = new LogPanel(m_session, m_theme, this);
    m_notice = new NoticeBar(m_theme, this);
    m_queue->list()->installEventFilter(this);
}

void MainWindow::makeCentre() {
    m_centre = new QSplitter(Qt::Vertical, this);
    m_centre->setChildrenCollapsible(false);
    m_centre->addWidget(card(m_document, m_centre));
    m_centre->addWidget(card(m_disk, m_centre));
    m_centre->setStretchFactor(0, 2);
    m_centre->setStretchFactor(1, 3);
    auto* holder = new QWidget(this);
    auto* layout = new QVBoxLayout(holder);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(6);
    layout->addWidget(m_notice);
    layout->addWidget(m_centre, 1);
    setCentralWidget(holder);
}

void MainWindow::makeDocks() {
    setDockOptions(AnimatedDocks | AllowNestedDocks | AllowTabbedDocks);
    setTabPosition(Qt::AllDockWidgetAreas, QTabWidget::North);
    setDocumentMode(true);
    for (const auto& [corner, area] : {std::pair(Qt::BottomLeftCorner, Qt::LeftDockWidgetArea),
                                       std::pair(Qt::TopLeftCorner, Qt::LeftDockWidgetArea),
                                       std::pair(Qt::BottomRightCorner, Qt::RightDockWidgetArea),
                                       std::pair(Qt::TopRightCorner, Qt::RightDockWidgetArea)})
        setCorner(corner, area);
    const auto dock = [this](const char* name, const QString& title, QWidget* content,
                             Qt::DockWidgetArea area) {
        auto* made = new PanelDock(QString::fromLatin1(name), title, content, m_theme, this);
        addDockWidget(area, made);
        return made;
    };
    m_queueDock = dock("queue", tr("Documents"), m_queue, Qt::LeftDockWidgetArea);
    m_categoriesDock = dock("categories", tr("Categories"), m_categories, Qt::RightDockWidgetArea);
    m_claimsDock = dock("claims", tr("Claims"), m_claims, Qt::RightDockWidgetArea);
    m_inspectorDock = dock("inspector", tr("Inspector"), m_inspector, Qt::RightDockWidgetArea);
    m_neighboursDock = dock("neighbours", tr("Neighbours"), m_neighbours, Qt::RightDockWidgetArea);
    m_layoutDock = dock("layout", tr("Layout"), m_layout, Qt::RightDockWidgetArea);
    m_retrainDock = dock("retrain", tr("Retrain"), m_retrain, Qt::BottomDockWidgetArea);
    m_logDock = dock("log", tr("Log"), m_log, Qt::BottomDockWidgetArea);
    for (PanelDock* beside : {m_neighboursDock, m_layoutDock, m_claimsDock})
        tabifyDockWidget(m_inspectorDock, beside);
    m_inspectorDock->raise();
    tabifyDockWidget(m_retrainDock, m_logDock);
    m_retrainDock->raise();
    for (PanelDock* closed : {m_claimsDock, m_retrainDock, m_logDock})
        closed->hide();
}

void MainWindow::makeStatusBar() {
    statusBar()->setSizeGripEnabled(false);
    statusBar()->addPermanentWidget(new WorkStatus(m_session, m_theme, this));
}

void MainWindow::connectPanels() {
    connect(m_queue, &QueuePanel::importRequested, m_files, &FileCommands::importFile);
    connect(m_queue, &QueuePanel::chosenChanged, this, &MainWindow::updateActions);
    connect(m_categories, &CategoryPanel::showDocumentsRequested, m_queue,
            &QueuePanel::setCategoryFilter);
    connect(m_disk, &DiskPane::extractRequested, &m_session, &Session::extract);
    connect(m_disk, &DiskPane::categoryActivated, m_categories, &CategoryPanel::selectCategory);
    connect(m_disk, &DiskPane::kindChanged, this, &MainWindow::updateActions);
    m_neighbours->setSeen(false); // until its tab is on top
    connect(m_neighboursDock, &QDockWidget::visibilityChanged, m_neighbours,
            &NeighboursPanel::setSeen);
    connect(m_claims, &ClaimsPanel::closeRequested, m_claimsDock, &QDockWidget::close);
    connect(m_retrainer, &RetrainController::decisionNeeded, this, &MainWindow::showRetraining);
    connect(m_controller, &DocumentController::documentDone, this,
            &MainWindow::markReviewedAndNext);
    connect(m_controller, &DocumentController::linkActivated, this,
            [](const QString& url) { QDesktopServices::openUrl(QUrl(url)); });
    connect(m_notice, &NoticeBar::detailsRequested, this, [this] { bringUp(m_logDock); });
    connect(m_files, &FileCommands::told, this, &MainWindow::tell);
    connect(m_files, &FileCommands::failed, m_notice, &NoticeBar::show);
}

void MainWindow::connectSession() {
    connect(&m_session, &Session::failed, m_notice, &NoticeBar::show);
    connect(&m_session, &Session::told, this, &MainWindow::tell);
    // What a model has not read yet it reads without being asked.
    connect(&m_session, &Session::modelReady, &m_session, &Session::extract);
    connect(&m_session, &Session::claimsFound, this, &MainWindow::showClaims);
    connect(&m_session, &Session::projectOpened, this, [this] {
        m_notice->hide();
        m_settings.addRecentProject(m_session.projectPath());
        updateTitle();
    });
    connect(&m_session, &Session::projectClosed, this, &MainWindow::updateTitle);
    connect(&m_session, &Session::issuesFound, this,
            [this](const QString& title, const Issues& issues) {
                const QString count = plural(static_cast<qsizetype>(issues.size()),
                                             tr("one problem"), tr("%1 problems"));
                statusBar()->showMessage(tr("%1: %2, listed in the log").arg(title, count), 15000);
            });
    for (const auto signal : {&Session::projectOpened, &Session::projectClosed,
                              &Session::historyChanged, &Session::modelReady})
        connect(&m_session, signal, this, &MainWindow::updateActions);
    connect(&m_session, &Session::workStarted, this, &MainWindow::updateActions);
    connect(&m_session, &Session::workFinished, this, &MainWindow::updateActions);
    connect(&m_session, &Session::selectionChanged, this, &MainWindow::updateActions);
}

void MainWindow::tell(const QString& message) {
    statusBar()->showMessage(message, 8000);
}

void MainWindow::updateTitle() {
    const QString name = QFileInfo(m_session.projectPath()).completeBaseName();
    setWindowTitle(name.isEmpty() ? tr("HMGRL Studio") : tr("%1 — HMGRL Studio").arg(name));
}

void MainWindow::markReviewedAndNext(std::int64_t document) {
    m_session.edit(tr("Mark as reviewed"),
                   [document](Editor& editor) { editor.setReviewed(document, true); }, {document});
    m_queue->selectNextToReview();
}

void MainWindow::acceptAllAndNext() {
    const std::int64_t id = m_session.selection().document;
    if (id < 0)
        return;
    m_session.run(
        this, [id](Project& project) { return project.document(id); },
        [this, id](const Document& document) {
            m_session.edit(tr("Accept every suggestion"),
                           [document, id](Editor& editor) {
                               for (const Mention& mention : document.mentions)
                                   if (mention.status == Status::Suggested)
                                       editor.setMentionStatus(mention.id, Status::Accepted);
                               for (const Relation& relation : document.relations)
                                   if (relation.status == Status::Suggested)
                                       editor.setRelationStatus(relation.id, Status::Accepted);
                               editor.setReviewed(id, true);
                           },
                           {id});
            m_queue->selectNextToReview();
        });
}

void MainWindow::showClaims(const Category& category, const std::vector<SampleRow>& claims) {
    m_claims->model().setClaims(category, claims);
    m_disk->setKind(category.kind);
    m_categories->selectCategory(category.kind, category.name);
    bringUp(m_claimsDock);
}

void MainWindow::showRetraining() {
    bringUp(m_retrainDock);
}

void MainWindow::bringUp(PanelDock* dock) {
    dock->show();
    dock->raise();
    for (PanelDock* other : findChildren<PanelDock*>(QString(), Qt::FindDirectChildrenOnly))
        other->updateTitleBar();
}

void MainWindow::arrange(bool remembered) {
    resizeDocks({m_queueDock, m_categoriesDock}, {320, 310}, Qt::Horizontal);
    resizeDocks({m_categoriesDock, m_inspectorDock}, {500, 420}, Qt::Vertical);
    m_centre->setSizes({height() * 2 / 5, height() * 3 / 5});
    m_firstLayout = saveState();
    if (!remembered)
        return;
    m_disk->restoreChoices(m_settings.diskChoices());
    restoreGeometry(m_settings.geometry());
    restoreState(m_settings.layout());
    m_centre->restoreState(m_settings.splitter());
}

void MainWindow::resetLayout() {
    restoreState(m_firstLayout);
    resizeDocks({m_queueDock, m_categoriesDock}, {320, 310}, Qt::Horizontal);
    m_centre->setSizes({height() * 2 / 5, height() * 3 / 5});
}

void MainWindow::closeEvent(QCloseEvent* event) {
    m_settings.setDiskChoices(m_disk->choices());
    m_settings.setWindow(saveGeometry(), saveState(), m_centre->saveState());
    QMainWindow::closeEvent(event);
}

/// Keys that belong to the document work from the queue as well, so that a review needs no mouse.
bool MainWindow::eventFilter(QObject* watched, QEvent* event) {
    if (watched != m_queue->list() || event->type() != QEvent::KeyPress)
        return QMainWindow::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool belongs = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter ||
                         key->key() == Qt::Key_Delete || key->key() == Qt::Key_T ||
                         key->key() == Qt::Key_R || key->key() == Qt::Key_N ||
                         (key->key() >= Qt::Key_0 && key->key() <= Qt::Key_9);
    if (!belongs)
        return false;
    m_document->textView()->setFocus(Qt::OtherFocusReason);
    return QCoreApplication::sendEvent(m_document->textView(), event);
}

} // namespace hmgrl::studio
