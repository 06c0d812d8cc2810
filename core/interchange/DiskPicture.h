#pragma once

#include "view/DiskController.h"

#include <string>

namespace hmgrl {

struct PictureOptions {
    int side = 1200;   ///< pixels
    bool dark = false;
    std::string title; ///< drawn above the disk when not empty
    bool legend = true;
    bool labels = true; ///< of prototypes, placed without overlap
};

/// The disk as the controller sees it, without any display: a complete SVG document.
[[nodiscard]] std::string diskSvg(const DiskController& view, const PictureOptions& options = {});
/// The same picture as PNG bytes, drawn with anti-aliasing.
[[nodiscard]] std::string diskPng(const DiskController& view, const PictureOptions& options = {});

} // namespace hmgrl
