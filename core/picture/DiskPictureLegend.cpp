#include "picture/DiskPictureLegend.h"

#include "picture/DiskPictureMarks.h"
#include "picture/SplatSet.h"

#include <algorithm>

namespace hmgrl::picture {

namespace {

constexpr double letters = 13;
constexpr double step = 23;

std::string withThousands(std::size_t count) {
    const std::string digits = std::to_string(count);
    std::string text;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            text += ',';
        text += digits[i];
    }
    return text;
}

} // namespace

/// Headings have more air than entries.
double LegendColumn::Block::lines() const {
    if (legend.entries.empty())
        return 0;
    return static_cast<double>(legend.entries.size()) + (rest.empty() ? 0 : 1) +
           (legend.title.empty() ? 0.4 : 1.5);
}

void LegendColumn::Block::shorten(double room, const std::string& more) {
    auto& entries = legend.entries;
    const double headings = lines() - static_cast<double>(entries.size());
    const auto most = static_cast<std::size_t>(std::max(room - headings, 2.0));
    if (entries.size() <= most)
        return;
    const std::size_t kept = most - 1;
    rest = more;
    if (const auto place = rest.find("%1"); place != std::string::npos)
        rest.replace(place, 2, withThousands(entries.size() - kept));
    for (std::size_t i = kept; i < entries.size(); ++i)
        restCount += entries[i].count.value_or(0);
    entries.resize(kept);
}

LegendColumn::LegendColumn(const DiskController& view, const std::optional<PictureLegend>& shown,
                           const PictureWords& words, const DiskColours& colours, const Font& font)
    : m_more(printable(words.more))
    , m_colours(colours)
    , m_font(font) {
    PictureLegend marks = markLegend(view, words);
    for (PictureLegend::Entry& entry : marks.entries)
        entry.colour = colours.mutedText;
    m_blocks[Marks].legend = std::move(marks);
    m_blocks[Colours].legend = shown ? *shown : categoryLegend(view.scene(), words);
    m_blocks[Relations].legend = arcLegend(view, words);
    for (Block& block : m_blocks)
        for (PictureLegend::Entry& entry : block.legend.entries)
            entry.name = printable(entry.name);
}

/// The relations have at most a third of the lines, the colours what the others leave.
LegendColumn::Blocks LegendColumn::fitted(double height) const {
    Blocks blocks = m_blocks;
    double room = height / step - 2 - blocks[Marks].lines();
    blocks[Relations].shorten(room / 3, m_more);
    room -= blocks[Relations].lines();
    blocks[Colours].shorten(room, m_more);
    return blocks;
}

void LegendColumn::draw(Canvas& canvas, const Frame& beside) const {
    const Blocks blocks = fitted(beside.height);
    double lines = 0;
    for (const Block& block : blocks)
        lines += block.lines();
    Pen pen{beside.x + beside.width + 20, beside.x + beside.width + width - 24,
            beside.y + (beside.height - step * lines) / 2 + step / 4};
    canvas.beginGroup("legend");
    for (const Block& block : blocks)
        drawBlock(canvas, block, pen);
    canvas.endGroup();
}

void LegendColumn::drawBlock(Canvas& canvas, const Block& block, Pen& pen) const {
    if (block.legend.entries.empty())
        return;
    pen.y += 0.4 * step;
    if (!block.legend.title.empty()) {
        const std::string title = m_font.elided(printable(block.legend.title), letters,
                                                Weight::Bold, pen.right - pen.left);
        canvas.text({pen.left, pen.y}, title,
                    {letters, Weight::Bold, Anchor::Begin, m_colours.text, 0, 0});
        pen.y += 1.1 * step;
    }
    for (const PictureLegend::Entry& entry : block.legend.entries) {
        drawSign(canvas, entry, {pen.left + 7, pen.y - 0.36 * letters});
        drawLine(canvas, entry.name, entry.count ? withThousands(*entry.count) : "", m_colours.text,
                 pen);
    }
    if (!block.rest.empty())
        drawLine(canvas, block.rest, block.restCount > 0 ? withThousands(block.restCount) : "",
                 m_colours.mutedText, pen);
}

void LegendColumn::drawLine(Canvas& canvas, const std::string& name, const std::string& count,
                            Argb ink, Pen& pen) const {
    const double begin = pen.left + 22;
    const double room = pen.right - m_font.width(count, letters, Weight::Regular) - 12 - begin;
    canvas.text({begin, pen.y}, m_font.elided(name, letters, Weight::Regular, room),
                {letters, Weight::Regular, Anchor::Begin, ink, 0, 0});
    if (!count.empty())
        canvas.text({pen.right, pen.y}, count,
                    {letters, Weight::Regular, Anchor::End, m_colours.mutedText, 0, 0});
    pen.y += step;
}

void LegendColumn::drawSign(Canvas& canvas, const PictureLegend::Entry& entry, Place middle) const {
    using enum PictureLegend::Sign;
    const Argb colour = withAlpha(entry.colour, 1);
    switch (entry.sign) {
    case Mark:
        return drawMark(canvas, entry.marker, middle, 5, {colour, 0, 0});
    case Ghost:
        return drawMark(canvas, entry.marker, middle, 4.5,
                        {withAlpha(colour, 0.1), withAlpha(colour, 0.8), 1});
    case Selected:
        return drawMark(canvas, entry.marker, middle, 5, {colour, m_colours.text, 1.4});
    case Prototype: // as in the disk: a ring in the colour of paper, and a thin one around it
        drawMark(canvas, entry.marker, middle, 7, {withAlpha(m_colours.mutedText, 0.5), 0, 0});
        drawMark(canvas, entry.marker, middle, 6, {m_colours.outline, 0, 0});
        return drawMark(canvas, entry.marker, middle, 4, {colour, 0, 0});
    case Line: {
        const Place ends[] = {{middle.x - 7, middle.y}, {middle.x + 7, middle.y}};
        return canvas.line(ends, colour, 2);
    }
    }
}

} // namespace hmgrl::picture
