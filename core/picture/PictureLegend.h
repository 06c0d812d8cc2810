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

/// What legends say themselves. A caller may have it in another language.
struct PictureWords {
    std::string samples = "samples", selected = "selected", generated = "generated";
    std::string prototypes = "prototypes";
    std::string untyped = "untyped";     ///< what has no category
    std::string relations = "Relations"; ///< a heading
    std::string more = "and %1 more";    ///< %1: how many entries had no room
};

/// A category that has points.
struct CategoryEntry {
    std::uint32_t category = 0; ///< index into DiskScene::categoryNames
    std::uint32_t colour = 0;   ///< of its prototype, where it has one
    std::size_t samples = 0;
    Marker marker = Marker::Circle; ///< of its samples
};
/// What every legend of the categories lists, those with most samples first.
[[nodiscard]] std::vector<CategoryEntry> categoryEntries(const DiskScene& scene);

/// The kinds of marks that are there.
[[nodiscard]] PictureLegend markLegend(const DiskController& view, const PictureWords& words);
/// categoryEntries() by their display names.
[[nodiscard]] PictureLegend categoryLegend(const DiskScene& scene, const PictureWords& words);
/// The categories of the arcs that are shown, the most frequent first.
[[nodiscard]] PictureLegend arcLegend(const DiskController& view, const PictureWords& words);

} // namespace hmgrl
