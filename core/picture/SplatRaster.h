#pragma once

#include "picture/SplatSet.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl {

/// Draws a SplatSet into plain memory, far faster than software OpenGL draws sprites: the soft
/// discs are computed once for each size and position within a pixel, and then blended by a small
/// loop. The picture is the one that SplatProp's shader makes.
class SplatRaster {
public:
    enum class ByteOrder { Rgba, Bgra }; ///< in memory, premultiplied
    struct Target {
        std::span<std::uint32_t> pixels; ///< width * height, blended over
        int width = 0, height = 0;
        ByteOrder order = ByteOrder::Rgba;
    };
    /// pixel = offset + scale * disk position, in device pixels.
    struct Transform {
        double scaleX, scaleY, offsetX, offsetY;
        double pixelRatio;
    };

    void draw(const SplatSet& splats, const Transform& transform, const Target& target);

private:
    /// Coverage of a disc or diamond, 0 to 255; its middle lies in pixel (half, half). Rows are
    /// filled up with zeros to `stride`, a multiple of eight.
    struct Mask {
        int side = 0, half = 0, stride = 0;
        std::vector<std::uint8_t> cover;
        [[nodiscard]] std::uint8_t at(int x, int y) const {
            return cover[static_cast<std::size_t>(y * stride + x)];
        }
    };
    const Mask& mask(double radius, int phase, bool diamond);
    void blend(const SplatSet::Look& look, double radius, double x, double y, const Target& target);
    static void blendPlain(const Mask& mask, std::uint32_t colour, int left, int top,
                           const Target& target);
    static void blendRinged(const Mask& outer, const Mask& inner, std::uint32_t ring,
                            std::uint32_t fill, int left, int top, const Target& target);

    std::vector<Mask> m_masks[2]; ///< by radius step and phase
    double m_ratio = 1;
};

} // namespace hmgrl
