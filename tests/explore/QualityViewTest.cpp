#include "explore/QualityView.h"
#include "explore/ExploreSamples.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QLabel>
#include <gtest/gtest.h>
#include <set>

namespace hmgrl {
namespace {

const QLabel* labelWith(const QWidget& widget, const QString& text) {
    for (const QLabel* label : widget.findChildren<QLabel*>())
        if (label->text().contains(text))
            return label;
    return nullptr;
}

TEST(QualityViewTest, ShowsNowBesideBeforeAndTheAlarmAtTheRim) {
    Theme theme;
    QualityView view(theme);
    view.resize(300, 560);
    DiskQuality now = judgeDisk(test::exploreDisk(60)), before = now;
    now.quality.recall15 = 0.625;
    before.quality.recall15 = 0.25;
    now.quality.maxRadius = 4;
    view.setQuality(now, nullptr);
    view.show();
    EXPECT_TRUE(labelWith(view, "0.625"));
    EXPECT_FALSE(labelWith(view, "0.250"));
    const QLabel* alarm = labelWith(view, "rim");
    ASSERT_TRUE(alarm);
    EXPECT_FALSE(alarm->isVisible());
    now.quality.maxRadius = 7.5;
    now.quality.curve.nearestError = -1;
    view.setQuality(now, &before);
    EXPECT_TRUE(labelWith(view, "0.250"));
    EXPECT_TRUE(alarm->isVisible());
    EXPECT_TRUE(alarm->text().contains("7.5"));
    const QString light = alarm->styleSheet();
    const QImage picture = view.grab().toImage();
    theme.setMode(Theme::Mode::Dark);
    EXPECT_NE(alarm->styleSheet(), light);
    EXPECT_NE(view.grab().toImage(), picture);
}

TEST(QualityViewTest, EveryMethodHasANameAndASentenceOfItsOwn) {
    std::set<QString> names, sentences;
    for (const std::string& name : layoutMethodNames()) {
        const LayoutMethod method = layoutMethodFromString(name);
        names.insert(methodName(method));
        sentences.insert(methodSentence(method));
        EXPECT_TRUE(methodSentence(method).endsWith('.')) << name;
    }
    EXPECT_EQ(names.size(), 5U);
    EXPECT_EQ(sentences.size(), 5U);
}

} // namespace
} // namespace hmgrl
