#include "disk/DiskGestures.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QStyleHints>
#include <QWheelEvent>
#include <cmath>
#include <numbers>

namespace hmgrl {

namespace {
constexpr double zoomStep = 1.25;
constexpr double panStep = 48; ///< pixels an arrow key
constexpr double turnStep = std::numbers::pi / 36;
constexpr double lassoSpacing = 3; ///< pixels between its corners

DiskController::SelectMode modeOf(Qt::KeyboardModifiers modifiers) {
    if (modifiers & Qt::AltModifier)
        return DiskController::SelectMode::Remove;
    if (modifiers & Qt::ControlModifier)
        return DiskController::SelectMode::Add;
    return DiskController::SelectMode::Replace;
}
} // namespace

DiskGestures::DiskGestures(DiskController& view, QObject* parent)
    : QObject(parent)
    , m_view(view) {
    m_clearSoon.setSingleShot(true);
    connect(&m_clearSoon, &QTimer::timeout, this,
            [this] { select({}, DiskController::SelectMode::Replace); });
}

void DiskGestures::setMode(Mode mode) {
    if (mode == m_mode)
        return;
    m_mode = mode;
    Q_EMIT modeChanged();
}

void DiskGestures::press(const QMouseEvent& event) {
    m_position = m_pressedAt = event.position();
    if (event.button() != Qt::LeftButton && event.button() != Qt::MiddleButton)
        return;
    Q_EMIT started();
    if (event.button() == Qt::LeftButton && event.modifiers() & Qt::ShiftModifier) {
        m_lasso.assign(1, {m_position.x(), m_position.y()});
        m_view.setHover(-1);
        setMode(Mode::Lasso);
        return;
    }
    setMode(Mode::Pressed);
}

void DiskGestures::move(const QMouseEvent& event) {
    m_position = event.position();
    switch (m_mode) {
    case Mode::Idle:
        hoverAt(m_position);
        return;
    case Mode::Pressed:
        if ((m_position - m_pressedAt).manhattanLength() < QApplication::startDragDistance())
            return;
        m_view.setHover(-1);
        m_view.beginDrag(m_pressedAt.x(), m_pressedAt.y());
        setMode(Mode::Travel);
        [[fallthrough]];
    case Mode::Travel:
        m_view.drag(m_position.x(), m_position.y());
        return;
    case Mode::Lasso: {
        const auto [x, y] = m_lasso.back();
        if (std::hypot(m_position.x() - x, m_position.y() - y) < lassoSpacing)
            return;
        m_lasso.emplace_back(m_position.x(), m_position.y());
        Q_EMIT lassoChanged();
    }
    }
}

void DiskGestures::release(const QMouseEvent& event) {
    m_position = event.position();
    const Mode mode = m_mode;
    if (mode == Mode::Idle || event.buttons() & (Qt::LeftButton | Qt::MiddleButton))
        return;
    setMode(Mode::Idle);
    if (mode == Mode::Travel)
        m_view.endDrag();
    else if (mode == Mode::Lasso)
        finishLasso(event.modifiers());
    else if (event.button() == Qt::LeftButton)
        click(m_position, event.modifiers());
    hoverAt(m_position);
}

void DiskGestures::doubleClick(const QMouseEvent& event) {
    if (event.button() != Qt::LeftButton)
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
    const double notches = event.angleDelta().y() / 120.0;
    if (notches == 0)
        return;
    Q_EMIT started();
    m_view.zoomAt(event.position().x(), event.position().y(), std::pow(zoomStep, notches));
    if (m_mode == Mode::Idle)
        hoverAt(event.position());
}

void DiskGestures::leave() {
    if (m_mode == Mode::Idle)
        m_view.setHover(-1);
}

void DiskGestures::cancel() {
    if (m_mode == Mode::Travel)
        m_view.endDrag();
    const bool lasso = m_mode == Mode::Lasso;
    m_lasso.clear();
    setMode(Mode::Idle);
    if (lasso)
        Q_EMIT lassoChanged();
}

void DiskGestures::hoverAt(QPointF position) {
    m_view.setHover(m_view.pick(position.x(), position.y()));
}

void DiskGestures::select(std::span<const int> rows, DiskController::SelectMode mode) {
    const std::vector<bool> before = m_view.selected();
    m_view.select(rows, mode);
    if (m_view.selected() != before)
        Q_EMIT selectionEdited();
}

void DiskGestures::click(QPointF position, Qt::KeyboardModifiers modifiers) {
    m_clearSoon.stop();
    const int row = m_view.pick(position.x(), position.y());
    const auto mode = modeOf(modifiers);
    if (row < 0) {
        if (mode == DiskController::SelectMode::Replace)
            m_clearSoon.start(QGuiApplication::styleHints()->mouseDoubleClickInterval());
        return;
    }
    const bool again =
        mode == DiskController::SelectMode::Add && m_view.selected()[static_cast<std::size_t>(row)];
    select({&row, 1}, again ? DiskController::SelectMode::Remove : mode);
    Q_EMIT clicked(row);
}

void DiskGestures::finishLasso(Qt::KeyboardModifiers modifiers) {
    const Line line = std::exchange(m_lasso, {});
    Q_EMIT lassoChanged();
    if (line.size() >= 3)
        select(m_view.pickPolygon(line), modeOf(modifiers));
}

QPointF DiskGestures::middle() const {
    const auto [x, y] = m_view.toScreen({0, 0});
    return {x, y};
}

/// A short drag of the middle of the disk.
void DiskGestures::pan(double dx, double dy) {
    const QPointF from = middle();
    m_view.beginDrag(from.x(), from.y());
    m_view.drag(from.x() + dx, from.y() + dy);
    m_view.endDrag();
}

bool DiskGestures::key(const QKeyEvent& event) {
    const bool turning = event.modifiers() & Qt::ShiftModifier;
    const auto zoom = [this](double factor) {
        const QPointF at = middle();
        m_view.zoomAt(at.x(), at.y(), factor);
    };
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    switch (event.key()) {
    case Qt::Key_Left:
        turning ? m_view.rotate(turnStep) : pan(panStep, 0);
        break;
    case Qt::Key_Right:
        turning ? m_view.rotate(-turnStep) : pan(-panStep, 0);
        break;
    case Qt::Key_Up:
        pan(0, panStep);
        break;
    case Qt::Key_Down:
        pan(0, -panStep);
        break;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
        zoom(zoomStep);
        break;
    case Qt::Key_Minus:
        zoom(1 / zoomStep);
        break;
    case Qt::Key_Home:
        Q_EMIT homeWanted();
        return true;
    case Qt::Key_F:
        Q_EMIT focusWanted();
        return true;
    case Qt::Key_Escape:
        if (m_mode != Mode::Idle)
            cancel();
        else
            select({}, DiskController::SelectMode::Replace);
        return true;
    default:
        return false;
    }
    Q_EMIT started();
    return true;
}

} // namespace hmgrl
