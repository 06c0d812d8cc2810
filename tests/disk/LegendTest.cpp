#include "disk/DiskPlay.h"
#include "disk/LegendDelegate.h"
#include "disk/LegendPanel.h"
#include "support/Error.h"

#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <gmock/gmock.h>

namespace hmgrl::test {

class LegendTest : public DiskPlay {
protected:
    void SetUp() override {
        DiskPlay::SetUp();
        QApplication::setActiveWindow(&m_window); // where no window manager does it
    }
    [[nodiscard]] LegendPanel& legend() { return *m_disk->findChild<LegendPanel*>(); }
    [[nodiscard]] QListWidget& list() { return *legend().findChild<QListWidget*>(); }
    [[nodiscard]] QLineEdit& search() { return *legend().findChild<QLineEdit*>(); }
    [[nodiscard]] std::string nameOf(int item) {
        return list().item(item)->data(LegendDelegate::NameRole).toString().toStdString();
    }
    [[nodiscard]] QPoint placeOf(int item) {
        return list().visualItemRect(list().item(item)).center();
    }
    [[nodiscard]] std::vector<int> rowsOf(const std::string& category) const {
        std::vector<int> rows;
        for (std::size_t row = 0; row < view().scene().size(); ++row)
            if (view().scene().categoryNames[view().scene().category[row]] == category)
                rows.push_back(static_cast<int>(row));
        return rows;
    }
    [[nodiscard]] std::vector<int> activeRows() const {
        std::vector<int> rows;
        for (std::size_t row = 0; row < view().scene().size(); ++row)
            if (view().isActive(row))
                rows.push_back(static_cast<int>(row));
        return rows;
    }
    void rest(int item) {
        for (const QPoint p : {placeOf(item) - QPoint(20, 0), placeOf(item)}) {
            QMouseEvent event(QEvent::MouseMove, QPointF(p), list().viewport()->mapToGlobal(p),
                              Qt::NoButton, Qt::NoButton, Qt::NoModifier);
            QApplication::sendEvent(list().viewport(), &event);
        }
    }
    [[nodiscard]] QAction* action(const QString& text) {
        for (QAction* one : legend().findChild<QMenu*>()->actions())
            if (one->text() == text)
                return one;
        return nullptr;
    }
};

INSTANTIATE_TEST_SUITE_P(Raster, LegendTest, ::testing::Values(DiskWidget::Renderer::Raster));

TEST_P(LegendTest, RestingOnAnEntryPreviewsIt) {
    rest(2);
    EXPECT_EQ(activeRows().size(), view().scene().size()) << "not while the mouse only crosses";
    EXPECT_TRUE(QTest::qWaitFor([&] { return activeRows() == rowsOf(nameOf(2)); }, 2000));
    rest(4);
    EXPECT_TRUE(QTest::qWaitFor([&] { return activeRows() == rowsOf(nameOf(4)); }, 2000));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(list().viewport(), &leave);
    EXPECT_TRUE(
        QTest::qWaitFor([&] { return activeRows().size() == view().scene().size(); }, 2000));
}

TEST_P(LegendTest, APreviewGoesBackToWhatIsIsolated) {
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, placeOf(0));
    EXPECT_EQ(activeRows(), rowsOf(nameOf(0)));
    rest(1);
    EXPECT_TRUE(QTest::qWaitFor([&] { return activeRows() == rowsOf(nameOf(1)); }, 2000));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(list().viewport(), &leave);
    EXPECT_TRUE(QTest::qWaitFor([&] { return activeRows() == rowsOf(nameOf(0)); }, 2000));
}

TEST_P(LegendTest, ADoubleClickSelectsThePointsAndIsolatesNothing) {
    QSignalSpy changed(m_disk, &DiskWidget::selectionChanged);
    QTest::mouseClick(list().viewport(), Qt::LeftButton, {}, placeOf(3));
    QTest::mouseDClick(list().viewport(), Qt::LeftButton, {}, placeOf(3));
    EXPECT_EQ(m_disk->selectedRows(), rowsOf(nameOf(3)));
    EXPECT_EQ(activeRows().size(), view().scene().size());
    EXPECT_EQ(changed.count(), 1);
}

