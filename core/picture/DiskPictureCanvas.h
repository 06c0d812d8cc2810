#pragma once

#include "picture/DiskPictureFont.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>

namespace hmgrl::picture {

struct Place {
    double x = 0, y = 0; ///< pixels, origin top left, y down
};

struct Ink {
    std::uint32_t rgb = 0;
    double alpha = 0; ///< 0: nothing is drawn
};

struct Circle {
    Place centre;
    double radius = 0;
    Ink fill;
    Ink stroke;
    double strokeWidth = 0;
};

enum class Anchor { Begin, Middle, End };

struct TextStyle {
    double size = 12;
    bool bold = false;
    Anchor anchor = Anchor::Begin;
    Ink ink;
    Ink halo;
    double haloWidth = 0;
};

struct Frame {
    double x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] bool contains(Place p, double border = 0) const {
        return p.x >= x - border && p.x <= x + width + border && p.y >= y - border &&
               p.y <= y + height + border;
    }
};

/// What a picture is drawn on: an SVG document or a raster. One composition for both, so that they
/// agree.
class Canvas {
public:
    virtual ~Canvas() = default;
    virtual void beginGroup(const char* name) = 0;
    virtual void endGroup() = 0;
    virtual void clipTo(const Frame& frame) = 0; ///< until the end of the group
    virtual void background(std::uint32_t rgb) = 0;
    /// A disk shaded softly from its centre to its rim.
    virtual void shadedDisk(Place centre, double radius, std::uint32_t inner,
                            std::uint32_t outer) = 0;
    virtual void circle(const Circle& circle, const char* name = "") = 0;
    virtual void line(std::span<const Place> points, Ink stroke, double width) = 0;
    virtual void text(Place baseline, const std::string& utf8, const TextStyle& style) = 0;
    [[nodiscard]] virtual std::string finish() = 0; ///< the document's bytes
};

[[nodiscard]] std::unique_ptr<Canvas> svgCanvas(int width, int height, const std::string& title);
/// `font` must outlive the canvas.
[[nodiscard]] std::unique_ptr<Canvas> rasterCanvas(int width, int height, const Font& font);

} // namespace hmgrl::picture
