#pragma once

#include "picture/Stroke.h"
#include "view/DiskController.h"

#include <QPolygonF>

class QPainter;

namespace hmgrl {

/// Lines, bands and areas of the disk drawn by a QPainter.
class PainterStrokes final : public StrokeSink {
public:
    PainterStrokes(QPainter& painter, const DiskController& view)
        : m_painter(painter)
        , m_view(view) {}
    void polyline(std::span<const StrokePoint> points) override;
    void band(double inner, double outer, Argb innerColour, Argb outerColour) override;
    void area(std::span<const std::complex<double>> outline, std::complex<double> inside,
              Argb colour) override;

private:
    void run(std::span<const StrokePoint> points, Argb colour, float width);
    void taper(const StrokePoint& from, const StrokePoint& to, Argb colour);

    QPainter& m_painter;
    const DiskController& m_view;
    QPolygonF m_polygon; ///< scratch
};

} // namespace hmgrl
