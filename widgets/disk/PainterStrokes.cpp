#include "disk/PainterStrokes.h"

#include <QPainter>
#include <QPainterPath>
#include <array>
#include <cmath>

namespace hmgrl {

namespace {
constexpr int unseen = 4; ///< alphas below leave no trace

int alphaOf(Argb colour) {
    return static_cast<int>(colour >> 24);
}

} // namespace

/// Pieces that look alike are one path: a painter is slow at strokes, and each has its price.
void PainterStrokes::polyline(std::span<const StrokePoint> points) {
    std::size_t first = 0;
    while (first + 1 < points.size()) {
        std::size_t last = first + 1;
        while (last + 1 < points.size() && alike(points[first].colour, points[last + 1].colour) &&
               std::abs(points[first].width - points[last + 1].width) < 0.35F)
            ++last;
        const std::size_t middle = (first + last) / 2;
        const Argb colour = mixed(points[first].colour, points[last].colour, 0.5);
        if (alphaOf(colour) >= unseen)
            run(points.subspan(first, last - first + 1), colour,
                (points[middle].width + points[middle + (last - first) % 2].width) / 2);
        first = last;
    }
}

void PainterStrokes::run(std::span<const StrokePoint> points, Argb colour, float width) {
    if (points.size() == 2 && std::abs(points[0].width - points[1].width) > 1) {
        taper(points[0], points[1], colour);
        return;
    }
    m_polygon.clear();
    for (const StrokePoint& point : points) {
        const auto [x, y] = m_view.toScreen(point.z);
        m_polygon.append(QPointF(x, y));
    }
    m_painter.setPen(
        QPen(QColor::fromRgba(colour), width, Qt::SolidLine, Qt::FlatCap, Qt::BevelJoin));
    m_painter.setBrush(Qt::NoBrush);
    m_painter.drawPolyline(m_polygon);
}

void PainterStrokes::taper(const StrokePoint& from, const StrokePoint& to, Argb colour) {
    const auto [x1, y1] = m_view.toScreen(from.z);
    const auto [x2, y2] = m_view.toScreen(to.z);
    const QPointF along(x2 - x1, y2 - y1);
    const double length = std::hypot(along.x(), along.y());
    if (length <= 0)
        return;
    const QPointF across = QPointF(-along.y(), along.x()) / (2 * length);
    const std::array corners{
        QPointF(x1, y1) + across * from.width, QPointF(x2, y2) + across * to.width,
        QPointF(x2, y2) - across * to.width, QPointF(x1, y1) - across * from.width};
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(QColor::fromRgba(colour));
    m_painter.drawPolygon(corners.data(), 4);
}

void PainterStrokes::band(double inner, double outer, Argb innerColour, Argb outerColour) {
    const double pixels = m_view.pixelsPerUnit();
    const auto [x, y] = m_view.toScreen({0, 0});
    const QPointF middle(x, y);
    QRadialGradient gradient(middle, outer * pixels);
    gradient.setColorAt(inner / outer, QColor::fromRgba(innerColour));
    gradient.setColorAt(1, QColor::fromRgba(outerColour));
    QPainterPath ring;
    ring.addEllipse(middle, outer * pixels, outer * pixels);
    ring.addEllipse(middle, inner * pixels, inner * pixels);
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(gradient);
    m_painter.drawPath(ring);
}

void PainterStrokes::area(std::span<const std::complex<double>> outline,
                          std::complex<double> /*inside*/, Argb colour) {
    m_polygon.clear();
    for (const auto z : outline) {
        const auto [x, y] = m_view.toScreen(z);
        m_polygon.append(QPointF(x, y));
    }
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(QColor::fromRgba(colour));
    m_painter.drawPolygon(m_polygon);
}

} // namespace hmgrl
