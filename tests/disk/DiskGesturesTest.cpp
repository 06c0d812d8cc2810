#include "disk/DiskFixture.h"

#include <QSignalSpy>
#include <QStyleHints>
#include <algorithm>
#include <gmock/gmock.h>

namespace hmgrl::test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

namespace {
std::string rendererName(const ::testing::TestParamInfo<DiskWidget::Renderer>& chosen) {
    return chosen.param == DiskWidget::Renderer::OpenGl ? "OpenGl" : "Raster";
}
} // namespace

INSTANTIATE_TEST_SUITE_P(Renderers, DiskTest,
                         ::testing::Values(DiskWidget::Renderer::OpenGl,
                                           DiskWidget::Renderer::Raster),
                         rendererName);

TEST_P(DiskTest, AGrabbedPointFollowsTheCursorAndDistancesStay) {
    const int row = lonelySample(), other = prototype("city");
    ASSERT_GE(row, 0);
    QSignalSpy moved(m_disk, &DiskWidget::viewChanged);
    const auto distance = [&] {
        const auto points = view().viewPoints();
        return disk::distance(disk::toPolar(points[static_cast<std::size_t>(row)]),
                              disk::toPolar(points[static_cast<std::size_t>(other)]));
    };
    const double before = distance();
    const QPointF start = at(row);
    press(start);
    for (int i = 1; i <= 20; ++i)
        moveTo(start + QPointF(4 * i, -2 * i), true);
    EXPECT_NEAR(at(row).x(), start.x() + 80, 0.01);
    EXPECT_NEAR(at(row).y(), start.y() - 40, 0.01);
    release(start + QPointF(80, -40));
    EXPECT_NEAR(distance(), before, 1e-9 * before);
    EXPECT_GE(moved.count(), 10);
    EXPECT_THAT(m_disk->selectedRows(), IsEmpty()) << "a drag isn't a click";
}

TEST_P(DiskTest, TheWheelZoomsAboutTheCursor) {
    const int row = lonelySample();
    const QPointF start = at(row);
    const double scale = view().pixelsPerUnit();
    wheel(start, 2);
    EXPECT_NEAR(view().pixelsPerUnit(), scale * 1.25 * 1.25, 1e-6);
    EXPECT_NEAR(at(row).x(), start.x(), 0.01);
    EXPECT_NEAR(at(row).y(), start.y(), 0.01);
    wheel(start, -2);
    EXPECT_NEAR(view().pixelsPerUnit(), scale, 1e-6);
}

TEST_P(DiskTest, ADoubleClickBringsAPointToTheCentreAndHomeGoesBack) {
    const int row = lonelySample();
    const QPointF start = at(row);
    doubleClick(start);
    EXPECT_NEAR(at(row).x(), start.x(), 2) << "the way is animated, not jumped";
    EXPECT_TRUE(QTest::qWaitFor([&] { return std::abs(at(row).x() - centre().x()) < 0.01; }, 3000));
    EXPECT_NEAR(at(row).y(), 300, 0.01);
    QTest::keyClick(m_disk, Qt::Key_Home);
    EXPECT_TRUE(QTest::qWaitFor([&] { return std::abs(at(row).x() - start.x()) < 0.01; }, 3000));
    EXPECT_NEAR(at(row).y(), start.y(), 0.01);
}

TEST_P(DiskTest, TheUserStopsAnAnimationByTakingHold) {
    const int row = prototype("city");
    m_disk->reveal(row);
    QTest::qWait(60);
    press({400, 500});
    const QPointF held = at(row);
    QTest::qWait(500);
    EXPECT_NEAR(at(row).x(), held.x(), 1e-9);
    release({400, 500});
}

TEST_P(DiskTest, AClickSelectsAndTells) {
    const int row = lonelySample();
    QSignalSpy activated(m_disk, &DiskWidget::pointActivated);
    QSignalSpy changed(m_disk, &DiskWidget::selectionChanged);
    click(at(row));
    EXPECT_THAT(m_disk->selectedRows(), ElementsAre(row));
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(activated.front().front().toInt(), row);
    EXPECT_EQ(changed.count(), 1);
}

TEST_P(DiskTest, CtrlClickAddsAndTakesAway) {
    const int first = lonelySample(0), second = lonelySample(1);
    click(at(first));
    click(at(second), Qt::ControlModifier);
    EXPECT_THAT(m_disk->selectedRows(),
                ElementsAre(std::min(first, second), std::max(first, second)));
    click(at(second), Qt::ControlModifier);
    EXPECT_THAT(m_disk->selectedRows(), ElementsAre(first));
}

