#include "docview/Pictures.h"
#include "docview/Samples.h"
#include "training/LiveChart.h"
#include "training/OptionsForm.h"
#include "training/RetrainView.h"

#include <QCheckBox>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <limits>

namespace hmgrl::test {
namespace {

RetrainReport report(bool drops) {
    RetrainReport out;
    out.seconds = 41;
    using enum CategoryKind;
    out.figures = {{"all", Entity, 120, 0.71, 0.78},
                   {"seen", Entity, 90, 0.79, drops ? 0.74 : 0.80},
                   {"unseen", Entity, 30, 0.41, 0.66},
                   {"all", Relation, 40, 0.55, 0.58},
                   {"person/scientist", Entity, 14, 0.36, 0.71},
                   {"location/city", Entity, 22, 0.86, drops ? 0.79 : 0.86},
                   {"organization", Entity, 18, 0.72, 0.72},
                   {"born_in", Relation, 6, 0.33, 0.5}};
    out.dropsOldCategories = drops;
    out.warnings = {"Too few labels for animal: 1 held out"};
    return out;
}

std::uint32_t colourOf(CategoryKind kind, const std::string& name) {
    for (const Category& category : categories())
        if (category.kind == kind && category.name == name)
            return category.colour;
    return 0;
}

void feed(RetrainView& view, int steps) {
    for (int i = 0; i < steps; ++i) {
        const double t = i / 60.0, noise = 0.08 * std::sin(i * 12.9898) * std::cos(i * 4.1);
        view.setProgress(QStringLiteral("Step"), i, 300);
        view.addValues({{"loss.entity.labels", 1.4 * std::exp(-t) + 0.25 + noise},
                        {"loss.entity.replay", 0.9 * std::exp(-t / 2) + 0.2 + noise},
                        {"loss.relation.labels", 0.5 * std::exp(-t) + 0.1 + noise / 3}});
        if (i % 10 == 0)
            view.addValues({{"metric.seen", 0.79 + 0.01 * t},
                            {"metric.unseen", 0.66 - 0.25 * std::exp(-t)},
                            {"metric.H", 0.72 - 0.18 * std::exp(-t)}});
    }
}

class RetrainPictures : public ThemedTest {};

TEST_P(RetrainPictures, Phases) {
    RetrainView view(theme());
    view.resize(1300, 340);
    view.setReady(true);
    view.setLabels({{CategoryKind::Entity, "person/scientist", false, 14},
                    {CategoryKind::Relation, "born_in", false, 6}});
    view.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&view));
    keep(view.grab(), "retrain-ready");
    view.begin();
    feed(view, 220);
    QTest::qWait(150);
    keep(view.grab(), "retrain-running");
    view.finish(report(true), colourOf);
    QTest::qWait(20);
    keep(view.grab(), "retrain-report");
}

INSTANTIATE_TEST_SUITE_P(Both, RetrainPictures,
                         testing::Values(Theme::Mode::Light, Theme::Mode::Dark));

TEST(OptionsForm, ShowsDefaultsAndGivesBackWhatWasTyped) {
    OptionsForm form;
    form.setOptions(RetrainOptions());
    EXPECT_EQ(optionsToJson(form.options<RetrainOptions>()), optionsToJson(RetrainOptions()));
    EXPECT_EQ(form.spinBox("learning_rate")->text(), QLocale().toString(0.0005));
    form.spinBox("steps")->setValue(42);
    form.spinBox("seed")->setValue(4294967295.0);
    form.spinBox("hold_out")->setValue(5); // clamped to the option's range
    const auto options = form.options<RetrainOptions>();
    EXPECT_EQ(options.steps, 42);
    EXPECT_EQ(options.seed, 4294967295U);
    EXPECT_DOUBLE_EQ(options.holdOut, 0.9);
    EXPECT_NO_THROW(validateOptions(options, "retrain"));
}

TEST(LiveChart, SmoothingStartsAtTheFirstPointAndThinningKeepsTheEnds) {
    const std::vector<QPointF> points = {{0, 4}, {1, 4}, {2, 0}, {3, 0}};
    const auto smooth = smoothed(points, 0.5);
    EXPECT_DOUBLE_EQ(smooth[0].y(), 4);
    EXPECT_DOUBLE_EQ(smooth[1].y(), 4);
    EXPECT_NEAR(smooth[2].y(), 4 * 3.0 / 7, 1e-12); // weights 1/4 + 1/2 of 4, 1 of 0, over 7/4
    std::vector<QPointF> many;
    for (int i = 0; i < 5000; ++i)
        many.emplace_back(i, i);
    const auto few = thinned(many, 600);
    EXPECT_EQ(few.size(), 600U);
    EXPECT_EQ(few.front(), many.front());
    EXPECT_EQ(few.back(), many.back());
}

