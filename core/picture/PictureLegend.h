#pragma once

#include "view/DiskController.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace hmgrl {

/// What the colours and shapes of a picture mean.
struct PictureLegend {
    enum class Sign : std::uint8_t { Mark, Line, Prototype, Ghost, Selected };
    struct Entry {
        std::string name;
        std::uint32_t colour = 0; ///< 0xRRGGBB
        std::optional<std::size_t> count;
        Marker marker = Marker::Circle;
        Sign sign = Sign::Mark;
    };
    std::string title;
    std::vector<Entry> entries;
};

/// The kinds of marks that are there.
[[nodiscard]] PictureLegend markLegend(const DiskController& view);
/// The categories of the scene's samples, the most frequent first.
[[nodiscard]] PictureLegend categoryLegend(const DiskScene& scene);
/// The categories of the arcs that are shown, the most frequent first.
[[nodiscard]] PictureLegend arcLegend(const DiskController& view);

} // namespace hmgrl
