#include "disk/DiskWidget.h"

#include "disk/DiskCanvas.h"
#include "disk/DiskGestures.h"
#include "disk/DiskHints.h"
#include "disk/DiskToolbar.h"
#include "disk/GraphicsSetup.h"
#include "disk/HoverCardView.h"
#include "disk/LabelPainter.h"
#include "disk/LegendPanel.h"
#include "picture/SplatSet.h"
#include "support/Error.h"

#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QVariantAnimation>
#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {
constexpr int recentreTime = 350; // milliseconds
constexpr int hoverDelay = 70;
constexpr int fadeInterval = 16;
constexpr double zoomStep = 1.5;

/// The hyperbolic mean: the normalised sum on the hyperboloid.
DiskPoint meanOf(const DiskScene& scene, std::span<const int> rows) {
    // Scaled by e^-r of the farthest, so that far points don't overflow.
    double farthest = 0;
    for (const int row : rows)
        farthest = std::max(farthest, scene.points[static_cast<std::size_t>(row)].r);
    double t = 0, x = 0, y = 0;
    for (const int row : rows) {
        const DiskPoint p = scene.points[static_cast<std::size_t>(row)];
        const double out = std::exp(p.r - farthest), in = std::exp(-p.r - farthest);
        t += (out + in) / 2;
        x += (out - in) / 2 * std::cos(p.theta);
        y += (out - in) / 2 * std::sin(p.theta);
    }
    const double space = std::hypot(x, y);
    return {std::atanh(std::min(space / t, 1 - 1e-16)), std::atan2(y, x)};
}
} // namespace

DiskWidget::DiskWidget(QWidget* parent, Renderer renderer)
    : QWidget(parent)
    , m_view(std::make_unique<DiskController>())
    , m_labels(std::make_unique<LabelPainter>())
    , m_gestures(new DiskGestures(*m_view, this))
    , m_animation(new QVariantAnimation(this))
    , m_colours(DiskColours::light()) {
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(200, 160);
    setAccessibleName(tr("Poincaré disk"));
    makeCanvas(renderer);
    makeOverlays();
    connectGestures();
    m_view->onChange([this](DiskController::Change change) { onChange(change); });
    m_animation->setStartValue(0.0);
    m_animation->setEndValue(1.0);
    m_animation->setEasingCurve(QEasingCurve::InOutCubic);
    connect(m_animation, &QVariantAnimation::valueChanged, this,
            [this](const QVariant& value) { m_view->stepRecentre(value.toDouble()); });
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
    m_hints = new DiskHints(this);
    m_legend->hide();
    for (QWidget* overlay : {static_cast<QWidget*>(m_legend), static_cast<QWidget*>(m_toolbar)})
        overlay->setCursor(Qt::ArrowCursor);
    connect(m_legend, &LegendPanel::isolatedChanged, this, &DiskWidget::updateActive);
    connect(m_legend, &LegendPanel::sizeChanged, this, &DiskWidget::arrangeOverlays);
    connect(m_toolbar, &DiskToolbar::zoomIn, this, &DiskWidget::zoomIn);
    connect(m_toolbar, &DiskToolbar::zoomOut, this, &DiskWidget::zoomOut);
    connect(m_toolbar, &DiskToolbar::home, this, &DiskWidget::goHome);
    connect(m_toolbar, &DiskToolbar::focusSelection, this, &DiskWidget::focusSelection);
    connect(m_toolbar, &DiskToolbar::hintsToggled, m_hints, &QWidget::setVisible);
}

void DiskWidget::connectGestures() {
    connect(m_gestures, &DiskGestures::started, this, &DiskWidget::stopAnimation);
    connect(m_gestures, &DiskGestures::clicked, this, &DiskWidget::pointActivated);
    connect(m_gestures, &DiskGestures::selectionEdited, this, &DiskWidget::selectionChanged);
    connect(m_gestures, &DiskGestures::lassoChanged, this,
            [this] { m_canvas->setLasso(m_gestures->lasso()); });
    connect(m_gestures, &DiskGestures::modeChanged, this, &DiskWidget::updateCursor);
    connect(m_gestures, &DiskGestures::recentreWanted, this, &DiskWidget::recentre);
    connect(m_gestures, &DiskGestures::homeWanted, this, &DiskWidget::goHome);
    connect(m_gestures, &DiskGestures::focusWanted, this, &DiskWidget::focusSelection);
}

void DiskWidget::setScene(DiskScene scene) {
    stopAnimation();
    m_gestures->cancel();
    m_filter.clear();
    m_view->setScene(std::move(scene));
    m_labels->setScene(m_view->scene());
    setLegend(categoryLegend());
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
    if (m_card)
        m_card->setColours(colours);
}

