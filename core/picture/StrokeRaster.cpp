#include "picture/StrokeRaster.h"

#include "picture/DrawingThreads.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hmgrl {

namespace {
constexpr int bandHeight = 64;
constexpr std::size_t worthThreads = 500; ///< pieces
constexpr float soft = 0.5F;              ///< pixels beyond the edge where a line ends

/// Two channels at a time: from `below` to `colour` by m of 256.
std::uint32_t blended(std::uint32_t below, std::uint32_t colour, std::uint32_t m) {
    constexpr std::uint32_t even = 0x00FF00FFu, half = 0x00800080u;
    const std::uint32_t low = ((below & even) * (256 - m) + (colour & even) * m + half) >> 8;
    const std::uint32_t high = (below >> 8 & even) * (256 - m) + (colour >> 8 & even) * m + half;
    return (low & even) | (high & ~even);
}

float between(float from, float to, float t) {
    return from + t * (to - from);
}
} // namespace

StrokeRaster::StrokeRaster(int threads)
    : m_workers(drawingThreads(threads))
    , m_scratch(m_workers.count()) {}

void StrokeRaster::restart() {
    m_points.clear();
    m_ends.clear();
    m_outlines.clear();
    m_areas.clear();
}

void StrokeRaster::area(std::span<const std::complex<double>> outline,
                        std::complex<double> /*inside*/, Argb colour) {
    const std::size_t begin = m_outlines.size();
    m_outlines.insert(m_outlines.end(), outline.begin(), outline.end());
    m_areas.push_back({begin, m_outlines.size(), colour, 0, 0});
}

void StrokeRaster::polyline(std::span<const StrokePoint> points) {
    if (points.size() < 2)
        return;
    m_points.insert(m_points.end(), points.begin(), points.end());
    m_ends.push_back(m_points.size());
}

void StrokeRaster::placeAll(const SplatRaster::Transform& transform) {
    const auto place = [&](const StrokePoint& point) {
        const bool rgba = m_target.order == SplatRaster::ByteOrder::Rgba;
        const auto x = static_cast<float>(transform.offsetX + transform.scaleX * point.z.real());
        const auto y = static_cast<float>(transform.offsetY + transform.scaleY * point.z.imag());
        const float half = point.width * static_cast<float>(transform.pixelRatio) / 2;
        const float alpha = static_cast<float>(point.colour >> 24) * (256.0F / 255);
        const std::uint32_t colour = rgba ? toRgbaBytes(point.colour) : point.colour;
        return Piece{
            x, y, x, y, half, half, alpha, alpha, colour | 0xFF000000u, colour | 0xFF000000u};
    };
    const auto right = static_cast<float>(m_target.width),
               bottom = static_cast<float>(m_target.height);
    m_pieces.clear();
    std::size_t i = 0;
    for (const std::size_t end : m_ends) {
        Piece from = place(m_points[i++]);
        for (; i < end; ++i) {
            const Piece to = place(m_points[i]);
            const float reach = std::max(from.half0, to.half0) + 1;
            const bool isSeen =
                std::max(from.x0, to.x0) > -reach && std::max(from.y0, to.y0) > -reach &&
                std::min(from.x0, to.x0) < right + reach &&
                std::min(from.y0, to.y0) < bottom + reach && std::max(from.alpha0, to.alpha0) >= 1;
            if (isSeen)
                m_pieces.push_back({from.x0, from.y0, to.x0, to.y0, from.half0, to.half0,
                                    from.alpha0, to.alpha0, from.colour0, to.colour0});
            from = to;
        }
    }
}

void StrokeRaster::draw(const SplatRaster::Transform& transform,
                        const SplatRaster::Target& target) {
    m_target = target;
    placeAreas(transform);
    placeAll(transform);
    const int bands = (target.height + bandHeight - 1) / bandHeight;
    const auto band = [&](std::size_t index, std::size_t worker) {
        const int first = static_cast<int>(index) * bandHeight;
        drawBand({first, std::min(first + bandHeight, m_target.height)}, m_scratch[worker]);
    };
    if (m_pieces.size() >= worthThreads || !m_areas.empty())
        m_workers.run(static_cast<std::size_t>(bands), band);
    else
        for (int i = 0; i < bands; ++i)
            band(static_cast<std::size_t>(i), 0);
}