TEST(LiveChart, LeavesOutWhatIsNotANumber) {
    const Theme theme;
    LiveChart chart(theme, QStringLiteral("Losses"), 0.9);
    chart.addPoint(QStringLiteral("a"), 0, 1);
    chart.addPoint(QStringLiteral("a"), 1, std::numeric_limits<double>::quiet_NaN());
    chart.addPoint(QStringLiteral("a"), 2, std::numeric_limits<double>::infinity());
    chart.addPoint(QStringLiteral("b"), 0, 1);
    chart.flush();
    EXPECT_EQ(chart.pointCount(QStringLiteral("a")), 1U);
    EXPECT_EQ(chart.curveCount(), 2U);
    chart.clear();
    EXPECT_EQ(chart.curveCount(), 0U);
}

TEST(Retrain, NeedsAModelAndLabelsToStart) {
    const Theme theme;
    RetrainView view(theme);
    EXPECT_FALSE(view.startButton()->isEnabled());
    view.setReady(true);
    EXPECT_FALSE(view.startButton()->isEnabled());
    view.setLabels({{CategoryKind::Entity, "person", true, 3}});
    EXPECT_TRUE(view.startButton()->isEnabled());
    QSignalSpy spy(&view, &RetrainView::startRequested);
    view.form()->spinBox("steps")->setValue(12);
    view.startButton()->click();
    ASSERT_EQ(spy.count(), 1);
    EXPECT_EQ(spy.at(0).at(0).value<RetrainOptions>().steps, 12);
}

TEST(Retrain, CancelsOnceAndReturns) {
    const Theme theme;
    RetrainView view(theme);
    view.setReady(true);
    view.setLabels({{CategoryKind::Entity, "person", true, 3}});
    view.begin();
    EXPECT_FALSE(view.startButton()->isEnabled());
    QSignalSpy spy(&view, &RetrainView::cancelRequested);
    view.cancelButton()->click();
    view.cancelButton()->click();
    EXPECT_EQ(spy.count(), 1);
    view.setProgress(QStringLiteral("Step"), 5,
                     10); // late news don't hide that it is being cancelled
    EXPECT_EQ(view.statusText(), QStringLiteral("Cancelling…"));
    view.end(QStringLiteral("Cancelled"));
    EXPECT_EQ(view.phase(), RetrainView::Phase::Ready);
    EXPECT_TRUE(view.startButton()->isEnabled());
}

TEST(Retrain, ValuesGoToTheirCharts) {
    const Theme theme;
    RetrainView view(theme);
    view.begin();
    feed(view, 30);
    EXPECT_EQ(view.lossChart()->curveCount(), 2U);
    EXPECT_EQ(view.metricChart()->curveCount(), 3U);
    EXPECT_EQ(view.lossChart()->pointCount(QStringLiteral("entity")), 30U);
}

TEST(Retrain, ADropOnOldCategoriesAsksBeforeAccepting) {
    const Theme theme;
    RetrainView view(theme);
    view.show();
    view.begin();
    view.finish(report(true), colourOf);
    EXPECT_FALSE(view.acceptButton()->isEnabled());
    EXPECT_TRUE(view.discardButton()->isEnabled());
    view.gate()->click();
    EXPECT_TRUE(view.acceptButton()->isEnabled());
    view.end({});
    view.begin();
    view.finish(report(false), colourOf);
    EXPECT_TRUE(view.acceptButton()->isEnabled());
}

TEST(Retrain, ReportPutsTotalsFirstThenTheLargestChange) {
    const Theme theme;
    ReportTable table(theme);
    table.setFigures(report(true).figures, colourOf);
    EXPECT_EQ(table.rowCount(), 8);
    EXPECT_EQ(table.item(4, 0)->text(), QStringLiteral("scientist"));
    EXPECT_TRUE(table.item(4, 4)->text().startsWith(QStringLiteral("▲")));
    EXPECT_TRUE(table.item(1, 4)->text().startsWith(QStringLiteral("▼")));
    EXPECT_EQ(table.item(7, 4)->text(), QStringLiteral("–"));
}

} // namespace
} // namespace hmgrl::test
