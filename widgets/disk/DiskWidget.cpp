#include "disk/DiskWidget.h"

#include "disk/CategoryLegend.h"
#include "disk/DiskCanvas.h"
#include "disk/DiskGestures.h"
#include "disk/DiskHints.h"
#include "disk/DiskLayers.h"
#include "disk/DiskLayersMenu.h"
#include "disk/DiskToolbar.h"
#include "disk/DiskTravel.h"
#include "disk/GraphicsSetup.h"
#include "disk/HoverCardView.h"
#include "disk/LabelPainter.h"
#include "disk/LegendPanel.h"
#include "disk/MiniMap.h"
#include "picture/SplatSet.h"
#include "support/Error.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QPainter>
#include <QPainterPath>
#include <QToolButton>
#include <algorithm>
#include <numbers>

namespace hmgrl {

namespace {
constexpr int hoverDelay = 70; // milliseconds
constexpr int sceneTime = 450;
constexpr int placesTime = 220;
constexpr int fadeInterval = 16;
constexpr double zoomStep = 1.5;
constexpr double travelStep = 48; // pixels an arrow key
constexpr double turnStep = std::numbers::pi / 36;

DiskPoint meanOf(const DiskScene& scene, std::span<const int> rows) {
    std::vector<DiskPoint> points;
    for (const int row : rows)
        points.push_back(scene.points[static_cast<std::size_t>(row)]);
    return disk::centroid(points, std::vector<double>(points.size(), 1.0));
}

void checkLegend(const DiskLegend& legend, std::size_t points) {
    const auto fits = [&](std::uint32_t entry) { return entry < legend.entries.size(); };
    if (legend.entryOfRow.size() != points ||
        !std::all_of(legend.entryOfRow.begin(), legend.entryOfRow.end(), fits))
        throw Error({}, "disk legend",
                    "expected an entry for each of " + std::to_string(points) + " points, found " +
                        std::to_string(legend.entryOfRow.size()));
}
} // namespace

DiskWidget::DiskWidget(QWidget* parent, Renderer renderer)
    : QWidget(parent)
    , m_view(std::make_unique<DiskController>())
    , m_labels(std::make_unique<LabelPainter>())
    , m_gestures(new DiskGestures(*m_view, this))
    , m_travel(new DiskTravel(*m_view, this))
    , m_colours(DiskColours::light()) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(200, 160);
    setAccessibleName(tr("Poincaré disk"));
    makeCanvas(renderer);
    makeOverlays();
    connectGestures();
    bindViewKeys();
    bindSelectionKeys();
    bindLayerKeys();
    m_view->onChange([this](DiskController::Change change) { onChange(change); });
    m_hoverTimer.setSingleShot(true);
    connect(&m_hoverTimer, &QTimer::timeout, this, [this] {
        if (m_view->hover() >= 0)
            Q_EMIT hoverRequested(m_view->hover());
    });
    m_fadeTimer.setSingleShot(true);
    connect(&m_fadeTimer, &QTimer::timeout, this, [this] { m_canvas->widget()->update(); });
    setColours(m_colours);
}

DiskWidget::~DiskWidget() {
    m_view->onChange({});
    delete m_card;
}

void DiskWidget::makeCanvas(Renderer renderer) {
    const bool openGl =
        renderer == Renderer::OpenGl || (renderer == Renderer::Automatic && openGlUsable());
    const auto make = openGl ? &makeVtkCanvas : &makeRasterCanvas;
    m_canvas = make(
        *m_view, [this](QPainter& painter) { paintOverlay(painter); }, this);
    m_canvas->widget()->setAttribute(Qt::WA_TransparentForMouseEvents);
    m_canvas->widget()->setFocusPolicy(Qt::NoFocus);
}

