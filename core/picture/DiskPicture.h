#pragma once

#include "picture/PictureLegend.h"

#include <optional>
#include <string>
#include <utility>

namespace hmgrl {

struct PictureOptions {
    int side = 900; ///< height in pixels, 200 to 4000; the legend's column widens the picture.
                    ///< Marks and letters are as large as in a window of this height: more of them
                    ///< fit into a larger picture
    double scale = 1;  ///< PNG: pixels for each of these, 0.25 to 8 and at most 16,000 in all
    double aspect = 1; ///< width of the disk's part over its height, 0.25 to 4
    bool dark = false;
    std::string title; ///< drawn above the disk when not empty
    bool legend = true;
    std::optional<PictureLegend> shown; ///< the legend of the colours; nothing: the categories
    PictureWords words;                 ///< of the legend
};

/// The disk as the controller sees it (focus, zoom, pan, selection, active points) with the layers
/// that its overlay switches on, without any display. One composition behind three formats.

/// A complete SVG document. Every point inside the frame is one element with class="point".
/// @throws Error when an option is out of range
[[nodiscard]] std::string diskSvg(const DiskController& view, const PictureOptions& options = {});
/// One page, all vectors, text as text; a pixel is 1/96 inch. @throws Error
[[nodiscard]] std::string diskPdf(const DiskController& view, const PictureOptions& options = {});
/// PNG bytes, drawn with anti-aliasing. @throws Error
[[nodiscard]] std::string diskPng(const DiskController& view, const PictureOptions& options = {});

/// Width and height of the PNG in pixels. @throws Error as it does
[[nodiscard]] std::pair<int, int> pictureSize(const PictureOptions& options);

/// By the ending of a file name: .svg, .pdf or .png. @throws Error for another one
[[nodiscard]] std::string diskPicture(const std::string& fileName, const DiskController& view,
                                      const PictureOptions& options = {});

} // namespace hmgrl
