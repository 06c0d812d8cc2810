#include "theme/Theme.h"

#include <QAbstractItemView>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDirIterator>
#include <QImage>
#include <QLineEdit>
#include <QPixmap>
#include <QRadioButton>
#include <QSpinBox>
#include <QTest>
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

TEST_P(ThemeTest, ComboBoxesOpenAListBelowInOneFrame) {
    Theme theme(GetParam());
    theme.install(*qApp);
    QComboBox box;
    for (int row = 0; row < 60; ++row)
        box.addItem(QStringLiteral("row %1").arg(row));
    box.resize(200, box.sizeHint().height());
    box.move(100, 100);
    box.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&box));
    box.showPopup();
    QWidget* list = box.view()->window();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(list));
    EXPECT_GE(list->y(), box.mapToGlobal(QPoint(0, box.height())).y() - 2);
    EXPECT_LT(list->height(), 400) << "not as long as the screen";
    const QImage picture = list->grab().toImage();
    const auto at = [&](int x, int y) { return picture.pixelColor(x, y).name().toStdString(); };
    const ThemeColours& c = theme.colours();
    EXPECT_EQ(at(0, 0), c.borderStrong.name().toStdString());
    for (int inside = 1; inside < 5; ++inside)
        EXPECT_EQ(at(100, inside), c.surface.name().toStdString()) << inside;
    const QRect current = box.view()->visualRect(box.view()->currentIndex());
    const QPoint row = box.view()->viewport()->mapTo(list, current.center());
    EXPECT_EQ(at(row.x(), row.y()), c.accentSoft.name().toStdString()) << "as in menus";
    EXPECT_GE(current.height(), 26);
    box.hidePopup();
}

/// What a control looks like.
QImage pictureOf(QWidget& control) {
    control.resize(160, 32);
    control.ensurePolished();
    return control.grab().toImage();
}

TEST_P(ThemeTest, ControlsShowWhetherTheyAreOnAndEnabled) {
    Theme theme(GetParam());
    theme.install(*qApp);
    QCheckBox tick(QStringLiteral("text"));
    QRadioButton radio(QStringLiteral("text"));
    for (QAbstractButton* button :
         {static_cast<QAbstractButton*>(&tick), static_cast<QAbstractButton*>(&radio)}) {
        const char* name = button->metaObject()->className();
        const QImage off = pictureOf(*button);
        button->setChecked(true);
        const QImage on = pictureOf(*button);
        EXPECT_NE(on, off) << name;
        button->setEnabled(false);
        EXPECT_NE(pictureOf(*button), on) << name;
        EXPECT_EQ(button->palette().color(QPalette::WindowText), theme.colours().textFaint) << name;
    }
    QLineEdit line(QStringLiteral("text"));
    QSpinBox number;
    QComboBox box;
    box.addItem(QStringLiteral("text"));
    for (QWidget* field : {static_cast<QWidget*>(&line), static_cast<QWidget*>(&number),
                           static_cast<QWidget*>(&box)}) {
        const char* name = field->metaObject()->className();
        const QColor ground = pictureOf(*field).pixelColor(80, 3);
        field->setEnabled(false);
        EXPECT_NE(pictureOf(*field).pixelColor(80, 3), ground) << name;
        EXPECT_EQ(field->palette().color(QPalette::Text), theme.colours().textFaint) << name;
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