void DiskWidget::makeOverlays() {
    m_legend = new LegendPanel(this);
    m_toolbar = new DiskToolbar(this);
    m_layersMenu = new DiskLayersMenu(this);
    m_hints = new DiskHints(this);
    m_map = new MiniMap(*m_view, this);
    m_legend->hide();
    for (QWidget* overlay : {static_cast<QWidget*>(m_legend), static_cast<QWidget*>(m_toolbar)})
        overlay->setCursor(Qt::ArrowCursor);
    connect(m_toolbar, &DiskToolbar::triggered, this,
            [this](DiskCommand command) { m_keys.run(command); });
    connect(m_layersMenu, &DiskLayersMenu::toggledByUser, this,
            [this](DiskCommand command) { m_keys.run(command); });
    connectLegend();
    connectMiniMap();
}

void DiskWidget::connectLegend() {
    connect(m_legend, &LegendPanel::isolatedChanged, this, &DiskWidget::updateActive);
    connect(m_legend, &LegendPanel::previewChanged, this, &DiskWidget::updateActive);
    connect(m_legend, &LegendPanel::sizeChanged, this, &DiskWidget::arrangeOverlays);
    connect(m_legend, &LegendPanel::left, this, [this] { setFocus(Qt::OtherFocusReason); });
    connect(m_legend, &LegendPanel::selectWanted, this, [this](const QString& entry) {
        m_gestures->select(rowsOfEntry(entry), DiskController::SelectMode::Replace);
    });
    connect(m_legend, &LegendPanel::centreWanted, this, [this](const QString& entry) {
        if (const std::vector<int> rows = rowsOfEntry(entry); !rows.empty())
            recentre(meanOf(m_view->scene(), rows));
    });
}

void DiskWidget::connectMiniMap() {
    connect(m_map, &MiniMap::pressed, this, [this] {
        m_gestures->cancel();
        m_travel->beginFollowing();
    });
    connect(m_map, &MiniMap::clicked, m_travel, &DiskTravel::recentre);
    connect(m_map, &MiniMap::dragged, m_travel, &DiskTravel::follow);
    connect(m_map, &MiniMap::dropped, m_travel, &DiskTravel::endFollowing);
    connect(m_map, &MiniMap::shownChanged, this, &DiskWidget::arrangeOverlays);
}

void DiskWidget::connectGestures() {
    connect(m_gestures, &DiskGestures::started, m_travel, &DiskTravel::stop);
    connect(m_gestures, &DiskGestures::moved, m_travel, &DiskTravel::settleSoon);
    connect(m_gestures, &DiskGestures::arrived, m_travel, &DiskTravel::settle);
    connect(m_gestures, &DiskGestures::backWanted, this, &DiskWidget::goBack);
    connect(m_gestures, &DiskGestures::forwardWanted, this, &DiskWidget::goForward);
    connect(m_gestures, &DiskGestures::recentreWanted, this, &DiskWidget::recentre);
    connect(m_gestures, &DiskGestures::clicked, this, &DiskWidget::pointActivated);
    connect(m_gestures, &DiskGestures::arcClicked, this, &DiskWidget::arcActivated);
    connect(m_gestures, &DiskGestures::selectionEdited, this, &DiskWidget::selectionChanged);
    connect(m_gestures, &DiskGestures::lassoChanged, this,
            [this] { m_canvas->setLasso(m_gestures->lasso()); });
    connect(m_gestures, &DiskGestures::modeChanged, this, &DiskWidget::updateCursor);
    connect(m_gestures, &DiskGestures::measuringChanged, m_toolbar, &DiskToolbar::setMeasuring);
    connect(m_travel, &DiskTravel::historyChanged, this, [this] {
        m_toolbar->setHistory(m_travel->canGoBack(), m_travel->canGoForward());
        Q_EMIT historyChanged(m_travel->canGoBack(), m_travel->canGoForward());
    });
}

