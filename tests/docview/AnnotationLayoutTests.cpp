#include "document/AnnotationLayout.h"

#include "docview/Samples.h"
#include "theme/Theme.h"

#include <QImage>
#include <QPainter>
#include <algorithm>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

AnnotationStyle style() {
    const Theme theme;
    QFont text = theme.font(FontRole::Body);
    text.setPixelSize(16);
    return {text, theme.font(FontRole::SmallStrong)};
}

AnnotationLayout layOut(const DocumentContent& content, double width, bool withRejected = true) {
    const TextOffsets offsets(content.document.text);
    const auto categories = test::categories();
    AnnotationLayout layout;
    layout.build(annotatedText(content.document, offsets, TypeCatalogue(categories), withRejected),
                 style(), width, 100000);
    return layout;
}

const DocumentContent samples[] = {test::lovelace(), test::wrapped(), test::nested(),
                                   test::manyScripts()};

TEST(AnnotationLayout, NoArcCrossesText) {
    for (const DocumentContent& content : samples)
        for (const double width : {320.0, 520.0, 900.0}) {
            const AnnotationLayout layout = layOut(content, width);
            for (const auto& arc : layout.arcs()) {
                for (double t = 0.02; t < 0.98; t += 0.002) {
                    const QPointF p = arc.path.pointAtPercent(t);
                    if (p.x() < layout.textLeft() || p.x() > layout.textLeft() + layout.textWidth())
                        continue; // in a gutter
                    for (const auto& line : layout.lines())
                        ASSERT_FALSE(p.y() > line.textTop + 1 && p.y() < line.textBottom)
                            << "arc " << arc.relation << " at width " << width;
                }
                for (const auto& line : layout.lines())
                    EXPECT_FALSE(arc.pill.bottom() > line.textTop &&
                                 arc.pill.top() < line.textBottom);
            }
        }
}

TEST(AnnotationLayout, TagsAndPillsDontOverlap) {
    for (const DocumentContent& content : samples)
        for (const double width : {320.0, 520.0, 900.0}) {
            const AnnotationLayout layout = layOut(content, width);
            std::vector<QRectF> labels;
            for (const auto& chip : layout.chips())
                if (chip.begins)
                    labels.push_back(chip.tag);
            for (const auto& arc : layout.arcs())
                labels.push_back(arc.pill);
            for (std::size_t a = 0; a < labels.size(); ++a)
                for (std::size_t b = a + 1; b < labels.size(); ++b)
                    EXPECT_FALSE(labels[a].intersects(labels[b]))
                        << a << " and " << b << " at " << width;
        }
}

TEST(AnnotationLayout, EnclosingMentionsAreTaller) {
    const AnnotationLayout layout = layOut(test::nested(), 900);
    const auto chipOf = [&](int begin, int end) {
        for (const auto& chip : layout.chips()) {
            const TextMention& m = layout.input().mentions[static_cast<std::size_t>(chip.mention)];
            if (m.begin == begin && m.end == end)
                return chip;
        }
        throw std::runtime_error("no such chip");
    };
    const std::string text = test::nested().document.text;
    const auto chip = [&](const char* words) {
        const Span span = test::spanOf(text, words);
        return chipOf(span.begin, span.end);
    };
    EXPECT_EQ(chip("California").depth, 0);
    EXPECT_EQ(chip("University of California, Berkeley").depth, 1);
    EXPECT_EQ(chip("University of California, Berkeley Library").depth, 2);
    EXPECT_TRUE(
        chip("University of California, Berkeley Library").rect.contains(chip("California").rect));
    EXPECT_GT(chip("University of California, Berkeley Library").bar.top(),
              chip("California").tag.top());
}

