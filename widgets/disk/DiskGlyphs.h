#pragma once

#include "picture/DiskColours.h"

#include <QIcon>

namespace hmgrl {

/// Small line drawings on the disk's toolbar.
enum class DiskGlyph { Back, Forward, Minus, Plus, Focus, Home, Lasso, Box, Ruler, Layers, Help };

inline constexpr int glyphSide = 18; ///< logical pixels

/// In the ink of `colours`; fainter when disabled, in the accent colour when on.
[[nodiscard]] QIcon diskIcon(DiskGlyph glyph, const DiskColours& colours, double pixelRatio);

} // namespace hmgrl