void DiskWidget::bindViewKeys() {
    using enum DiskCommand;
    const auto travel = [this](double dx, double dy) {
        return [this, dx, dy] { m_gestures->travel(dx, dy); };
    };
    m_keys.bind(TravelLeft, travel(travelStep, 0));
    m_keys.bind(TravelRight, travel(-travelStep, 0));
    m_keys.bind(TravelUp, travel(0, travelStep));
    m_keys.bind(TravelDown, travel(0, -travelStep));
    m_keys.bind(TurnLeft, [this] { m_gestures->turn(turnStep); });
    m_keys.bind(TurnRight, [this] { m_gestures->turn(-turnStep); });
    m_keys.bind(ZoomIn, [this] { zoomIn(); });
    m_keys.bind(ZoomOut, [this] { zoomOut(); });
    m_keys.bind(Focus, [this] { focusSelection(); });
    m_keys.bind(Home, [this] { goHome(); });
    m_keys.bind(Back, [this] { goBack(); });
    m_keys.bind(Forward, [this] { goForward(); });
    m_keys.bind(Hints, [this] { toggleHints(); });
    m_keys.bind(Layers, [this] {
        m_layersMenu->showState(m_view->overlay(), m_map->isWanted(), m_gestures->glides());
        m_layersMenu->popupBeside(*m_toolbar->button(Layers));
    });
    m_keys.bind(FindInLegend, [this] { m_legend->focusSearch(); });
}

void DiskWidget::bindSelectionKeys() {
    using enum DiskCommand;
    m_keys.bind(Lasso, [this] { setTool(Lasso); });
    m_keys.bind(Box, [this] { setTool(Box); });
    m_keys.bind(Measure, [this] { m_gestures->setMeasuring(!m_gestures->isMeasuring()); });
    m_keys.bind(SelectAll, [this] { m_gestures->selectAll(); });
    m_keys.bind(Invert, [this] { m_gestures->invertSelection(); });
    m_keys.bind(Next, [this] { m_gestures->hoverNext(true); });
    m_keys.bind(Previous, [this] { m_gestures->hoverNext(false); });
    m_keys.bind(ToggleSelected, [this] { m_gestures->toggleSelected(m_view->hover()); });
    m_keys.bind(Activate, [this] { m_gestures->activate(m_gestures->stepped()); });
    m_keys.bind(Leave, [this] { m_gestures->escape(); });
}

void DiskWidget::bindLayerKeys() {
    for (const DiskLayer& layer : diskLayers())
        m_keys.bind(layer.command, [this, command = layer.command] { toggleLayer(command); });
    m_keys.bind(DiskCommand::Overview, [this] {
        setOverview(!hasOverview());
        Q_EMIT layersChanged();
    });
    m_keys.bind(DiskCommand::Glide, [this] {
        setGliding(!glides());
        Q_EMIT layersChanged();
    });
}

void DiskWidget::setScene(DiskScene scene, Transition transition,
                          std::optional<DiskLegend> legend) {
    if (legend)
        checkLegend(*legend, scene.size());
    m_gestures->cancel();
    m_filter.clear();
    if (transition == Transition::Animated && isVisible()) {
        m_view->beginTransition(std::move(scene));
        m_travel->beginTransition(sceneTime);
    } else {
        m_view->setScene(std::move(scene));
    }
    m_labels->setScene(m_view->scene());
    // One legend only: each takes from what is isolated the names that it doesn't have.
    setLegend(legend ? *std::move(legend) : categoryLegend(m_view->scene(), tr("Categories")));
}

void DiskWidget::setPlaces(std::span<const DiskPoint> places, bool animated) {
    if (animated && isVisible()) {
        m_view->beginTransition(places);
        m_travel->beginTransition(placesTime);
    } else {
        m_view->setPlaces(places);
    }
    m_map->layoutChanged();
}

void DiskWidget::setLayers(const DiskOverlay& layers) {
    m_view->setOverlay(withLayers(m_view->overlay(), layers));
}

const DiskOverlay& DiskWidget::layers() const {
    return m_view->overlay();
}

