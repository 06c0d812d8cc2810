#pragma once

#include "picture/SplatRaster.h"
#include "picture/Stroke.h"
#include "support/Workers.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl {

/// Draws thousands of thin lines into plain memory with soft rims as a shader would, far faster
/// than software OpenGL or a painter does. The picture is the same for any number of threads.
class StrokeRaster final : public LineSink {
public:
    explicit StrokeRaster(int threads = 0); ///< the caller's among them; 0: one a core, up to eight

    void restart(); ///< forgets all lines; their memory stays
    void polyline(std::span<const StrokePoint> points) override;
    [[nodiscard]] bool isEmpty() const { return m_ends.empty(); }
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
    void placeAll(const SplatRaster::Transform& transform);
    void drawBand(Rows rows);
    template <bool steep>
    void sweep(const Piece& piece, Rows rows);
    void fillBox(const Piece& piece, Rows rows);

    Workers m_workers;
    std::vector<StrokePoint> m_points;
    std::vector<std::size_t> m_ends; ///< of each line in m_points
    std::vector<Piece> m_pieces;
    SplatRaster::Target m_target;
};

} // namespace hmgrl