TEST_P(LegendTest, TheMenuSelectsIsolatesAndCentres) {
    const auto openMenu = [&](int item) {
        Q_EMIT list().customContextMenuRequested(placeOf(item));
        ASSERT_TRUE(legend().findChild<QMenu*>()->isVisible());
    };
    openMenu(1);
    EXPECT_FALSE(action(QStringLiteral("Show all"))->isEnabled());
    action(QStringLiteral("Show only this"))->trigger();
    EXPECT_EQ(activeRows(), rowsOf(nameOf(1)));
    openMenu(2);
    action(QStringLiteral("Show this as well"))->trigger();
    EXPECT_EQ(activeRows().size(), rowsOf(nameOf(1)).size() + rowsOf(nameOf(2)).size());
    openMenu(2);
    action(QStringLiteral("Take from what is shown"))->trigger();
    EXPECT_EQ(activeRows(), rowsOf(nameOf(1)));
    openMenu(4);
    action(QStringLiteral("Select its points"))->trigger();
    EXPECT_EQ(m_disk->selectedRows(), rowsOf(nameOf(4)));
    openMenu(4);
    action(QStringLiteral("Show all"))->trigger();
    EXPECT_EQ(activeRows().size(), view().scene().size());
    openMenu(4);
    action(QStringLiteral("Bring to the centre"))->trigger();
    legend().findChild<QMenu*>()->close();
    QTest::qWait(600);
    std::vector<DiskPoint> points;
    for (const int row : rowsOf(nameOf(4)))
        points.push_back(view().scene().points[static_cast<std::size_t>(row)]);
    const DiskPoint mean = disk::centroid(points, std::vector<double>(points.size(), 1));
    EXPECT_LT(view().focus().apply(mean).r, 1e-9);
}

TEST_P(LegendTest, LongLegendsCanBeSearchedShortOnesNeedNot) {
    EXPECT_TRUE(search().isVisible());
    key(Qt::Key_Slash);
    EXPECT_TRUE(search().hasFocus());
    QTest::keyClicks(&search(), QStringLiteral("ARTIST"));
    int shown = 0;
    for (int i = 0; i < list().count(); ++i)
        shown += !list().item(i)->isHidden();
    EXPECT_EQ(shown, 1);
    QTest::keyClick(&search(), Qt::Key_Escape);
    EXPECT_TRUE(search().text().isEmpty());
    EXPECT_TRUE(m_disk->hasFocus());
    EXPECT_FALSE(list().item(0)->isHidden());

    DiskLegend small;
    small.entries = {{QStringLiteral("all"), 0x336699, 3, Marker::Star}};
    small.entryOfRow.assign(view().scene().size(), 0);
    m_disk->setLegend(small);
    EXPECT_FALSE(search().isVisible());
    EXPECT_EQ(list().item(0)->data(LegendDelegate::MarkerRole).toInt(),
              static_cast<int>(Marker::Star));
}

