#include "document/TextFlow.h"

#include <QFontMetricsF>
#include <QGlyphRun>
#include <QPainter>
#include <QRawFont>
#include <algorithm>
#include <limits>

namespace hmgrl {
namespace {

constexpr int blockLength = 3000; // characters shaped together

bool isSeparator(QChar c) {
    return c == u'\n' || c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

bool hasRightToLeft(QStringView text) {
    return std::any_of(text.begin(), text.end(), [](QChar c) {
        return c.direction() == QChar::DirR || c.direction() == QChar::DirAL;
    });
}

QTextOption lineOption(bool rightToLeft) {
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    option.setTextDirection(rightToLeft ? Qt::RightToLeft : Qt::LeftToRight);
    option.setAlignment(rightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    return option;
}

} // namespace

void TextFlow::build(const QString& text, int limit, const QFont& font, double width,
                     const std::vector<ExtraSpace>& spaces) {
    m_font = font;
    m_width = std::max(width, 40.0);
    m_spaces = spaces;
    m_blocks.clear();
    m_lines.clear();
    const int end = std::min(limit, static_cast<int>(text.size()));
    int begin = 0;
    while (begin < end) {
        int stop = begin;
        while (stop < end && !isSeparator(text[stop]))
            ++stop;
        addParagraph(text, begin, stop);
        const bool isPair = stop + 1 < end && text[stop] == u'\r' && text[stop + 1] == u'\n';
        begin = stop + (isPair ? 2 : 1);
    }
}

void TextFlow::addParagraph(const QString& text, int begin, int end) {
    // The first 200 characters decide the direction: a hostile text may have no strong one at all.
    const bool rightToLeft =
        QStringView(text).mid(begin, std::min(200, end - begin)).isRightToLeft();
    do {
        int stop = std::min(begin + blockLength, end);
        if (stop < end && text[stop].isLowSurrogate())
            --stop;
        begin = addBlock(text, begin, stop, rightToLeft, end);
    } while (begin < end);
}

/// Lays out [begin, end) and returns where the next block starts. The last line of a block that
/// doesn't end its paragraph is left to the next one, which can fill it.
int TextFlow::addBlock(const QString& text, int begin, int end, bool rightToLeft,
                       int paragraphEnd) {
    auto layout = std::make_unique<QTextLayout>(text.mid(begin, end - begin), m_font);
    layout->setTextOption(lineOption(rightToLeft));
    layout->setCacheEnabled(true);
    layout->setFormats(formats(begin, end));
    layout->beginLayout();
    for (QTextLine line = layout->createLine(); line.isValid(); line = layout->createLine())
        line.setLineWidth(m_width);
    layout->endLayout();

    const QFontMetricsF metrics(m_font);
    const int block = static_cast<int>(m_blocks.size());
    const int count = layout->lineCount();
    const int kept = end < paragraphEnd && count > 1 ? count - 1 : count;
    for (int i = 0; i < kept; ++i) {
        const QTextLine laid = layout->lineAt(i);
        Line line{block, i, begin + laid.textStart(), begin + laid.textStart() + laid.textLength()};
        line.ascent = std::max(laid.ascent(), metrics.ascent());
        line.descent = std::max(laid.descent(), metrics.descent());
        line.isMixed = hasRightToLeft(QStringView(text).mid(line.begin, line.end - line.begin));
        m_lines.push_back(line);
    }
    const int next = kept < count ? begin + layout->lineAt(kept).textStart() : end;
    m_blocks.push_back({std::move(layout), begin});
    return next;
}

QList<QTextLayout::FormatRange> TextFlow::formats(int begin, int end) const {
    QList<QTextLayout::FormatRange> out;
    const auto before = [](const ExtraSpace& space, int position) {
        return space.position < position;
    };
    auto it = std::lower_bound(m_spaces.begin(), m_spaces.end(), begin, before);
    for (; it != m_spaces.end() && it->position < end; ++it) {
        QTextLayout::FormatRange range;
        range.start = it->position - begin;
        range.length = 1;
        range.format.setFontLetterSpacingType(QFont::AbsoluteSpacing);
        range.format.setFontLetterSpacing(it->width);
        out.push_back(range);
    }
    return out;
}

QTextLine TextFlow::textLine(int line) const {
    const Line& at = m_lines[static_cast<std::size_t>(line)];
    return m_blocks[static_cast<std::size_t>(at.block)].layout->lineAt(at.index);
}

int TextFlow::lineOf(int position) const {
    const auto after = std::upper_bound(m_lines.begin(), m_lines.end(), position,
                                        [](int p, const Line& line) { return p < line.begin; });
    return std::max(0, static_cast<int>(after - m_lines.begin()) - 1);
}

double TextFlow::widestSpace(int begin, int end) const {
    const auto before = [](const ExtraSpace& space, int position) {
        return space.position < position;
    };
    double widest = 0;
    auto it = std::lower_bound(m_spaces.begin(), m_spaces.end(), begin, before);
    for (; it != m_spaces.end() && it->position < end; ++it)
        widest = std::max(widest, it->width);
    return widest;
}

/// From the glyphs as they are drawn: where directions mix, Qt's cursor positions count the blank
/// at which the line was broken and jump at the borders of the runs (seen in Qt 6.4).
std::vector<std::pair<double, double>> TextFlow::extents(int line, int begin, int end) const {
    const Line& at = m_lines[static_cast<std::size_t>(line)];
    const int start = m_blocks[static_cast<std::size_t>(at.block)].start;
    begin = std::max(begin, at.begin);
    end = std::min(end, at.end);
    std::vector<std::pair<double, double>> out;
    if (begin >= end)
        return out;
    for (const QGlyphRun& run : textLine(line).glyphRuns(begin - start, end - begin)) {
        const QList<QPointF> positions = run.positions();
        const QList<QPointF> advances = run.rawFont().advancesForGlyphIndexes(run.glyphIndexes());
        for (qsizetype i = 0; i < std::min(positions.size(), advances.size()); ++i)
            if (advances[i].x() > 0)
                out.emplace_back(positions[i].x(), positions[i].x() + advances[i].x());
    }
    std::sort(out.begin(), out.end());
    const double gap = widestSpace(begin, end) + 1.5;
    std::vector<std::pair<double, double>> merged;
    for (const auto& [left, right] : out)
        if (!merged.empty() && left <= merged.back().second + gap)
            merged.back().second = std::max(merged.back().second, right);
        else
            merged.emplace_back(left, right);
    return merged;
}

int TextFlow::characterAt(int line, double x) const {
    const Line& at = m_lines[static_cast<std::size_t>(line)];
    const int start = m_blocks[static_cast<std::size_t>(at.block)].start;
    const int last = std::max(at.begin, at.end - 1);
    if (!at.isMixed)
        return std::clamp(start + textLine(line).xToCursor(x, QTextLine::CursorOnCharacter),
                          at.begin, last);
    int best = at.begin;
    double least = std::numeric_limits<double>::max();
    for (int p = at.begin; p <= last; ++p)
        for (const auto& [left, right] : extents(line, p, p + 1))
            if (const double apart = std::max({left - x, x - right, 0.0}); apart < least) {
                least = apart;
                best = p;
            }
    return best;
}

void TextFlow::draw(QPainter& painter, int line, double x, double y) const {
    const QTextLine text = textLine(line);
    // QTextLine::draw places the line's own top, which holds its place in the block.
    text.draw(&painter, QPointF(x, y - text.ascent() - text.y()));
}

} // namespace hmgrl
