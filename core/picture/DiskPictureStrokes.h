#pragma once

#include "picture/DiskPictureCanvas.h"
#include "picture/Stroke.h"
#include "view/DiskController.h"

#include <vector>

namespace hmgrl::picture {

/// Lines, bands and areas of the disk on a canvas, as vectors: lines of changing width
/// become areas, lines of changing colour pieces, neighbouring bands one shade. What lies outside
/// the frame is left out.
class CanvasStrokes : public StrokeSink {
public:
    /// The view fills `frame`.
    CanvasStrokes(Canvas& canvas, const DiskController& view, const Frame& frame);
    ~CanvasStrokes() override { flush(); }
    CanvasStrokes(const CanvasStrokes&) = delete;
    CanvasStrokes& operator=(const CanvasStrokes&) = delete;

    void polyline(std::span<const StrokePoint> points) override;
    void band(double inner, double outer, Argb innerColour, Argb outerColour) override;
    void area(std::span<const std::complex<double>> outline, std::complex<double> inside,
              Argb colour) override;

    [[nodiscard]] Place at(std::complex<double> z) const;

private:
    void flush(); ///< bands that were held back
    void piece(std::span<const StrokePoint> points, std::size_t first, std::size_t last);
    void ribbon(std::span<const StrokePoint> points, std::size_t first, std::size_t last,
                Argb colour);
    [[nodiscard]] bool meetsFrame(std::span<const Place> places, double border) const;

    Canvas& m_canvas;
    const DiskController& m_view;
    Frame m_frame;
    std::vector<Stop> m_stops;
    std::vector<Place> m_places, m_back;
};

} // namespace hmgrl::picture
