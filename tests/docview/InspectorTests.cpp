#include "docview/Pictures.h"
#include "inspector/BarList.h"
#include "inspector/InspectorView.h"
#include "inspector/ReasonText.h"
#include "inspector/RowList.h"

#include <QApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QToolTip>
#include <gtest/gtest.h>

namespace hmgrl::test {
namespace {

SampleFacts sampleFacts() {
    SampleFacts facts;
    facts.sample = {3,
                    {CategoryKind::Entity, 7},
                    QStringLiteral("Ada Lovelace"),
                    {},
                    paletteColour(8),
                    Status::Suggested,
                    {},
                    {}};
    facts.type = {"person/scientist",
                  QStringLiteral("scientist"),
                  QStringLiteral("person"),
                  paletteColour(8),
                  false,
                  0.62,
                  1.1};
    facts.description = QStringLiteral("A person who does research");
    const char* names[] = {"person/scientist", "person",        "work/invention",
                           "organization",     "event",         "building",
                           "location",         "location/city", "animal"};
    double distance = 1.07;
    for (std::size_t i = 0; i < std::size(names); ++i, distance += 0.31) {
        CategoryFact fact{names[i],   QString::fromStdString(displayName(names[i])),
                          {},         paletteColour(i),
                          i % 4 != 0, i < 5 ? 0.62 / static_cast<double>((i + 1) * (i + 1)) : -1,
                          distance};
        facts.distances.push_back(fact);
        if (i < 5)
            facts.best.push_back(fact);
    }
    facts.best[0].reason = {-1.2, 4.1, 0, 0};
    facts.best[1].reason = {-1.1, 2.0, 0, -1.6};
    for (int i = 0; i < 4; ++i) {
        QImage thumbnail(96, 64, QImage::Format_RGB32);
        thumbnail.fill(QColor::fromHsv(40 + i * 70, 120, 200));
        const QString texts[] = {
            QStringLiteral("Charles Babbage"), QStringLiteral("Marie Curie"),
            QStringLiteral("a very long name that certainly has to be elided somewhere"),
            QStringLiteral("Grace Hopper")};
        facts.neighbours.push_back({10 + i,
                                    {CategoryKind::Entity, 20 + i},
                                    texts[i],
                                    QStringLiteral("scientist  ·  sample-1%1").arg(i),
                                    paletteColour(8),
                                    i % 2 ? Status::Suggested : Status::Accepted,
                                    QString::number(0.42 + 0.13 * i, 'f', 2),
                                    i == 3 ? QImage() : thumbnail});
    }
    return facts;
}

DocumentFacts documentFacts() {
    DocumentFacts facts;
    facts.key = QStringLiteral("sample-12");
    facts.topic = QStringLiteral("science");
    facts.accepted = 3;
    facts.suggested = 2;
    facts.extracted = true;
    facts.mentions = {{3,
                       {CategoryKind::Entity, 1},
                       QStringLiteral("Ada Lovelace"),
                       QStringLiteral("scientist"),
                       paletteColour(8),
                       Status::Accepted,
                       {},
                       {}},
                      {3,
                       {CategoryKind::Entity, 2},
                       QStringLiteral("London"),
                       QStringLiteral("city"),
                       paletteColour(6),
                       Status::Suggested,
                       QStringLiteral("93 %"),
                       {}}};
    facts.relations = {{3,
                        {CategoryKind::Relation, 5},
                        QStringLiteral("Ada Lovelace → London"),
                        QStringLiteral("born in"),
                        paletteColour(16),
                        Status::Suggested,
                        QStringLiteral("71 %"),
                        {}}};
    return facts;
}

class InspectorPictures : public ThemedTest {};

TEST_P(InspectorPictures, Pages) {
    InspectorView view(theme());
    view.resize(330, 900);
    view.showSample(sampleFacts());
    view.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    keep(view.grab(), "inspector-sample");
    view.showDocument(documentFacts());
    QTest::qWait(10);
    keep(view.grab(), "inspector-document");
    view.showNothing();
    QTest::qWait(10);
    keep(view.grab(), "inspector-empty");
}

INSTANTIATE_TEST_SUITE_P(Both, InspectorPictures,
                         testing::Values(Theme::Mode::Light, Theme::Mode::Dark));

TEST(Inspector, ShowsTheNearestPrototypesFirstAndAllOnDemand) {
    const Theme theme;
    InspectorView view(theme);
    view.showSample(sampleFacts());
    EXPECT_EQ(view.title(), QStringLiteral("Ada Lovelace"));
    EXPECT_EQ(view.bestBars()->facts().size(), 5U);
    EXPECT_EQ(view.distanceBars()->facts().size(), 6U);
    view.findChild<QPushButton*>(QStringLiteral("allDistances"))->click();
    EXPECT_EQ(view.distanceBars()->facts().size(), 9U);
}

TEST(Inspector, SaysWhyTheBestIsAheadOfTheSecond) {
    const Theme theme;
    InspectorView view(theme);
    view.resize(330, 900);
    SampleFacts facts = sampleFacts();
    view.showSample(facts);
    view.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    const auto* lead = view.findChild<QLabel*>(QStringLiteral("lead"));
    EXPECT_EQ(lead->text(),
              QStringLiteral("Ahead of \u201cperson\u201d: words\u00a0+2.1\u00a0\u00b7 "
                             "calibration\u00a0+1.6\u00a0\u00b7 nearness\u00a0\u22120.1"));
    EXPECT_TRUE(lead->isVisible());
    QHelpEvent hover(QEvent::ToolTip, {40, 8}, view.bestBars()->mapToGlobal(QPoint(40, 8)));
    QApplication::sendEvent(view.bestBars(), &hover);
    EXPECT_TRUE(QToolTip::text().endsWith(
        QStringLiteral("Score: nearness\u00a0\u22121.2\u00a0\u00b7 words\u00a0+4.1")))
        << QToolTip::text().toStdString();
    facts.best[1].reason.reset(); // of another model, or not ready
    view.showSample(facts);
    EXPECT_FALSE(lead->isVisible());
}

TEST(Inspector, AClickOnANeighbourJumpsThere) {
    const Theme theme;
    InspectorView view(theme);
    view.resize(330, 900);
    view.showSample(sampleFacts());
    view.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    QSignalSpy spy(&view, &InspectorView::jumpRequested);
    QTest::mouseClick(view.neighbourRows(), Qt::LeftButton, {},
                      view.neighbourRows()->rectOf(1).center());
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(spy.at(0).at(0).value<std::int64_t>(), 11);
    EXPECT_EQ(spy.at(0).at(1).value<DocumentItem>(), (DocumentItem{CategoryKind::Entity, 21}));
    QTest::keyClick(view.neighbourRows(), Qt::Key_Down);
    QTest::keyClick(view.neighbourRows(), Qt::Key_Return);
    ASSERT_EQ(spy.count(), 2);
    EXPECT_EQ(spy.at(1).at(1).value<DocumentItem>().id, 22);
}

TEST(Inspector, APageIsNoHigherThanItself) {
    const Theme theme;
    InspectorView view(theme);
    view.resize(330, 420);
    DocumentFacts facts = documentFacts();
    for (int i = 0; i < 40; ++i)
        facts.mentions.push_back(facts.mentions.front());
    view.showDocument(facts);
    view.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    EXPECT_TRUE(QTest::qWaitFor([&] { return view.verticalScrollBar()->maximum() > 400; }));
    view.showNothing();
    EXPECT_TRUE(QTest::qWaitFor([&] { return view.verticalScrollBar()->maximum() == 0; }))
        << view.verticalScrollBar()->maximum();
}

TEST(Inspector, KeepsWhatItKnowsWhileItSearchesAgain) {
    const Theme theme;
    InspectorView view(theme);
    view.showSample(sampleFacts());
    SampleFacts again = sampleFacts();
    again.distances.clear();
    again.neighbours.clear();
    again.isSearching = true;
    view.showSample(again);
    EXPECT_EQ(view.neighbourRows()->rows().size(), 4U);
    again.sample.item.id = 99; // another sample: nothing known yet
    view.showSample(again);
    EXPECT_TRUE(view.neighbourRows()->rows().empty());
}

} // namespace
} // namespace hmgrl::test
