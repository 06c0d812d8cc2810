#include "picture/DiskPictureStrokes.h"

#include <algorithm>
#include <cmath>

namespace hmgrl::picture {

namespace {

/// Two points of a line that the eye can't tell apart by width or colour.
bool alike(const StrokePoint& a, const StrokePoint& b) {
    constexpr int leastStep = 14; // of 255
    if (std::abs(a.width - b.width) > 0.2F + 0.1F * std::max(a.width, b.width))
        return false;
    for (const int shift : {0, 8, 16, 24}) {
        const int from = static_cast<int>(a.colour >> shift & 0xFF);
        const int to = static_cast<int>(b.colour >> shift & 0xFF);
        if (std::abs(from - to) > leastStep)
            return false;
    }
    return true;
}

} // namespace

CanvasStrokes::CanvasStrokes(Canvas& canvas, const DiskController& view, const Frame& frame)
    : m_canvas(canvas)
    , m_view(view)
    , m_frame(frame) {}

Place CanvasStrokes::at(std::complex<double> z) const {
    const auto [x, y] = m_view.toScreen(z);
    return {m_frame.x + x, m_frame.y + y};
}

bool CanvasStrokes::meetsFrame(std::span<const Place> places, double border) const {
    double left = INFINITY, right = -INFINITY, top = INFINITY, bottom = -INFINITY;
    for (const Place& p : places) {
        left = std::min(left, p.x);
        right = std::max(right, p.x);
        top = std::min(top, p.y);
        bottom = std::max(bottom, p.y);
    }
    return left <= m_frame.x + m_frame.width + border && right >= m_frame.x - border &&
           top <= m_frame.y + m_frame.height + border && bottom >= m_frame.y - border;
}

void CanvasStrokes::polyline(std::span<const StrokePoint> points) {
    flush();
    for (std::size_t first = 0; first + 1 < points.size();) {
        std::size_t last = first + 1;
        while (last + 1 < points.size() && alike(points[first], points[last + 1]))
            ++last;
        piece(points, first, last);
        first = last;
    }
}

void CanvasStrokes::piece(std::span<const StrokePoint> points, std::size_t first,
                          std::size_t last) {
    const StrokePoint& a = points[first];
    const StrokePoint& b = points[last];
    const Argb colour = mixed(a.colour, b.colour, 0.5);
    const double width = (static_cast<double>(a.width) + static_cast<double>(b.width)) / 2;
    if (colour >> 24 < 2)
        return;
    m_places.clear();
    for (std::size_t i = first; i <= last; ++i)
        m_places.push_back(at(points[i].z));
    if (meetsFrame(m_places, width))
        m_canvas.line(m_places, colour, width);
}

void CanvasStrokes::band(double inner, double outer, Argb innerColour, Argb outerColour) {
    const double unit = m_view.pixelsPerUnit();
    if (!m_stops.empty() && !(std::abs(m_stops.back().radius - inner * unit) < 1e-6 * unit &&
                              m_stops.back().colour == innerColour))
        flush();
    if (m_stops.empty())
        m_stops.push_back({inner * unit, innerColour});
    m_stops.push_back({outer * unit, outerColour});
}

void CanvasStrokes::flush() {
    if (!m_stops.empty())
        m_canvas.rings(at(0), m_stops);
    m_stops.clear();
}

void CanvasStrokes::area(std::span<const std::complex<double>> outline,
                         std::complex<double> /*inside*/, Argb colour) {
    flush();
    m_places.clear();
    for (const auto z : outline)
        m_places.push_back(at(z));
    if (colour >> 24 > 0 && meetsFrame(m_places, 0))
        m_canvas.polygon(m_places, {colour, 0, 0});
}

} // namespace hmgrl::picture
