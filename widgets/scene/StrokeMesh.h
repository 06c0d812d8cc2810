#pragma once

#include "picture/Stroke.h"

#include <vector>

namespace hmgrl {

/// Lines as one triangle strip. `side` is the signed distance to the middle of the line and `half`
/// half its width, both in pixels: the fragment shader makes the soft rim of them.
class StrokeMesh final : public StrokeSink {
public:
    struct Vertex {
        float x, y;
        float side, half;
        std::uint32_t rgba; ///< bytes R, G, B, A in memory
    };

    /// Empties the mesh (its memory stays). @param pixelsPerUnit > 0
    void restart(double pixelsPerUnit);
    void polyline(std::span<const StrokePoint> points) override;
    void band(double inner, double outer, Argb innerColour, Argb outerColour) override;
    void area(std::span<const std::complex<double>> outline, std::complex<double> inside,
              Argb colour) override;

    [[nodiscard]] std::span<const Vertex> vertices() const { return m_vertices; }

private:
    void startStrip(const Vertex& first);
    void pair(const StrokePoint& point, std::complex<double> normal, bool first);
    [[nodiscard]] int raySteps(std::span<const std::complex<double>> outline,
                               std::complex<double> inside) const;

    std::vector<Vertex> m_vertices;
    std::vector<std::complex<double>> m_inner, m_outer; ///< rings of an area
    double m_pixelsPerUnit = 1;
};

} // namespace hmgrl