void DiskWidget::toggleLayer(DiskCommand command) {
    DiskOverlay overlay = m_view->overlay();
    for (const DiskLayer& layer : diskLayers())
        if (layer.command == command)
            overlay.*layer.isOn = !(overlay.*layer.isOn);
    m_view->setOverlay(std::move(overlay));
    Q_EMIT layersChanged();
}

void DiskWidget::setGliding(bool gliding) {
    m_gestures->setGliding(gliding);
}

bool DiskWidget::glides() const {
    return m_gestures->glides();
}

void DiskWidget::setOverview(bool wanted) {
    m_map->setWanted(wanted);
}

bool DiskWidget::hasOverview() const {
    return m_map->isWanted();
}

void DiskWidget::setTool(DiskCommand lassoOrBox) {
    m_gestures->setTool(lassoOrBox == DiskCommand::Box ? DiskGestures::Tool::Box
                                                       : DiskGestures::Tool::Lasso);
    m_toolbar->setTool(lassoOrBox);
}

void DiskWidget::toggleHints() {
    m_hints->setVisible(m_hints->isHidden());
    m_hints->raise();
    m_toolbar->setHintsShown(!m_hints->isHidden());
}

QString DiskWidget::rendererName() const {
    return QString::fromLatin1(m_canvas->name());
}

void DiskWidget::setColours(const DiskColours& colours) {
    m_colours = colours;
    m_canvas->setColours(colours);
    m_labels->setLook(font(), colours);
    m_legend->setColours(colours);
    m_toolbar->setColours(colours);
    m_hints->setColours(colours);
    m_map->setColours(colours);
    if (m_card)
        m_card->setColours(colours);
}

void DiskWidget::setLegend(DiskLegend legend) {
    checkLegend(legend, m_view->scene().size());
    m_legendData = std::move(legend);
    m_legend->setLegend(m_legendData);
    updateActive();
    arrangeOverlays();
}

void DiskWidget::isolate(const QStringList& legendEntries) {
    m_legend->setIsolated({legendEntries.begin(), legendEntries.end()});
}

void DiskWidget::setOverlay(DiskOverlay overlay) {
    m_view->setOverlay(std::move(overlay));
}

void DiskWidget::setFilter(std::vector<bool> matching) {
    if (!matching.empty() && matching.size() != m_view->scene().size())
        throw Error({}, "disk filter",
                    "expected " + std::to_string(m_view->scene().size()) + " entries, found " +
                        std::to_string(matching.size()));
    m_filter = std::move(matching);
    updateActive();
}

void DiskWidget::updateActive() {
    const QSet<QString>& isolated = m_legend->isolated();
    const QString& preview = m_legend->preview();
    if (m_filter.empty() && isolated.isEmpty() && preview.isEmpty()) {
        m_view->setActive({});
        return;
    }
    std::vector<bool> active = m_filter;
    active.resize(m_view->scene().size(), true);
    std::vector<bool> shown;
    for (const auto& entry : m_legendData.entries)
        shown.push_back(preview.isEmpty() ? isolated.isEmpty() || isolated.contains(entry.name)
                                          : entry.name == preview);
    for (std::size_t row = 0; row < active.size(); ++row)
        active[row] = active[row] && shown[m_legendData.entryOfRow[row]];
    m_view->setActive(std::move(active));
}

/// Those that are drawn and that the filter lets through.
std::vector<int> DiskWidget::rowsOfEntry(const QString& legendEntry) const {
    std::vector<int> rows;
    for (std::size_t row = 0; row < m_legendData.entryOfRow.size(); ++row)
        if (m_legendData.entries[m_legendData.entryOfRow[row]].name == legendEntry &&
            (m_filter.empty() || m_filter[row]) && m_view->isShown(row))
            rows.push_back(static_cast<int>(row));
    return rows;
}

