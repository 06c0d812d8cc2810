#include "disk/PainterStrokes.h"

#include <QPainter>
#include <QPainterPath>

namespace hmgrl {

void PainterStrokes::polyline(std::span<const StrokePoint> points) {
    for (std::size_t i = 1; i < points.size(); ++i) {
        const Argb colour = mixed(points[i - 1].colour, points[i].colour, 0.5);
        if (colour >> 24 < 4)
            continue;
        const auto [x1, y1] = m_view.toScreen(points[i - 1].z);
        const auto [x2, y2] = m_view.toScreen(points[i].z);
        m_painter.setPen(
            QPen(QColor::fromRgba(colour), points[i].width, Qt::SolidLine, Qt::FlatCap));
        m_painter.drawLine(QPointF(x1, y1), QPointF(x2, y2));
    }
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
    QPolygonF polygon;
    polygon.reserve(static_cast<qsizetype>(outline.size()));
    for (const auto z : outline) {
        const auto [x, y] = m_view.toScreen(z);
        polygon.append(QPointF(x, y));
    }
    m_painter.setPen(Qt::NoPen);
    m_painter.setBrush(QColor::fromRgba(colour));
    m_painter.drawPolygon(polygon);
}

} // namespace hmgrl
