#include "disk/MiniMap.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPainter>
#include <QVariantAnimation>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace hmgrl {

namespace {
using disk::Complex;

constexpr int side = 136;
constexpr double radius = 60; ///< of the disk in it
constexpr int apart = 12;
constexpr int fadeTime = 180;       ///< milliseconds
constexpr double usefulZoom = 1.2;  ///< from here on the map is shown,
constexpr double usefulFocus = 1.5; ///< or from this hyperbolic distance from home on
constexpr double farthestPlace = 0.995;
constexpr int outlinePieces = 24; ///< of each side of the viewport

bool isSample(PointKind kind) {
    return kind == PointKind::Mention || kind == PointKind::Relation;
}
} // namespace

MiniMap::MiniMap(const DiskController& view, QWidget* parent)
    : QWidget(parent)
    , m_view(view)
    , m_fade(new QVariantAnimation(this)) {
    resize(side, side);
    setAccessibleName(tr("Overview"));
    setToolTip(tr("The whole disk; click or drag to look elsewhere"));
    setCursor(Qt::CrossCursor);
    hide();
    m_fade->setDuration(fadeTime);
    m_fade->setStartValue(0.0);
    m_fade->setEndValue(1.0);
    connect(m_fade, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
        m_opacity = value.toDouble();
        update();
    });
    connect(m_fade, &QVariantAnimation::finished, this, [this] {
        if (!m_isShown)
            hide();
    });
}

void MiniMap::setColours(const DiskColours& colours) {
    m_colours = colours;
    layoutChanged();
}

void MiniMap::setWanted(bool wanted) {
    m_isWanted = wanted;
    viewChanged();
}

void MiniMap::layoutChanged() {
    m_layout = {};
    viewChanged();
}

bool MiniMap::isUseful() const {
    return m_view.scene().size() > 0 &&
           (m_view.zoom() > usefulZoom || m_view.focus().apply(DiskPoint{}).r > usefulFocus);
}

void MiniMap::viewChanged() {
    const bool shown = m_isWanted && (isUseful() || m_isPressed); // never from under the hand
    if (shown != m_isShown) {
        m_isShown = shown;
        appear();
    } else if (m_isShown) {
        update();
    }
}

void MiniMap::appear() {
    m_fade->stop();
    m_fade->setDirection(m_isShown ? QAbstractAnimation::Forward : QAbstractAnimation::Backward);
    setAttribute(Qt::WA_TransparentForMouseEvents, !m_isShown);
    if (m_isShown)
        show();
    m_fade->start();
    Q_EMIT shownChanged();
}

void MiniMap::arrange(const QRect& room) {
    move(room.left() + apart, room.top() + apart);
}

QPointF MiniMap::toMap(Complex z) const {
    return {side / 2.0 + radius * z.real(), side / 2.0 - radius * z.imag()};
}

DiskPoint MiniMap::toLayout(QPointF place) const {
    Complex z((place.x() - side / 2.0) / radius, (side / 2.0 - place.y()) / radius);
    if (std::abs(z) > farthestPlace)
        z *= farthestPlace / std::abs(z);
    return disk::toPolar(z);
}

void MiniMap::renderLayout() {
    const double ratio = devicePixelRatioF();
    m_layout = QImage(QSize(side, side) * ratio, QImage::Format_ARGB32_Premultiplied);
    m_layout.setDevicePixelRatio(ratio);
    m_layout.fill(Qt::transparent);
    QPainter painter(&m_layout);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QPointF middle(side / 2.0, side / 2.0);
    for (int i = 5; i > 0; --i) {
        painter.setBrush(QColor::fromRgba(faded(m_colours.shadow, 0.35)));
        painter.drawEllipse(middle, radius + i, radius + i);
    }
    QRadialGradient fill(middle, radius);
    fill.setColorAt(0, QColor::fromRgb(m_colours.centre & 0xFFFFFF));
    fill.setColorAt(1, QColor::fromRgb(m_colours.rim & 0xFFFFFF));
    painter.setBrush(fill);
    painter.setPen(QPen(QColor::fromRgba(m_colours.boundary), 1));
    painter.drawEllipse(middle, radius, radius);
    paintPoints(painter);
}