void StrokeRaster::drawBand(Rows rows, Scratch& scratch) {
    if (m_target.clear)
        std::fill_n(m_target.pixels.begin() +
                        static_cast<std::ptrdiff_t>(rows.first) * m_target.width,
                    static_cast<std::ptrdiff_t>(rows.end - rows.first) * m_target.width, 0U);
    for (const Area& area : m_areas)
        fillArea(area, rows, scratch);
    const auto top = static_cast<float>(rows.first), bottom = static_cast<float>(rows.end);
    for (const Piece& piece : m_pieces) {
        const float widest = std::max(piece.half0, piece.half1);
        const float reach = 1.5F * (widest + 1);
        if (std::max(piece.y0, piece.y1) < top - reach ||
            std::min(piece.y0, piece.y1) > bottom + reach)
            continue;
        const float dx = std::abs(piece.x1 - piece.x0), dy = std::abs(piece.y1 - piece.y0);
        if (std::abs(piece.half0 - piece.half1) > 1 && std::max(dx, dy) < 4 * widest)
            fillBox(piece, rows);
        else if (dx >= dy)
            sweep<false>(piece, rows);
        else
            sweep<true>(piece, rows);
    }
}

void StrokeRaster::placeAreas(const SplatRaster::Transform& transform) {
    m_corners.clear();
    for (const auto z : m_outlines)
        m_corners.push_back({static_cast<float>(transform.offsetX + transform.scaleX * z.real()),
                             static_cast<float>(transform.offsetY + transform.scaleY * z.imag())});
    for (Area& area : m_areas) {
        area.top = 1e9F;
        area.bottom = -1e9F;
        for (std::size_t i = area.begin; i < area.end; ++i) {
            area.top = std::min(area.top, m_corners[i].y);
            area.bottom = std::max(area.bottom, m_corners[i].y);
        }
    }
}

void StrokeRaster::fillArea(const Area& area, Rows rows, Scratch& scratch) {
    const auto top = static_cast<float>(rows.first), bottom = static_cast<float>(rows.end);
    if (area.bottom <= top || area.top >= bottom)
        return;
    scratch.edges.clear();
    for (std::size_t i = area.begin; i < area.end; ++i) {
        const Corner a = m_corners[i], b = m_corners[i + 1 < area.end ? i + 1 : area.begin];
        if (std::max(a.y, b.y) > top && std::min(a.y, b.y) < bottom && a.y != b.y)
            scratch.edges.push_back(i);
    }
    scratch.cover.resize(static_cast<std::size_t>(m_target.width) + 2);
    const int first = std::max(rows.first, static_cast<int>(std::floor(std::max(area.top, top))));
    const int end = std::min(rows.end, static_cast<int>(std::ceil(std::min(area.bottom, bottom))));
    for (int row = first; row < end; ++row)
        fillRow(area, row, scratch);
}

namespace {
/// Adds an edge within one row to the differences of cover: it crosses `height` of the row, going
/// from x0 to x1 in any order.
void addEdge(std::vector<float>& cover, float height, float x0, float x1) {
    const float left = std::min(x0, x1), right = std::max(x0, x1);
    const auto first = static_cast<std::size_t>(left), last = static_cast<std::size_t>(right);
    if (first == last) {
        const float share = (left + right) / 2 - static_cast<float>(first); // left of the edge
        cover[first] += height * (1 - share);
        cover[first + 1] += height * share;
        return;
    }
    // How much of each pixel lies right of the edge: all of it where the edge is left of the pixel,
    // and on average half of what is left of it where the edge is within.
    const float each = 1 / (right - left);
    float before = 0;
    for (std::size_t i = first; i <= last; ++i) {
        const auto begin = static_cast<float>(i);
        const float from = std::max(left, begin), to = std::min(right, begin + 1);
        const float now = each * (from - left + (to - from) * (begin + 1 - (from + to) / 2));
        cover[i] += height * (now - before);
        before = now;
    }
    cover[last + 1] += height * (1 - before);
}
} // namespace

void StrokeRaster::fillRow(const Area& area, int row, Scratch& scratch) {
    const auto width = static_cast<float>(m_target.width);
    const auto top = static_cast<float>(row);
    float left = width, right = 0;
    std::fill(scratch.cover.begin(), scratch.cover.end(), 0.0F);
    for (const std::size_t i : scratch.edges) {
        const Corner a = m_corners[i], b = m_corners[i + 1 < area.end ? i + 1 : area.begin];
        const float begin = std::clamp(a.y, top, top + 1), end = std::clamp(b.y, top, top + 1);
        if (begin == end)
            continue;
        const float slope = (b.x - a.x) / (b.y - a.y);
        const float x0 = std::clamp(a.x + (begin - a.y) * slope, 0.0F, width);
        const float x1 = std::clamp(a.x + (end - a.y) * slope, 0.0F, width);
        addEdge(scratch.cover, end - begin, x0, x1);
        left = std::min({left, x0, x1});
        right = std::max({right, x0, x1});
    }
    const bool rgba = m_target.order == SplatRaster::ByteOrder::Rgba;
    const std::uint32_t colour = (rgba ? toRgbaBytes(area.colour) : area.colour) | 0xFF000000u;
    const float alpha = static_cast<float>(area.colour >> 24) * (256.0F / 255);
    std::uint32_t* pixels =
        &m_target.pixels[static_cast<std::size_t>(row) * static_cast<std::size_t>(m_target.width)];
    const int last = std::min(static_cast<int>(right), m_target.width - 1);
    float sum = 0;
    for (int x = static_cast<int>(left); x <= last; ++x) {
        sum += scratch.cover[static_cast<std::size_t>(x)];
        const float cover = std::min(std::abs(sum), 1.0F);
        pixels[x] = blended(pixels[x], colour, static_cast<std::uint32_t>(cover * alpha + 0.5F));
    }
}

