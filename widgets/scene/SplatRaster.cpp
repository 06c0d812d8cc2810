#include "scene/SplatRaster.h"

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
    result.cover.resize(static_cast<std::size_t>(result.side * result.side));
    const double cx = result.half + (phase % phases + 0.5) / phases;
    const double cy = result.half + (phase / phases + 0.5) / phases;
    for (int y = 0, i = 0; y < result.side; ++y)
        for (int x = 0; x < result.side; ++x, ++i) {
            const double dx = std::abs(x + 0.5 - cx), dy = std::abs(y + 0.5 - cy);
            const double d = diamond ? (dx + dy) * 0.8 : std::hypot(dx, dy);
            const double cover = std::clamp(r - d + 0.5, 0.0, 1.0);
            result.cover[static_cast<std::size_t>(i)] =
                static_cast<std::uint8_t>(std::lround(cover * 255));
        }
    return result;
}

namespace {
/// Blends a colour over a row of pixels through its coverage. Without a branch, so that the
/// compiler makes vector instructions of it; the wider ones are chosen when the program starts.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
__attribute__((target_clones("avx2", "default")))
#endif
void blendRow(std::uint32_t* row, const std::uint8_t* cover, int count, std::uint32_t colour) {
    const std::uint32_t evenColour = colour & 0x00FF00FFu, oddColour = colour >> 8 & 0x00FF00FFu;
    for (int x = 0; x < count; ++x) {
        const std::uint32_t c = cover[x] + (cover[x] >> 7);
        const std::uint32_t above =
            (evenColour * c >> 8 & 0x00FF00FFu) | (oddColour * c & 0xFF00FF00u);
        const std::uint32_t rest = 255 - (above >> 24);
        const std::uint32_t r = rest + (rest >> 7);
        const std::uint32_t below = row[x];
        row[x] = above + (((below & 0x00FF00FFu) * r >> 8 & 0x00FF00FFu) |
                          ((below >> 8 & 0x00FF00FFu) * r & 0xFF00FF00u));
    }
}
} // namespace

void SplatRaster::blendPlain(const Mask& mask, std::uint32_t colour, int left, int top,
                             const Target& target) {
    const Overlap part(left, top, mask.side, target);
    if (part.x1 <= part.x0)
        return;
    const std::uint8_t* cover = mask.cover.data() + part.y0 * mask.side + part.x0;
    std::uint32_t* row = target.pixels.data() +
                         static_cast<std::ptrdiff_t>(top + part.y0) * target.width + left + part.x0;
    for (int y = part.y0; y < part.y1; ++y, cover += mask.side, row += target.width)
        blendRow(row, cover, part.x1 - part.x0, colour);
}

void SplatRaster::blendRinged(const Mask& outer, const Mask& inner, std::uint32_t ring,
                              std::uint32_t fill, int left, int top, const Target& target) {
    const Overlap part(left, top, outer.side, target);
    const int shift = outer.half - inner.half;
    for (int y = part.y0; y < part.y1; ++y)
        for (int x = part.x0; x < part.x1; ++x) {
            const std::uint32_t cover = outer.cover[static_cast<std::size_t>(y * outer.side + x)];
            if (cover == 0)
                continue;
            const int ix = x - shift, iy = y - shift;
            const bool within = ix >= 0 && iy >= 0 && ix < inner.side && iy < inner.side;
            const std::uint32_t core =
                within ? inner.cover[static_cast<std::size_t>(iy * inner.side + ix)] : 0;
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
        const double zx = places[i].x, zy = places[i].y;
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
