#include "scene/StrokeMesh.h"

#include "geometry/Klein.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hmgrl {

namespace {
constexpr double softRim = 0.6; ///< pixels beyond the line's edge; the shader needs half of one
constexpr double tiny = 1e-12;
constexpr float inside = 1e4F; ///< "half" of what has no soft rim

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

StrokeMesh::Vertex solid(std::complex<double> z, std::uint32_t rgba) {
    return {static_cast<float>(z.real()), static_cast<float>(z.imag()), 0, inside, rgba};
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
    const int count = segments(outer * m_pixelsPerUnit);
    for (int i = 0; i <= count; ++i) {
        const auto direction = std::polar(1.0, 2 * std::numbers::pi * i / count);
        const auto a = inner * direction, b = outer * direction;
        const Vertex first = solid(a, toRgbaBytes(innerColour));
        if (i == 0)
            startStrip(first);
        m_vertices.push_back(first);
        m_vertices.push_back(solid(b, toRgbaBytes(outerColour)));
    }
}

/// So many that the rays of an area, drawn in so many straight steps, bend enough.
int StrokeMesh::raySteps(std::span<const std::complex<double>> outline,
                         std::complex<double> middle) const {
    double most = 0; // sagitta
    for (const auto z : outline) {
        const auto turn = 1.0 - std::conj(middle) * z; // its angle is half the turn of the ray
        const double sum = turn.real() + std::abs(turn);
        if (sum > 0)
            most = std::max(most, std::abs(z - middle) / 2 * std::abs(turn.imag()) / sum);
    }
    constexpr double tolerance = 0.5; // pixels
    const double steps = std::sqrt(most * m_pixelsPerUnit / tolerance);
    return std::clamp(static_cast<int>(std::ceil(steps)), 1, 16);
}

/// Straight chords of Klein's model cover the area without overlap whatever its shape here.
void StrokeMesh::area(std::span<const std::complex<double>> outline, std::complex<double> middle,
                      Argb colour) {
    if (outline.size() < 3)
        return;
    const int steps = raySteps(outline, middle);
    const auto rgba = toRgbaBytes(colour);
    const auto from = disk::toKlein(middle);
    m_inner.assign(outline.size(), middle);
    m_outer.resize(outline.size());
    for (int step = 1; step <= steps; ++step) {
        const double left = 1 - static_cast<double>(step) / steps;
        for (std::size_t i = 0; i < outline.size(); ++i) {
            const auto to = disk::toKlein(outline[i]);
            m_outer[i] =
                step == steps ? outline[i] : disk::fromKlein(to + left * left * (from - to));
        }
        for (std::size_t n = 0; n <= outline.size(); ++n) {
            const std::size_t i = n % outline.size();
            const Vertex first = solid(m_inner[i], rgba);
            if (n == 0)
                startStrip(first);
            m_vertices.push_back(first);
            m_vertices.push_back(solid(m_outer[i], rgba));
        }
        std::swap(m_inner, m_outer);
    }
}

} // namespace hmgrl
