#pragma once

/// Lengths of the annotated text in device-independent pixels, shared by layout and painter.
namespace hmgrl::annotation {

constexpr double margin = 20;      ///< around the text
constexpr double lineGap = 8;      ///< between the parts of two lines
constexpr double chipPadding = 6;  ///< space made between a chip and its neighbours
constexpr double innerPadding = 4; ///< the same before punctuation, made by the chip's last letter
constexpr double chipRise = 1;     ///< of a chip above the font's ascent
constexpr double chipRadius = 4;
constexpr double nestingStep = 4; ///< how much an enclosing chip is taller
constexpr int maxDepth = 5;

constexpr double barHeight = 2;
constexpr double tagPitch = 18; ///< from one lane of tags to the next
constexpr double tagGap = 12;
constexpr double hintPadding = 11; ///< a key cap's frame and the gap after it

constexpr double firstLane = 19; ///< from the chips up to the first lane of arcs
constexpr double lanePitch = 20;
constexpr double pillHeight = 16;
constexpr double pillPadding = 7;
constexpr double arcRadius = 8;
constexpr double arrowLength = 7;
constexpr double gutterOffset = 14; ///< from the text to the first gutter
constexpr double gutterPitch = 9;

} // namespace hmgrl::annotation
