#include "picture/SplatRaster.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {
constexpr int phases = 4;         ///< positions within a pixel, each way
constexpr double stepsAPixel = 8; ///< of the radius
constexpr double largest = 120;   ///< pixels

std::uint32_t scaled(std::uint32_t colour, std::uint32_t cover) {
    // Two channels at a time; (x * c + 128) / 255 in the form x * c / 256 with c up to 256.
    const std::uint32_t c = cover + (cover >> 7);
    const std::uint32_t even = ((colour & 0x00FF00FFu) * c >> 8) & 0x00FF00FFu;
    const std::uint32_t odd = ((colour >> 8 & 0x00FF00FFu) * c) & 0xFF00FF00u;
    return even | odd;
}

void over(std::uint32_t& below, std::uint32_t above) {
    below = above + scaled(below, 255 - (above >> 24));
}

std::uint32_t premultiplied(std::uint32_t rgba, SplatRaster::ByteOrder order) {
    const std::uint32_t alpha = rgba >> 24;
    std::uint32_t result = scaled(rgba | 0xFF000000u, alpha);
    if (order == SplatRaster::ByteOrder::Bgra)
        result = (result & 0xFF00FF00u) | (result >> 16 & 0xFFu) | (result & 0xFFu) << 16;
    return result;
}

/// The part of a mask that lies within the target.
struct Overlap {
    int x0, x1, y0, y1;
    Overlap(int left, int top, int side, const SplatRaster::Target& target)
        : x0(std::max(0, -left))
        , x1(std::min(side, target.width - left))
        , y0(std::max(0, -top))
        , y1(std::min(side, target.height - top)) {}
};
} // namespace

const SplatRaster::Mask& SplatRaster::mask(double radius, int phase, bool diamond) {
    const int step = std::max(1, static_cast<int>(std::lround(radius * stepsAPixel)));
    auto& masks = m_masks[diamond ? 1 : 0];
    const auto index = static_cast<std::size_t>(step * phases * phases + phase);
    if (index >= masks.size())
        masks.resize(index + phases * phases);
    Mask& result = masks[index];
    if (result.side > 0)
        return result;
    const double r = step / stepsAPixel;
    result.half = static_cast<int>(std::ceil((diamond ? r / 0.8 : r) + 0.5));
    result.side = 2 * result.half + 1;
    result.stride = (result.side + 7) / 8 * 8;
    result.cover.resize(static_cast<std::size_t>(result.side * result.stride), 0);
    const double cx = result.half + (phase % phases + 0.5) / phases;
    const double cy = result.half + (phase / phases + 0.5) / phases;
    for (int y = 0; y < result.side; ++y)
        for (int x = 0; x < result.side; ++x) {
            const double dx = std::abs(x + 0.5 - cx), dy = std::abs(y + 0.5 - cy);
            const double d = diamond ? (dx + dy) * 0.8 : std::hypot(dx, dy);
            const double cover = std::clamp(r - d + 0.5, 0.0, 1.0);
            result.cover[static_cast<std::size_t>(y * result.stride + x)] =
                static_cast<std::uint8_t>(std::lround(cover * 255));
        }
    return result;
}

namespace {
/// One pixel, all four channels, two at a time.
inline std::uint32_t blended(std::uint32_t below, std::uint32_t even, std::uint32_t odd,
                             std::uint32_t cover) {
    const std::uint32_t c = cover + (cover >> 7);
    const std::uint32_t above = (even * c >> 8 & 0x00FF00FFu) | (odd * c & 0xFF00FF00u);
    const std::uint32_t rest = 255 - (above >> 24);
    const std::uint32_t r = rest + (rest >> 7);
    return above + (((below & 0x00FF00FFu) * r >> 8 & 0x00FF00FFu) |
                    ((below >> 8 & 0x00FF00FFu) * r & 0xFF00FF00u));
}

/// Blends a colour through coverage whose rows are `blocks` times eight pixels: without a branch
/// and in steps of eight, so that the compiler makes vector instructions of it. Where coverage is 0
/// pixels stay. The widest instructions of the machine are chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
__attribute__((target_clones("avx2", "default")))
#endif
void blendBlocks(std::uint32_t* row, std::ptrdiff_t rowLength, const std::uint8_t* cover, int blocks,
                 int rows, std::uint32_t colour) {
    const std::uint32_t even = colour & 0x00FF00FFu, odd = colour >> 8 & 0x00FF00FFu;
    for (int y = 0; y < rows; ++y, row += rowLength)
        for (int block = 0; block < blocks; ++block, cover += 8) {
            std::uint32_t* pixels = row + 8 * block;
            for (int x = 0; x < 8; ++x)
                pixels[x] = blended(pixels[x], even, odd, cover[x]);
        }
}
} // namespace

