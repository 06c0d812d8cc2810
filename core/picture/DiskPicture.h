#pragma once

#include "view/DiskController.h"

#include <string>

namespace hmgrl {

struct PictureOptions {
    int side = 1200; ///< pixels, 200 to 8000: height; the legend's column widens the picture
    bool dark = false;
    std::string title; ///< drawn above the disk when not empty
    bool legend = true;
    bool labels = true; ///< of prototypes, placed without overlap
};

/// The disk as the controller sees it (focus, zoom, pan, selection, active points), without any
/// display: a complete SVG document. Every point inside the frame is one element <circle
/// class="point" .../>.
/// @throws Error when an option is out of range
[[nodiscard]] std::string diskSvg(const DiskController& view, const PictureOptions& options = {});
/// The same picture as PNG bytes, drawn with anti-aliasing. @throws Error
[[nodiscard]] std::string diskPng(const DiskController& view, const PictureOptions& options = {});

} // namespace hmgrl