TEST_P(DiskTest, AClickOnNothingClearsUnlessItBeginsADoubleClick) {
    const int row = lonelySample();
    const QPointF nothing(6, 590);
    ASSERT_EQ(view().pick(nothing.x(), nothing.y()), -1);
    click(at(row));
    doubleClick(nothing);
    QTest::qWait(QGuiApplication::styleHints()->mouseDoubleClickInterval() + 100);
    EXPECT_THAT(m_disk->selectedRows(), ElementsAre(row));
    click(nothing);
    EXPECT_TRUE(QTest::qWaitFor([&] { return m_disk->selectedRows().empty(); }, 2000));
}

TEST_P(DiskTest, ALateClearLeavesANewerSelection) {
    const QPointF nothing(6, 590);
    const auto wait = [] {
        QTest::qWait(QGuiApplication::styleHints()->mouseDoubleClickInterval() + 100);
    };
    click(nothing);
    QTest::keyClick(m_disk, Qt::Key_A, Qt::ControlModifier);
    const std::vector<int> all = m_disk->selectedRows();
    ASSERT_FALSE(all.empty());
    wait();
    EXPECT_EQ(m_disk->selectedRows(), all);
    click(nothing);
    m_disk->selectRows(std::vector<int>{3, 5});
    wait();
    EXPECT_THAT(m_disk->selectedRows(), ElementsAre(3, 5));
    click(nothing);
    press(centre());
    EXPECT_THAT(m_disk->selectedRows(), IsEmpty()) << "no double click any more: it clears";
    release(centre());
}

TEST_P(DiskTest, SelectionFromOutsideIsNotEchoed) {
    QSignalSpy changed(m_disk, &DiskWidget::selectionChanged);
    const std::vector<int> rows{3, 5};
    m_disk->selectRows(rows);
    EXPECT_THAT(m_disk->selectedRows(), ElementsAre(3, 5));
    EXPECT_EQ(changed.count(), 0);
    QTest::keyClick(m_disk, Qt::Key_Escape);
    EXPECT_THAT(m_disk->selectedRows(), IsEmpty());
    EXPECT_EQ(changed.count(), 1);
}

TEST_P(DiskTest, TheLassoSelectsAddsAndRemoves) {
    const QPointF here(330, 220), there(480, 380);
    QSignalSpy changed(m_disk, &DiskWidget::selectionChanged);
    const auto inner = rowsWithin(here, 57), outer = rowsWithin(here, 60);
    ASSERT_EQ(inner, outer) << "no point lies on the line itself";
    ASSERT_FALSE(inner.empty());
    lasso(here, 60, Qt::ShiftModifier);
    EXPECT_EQ(m_disk->selectedRows(), inner);
    EXPECT_EQ(changed.count(), 1);

    lasso(there, 90, Qt::ShiftModifier | Qt::ControlModifier);
    const auto both = m_disk->selectedRows();
    EXPECT_GT(both.size(), inner.size());
    EXPECT_TRUE(std::includes(both.begin(), both.end(), inner.begin(), inner.end()));

    lasso(there, 90, Qt::ShiftModifier | Qt::AltModifier);
    EXPECT_EQ(m_disk->selectedRows(), inner);
}

TEST_P(DiskTest, EscapeLeavesTheLassoWithoutEffect) {
    press({300, 300}, Qt::ShiftModifier);
    for (int i = 0; i < 20; ++i)
        moveTo({300.0 + 10 * i, 300.0 + 30 * (i % 2)}, true, Qt::ShiftModifier);
    QTest::keyClick(m_disk, Qt::Key_Escape);
    release({500, 300}, Qt::ShiftModifier);
    EXPECT_THAT(m_disk->selectedRows(), IsEmpty());
}

TEST_P(DiskTest, ArrowsTravelAndTurn) {
    const QPointF start = at(0);
    QTest::keyClick(m_disk, Qt::Key_Right);
    EXPECT_LT(at(0).x(), start.x());
    QTest::keyClick(m_disk, Qt::Key_Left);
    EXPECT_NEAR(at(0).x(), start.x(), 1e-6);
    QTest::keyClick(m_disk, Qt::Key_Left, Qt::ShiftModifier);
    const auto arc = [&](QPointF p) { return QLineF(p, centre()).length(); };
    EXPECT_NEAR(arc(at(0)), arc(start), 1e-6);
    EXPECT_GT(std::abs(at(0).x() - start.x()) + std::abs(at(0).y() - start.y()), 1);
}

TEST_P(DiskTest, FocusBringsTheMeanOfTheSelectionToTheCentre) {
    const std::vector<int> rows{prototype("city"), prototype("country")};
    m_disk->selectRows(rows);
    QTest::keyClick(m_disk, Qt::Key_F);
    const auto middle = [&] { return (at(rows[0]) + at(rows[1])) / 2; };
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return std::abs(middle().x() - centre().x()) < 0.01; }, 3000));
    EXPECT_NEAR(middle().y(), 300, 0.01)
        << "the middle of two points is the middle of their segment";
}

} // namespace hmgrl::test
