#include "theme/Theme.h"

#include <QDirIterator>
#include <QImage>
#include <QPixmap>
#include <cmath>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

double channel(double v) {
    return v <= 0.03928 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& c) {
    return 0.2126 * channel(c.redF()) + 0.7152 * channel(c.greenF()) + 0.0722 * channel(c.blueF());
}

/// WCAG contrast ratio, 1 to 21.
double contrast(const QColor& a, const QColor& b) {
    const double x = luminance(a), y = luminance(b);
    return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

class ThemeTest : public ::testing::TestWithParam<Theme::Mode> {};

TEST_P(ThemeTest, TextIsReadableOnEverySurface) {
    const Theme theme(GetParam());
    const ThemeColours& c = theme.colours();
    for (const QColor& back : {c.window, c.surface, c.surfaceRaised, c.accentSoft}) {
        EXPECT_GE(contrast(c.text, back), 7.0) << back.name().toStdString();
        EXPECT_GE(contrast(c.textMuted, back), 4.5) << back.name().toStdString();
        EXPECT_GE(contrast(c.accent, back), 4.5) << back.name().toStdString();
    }
    for (const QColor& colour : {c.danger, c.success, c.warning})
        EXPECT_GE(contrast(colour, c.surface), 4.0) << colour.name().toStdString();
    EXPECT_GE(contrast(c.accentText, c.accent), 4.5);
}

TEST_P(ThemeTest, StyleSheetNamesOnlyKnownColours) {
    const Theme theme(GetParam());
    const QString sheet = styleSheet(theme.colours(), theme.metrics());
    EXPECT_FALSE(sheet.contains(QLatin1Char('@')));
    EXPECT_TRUE(sheet.contains(theme.colours().accent.name()));
}

TEST_P(ThemeTest, CategoryColoursShowOnTheSurface) {
    const Theme theme(GetParam());
    for (std::uint32_t rgb : {0x000000U, 0xFFFFFFU, 0xFFFF00U, 0x0000FFU, 0x808080U}) {
        const double ratio = contrast(theme.categoryColour(rgb), theme.colours().surface);
        EXPECT_GE(ratio, 1.95) << std::hex << rgb;
        EXPECT_GE(contrast(theme.colours().text, theme.categorySoft(rgb)), 5.0) << std::hex << rgb;
    }
}

INSTANTIATE_TEST_SUITE_P(Modes, ThemeTest,
                         ::testing::Values(Theme::Mode::Light, Theme::Mode::Dark));

TEST(ThemeIcons, EveryIconDrawsSomethingInTheColourOfTheMode) {
    Theme theme(Theme::Mode::Light);
    int count = 0;
    for (QDirIterator it(QStringLiteral(":/icons")); it.hasNext();) {
        it.next();
        const QIcon icon = theme.icon(it.fileInfo().completeBaseName());
        const QImage picture = icon.pixmap(QSize(24, 24)).toImage();
        bool drawn = false;
        for (int y = 0; y < picture.height() && !drawn; ++y)
            for (int x = 0; x < picture.width() && !drawn; ++x)
                drawn = qAlpha(picture.pixel(x, y)) > 60;
        EXPECT_TRUE(drawn) << it.fileName().toStdString();
        ++count;
    }
    EXPECT_GE(count, 40);
    const QIcon icon = theme.icon(QStringLiteral("check"));
    const QImage light = icon.pixmap(24, 24).toImage();
    theme.setMode(Theme::Mode::Dark);
    EXPECT_NE(icon.pixmap(24, 24).toImage(), light);
    EXPECT_TRUE(
        theme.icon(QStringLiteral("absent")).pixmap(8, 8).toImage().pixelColor(3, 3).alpha() == 0);
}

} // namespace
} // namespace hmgrl