void MiniMap::paintPoints(QPainter& painter) const {
    const DiskScene& scene = m_view.scene();
    painter.setPen(Qt::NoPen);
    const std::size_t stride = scene.size() / mostPoints + 1;
    const auto dot = [&](std::size_t row, double size, double opacity) {
        const Argb colour = m_view.isActive(row) ? withAlpha(scene.colour[row], opacity)
                                                 : faded(m_colours.inactive, opacity);
        painter.setBrush(QColor::fromRgba(colour));
        painter.drawEllipse(toMap(disk::toCartesian(scene.points[row])), size, size);
    };
    for (std::size_t row = 0; row < scene.size(); row += stride)
        if (isSample(scene.kind[row]))
            dot(row, 0.9, 0.5);
    for (std::size_t row = 0; row < scene.size(); ++row)
        if (!isSample(scene.kind[row]) && scene.kind[row] != PointKind::Generated)
            dot(row, 1.7, 0.95);
}

/// The edge of the viewport as it lies in the layout.
QPolygonF MiniMap::viewportOutline() const {
    const auto [x, y] = m_view.viewportCentre();
    const double right = 2 * x, bottom = 2 * y;
    const double corners[5][2] = {{0, 0}, {right, 0}, {right, bottom}, {0, bottom}, {0, 0}};
    const disk::Isometry back = m_view.focus().inverse();
    QPolygonF outline;
    for (int edge = 0; edge < 4; ++edge)
        for (int i = 0; i < outlinePieces; ++i) {
            const double t = static_cast<double>(i) / outlinePieces;
            Complex z = m_view.toDisk(std::lerp(corners[edge][0], corners[edge + 1][0], t),
                                      std::lerp(corners[edge][1], corners[edge + 1][1], t));
            if (std::abs(z) > 0.99999)
                z *= 0.99999 / std::abs(z);
            outline << toMap(back.apply(z));
        }
    return outline;
}

/// The points at hyperbolic distance 1.
QPolygonF MiniMap::unitCircle(DiskPoint centre) const {
    const disk::Isometry there = disk::Isometry::fromOrigin(centre);
    constexpr int pieces = 64;
    QPolygonF circle;
    for (int i = 0; i < pieces; ++i)
        circle << toMap(there.apply(std::polar(std::tanh(0.5), 2 * std::numbers::pi * i / pieces)));
    return circle;
}

void MiniMap::paintOutline(QPainter& painter) const {
    const DiskPoint centre = m_view.focus().inverse().apply(disk::toPolar(m_view.pan()));
    const QColor accent = QColor::fromRgba(m_colours.accent);
    const bool isZoomed = m_view.zoom() > usefulZoom;
    painter.setPen(QPen(accent, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(QColor::fromRgba(withAlpha(m_colours.accent, m_colours.dark ? 0.16 : 0.1)));
    painter.drawPolygon(isZoomed ? viewportOutline() : unitCircle(centre));
    painter.setPen(QPen(QColor::fromRgba(m_colours.outline), 1));
    painter.setBrush(accent);
    painter.drawEllipse(toMap(disk::toCartesian(centre)), 2.8, 2.8);
}

void MiniMap::paintEvent(QPaintEvent* /*event*/) {
    if (m_layout.isNull() || m_layout.devicePixelRatio() != devicePixelRatioF())
        renderLayout();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setOpacity(m_opacity);
    painter.drawImage(QPointF(0, 0), m_layout);
    paintOutline(painter);
}

void MiniMap::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_pressedAt = event->position();
    m_isPressed = true;
    m_isDragging = false;
    Q_EMIT pressed();
}

void MiniMap::mouseMoveEvent(QMouseEvent* event) {
    if (!(event->buttons() & Qt::LeftButton))
        return;
    m_isDragging |=
        (event->position() - m_pressedAt).manhattanLength() >= QApplication::startDragDistance();
    if (m_isDragging)
        Q_EMIT dragged(toLayout(event->position()));
}

void MiniMap::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton)
        return;
    m_isPressed = false;
    if (std::exchange(m_isDragging, false))
        Q_EMIT dropped();
    else
        Q_EMIT clicked(toLayout(event->position()));
    viewChanged();
}

/// What is hidden while it is held hears of no release.
void MiniMap::hideEvent(QHideEvent* event) {
    m_isPressed = false;
    if (std::exchange(m_isDragging, false))
        Q_EMIT dropped();
    QWidget::hideEvent(event);
}

void MiniMap::mouseDoubleClickEvent(QMouseEvent* /*event*/) {}

} // namespace hmgrl
