#pragma once

#include "view/DiskController.h"

#include <string>
#include <vector>

namespace hmgrl {

/// A short text that belongs to what is drawn over the disk, for whoever can draw text.
struct OverlayText {
    enum class Style {
        Ring, ///< small, muted, with a halo
        Ruler ///< on a pill
    };
    std::string text;
    double x = 0, y = 0; ///< of its middle, in pixels of the view
    Style style = Style::Ring;
};

/// Numbers on the rings and the length of the ruler, as far as they are inside a picture of that
/// size (pixels) and rings are far enough apart to be named.
[[nodiscard]] std::vector<OverlayText> overlayTexts(const DiskController& view, double width,
                                                    double height);

} // namespace hmgrl