std::vector<int> DiskWidget::selectedRows() const {
    std::vector<int> rows;
    for (std::size_t row = 0; row < m_view->selected().size(); ++row)
        if (m_view->selected()[row])
            rows.push_back(static_cast<int>(row));
    return rows;
}

void DiskWidget::selectRows(std::span<const int> rows) {
    m_gestures->forgetClear();
    m_view->select(rows, DiskController::SelectMode::Replace);
}

void DiskWidget::recentre(DiskPoint target) {
    m_travel->recentre(target);
}

void DiskWidget::reveal(int row) {
    if (row >= 0 && static_cast<std::size_t>(row) < m_view->scene().size())
        recentre(m_view->scene().points[static_cast<std::size_t>(row)]);
}

void DiskWidget::goHome() {
    m_gestures->cancel();
    m_travel->goHome();
}

void DiskWidget::goBack() {
    if (!m_travel->canGoBack() && !m_gestures->isTravelling())
        return;
    m_gestures->cancel();
    m_travel->goBack();
}

void DiskWidget::goForward() {
    if (!m_travel->canGoForward())
        return;
    m_gestures->cancel();
    m_travel->goForward();
}

void DiskWidget::zoomIn() {
    m_gestures->zoom(zoomStep);
}
void DiskWidget::zoomOut() {
    m_gestures->zoom(1 / zoomStep);
}

void DiskWidget::focusSelection() {
    const std::vector<int> rows = selectedRows();
    if (rows.empty())
        reveal(m_view->hover());
    else
        recentre(meanOf(m_view->scene(), rows));
}

void DiskWidget::onChange(DiskController::Change change) {
    using enum DiskController::Change;
    m_canvas->changed(change);
    switch (change) {
    case View:
        if (m_card)
            m_card->hide();
        m_map->viewChanged();
        Q_EMIT viewChanged();
        break;
    case Places:
        if (m_card)
            m_card->hide();
        break;
    case Scene:
    case Active:
        m_map->layoutChanged();
        break;
    case Hover:
        onHoverChange();
        break;
    case Selection:
    case Overlay:
        break;
    }
}

void DiskWidget::onHoverChange() {
    updateCursor();
    if (m_card)
        m_card->hide();
    if (m_view->hover() < 0)
        m_hoverTimer.stop();
    else
        m_hoverTimer.start(hoverDelay);
    Q_EMIT hoverChanged(m_view->hover());
}

void DiskWidget::updateCursor() {
    if (m_gestures->isDragging())
        setCursor(Qt::ClosedHandCursor);
    else if (!m_gestures->lasso().empty() || m_gestures->isMeasuring())
        setCursor(Qt::CrossCursor);
    else
        setCursor(m_view->hover() >= 0 || m_view->hoverArc() >= 0 ? Qt::PointingHandCursor
                                                                  : Qt::ArrowCursor);
}

HoverCardView* DiskWidget::cardView() {
    if (!m_card) {
        m_card = new HoverCardView(window());
        m_card->setColours(m_colours);
    }
    if (m_card->parentWidget() != window())
        m_card->setParent(window());
    return m_card;
}

void DiskWidget::setHoverCard(int row, HoverCard card) {
    if (row < 0 || row != m_view->hover() || !isVisible())
        return;
    HoverCardView* view = cardView();
    view->setFont(font());
    view->setCard(std::move(card));
    const auto z = m_view->viewPoints()[static_cast<std::size_t>(row)];
    const auto [x, y] = m_view->toScreen(z);
    view->placeBeside(mapTo(window(), QPointF(x, y).toPoint()));
    view->raise();
    view->show();
}

