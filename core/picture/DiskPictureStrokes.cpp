#include "picture/DiskPictureStrokes.h"

#include <algorithm>
#include <cmath>

namespace hmgrl::picture {

namespace {

bool isTapered(std::span<const StrokePoint> points) {
    const auto [thin, wide] =
        std::minmax_element(points.begin(), points.end(),
                            [](const auto& a, const auto& b) { return a.width < b.width; });
    return wide->width - thin->width > 0.15F;
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
        while (last + 1 < points.size() && alike(points[first].colour, points[last + 1].colour))
            ++last;
        piece(points, first, last);
        first = last;
    }
}

void CanvasStrokes::piece(std::span<const StrokePoint> points, std::size_t first,
                          std::size_t last) {
    const Argb colour = mixed(points[first].colour, points[last].colour, 0.5);
    const auto part = points.subspan(first, last - first + 1);
    if (colour >> 24 < 2)
        return;
    m_places.clear();
    for (const StrokePoint& point : part)
        m_places.push_back(at(point.z));
    constexpr double widest = 20;
    if (!meetsFrame(m_places, widest))
        return;
    if (isTapered(part))
        ribbon(points, first, last, colour);
    else
        m_canvas.line(m_places, colour, static_cast<double>(points[first].width));
}

/// The outline of a line of changing width: one side forth, the other back.
void CanvasStrokes::ribbon(std::span<const StrokePoint> points, std::size_t first, std::size_t last,
                           Argb colour) {
    m_places.clear();
    m_back.clear();
    for (std::size_t i = first; i <= last; ++i) {
        const Place before = at(points[i > 0 ? i - 1 : 0].z);
        const Place after = at(points[std::min(i + 1, points.size() - 1)].z);
        const double dx = after.x - before.x, dy = after.y - before.y;
        const double length = std::max(std::hypot(dx, dy), 1e-9);
        const double half = static_cast<double>(points[i].width) / 2;
        const Place here = at(points[i].z);
        const double nx = -dy / length * half, ny = dx / length * half;
        m_places.push_back({here.x + nx, here.y + ny});
        m_back.push_back({here.x - nx, here.y - ny});
    }
    m_places.insert(m_places.end(), m_back.rbegin(), m_back.rend());
    m_canvas.polygon(m_places, {colour, 0, 0});
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