/// Categories by the number of their samples; the colour is that of any of its points.
DiskLegend DiskWidget::categoryLegend() const {
    const DiskScene& scene = m_view->scene();
    std::vector<DiskLegend::Entry> all(scene.categoryNames.size());
    std::vector<bool> present(all.size(), false);
    for (std::size_t row = 0; row < scene.size(); ++row) {
        auto& entry = all[scene.category[row]];
        present[scene.category[row]] = true;
        entry.colour = scene.colour[row];
        entry.count +=
            scene.kind[row] == PointKind::Mention || scene.kind[row] == PointKind::Relation;
    }
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < all.size(); ++i)
        if (present[i])
            order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return all[a].count > all[b].count; });
    DiskLegend legend;
    legend.title = tr("Categories");
    std::vector<std::uint32_t> place(all.size(), 0);
    for (const auto i : order) {
        place[i] = static_cast<std::uint32_t>(legend.entries.size());
        legend.entries.push_back(
            {QString::fromStdString(scene.categoryNames[i]), all[i].colour, all[i].count});
    }
    for (const auto category : scene.category)
        legend.entryOfRow.push_back(place[category]);
    return legend;
}

void DiskWidget::setLegend(DiskLegend legend) {
    const auto fits = [&](std::uint32_t entry) { return entry < legend.entries.size(); };
    if (legend.entryOfRow.size() != m_view->scene().size() ||
        !std::all_of(legend.entryOfRow.begin(), legend.entryOfRow.end(), fits))
        throw Error({}, "disk legend",
                    "expected an entry for each of " + std::to_string(m_view->scene().size()) +
                        " points, found " + std::to_string(legend.entryOfRow.size()));
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
    if (m_filter.empty() && isolated.isEmpty()) {
        m_view->setActive({});
        return;
    }
    std::vector<bool> active = m_filter;
    active.resize(m_view->scene().size(), true);
    std::vector<bool> shown;
    for (const auto& entry : m_legendData.entries)
        shown.push_back(isolated.isEmpty() || isolated.contains(entry.name));
    for (std::size_t row = 0; row < active.size(); ++row)
        active[row] = active[row] && shown[m_legendData.entryOfRow[row]];
    m_view->setActive(std::move(active));
}

std::vector<int> DiskWidget::selectedRows() const {
    std::vector<int> rows;
    for (std::size_t row = 0; row < m_view->selected().size(); ++row)
        if (m_view->selected()[row])
            rows.push_back(static_cast<int>(row));
    return rows;
}

void DiskWidget::selectRows(std::span<const int> rows) {
    m_view->select(rows, DiskController::SelectMode::Replace);
}

void DiskWidget::recentre(DiskPoint target) {
    stopAnimation();
    m_view->beginRecentre(target);
    animate(recentreTime);
}

void DiskWidget::reveal(int row) {
    if (row >= 0 && static_cast<std::size_t>(row) < m_view->scene().size())
        recentre(m_view->scene().points[static_cast<std::size_t>(row)]);
}

void DiskWidget::goHome() {
    stopAnimation();
    m_view->beginReset();
    animate(recentreTime);
}

void DiskWidget::animate(int milliseconds) {
    m_animation->setDuration(milliseconds);
    m_animation->start();
}

void DiskWidget::stopAnimation() {
    m_animation->stop();
}

void DiskWidget::zoomAtMiddle(double factor) {
    stopAnimation();
    const auto [x, y] = m_view->viewportCentre();
    m_view->zoomAt(x, y, factor);
}

void DiskWidget::zoomIn() {
    zoomAtMiddle(zoomStep);
}
void DiskWidget::zoomOut() {
    zoomAtMiddle(1 / zoomStep);
}

void DiskWidget::focusSelection() {
    const std::vector<int> rows = selectedRows();
    if (rows.empty())
        reveal(m_view->hover());
    else
        recentre(meanOf(m_view->scene(), rows));
}

void DiskWidget::onChange(DiskController::Change change) {
    m_canvas->changed(change);
    if (change == DiskController::Change::View) {
        if (m_card)
            m_card->hide();
        Q_EMIT viewChanged();
    }
    if (change == DiskController::Change::Hover)
        onHoverChange();
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
    else if (!m_gestures->lasso().empty())
        setCursor(Qt::CrossCursor);
    else
        setCursor(m_view->hover() >= 0 ? Qt::PointingHandCursor : Qt::ArrowCursor);
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
    const int below = m_toolbar->sizeHint().height() + 24;
    // The disk moves aside for the legend; where it would become much smaller, the legend folds.
    const int aside = LegendPanel::fullWidth() + 16;
    m_legend->suggestCollapsed(width() - aside < height() * 4 / 5);
    const bool isOpen = !m_legend->isHidden() && !m_legend->isCollapsed();
    m_view->setViewport(width(), height(), isOpen ? std::min(aside, width() / 3) : 0);
    m_toolbar->arrange(rect());
    m_legend->arrange(rect().adjusted(0, 0, 0, -below));
    m_hints->arrange(rect());
    std::vector<LabelLayout::Box> boxes;
    for (const QWidget* overlay :
         {static_cast<const QWidget*>(m_legend), static_cast<const QWidget*>(m_toolbar)})
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
    if (!m_gestures->key(*event))
        QWidget::keyPressEvent(event);
}

void DiskWidget::leaveEvent(QEvent* event) {
    m_gestures->leave();
    QWidget::leaveEvent(event);
}

void DiskWidget::hideEvent(QHideEvent* event) {
    m_gestures->cancel();
    m_view->setHover(-1);
    stopAnimation();
    QWidget::hideEvent(event);
}

void DiskWidget::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange)
        m_labels->setLook(font(), m_colours);
    QWidget::changeEvent(event);
}

} // namespace hmgrl