void SplatRaster::blendPlain(const Mask& mask, std::uint32_t colour, int left, int top,
                             const Target& target) {
    if (left >= 0 && top >= 0 && left + mask.stride <= target.width &&
        top + mask.side <= target.height) {
        blendBlocks(&target.pixels[static_cast<std::size_t>(top * target.width + left)],
                    target.width, mask.cover.data(), mask.stride / 8, mask.side, colour);
        return;
    }
    const std::uint32_t even = colour & 0x00FF00FFu, odd = colour >> 8 & 0x00FF00FFu;
    const Overlap part(left, top, mask.side, target);
    for (int y = part.y0; y < part.y1; ++y)
        for (int x = part.x0; x < part.x1; ++x) {
            auto& pixel =
                target.pixels[static_cast<std::size_t>((top + y) * target.width + left + x)];
            pixel = blended(pixel, even, odd, mask.at(x, y));
        }
}

void SplatRaster::blendRinged(const Mask& outer, const Mask& inner, std::uint32_t ring,
                              std::uint32_t fill, int left, int top, const Target& target) {
    const Overlap part(left, top, outer.side, target);
    const int shift = outer.half - inner.half;
    for (int y = part.y0; y < part.y1; ++y)
        for (int x = part.x0; x < part.x1; ++x) {
            const std::uint32_t cover = outer.at(x, y);
            if (cover == 0)
                continue;
            const int ix = x - shift, iy = y - shift;
            const bool within = ix >= 0 && iy >= 0 && ix < inner.side && iy < inner.side;
            const std::uint32_t core = within ? inner.at(ix, iy) : 0;
            const std::uint32_t colour = scaled(fill, core) + scaled(ring, 255 - core);
            over(target.pixels[static_cast<std::size_t>((top + y) * target.width + left + x)],
                 scaled(colour, cover));
        }
}

void SplatRaster::blend(const SplatSet::Look& look, double radius, double x, double y,
                        const Target& target) {
    const double column = std::floor(x), row = std::floor(y);
    const int phase =
        static_cast<int>((y - row) * phases) * phases + static_cast<int>((x - column) * phases);
    const bool diamond = look.diamond > 0;
    const std::uint32_t fill = premultiplied(look.fill, target.order);
    // mask() may move the masks: both exist before either is used.
    const double innerRadius = radius - look.ringWidth * m_ratio;
    if (look.ringWidth > 0)
        static_cast<void>(mask(std::max(innerRadius, 0.0), phase, diamond));
    const Mask& outer = mask(radius, phase, diamond);
    const int left = static_cast<int>(column) - outer.half,
              top = static_cast<int>(row) - outer.half;
    if (look.ringWidth <= 0)
        return blendPlain(outer, fill, left, top, target);
    const Mask& inner = mask(std::max(innerRadius, 0.0), phase, diamond);
    blendRinged(outer, inner, premultiplied(look.ring, target.order), fill, left, top, target);
}

void SplatRaster::draw(const SplatSet& splats, const Transform& t, const Target& target) {
    m_ratio = t.pixelRatio;
    const auto places = splats.places();
    const auto looks = splats.looks();
    for (std::size_t i = 0; i < places.size(); ++i) {
        const float zx = places[i].x, zy = places[i].y;
        const double x = t.offsetX + t.scaleX * zx, y = t.offsetY + t.scaleY * zy;
        const double radius =
            std::min(largest, SplatSet::radiusAt(looks[i], zx * zx + zy * zy) * t.pixelRatio);
        if (x < -radius - 2 || y < -radius - 2 || x > target.width + radius + 2 ||
            y > target.height + radius + 2)
            continue;
        blend(looks[i], radius, x, y, target);
    }
}

} // namespace hmgrl