TEST(AnnotationLayout, EveryMentionHasAChipOfItsWords) {
    for (const DocumentContent& content : samples) {
        const AnnotationLayout layout = layOut(content, 420);
        for (std::size_t i = 0; i < layout.input().mentions.size(); ++i) {
            const TextMention& m = layout.input().mentions[i];
            for (int p = m.begin; p < m.end; ++p)
                for (const QRectF& rect : layout.rectsOf(p, p + 1)) {
                    const bool isCovered = std::any_of(
                        layout.chips().begin(), layout.chips().end(),
                        [&](const AnnotationLayout::Chip& chip) {
                            return chip.mention == static_cast<int>(i) &&
                                   // The last letter may carry the space after the chip.
                                   chip.rect.contains(rect.center()) &&
                                   chip.rect.contains(rect.topLeft());
                        });
                    EXPECT_TRUE(isCovered) << "mention " << i << " unit " << p;
                }
        }
    }
}

TEST(AnnotationLayout, RightToLeftCharactersAreFoundWhereTheyAreDrawn) {
    const AnnotationLayout layout = layOut(test::manyScripts(), 700);
    const QString& text = layout.input().text;
    for (int p = 0; p < text.size(); ++p) {
        if (!text[p].isLetter())
            continue;
        for (const QRectF& rect : layout.rectsOf(p, p + 1))
            EXPECT_EQ(layout.characterAt(rect.center()), p);
    }
}

/// First and last column of a line that has ink.
std::pair<double, double> inkOf(const TextFlow& flow, int line) {
    QImage image(700, 60, QImage::Format_Grayscale8);
    image.fill(Qt::white);
    QPainter painter(&image);
    flow.draw(painter, line, 20, 35);
    painter.end();
    int left = image.width(), right = 0;
    for (int y = 0; y < image.height(); ++y)
        for (int x = 0; x < image.width(); ++x)
            if (qGray(image.pixel(x, y)) < 128) {
                left = std::min(left, x);
                right = std::max(right, x + 1);
            }
    return {left - 20, right - 20};
}

TEST(AnnotationLayout, ExtentsLieWhereTheInkIs) {
    const QString text =
        QStringLiteral("met in ولد نجيب محفوظ في القاهرة عام 1911 وعاش في مصر and wrote "
                       "שמעון פרס נולד בווישנייבה in Cairo");
    for (int width = 120; width <= 640; width += 13) {
        TextFlow flow;
        flow.build(text, 1000, style().text, width, {});
        for (int line = 0; line < static_cast<int>(flow.lines().size()); ++line) {
            double left = 1e9, right = -1e9;
            for (int p = flow.lines()[static_cast<std::size_t>(line)].begin;
                 p < flow.lines()[static_cast<std::size_t>(line)].end; ++p)
                for (const auto& [a, b] : flow.extents(line, p, p + 1))
                    if (!text[p].isSpace()) {
                        left = std::min(left, a);
                        right = std::max(right, b);
                    }
            const auto [inkLeft, inkRight] = inkOf(flow, line);
            EXPECT_NEAR(left, inkLeft, 3.2) << "line " << line << " at width " << width;
            EXPECT_NEAR(right, inkRight, 3.2) << "line " << line << " at width " << width;
        }
    }
}

TEST(AnnotationLayout, EmptyTextHasNoLines) {
    const AnnotationLayout layout = layOut(test::DocumentBuilder("").build(), 400);
    EXPECT_TRUE(layout.lines().empty());
    EXPECT_EQ(layout.characterAt({10, 10}), -1);
    EXPECT_EQ(layout.hitTest({10, 10}), AnnotationHit());
}

TEST(AnnotationLayout, BlocksOfALongParagraphJoinAtLineEnds) {
    std::string text;
    for (int i = 0; i < 4000; ++i)
        text += "word" + std::to_string(i) + " ";
    const AnnotationLayout layout = layOut(test::DocumentBuilder(text).build(), 500);
    const auto& lines = layout.flow().lines();
    ASSERT_GT(lines.size(), 100U);
    for (std::size_t i = 1; i < lines.size(); ++i)
        EXPECT_EQ(lines[i].begin, lines[i - 1].end);
    EXPECT_EQ(lines.back().end, static_cast<int>(text.size()));
}

} // namespace
} // namespace hmgrl
