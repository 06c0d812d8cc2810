#pragma once

#include "picture/SplatRaster.h"
#include "picture/Stroke.h"
#include "support/Workers.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl {

/// Draws areas, and above them thousands of thin lines, into plain memory with soft rims, far
/// faster than software OpenGL or a painter does. The picture is the same for any number of
/// threads.
class StrokeRaster final : public LayerSink {
public:
    explicit StrokeRaster(int threads = 0); ///< the caller's among them; 0: one a core, up to eight

    void restart(); ///< forgets everything; the memory stays
    void polyline(std::span<const StrokePoint> points) override;
    void area(std::span<const std::complex<double>> outline, std::complex<double> inside,
              Argb colour) override;
    [[nodiscard]] bool isEmpty() const { return m_ends.empty() && m_areas.empty(); }
    void draw(const SplatRaster::Transform& transform, const SplatRaster::Target& target);

private:
    /// A straight piece in device pixels.
    struct Piece {
        float x0, y0, x1, y1;
        float half0, half1;             ///< half the width
        float alpha0, alpha1;           ///< 0 to 256
        std::uint32_t colour0, colour1; ///< bytes as in the target
    };
    struct Rows {
        int first, end;
    };
    /// Corners in m_outlines (device pixels once placed).
    struct Area {
        std::size_t begin, end;
        Argb colour;
        float top, bottom;
    };
    struct Corner {
        float x, y;
    };
    /// What a thread needs for itself.
    struct Scratch {
        std::vector<std::size_t> edges; ///< those of an area that touch the band
        std::vector<float> cover;       ///< of a row: differences
    };
    void placeAreas(const SplatRaster::Transform& transform);
    void fillArea(const Area& area, Rows rows, Scratch& scratch);
    void fillRow(const Area& area, int row, Scratch& scratch);
    void placeAll(const SplatRaster::Transform& transform);
    void drawBand(Rows rows, Scratch& scratch);
    template <bool steep>
    void sweep(const Piece& piece, Rows rows);
    void fillBox(const Piece& piece, Rows rows);

    Workers m_workers;
    std::vector<StrokePoint> m_points;
    std::vector<std::size_t> m_ends; ///< of each line in m_points
    std::vector<Piece> m_pieces;
    std::vector<std::complex<double>> m_outlines;
    std::vector<Corner> m_corners;
    std::vector<Area> m_areas;
    std::vector<Scratch> m_scratch; ///< one a thread
    SplatRaster::Target m_target;
};

} // namespace hmgrl