void DiskWidget::paintOverlay(QPainter& painter) {
    if (m_view->scene().size() == 0) {
        paintEmptyNotice(painter);
        return;
    }
    m_labels->paint(painter, *m_view, QSizeF(size()));
    if (!m_labels->settled() && !m_fadeTimer.isActive())
        m_fadeTimer.start(fadeInterval);
    const auto& lasso = m_gestures->lasso();
    if (lasso.size() < 3)
        return;
    QPolygonF polygon;
    for (const auto& [x, y] : lasso)
        polygon << QPointF(x, y);
    QPainterPath area;
    area.addPolygon(polygon);
    painter.fillPath(area, QColor::fromRgba(withAlpha(m_colours.accent, 0.10)));
}

void DiskWidget::paintEmptyNotice(QPainter& painter) const {
    painter.setFont(font());
    painter.setPen(QColor::fromRgba(m_colours.mutedText));
    painter.drawText(QRectF(rect()), Qt::AlignCenter,
                     tr("Nothing to see yet.\nExtract documents to place their mentions here."));
}

void DiskWidget::arrangeOverlays() {
    // The disk moves aside for the legend; where it would become much smaller, the legend folds.
    const int aside = LegendPanel::fullWidth() + 16;
    m_legend->suggestCollapsed(width() - aside < height() * 4 / 5);
    const bool isOpen = !m_legend->isHidden() && !m_legend->isCollapsed();
    m_view->setViewport(width(), height(), isOpen ? std::min(aside, width() / 3) : 0);
    m_toolbar->arrange(rect());
    m_legend->arrange(rect().adjusted(0, 0, 0, m_toolbar->y() - height()));
    m_map->arrange(rect());
    const int mapped = m_map->isHidden() ? 0 : m_map->geometry().bottom();
    m_hints->arrange(rect().adjusted(0, mapped, 0, 0));
    std::vector<LabelLayout::Box> boxes;
    for (const QWidget* overlay :
         {static_cast<const QWidget*>(m_legend), static_cast<const QWidget*>(m_toolbar),
          static_cast<const QWidget*>(m_map)})
        if (!overlay->isHidden()) {
            const QRectF box = overlay->geometry();
            boxes.push_back({box.left(), box.top(), box.right(), box.bottom()});
        }
    m_labels->setObstacles(std::move(boxes));
}

void DiskWidget::resizeEvent(QResizeEvent* event) {
    m_canvas->widget()->setGeometry(rect());
    arrangeOverlays();
    QWidget::resizeEvent(event);
}

void DiskWidget::mousePressEvent(QMouseEvent* event) {
    m_gestures->press(*event);
}
void DiskWidget::mouseMoveEvent(QMouseEvent* event) {
    m_gestures->move(*event);
}
void DiskWidget::mouseReleaseEvent(QMouseEvent* event) {
    m_gestures->release(*event);
}
void DiskWidget::mouseDoubleClickEvent(QMouseEvent* event) {
    m_gestures->doubleClick(*event);
}

void DiskWidget::wheelEvent(QWheelEvent* event) {
    m_gestures->wheel(*event);
    event->accept();
}

void DiskWidget::keyPressEvent(QKeyEvent* event) {
    if (!m_keys.run(*event))
        QWidget::keyPressEvent(event);
}

void DiskWidget::leaveEvent(QEvent* event) {
    m_gestures->leave();
    QWidget::leaveEvent(event);
}

void DiskWidget::hideEvent(QHideEvent* event) {
    m_gestures->cancel();
    m_view->setHover(-1);
    m_travel->arriveNow();
    QWidget::hideEvent(event);
}

/// Enter belongs to the review, except for a point that keys have walked to.
bool DiskWidget::event(QEvent* event) {
    if (event->type() == QEvent::ShortcutOverride && m_gestures->stepped() >= 0 &&
        commandOf(*static_cast<QKeyEvent*>(event)) == DiskCommand::Activate) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::NativeGesture) {
        m_gestures->pinch(*static_cast<QNativeGestureEvent*>(event));
        return true;
    }
    return QWidget::event(event);
}

void DiskWidget::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange)
        m_labels->setLook(font(), m_colours);
    QWidget::changeEvent(event);
}

} // namespace hmgrl