TEST_P(LegendTest, WhatIsIsolatedStaysInTheNextSceneWhateverTheLegendSays) {
    const auto byStatus = [](const DiskScene& scene) {
        DiskLegend legend;
        legend.title = QStringLiteral("Status");
        legend.entries = {{QStringLiteral("open"), 0x336699, 0, {}},
                          {QStringLiteral("verified"), 0x993366, 0, {}}};
        for (std::size_t row = 0; row < scene.size(); ++row)
            legend.entryOfRow.push_back(static_cast<std::uint32_t>(row % 2));
        return legend;
    };
    const DiskScene scene = sampleScene(400), next = sampleScene(300, 11);
    m_disk->setScene(scene, DiskWidget::Transition::AtOnce, byStatus(scene));
    EXPECT_EQ(m_disk->legend().title, QStringLiteral("Status"));
    m_disk->isolate({QStringLiteral("verified")});
    ASSERT_EQ(activeRows().size(), scene.size() / 2);
    EXPECT_THROW(m_disk->setScene(next, DiskWidget::Transition::AtOnce, byStatus(scene)), Error);
    EXPECT_EQ(view().scene().size(), scene.size()) << "nothing has changed";
    for (const auto transition :
         {DiskWidget::Transition::AtOnce, DiskWidget::Transition::Animated}) {
        m_disk->setScene(next, transition, byStatus(next));
        EXPECT_EQ(legend().isolated(), QSet<QString>{QStringLiteral("verified")});
        EXPECT_EQ(activeRows().size(), next.size() / 2);
        EXPECT_FALSE(view().isActive(0));
    }
    m_disk->setScene(next);
    EXPECT_EQ(m_disk->legend().title, QStringLiteral("Categories"));
    EXPECT_EQ(activeRows().size(), next.size()) << "no category is called so";
}

TEST_P(LegendTest, WhatIsNotDrawnIsNotSelected) {
    DiskOverlay layers = view().overlay();
    layers.ghosts = false;
    m_disk->setLayers(layers);
    std::size_t hidden = 0;
    for (int item = 0; item < list().count(); ++item) {
        list().setCurrentRow(item);
        QTest::keyClick(&list(), Qt::Key_Return);
        for (const int row : m_disk->selectedRows())
            EXPECT_TRUE(view().isShown(static_cast<std::size_t>(row)));
        hidden += rowsOf(nameOf(item)).size() - m_disk->selectedRows().size();
    }
    EXPECT_GT(hidden, 0U);
}

TEST_P(LegendTest, UntypedSamplesHaveALineLikeOthers) {
    DiskScene scene = sampleScene(200);
    scene.categoryNames[1].clear();
    m_disk->setScene(scene);
    m_disk->isolate({QStringLiteral("untyped")});
    EXPECT_EQ(activeRows(), rowsOf({}));
    EXPECT_FALSE(activeRows().empty());
    for (int item = 0; item < list().count(); ++item)
        EXPECT_FALSE(list().item(item)->text().isEmpty());
}

TEST_P(LegendTest, KeysIsolateSelectAndPreview) {
    list().setFocus();
    list().setCurrentRow(0);
    QTest::keyClick(&list(), Qt::Key_Down);
    EXPECT_TRUE(QTest::qWaitFor([&] { return activeRows() == rowsOf(nameOf(1)); }, 2000));
    QTest::keyClick(&list(), Qt::Key_Space);
    EXPECT_EQ(legend().isolated().size(), 1);
    QTest::keyClick(&list(), Qt::Key_Down);
    QTest::keyClick(&list(), Qt::Key_Space, Qt::ControlModifier);
    EXPECT_EQ(legend().isolated().size(), 2);
    QTest::keyClick(&list(), Qt::Key_Return);
    EXPECT_EQ(m_disk->selectedRows(), rowsOf(nameOf(2)));
    QTest::keyClick(&list(), Qt::Key_Escape);
    EXPECT_TRUE(m_disk->hasFocus());
}

TEST_P(LegendTest, ItStaysClearOfTheToolbar) {
    for (const QSize size : {QSize(800, 600), QSize(1100, 420), QSize(300, 240)}) {
        m_disk->resize(size);
        EXPECT_FALSE(legend().geometry().intersects(toolbar().geometry())) << size.width();
    }
}

TEST_P(LegendTest, MarksOfTheSceneAreShown) {
    DiskScene scene = sampleScene(200);
    scene.marker.assign(scene.size(), Marker::Diamond);
    m_disk->setScene(scene);
    EXPECT_EQ(list().item(0)->data(LegendDelegate::MarkerRole).toInt(),
              static_cast<int>(Marker::Diamond));
}

} // namespace hmgrl::test
