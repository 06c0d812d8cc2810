#pragma once

#include "data/Category.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl {

/// A colour in OKLab (Ottosson 2020): equal steps look about equally large. White is (1, 0, 0).
struct Oklab {
    double lightness = 0, a = 0, b = 0;
};
[[nodiscard]] Oklab toOklab(std::uint32_t rgb);
/// What doesn't fit into sRGB loses chroma, not its hue or lightness.
[[nodiscard]] std::uint32_t toRgb(const Oklab& colour);
/// Euclidean in OKLab: 0.02 is just seen side by side, black and white are 1 apart.
[[nodiscard]] double colourDistance(std::uint32_t a, std::uint32_t b);

/// How an eye that lacks one kind of cones sees (Machado, Oliveira and Fernandes 2009, severity 1).
enum class ColourVision { Full, Protanopia, Deuteranopia, Tritanopia };
[[nodiscard]] std::uint32_t seenBy(ColourVision vision, std::uint32_t rgb);

/// Of what has no category.
inline constexpr std::uint32_t untypedColour = 0x8A94A3;

/// Hues of paletteColour(): the first ten colours, at least 0.08 apart for each of these eyes.
inline constexpr std::size_t paletteHues = 10;
/// A hue of the palette in its level-th shade, 0: the pure one.
[[nodiscard]] std::uint32_t paletteShade(std::size_t hue, std::size_t level);

/// Gives the categories of each kind colours of the palette: a branch of the tree shares a hue, a
/// large branch takes further ones while there are free ones, siblings differ in shade.
void assignPalette(std::vector<Category>& categories);

/// A colour for a category that joins others: a free shade of its parent's hue, else the first
/// colour of the palette that is free.
[[nodiscard]] std::uint32_t newcomerColour(const Category& newcomer,
                                           std::span<const Category> others);

/// Shapes that marks have, see Marker.
inline constexpr std::size_t markCount = 6;
/// A shape, 0 to markCount - 1, for each category of one kind: categories whose colours are hardly
/// told apart differ in shape as long as there are shapes.
[[nodiscard]] std::vector<std::uint8_t> categoryMarks(std::span<const Category> categories);

/// A scale of one dimension, t from 0 to 1: dark violet over teal to light yellow, in even steps of
/// lightness, so that every eye reads its order.
[[nodiscard]] std::uint32_t scaleColour(double t);

} // namespace hmgrl
