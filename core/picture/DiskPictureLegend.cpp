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

std::string counted(std::size_t count, const char* what) {
    return withThousands(count) + " " + what + (count == 1 ? "" : "s");
}

std::string summaryOf(const DiskScene& scene) {
    std::size_t prototypes = 0, ghosts = 0;
    for (const PointKind kind : scene.kind) {
        prototypes += isPrototype(kind);
        ghosts += kind == PointKind::Generated;
    }
    return counted(scene.size() - prototypes - ghosts, "sample") + " · " +
           counted(prototypes, "prototype");
}

} // namespace

/// Headings have more air than entries.
double LegendColumn::Block::lines() const {
    return static_cast<double>(legend.entries.size()) + (rest.empty() ? 0 : 1) +
           (legend.title.empty() ? 0.4 : 1.5);
}

void LegendColumn::Block::shorten(std::size_t room) {
    auto& entries = legend.entries;
    if (entries.size() <= room)
        return;
    const std::size_t kept = std::max<std::size_t>(room, 2) - 1;
    rest = "and " + withThousands(entries.size() - kept) + " more";
    for (std::size_t i = kept; i < entries.size(); ++i)
        restCount += entries[i].count.value_or(0);
    entries.resize(kept);
}

LegendColumn::LegendColumn(const DiskController& view, const std::optional<PictureLegend>& shown,
                           const DiskColours& colours, const Font& font)
    : m_summary(summaryOf(view.scene()))
    , m_colours(colours)
    , m_font(font) {
    for (PictureLegend legend : {shown ? *shown : categoryLegend(view.scene()), arcLegend(view)}) {
        for (PictureLegend::Entry& entry : legend.entries)
            entry.name = printable(entry.name);
        if (!legend.entries.empty())
            m_blocks.push_back({std::move(legend), {}, 0});
    }
}

/// The later blocks have at most a third of the lines, the first one what they leave.
std::vector<LegendColumn::Block> LegendColumn::fitted(double height) const {
    std::vector<Block> blocks = m_blocks;
    double lines = height / step - 3;
    for (std::size_t i = blocks.size(); i-- > 0;) {
        const double share = i == 0 ? lines : lines / 3;
        blocks[i].shorten(static_cast<std::size_t>(std::max(share - 1.5, 1.0)));
        lines -= blocks[i].lines();
    }
    return blocks;
}

void LegendColumn::draw(Canvas& canvas, const Frame& beside) const {
    const std::vector<Block> blocks = fitted(beside.height);
    double lines = 1;
    for (const Block& block : blocks)
        lines += block.lines();
    Pen pen{beside.x + beside.width + 10, beside.x + beside.width + width - 26,
            beside.y + (beside.height - step * lines) / 2 + step / 2};
    canvas.beginGroup("legend");
    canvas.text({pen.left, pen.y}, m_summary,
                {12, Weight::Regular, Anchor::Begin, m_colours.mutedText, 0, 0});
    pen.y += step;
    for (const Block& block : blocks)
        drawBlock(canvas, block, pen);
    canvas.endGroup();
}

void LegendColumn::drawBlock(Canvas& canvas, const Block& block, Pen& pen) const {
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
    const Argb colour = withAlpha(entry.colour, 1);
    if (entry.sign == PictureLegend::Sign::Line) {
        const Place ends[] = {{middle.x - 7, middle.y}, {middle.x + 7, middle.y}};
        canvas.line(ends, colour, 2);
    } else {
        drawMark(canvas, entry.marker, middle, 5, {colour, 0, 0});
    }
}

} // namespace hmgrl::picture
