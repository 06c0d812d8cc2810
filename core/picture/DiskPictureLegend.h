#pragma once

#include "picture/DiskPictureCanvas.h"
#include "picture/PictureLegend.h"

#include <array>
#include <optional>

namespace hmgrl::picture {

/// What is written beside the disk: how many points there are, what their colours mean, and those
/// of the relations.
class LegendColumn {
public:
    static constexpr double width = 250;

    LegendColumn(const DiskController& view, const std::optional<PictureLegend>& shown,
                 const PictureWords& words, const DiskColours& colours, const Font& font);
    /// At the right of the frame.
    void draw(Canvas& canvas, const Frame& beside) const;

private:
    struct Pen {
        double left, right, y; ///< of the next line
    };
    struct Block {
        PictureLegend legend;
        std::string rest; ///< says what had no room, or empty
        std::size_t restCount = 0;
        [[nodiscard]] double lines() const;
        void shorten(double room, const std::string& more); ///< to so many lines
    };
    enum { Marks, Colours, Relations, blockCount };
    using Blocks = std::array<Block, blockCount>;
    [[nodiscard]] Blocks fitted(double height) const;
    void drawBlock(Canvas& canvas, const Block& block, Pen& pen) const;
    void drawLine(Canvas& canvas, const std::string& name, const std::string& count, Argb ink,
                  Pen& pen) const;
    void drawSign(Canvas& canvas, const PictureLegend::Entry& entry, Place middle) const;

    Blocks m_blocks;
    std::string m_more; ///< as in the words
    const DiskColours& m_colours;
    const Font& m_font;
};

} // namespace hmgrl::picture
