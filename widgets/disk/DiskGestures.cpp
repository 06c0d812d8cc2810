#include "disk/DiskGestures.h"

#include "view/CentreOrder.h"

#include <QApplication>
#include <QMouseEvent>
#include <QNativeGestureEvent>
#include <QStyleHints>
#include <QWheelEvent>
#include <chrono>
#include <cmath>
#include <numbers>

namespace hmgrl {

namespace {
constexpr double zoomStep = 1.25;
constexpr double turnStep = std::numbers::pi / 36;
constexpr double lassoSpacing = 3; ///< pixels between its corners
constexpr double farthestPlace = 0.99999;
constexpr int glideInterval = 16;

DiskController::SelectMode modeOf(Qt::KeyboardModifiers modifiers) {
    if (modifiers & Qt::AltModifier)
        return DiskController::SelectMode::Remove;
    if (modifiers & Qt::ControlModifier)
        return DiskController::SelectMode::Add;
    return DiskController::SelectMode::Replace;
}

double steadyMilliseconds() {
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration<double, std::milli>(now).count();
}
} // namespace

DiskGestures::DiskGestures(DiskController& view, QObject* parent)
    : QObject(parent)
    , m_view(view)
    , m_clock(steadyMilliseconds) {
    m_clearSoon.setSingleShot(true);
    connect(&m_clearSoon, &QTimer::timeout, this,
            [this] { select({}, DiskController::SelectMode::Replace); });
    m_glideTimer.setInterval(glideInterval);
    connect(&m_glideTimer, &QTimer::timeout, this, &DiskGestures::glideOn);
}

void DiskGestures::setMode(Mode mode) {
    if (mode == m_mode)
        return;
    m_mode = mode;
    Q_EMIT modeChanged();
}

void DiskGestures::setTool(Tool tool) {
    cancel();
    m_tool = tool;
}

void DiskGestures::setMeasuring(bool measuring) {
    if (measuring == m_isMeasuring)
        return;
    cancel();
    m_isMeasuring = measuring;
    if (!measuring)
        removeRuler();
    Q_EMIT modeChanged();
    Q_EMIT measuringChanged(measuring);
}

void DiskGestures::setGliding(bool gliding) {
    m_glides = gliding;
    if (!gliding)
        stopGlide();
}

void DiskGestures::press(const QMouseEvent& event) {
    m_position = m_pressedAt = event.position();
    if (m_clearSoon.isActive()) // no double click: the click before meant to clear
        select({}, DiskController::SelectMode::Replace);
    if (event.button() == Qt::BackButton)
        return Q_EMIT backWanted();
    if (event.button() == Qt::ForwardButton)
        return Q_EMIT forwardWanted();
    stopGlide();
    if (event.button() != Qt::LeftButton && event.button() != Qt::MiddleButton)
        return;
    Q_EMIT started();
    const bool left = event.button() == Qt::LeftButton;
    if (left && event.modifiers() & Qt::ShiftModifier) {
        m_line.assign(1, {m_position.x(), m_position.y()});
        m_view.setHover(-1);
        m_view.setHoverArc(-1);
        setMode(Mode::Select);
    } else if (left && m_isMeasuring) {
        m_rulerFrom = snapped(m_position);
        setMode(Mode::Measure);
    } else {
        setMode(Mode::Pressed);
    }
}

void DiskGestures::move(const QMouseEvent& event) {
    m_position = event.position();
    switch (m_mode) {
    case Mode::Idle:
        if (!m_glide.isGliding())
            hoverAt(m_position);
        return;
    case Mode::Pressed:
        if ((m_position - m_pressedAt).manhattanLength() < QApplication::startDragDistance())
            return;
        m_view.setHover(-1);
        m_view.setHoverArc(-1);
        m_view.beginDrag(m_pressedAt.x(), m_pressedAt.y());
        m_glide.begin(m_pressedAt.x(), m_pressedAt.y(), m_clock());
        setMode(Mode::Travel);
        [[fallthrough]];
    case Mode::Travel:
        m_glide.move(m_position.x(), m_position.y(), m_clock());
        m_view.drag(m_position.x(), m_position.y());
        return;
    case Mode::Select:
        stretchLine();
        return;
    case Mode::Measure:
        hoverAt(m_position);
        layRuler();
    }
}

void DiskGestures::release(const QMouseEvent& event) {
    m_position = event.position();
    const Mode mode = m_mode;
    if (mode == Mode::Idle || event.buttons() & (Qt::LeftButton | Qt::MiddleButton))
        return;
    setMode(Mode::Idle);
    if (mode == Mode::Travel)
        endTravel();
    else if (mode == Mode::Select)
        finishLine(event.modifiers());
    else if (mode == Mode::Measure)
        layRuler();
    else if (event.button() == Qt::LeftButton)
        click(m_position, event.modifiers());
    if (!m_glide.isGliding())
        hoverAt(m_position);
}

void DiskGestures::doubleClick(const QMouseEvent& event) {
    if (event.button() != Qt::LeftButton || m_isMeasuring)
        return;
    m_clearSoon.stop();
    const int row = m_view.pick(event.position().x(), event.position().y());
    if (row >= 0) {
        Q_EMIT recentreWanted(m_view.scene().points[static_cast<std::size_t>(row)]);
        return;
    }
    const auto z = m_view.toDisk(event.position().x(), event.position().y());
    if (std::abs(z) < 1)
        Q_EMIT recentreWanted(m_view.focus().inverse().apply(disk::toPolar(z)));
}

void DiskGestures::wheel(const QWheelEvent& event) {
    const bool turning = event.modifiers() & Qt::ShiftModifier;
    // Some platforms swap the axes while Shift is held.
    const int angle =
        turning && event.angleDelta().y() == 0 ? event.angleDelta().x() : event.angleDelta().y();
    const double notches = angle / 120.0;
    if (notches == 0)
        return;
    stopGlide();
    Q_EMIT started();
    if (turning && m_mode == Mode::Idle)
        m_view.rotate(notches * turnStep);
    else
        m_view.zoomAt(event.position().x(), event.position().y(), std::pow(zoomStep, notches));
    if (m_mode == Mode::Idle)
        hoverAt(event.position());
    Q_EMIT moved();
}

void DiskGestures::pinch(const QNativeGestureEvent& event) {
    const bool zooms = event.gestureType() == Qt::ZoomNativeGesture;
    if (m_mode != Mode::Idle || (!zooms && event.gestureType() != Qt::RotateNativeGesture))
        return;
    stopGlide();
    Q_EMIT started();
    if (zooms)
        m_view.zoomAt(event.position().x(), event.position().y(), std::exp(event.value()));
    else
        m_view.rotate(-event.value() * std::numbers::pi / 180); // clockwise degrees
    Q_EMIT moved();
}

void DiskGestures::leave() {
    if (m_mode != Mode::Idle)
        return;
    m_view.setHover(-1);
    m_view.setHoverArc(-1);
}

void DiskGestures::cancel() {
    m_clearSoon.stop();
    stopGlide();
    if (m_mode == Mode::Travel) {
        m_view.endDrag();
        Q_EMIT arrived();
    }
    if (m_mode == Mode::Measure)
        removeRuler();
    const bool hadLine = !m_line.empty();
    m_line.clear();
    setMode(Mode::Idle);
    if (hadLine)
        Q_EMIT lassoChanged();
}

void DiskGestures::hoverAt(QPointF position) {
    m_stepped = -1;
    const int row = m_view.pick(position.x(), position.y());
    m_view.setHover(row);
    m_view.setHoverArc(row < 0 ? m_view.pickArc(position.x(), position.y()) : -1);
}

// ---- travelling

void DiskGestures::endTravel() {
    if (m_glides && m_glide.release(m_clock())) {
        m_glideTimer.start();
        return;
    }
    m_view.endDrag();
    Q_EMIT arrived();
}

void DiskGestures::glideOn() {
    if (const auto cursor = m_glide.at(m_clock()))
        m_view.drag(cursor->first, cursor->second);
    else
        stopGlide();
}

void DiskGestures::stopGlide() {
    m_glideTimer.stop();
    if (!m_glide.isGliding())
        return;
    m_glide.stop();
    m_view.endDrag();
    Q_EMIT arrived();
}

/// What the eye is on: the middle of the viewport, or the place of the disk near it.
QPointF DiskGestures::middle() const {
    constexpr double outermost = 0.95;
    const disk::Complex z = m_view.pan();
    const auto [x, y] =
        m_view.toScreen(std::abs(z) > outermost ? z * (outermost / std::abs(z)) : z);
    return {x, y};
}

void DiskGestures::travel(double dx, double dy) {
    stopGlide();
    Q_EMIT started();
    const QPointF from = middle();
    m_view.beginDrag(from.x(), from.y());
    m_view.drag(from.x() + dx, from.y() + dy);
    m_view.endDrag();
    Q_EMIT moved();
}

void DiskGestures::turn(double radians) {
    stopGlide();
    Q_EMIT started();
    m_view.rotate(radians);
    Q_EMIT moved();
}

void DiskGestures::zoom(double factor) {
    stopGlide();
    Q_EMIT started();
    const auto [x, y] = m_view.viewportCentre();
    m_view.zoomAt(x, y, factor);
    Q_EMIT moved();
}

// ---- selecting

void DiskGestures::stretchLine() {
    const double x = m_position.x(), y = m_position.y();
    if (m_tool == Tool::Box) {
        const double x0 = m_pressedAt.x(), y0 = m_pressedAt.y();
        m_line = {{x0, y0}, {x, y0}, {x, y}, {x0, y}, {x0, y0}};
    } else {
        const auto [lastX, lastY] = m_line.back();
        if (std::hypot(x - lastX, y - lastY) < lassoSpacing)
            return;
        m_line.emplace_back(x, y);
    }
    Q_EMIT lassoChanged();
}

void DiskGestures::finishLine(Qt::KeyboardModifiers modifiers) {
    const Line line = std::exchange(m_line, {});
    Q_EMIT lassoChanged();
    if (line.size() >= 3)
        select(m_view.pickPolygon(line), modeOf(modifiers));
}

void DiskGestures::select(std::span<const int> rows, DiskController::SelectMode mode) {
    m_clearSoon.stop(); // it would wipe what is newer than its click
    const std::vector<bool> before = m_view.selected();
    m_view.select(rows, mode);
    if (m_view.selected() != before)
        Q_EMIT selectionEdited();
}

void DiskGestures::click(QPointF position, Qt::KeyboardModifiers modifiers) {
    const int row = m_view.pick(position.x(), position.y());
    const auto mode = modeOf(modifiers);
    if (row < 0) {
        clickNothing(position, mode);
        return;
    }
    const bool again =
        mode == DiskController::SelectMode::Add && m_view.selected()[static_cast<std::size_t>(row)];
    select({&row, 1}, again ? DiskController::SelectMode::Remove : mode);
    Q_EMIT clicked(row);
}

void DiskGestures::clickNothing(QPointF position, DiskController::SelectMode mode) {
    if (const int arc = m_view.pickArc(position.x(), position.y()); arc >= 0)
        Q_EMIT arcClicked(arc);
    else if (mode == DiskController::SelectMode::Replace)
        m_clearSoon.start(QGuiApplication::styleHints()->mouseDoubleClickInterval());
}

void DiskGestures::selectAll() {
    std::vector<int> rows;
    for (std::size_t row = 0; row < m_view.scene().size(); ++row)
        if (m_view.isActive(row) && m_view.isShown(row))
            rows.push_back(static_cast<int>(row));
    select(rows, DiskController::SelectMode::Replace);
}

void DiskGestures::invertSelection() {
    std::vector<int> rows;
    for (std::size_t row = 0; row < m_view.scene().size(); ++row)
        if (m_view.isActive(row) && m_view.isShown(row) && !m_view.selected()[row])
            rows.push_back(static_cast<int>(row));
    select(rows, DiskController::SelectMode::Replace);
}

void DiskGestures::toggleSelected(int row) {
    if (row < 0)
        return;
    const bool isSelected = m_view.selected()[static_cast<std::size_t>(row)];
    select({&row, 1},
           isSelected ? DiskController::SelectMode::Remove : DiskController::SelectMode::Add);
}

void DiskGestures::activate(int row) {
    if (row < 0)
        return;
    select({&row, 1}, DiskController::SelectMode::Replace);
    Q_EMIT clicked(row);
}

void DiskGestures::hoverNext(bool outward) {
    if (m_mode != Mode::Idle)
        return;
    m_view.setHoverArc(-1);
    m_stepped = outward ? nextFromCentre(m_view, m_view.hover())
                        : previousFromCentre(m_view, m_view.hover());
    m_view.setHover(m_stepped);
}

void DiskGestures::escape() {
    if (m_mode != Mode::Idle || m_glide.isGliding())
        cancel();
    else if (m_isMeasuring)
        setMeasuring(false);
    else
        select({}, DiskController::SelectMode::Replace);
}

// ---- measuring

/// Layout position of the mark near by, or of the place itself.
DiskPoint DiskGestures::snapped(QPointF position) const {
    const int row = m_view.pick(position.x(), position.y());
    if (row >= 0)
        return m_view.scene().points[static_cast<std::size_t>(row)];
    disk::Complex z = m_view.toDisk(position.x(), position.y());
    if (std::abs(z) > farthestPlace)
        z *= farthestPlace / std::abs(z);
    return m_view.focus().inverse().apply(disk::toPolar(z));
}

void DiskGestures::layRuler() {
    DiskOverlay overlay = m_view.overlay();
    const bool isLong =
        (m_position - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
    overlay.ruler.reset();
    if (isLong)
        overlay.ruler = DiskRuler{m_rulerFrom, snapped(m_position)};
    m_view.setOverlay(std::move(overlay));
}

void DiskGestures::removeRuler() {
    DiskOverlay overlay = m_view.overlay();
    overlay.ruler.reset();
    m_view.setOverlay(std::move(overlay));
}

} // namespace hmgrl
