#pragma once

#include "picture/DiskColours.h"
#include "picture/DiskPictureFont.h"

#include <memory>
#include <span>
#include <string>

namespace hmgrl::picture {

struct Place {
    double x = 0, y = 0; ///< origin top left, y down
};

/// What an outline is filled and drawn with; alpha 0: not at all.
struct Paint {
    Argb fill = 0, stroke = 0;
    double strokeWidth = 0;
};

/// A colour at a distance from a centre.
struct Stop {
    double radius = 0;
    Argb colour = 0;
};

enum class Anchor { Begin, Middle, End };

struct TextStyle {
    double size = 12;
    Weight weight = Weight::Medium;
    Anchor anchor = Anchor::Begin;
    Argb ink = 0, halo = 0;
    double haloWidth = 0; ///< beyond the letters, each way
};

struct Frame {
    double x = 0, y = 0, width = 0, height = 0;
    [[nodiscard]] bool contains(Place p, double border = 0) const {
        return p.x >= x - border && p.x <= x + width + border && p.y >= y - border &&
               p.y <= y + height + border;
    }
};

/// What a picture is drawn on. One composition for all formats, so that they agree.
class Canvas {
public:
    virtual ~Canvas() = default;
    virtual void beginGroup(const char* name) = 0;
    virtual void endGroup() = 0;
    virtual void clipTo(const Frame& frame) = 0; ///< until the end of the group
    /// `rounding`: radius of the corners.
    virtual void box(const Frame& frame, double rounding, const Paint& paint) = 0;
    /// From the first stop's radius, a hole, to the last one's, shaded between them.
    virtual void rings(Place centre, std::span<const Stop> stops) = 0;
    /// `name` is the element's class in formats that have one.
    virtual void circle(Place centre, double radius, const Paint& paint, const char* name = "") = 0;
    virtual void polygon(std::span<const Place> corners, const Paint& paint,
                         const char* name = "") = 0;
    virtual void line(std::span<const Place> points, Argb ink, double width) = 0;
    virtual void text(Place baseline, const std::string& utf8, const TextStyle& style) = 0;
    [[nodiscard]] virtual std::string finish() = 0; ///< the document's bytes. @throws Error
};

/// `width` x `height` units of drawing, each `scale` pixels of the document.
struct Sheet {
    double width = 0, height = 0, scale = 1;
    std::string title; ///< of the document
};

[[nodiscard]] std::unique_ptr<Canvas> svgCanvas(const Sheet& sheet);
/// The font must outlive these.
[[nodiscard]] std::unique_ptr<Canvas> pngCanvas(const Sheet& sheet, const Font& font);
[[nodiscard]] std::unique_ptr<Canvas> pdfCanvas(const Sheet& sheet, const Font& font);

} // namespace hmgrl::picture
