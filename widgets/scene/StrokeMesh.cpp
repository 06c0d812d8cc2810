#include "scene/StrokeMesh.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hmgrl {

namespace {
constexpr double softRim = 1; ///< pixels beyond the line's edge that the shader needs
constexpr double tiny = 1e-12;

std::complex<double> normalAt(std::span<const StrokePoint> points, std::size_t i) {
    const auto before = points[i == 0 ? 0 : i - 1].z;
    const auto after = points[std::min(i + 1, points.size() - 1)].z;
    const auto along = after - before;
    const double length = std::abs(along);
    if (length < tiny)
        return {0, 0};
    return std::complex<double>(-along.imag(), along.real()) / length;
}

/// Chords deviate from the circle by less than a tenth of a pixel.
int segments(double radiusPixels) {
    const double count = std::numbers::pi * std::sqrt(5 * std::max(radiusPixels, 1.0));
    return std::clamp(static_cast<int>(std::ceil(count)), 48, 720);
}
} // namespace

void StrokeMesh::restart(double pixelsPerUnit) {
    m_vertices.clear();
    m_pixelsPerUnit = pixelsPerUnit;
}

/// Strips are joined by two triangles without area.
void StrokeMesh::startStrip(const Vertex& first) {
    if (m_vertices.empty())
        return;
    const Vertex last = m_vertices.back();
    m_vertices.push_back(last);
    m_vertices.push_back(first);
}

void StrokeMesh::pair(const StrokePoint& point, std::complex<double> normal, bool first) {
    const double half = point.width / 2.0;
    const auto offset = normal * ((half + softRim) / m_pixelsPerUnit);
    const auto reach = static_cast<float>(half + softRim);
    const auto colour = toRgbaBytes(point.colour);
    const auto vertex = [&](std::complex<double> z, float side) {
        return Vertex{static_cast<float>(z.real()), static_cast<float>(z.imag()), side,
                      static_cast<float>(half), colour};
    };
    const Vertex left = vertex(point.z + offset, reach);
    if (first)
        startStrip(left);
    m_vertices.push_back(left);
    m_vertices.push_back(vertex(point.z - offset, -reach));
}

void StrokeMesh::polyline(std::span<const StrokePoint> points) {
    if (points.size() < 2)
        return;
    for (std::size_t i = 0; i < points.size(); ++i)
        pair(points[i], normalAt(points, i), i == 0);
}

void StrokeMesh::band(double inner, double outer, Argb innerColour, Argb outerColour) {
    constexpr float inside = 1e4F; // no soft rim: bands meet without a seam
    const int count = segments(outer * m_pixelsPerUnit);
    for (int i = 0; i <= count; ++i) {
        const auto direction = std::polar(1.0, 2 * std::numbers::pi * i / count);
        const auto a = inner * direction, b = outer * direction;
        const Vertex first{static_cast<float>(a.real()), static_cast<float>(a.imag()), 0, inside,
                           toRgbaBytes(innerColour)};
        if (i == 0)
            startStrip(first);
        m_vertices.push_back(first);
        m_vertices.push_back({static_cast<float>(b.real()), static_cast<float>(b.imag()), 0, inside,
                              toRgbaBytes(outerColour)});
    }
}

} // namespace hmgrl