/// Along the longer axis pixel by pixel, so that pieces of a line meet without touching a pixel
/// twice.
template <bool steep>
void StrokeRaster::sweep(const Piece& given, Rows rows) {
    Piece p = given;
    if constexpr (steep) {
        std::swap(p.x0, p.y0);
        std::swap(p.x1, p.y1);
    }
    if (p.x1 < p.x0) {
        std::swap(p.x0, p.x1);
        std::swap(p.y0, p.y1);
        std::swap(p.half0, p.half1);
        std::swap(p.alpha0, p.alpha1);
        std::swap(p.colour0, p.colour1);
    }
    const float run = p.x1 - p.x0;
    if (!(run > 0))
        return;
    const float slope = (p.y1 - p.y0) / run;
    const float cosine = 1 / std::sqrt(1 + slope * slope);
    const auto pixel = [](float edge) { return static_cast<int>(std::ceil(edge - 0.5F)); };
    const Rows along = steep ? rows : Rows{0, m_target.width};
    const Rows across = steep ? Rows{0, m_target.width} : rows;
    const int first = std::max(pixel(p.x0), along.first), end = std::min(pixel(p.x1), along.end);
    for (int i = first; i < end; ++i) {
        const float forward = static_cast<float>(i) + 0.5F - p.x0;
        const float t = forward / run;
        const float middle = p.y0 + slope * forward;
        const float half = between(p.half0, p.half1, t);
        const float extent = (half + soft) / cosine;
        const float alpha = between(p.alpha0, p.alpha1, t);
        const std::uint32_t colour =
            p.colour0 == p.colour1
                ? p.colour0
                : blended(p.colour0, p.colour1, static_cast<std::uint32_t>(t * 256));
        const int low = std::max(pixel(middle - extent), across.first);
        const int high = std::min(pixel(middle + extent), across.end);
        for (int j = low; j < high; ++j) {
            const float away = std::abs(static_cast<float>(j) + 0.5F - middle) * cosine;
            const float cover = std::min(half + soft - away, 1.0F);
            const auto index =
                steep ? static_cast<std::size_t>(i) * static_cast<std::size_t>(m_target.width) +
                            static_cast<std::size_t>(j)
                      : static_cast<std::size_t>(j) * static_cast<std::size_t>(m_target.width) +
                            static_cast<std::size_t>(i);
            std::uint32_t& target = m_target.pixels[index];
            target =
                blended(target, colour, static_cast<std::uint32_t>(std::max(cover, 0.0F) * alpha));
        }
    }
}

/// Short and wide, as an arrowhead is: by the distance to its edges.
void StrokeRaster::fillBox(const Piece& p, Rows rows) {
    const float dx = p.x1 - p.x0, dy = p.y1 - p.y0;
    const float length = std::hypot(dx, dy);
    if (!(length > 0))
        return;
    const float reach = std::max(p.half0, p.half1) + 1;
    const int left = std::max(static_cast<int>(std::min(p.x0, p.x1) - reach), 0);
    const int right = std::min(static_cast<int>(std::max(p.x0, p.x1) + reach) + 1, m_target.width);
    const int top = std::max(static_cast<int>(std::min(p.y0, p.y1) - reach), rows.first);
    const int bottom = std::min(static_cast<int>(std::max(p.y0, p.y1) + reach) + 1, rows.end);
    for (int y = top; y < bottom; ++y)
        for (int x = left; x < right; ++x) {
            const float px = static_cast<float>(x) + 0.5F - p.x0;
            const float py = static_cast<float>(y) + 0.5F - p.y0;
            const float along = (px * dx + py * dy) / length;
            const float away = std::abs(py * dx - px * dy) / length;
            const float t = std::clamp(along / length, 0.0F, 1.0F);
            const float cover = std::min({between(p.half0, p.half1, t) + soft - away, along + soft,
                                          length + soft - along, 1.0F});
            if (cover <= 0)
                continue;
            std::uint32_t& target =
                m_target
                    .pixels[static_cast<std::size_t>(y) * static_cast<std::size_t>(m_target.width) +
                            static_cast<std::size_t>(x)];
            target = blended(target, p.colour0,
                             static_cast<std::uint32_t>(cover * between(p.alpha0, p.alpha1, t)));
        }
}

} // namespace hmgrl
