#pragma once

#include <QFont>
#include <QString>
#include <QTextLayout>
#include <memory>
#include <utility>
#include <vector>

class QPainter;

namespace hmgrl {

/// Additional space after the character at `position`, in pixels: makes room between two chips.
struct ExtraSpace {
    int position = 0;
    double width = 0;
};

/// Breaks text into lines. Positions are UTF-16 units of the whole text. A long paragraph is shaped
/// in blocks that begin at line starts, so that a megabyte without a line break costs no more than
/// its visible part.
class TextFlow {
public:
    struct Line {
        int block = 0;
        int index = 0; ///< in its block
        int begin = 0; ///< first position
        int end = 0;   ///< one past the last, paragraph separators left out
        double ascent = 0;
        double descent = 0;
        bool isMixed = false; ///< holds right-to-left letters
    };

    /// Lays out the first `limit` units of `text` for lines of `width` pixels. `spaces` are sorted.
    void build(const QString& text, int limit, const QFont& font, double width,
               const std::vector<ExtraSpace>& spaces);

    [[nodiscard]] const std::vector<Line>& lines() const { return m_lines; }
    /// The line that holds `position`; the nearest one for separators.
    [[nodiscard]] int lineOf(int position) const;
    /// Horizontal extents of [begin, end) on a line, from left to right: several where directions
    /// mix.
    [[nodiscard]] std::vector<std::pair<double, double>> extents(int line, int begin,
                                                                 int end) const;
    /// The character under x, for telling which word was hit.
    [[nodiscard]] int characterAt(int line, double x) const;
    /// Draws a line with its baseline at `y` and its left edge at `x`.
    void draw(QPainter& painter, int line, double x, double y) const;

private:
    struct Block {
        std::unique_ptr<QTextLayout> layout;
        int start = 0;
    };
    void addParagraph(const QString& text, int begin, int end);
    int addBlock(const QString& text, int begin, int end, bool rightToLeft, int paragraphEnd);
    [[nodiscard]] QList<QTextLayout::FormatRange> formats(int begin, int end) const;
    [[nodiscard]] QTextLine textLine(int line) const;
    [[nodiscard]] double widestSpace(int begin, int end) const;

    QFont m_font;
    double m_width = 0;
    std::vector<ExtraSpace> m_spaces;
    std::vector<Block> m_blocks;
    std::vector<Line> m_lines;
};

} // namespace hmgrl
