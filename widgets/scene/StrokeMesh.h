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

    [[nodiscard]] std::span<const Vertex> vertices() const { return m_vertices; }

private:
    void startStrip(const Vertex& first);
    void pair(const StrokePoint& point, std::complex<double> normal, bool first);

    std::vector<Vertex> m_vertices;
    double m_pixelsPerUnit = 1;
};

} // namespace hmgrl
