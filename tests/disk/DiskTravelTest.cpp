#include "disk/DiskPlay.h"
#include "disk/LegendPanel.h"
#include "disk/MiniMap.h"
#include "support/Error.h"

#include <gmock/gmock.h>

namespace hmgrl::test {

using ::testing::ElementsAre;

class DiskTravelTest : public DiskPlay {
protected:
    [[nodiscard]] MiniMap& map() { return *m_disk->findChild<MiniMap*>(); }
    void throwIt() {
        press(centre());
        for (int i = 1; i <= 6; ++i) {
            m_now += 10;
            moveTo(centre() + QPointF(8 * i, 0), true);
        }
        release(centre() + QPointF(48, 0));
    }
    [[nodiscard]] bool goesOn() {
        const auto here = view().focus().b();
        m_now += 30;
        return QTest::qWaitFor([&] { return view().focus().b() != here; }, 2000);
    }

    double m_now = 0; ///< milliseconds, once it is the gestures' clock
};

INSTANTIATE_TEST_SUITE_P(Raster, DiskTravelTest, ::testing::Values(DiskWidget::Renderer::Raster));

TEST_P(DiskTravelTest, BackAndForwardRestoreTheViewExactly) {
    const Viewpoint start = view().viewpoint();
    EXPECT_FALSE(button(DiskCommand::Back).isEnabled());
    EXPECT_FALSE(button(DiskCommand::Forward).isEnabled());
    QSignalSpy told(m_disk, &DiskWidget::historyChanged);
    drag(centre(), centre() + QPointF(90, -40));
    const Viewpoint dragged = view().viewpoint();
    EXPECT_TRUE(button(DiskCommand::Back).isEnabled());
    EXPECT_GE(told.count(), 1);

    key(Qt::Key_Left, Qt::AltModifier);
    EXPECT_FALSE(isExactly(start)) << "the way is animated, not jumped";
    EXPECT_TRUE(arrivesAt(start));
    EXPECT_FALSE(button(DiskCommand::Back).isEnabled());
    EXPECT_TRUE(button(DiskCommand::Forward).isEnabled());
    key(Qt::Key_Right, Qt::AltModifier);
    EXPECT_TRUE(arrivesAt(dragged));

    mouse(QEvent::MouseButtonPress, centre(), Qt::BackButton, Qt::BackButton);
    mouse(QEvent::MouseButtonRelease, centre(), Qt::BackButton, Qt::NoButton);
    EXPECT_TRUE(arrivesAt(start));
    mouse(QEvent::MouseButtonPress, centre(), Qt::ForwardButton, Qt::ForwardButton);
    mouse(QEvent::MouseButtonRelease, centre(), Qt::ForwardButton, Qt::NoButton);
    EXPECT_TRUE(arrivesAt(dragged));
    QTest::mouseClick(&button(DiskCommand::Back), Qt::LeftButton);
    EXPECT_TRUE(arrivesAt(start));
}

TEST_P(DiskTravelTest, ADragARunARecentreAndHomeAreOneEntryEach) {
    std::vector<Viewpoint> rests{view().viewpoint()};
    drag(centre(), centre() + QPointF(60, 10));
    rests.push_back(view().viewpoint());
    for (int i = 0; i < 5; ++i)
        wheel(centre() + QPointF(30, 30), 1);
    rests.push_back(view().viewpoint());
    m_disk->reveal(prototype("city"));
    EXPECT_TRUE(QTest::qWaitFor([&] { return view().pan() == disk::Complex(0); }, 3000));
    rests.push_back(view().viewpoint());
    key(Qt::Key_Home);
    EXPECT_TRUE(arrivesAt({}));
    for (std::size_t i = rests.size(); i-- > 0;) {
        key(Qt::Key_Left, Qt::AltModifier);
        EXPECT_TRUE(arrivesAt(rests[i])) << i;
    }
    EXPECT_FALSE(button(DiskCommand::Back).isEnabled());
}

TEST_P(DiskTravelTest, ARunOfTheWheelCanBeTakenBackBeforeItPauses) {
    wheel(centre() + QPointF(30, 30), 3);
    EXPECT_TRUE(button(DiskCommand::Back).isEnabled());
    const Viewpoint zoomed = view().viewpoint();
    key(Qt::Key_Left, Qt::AltModifier);
    EXPECT_TRUE(arrivesAt({}));
    key(Qt::Key_Right, Qt::AltModifier);
    EXPECT_TRUE(arrivesAt(zoomed));
}

TEST_P(DiskTravelTest, AFlightThatIsStoppedIsRememberedWhereItStopped) {
    m_disk->reveal(prototype("city"));
    QTest::qWait(120);
    press(centre());
    release(centre());
    const Viewpoint stopped = view().viewpoint();
    drag(centre(), centre() + QPointF(50, 0));
    key(Qt::Key_Left, Qt::AltModifier);
    EXPECT_TRUE(arrivesAt(stopped));
    key(Qt::Key_Left, Qt::AltModifier);
    EXPECT_TRUE(arrivesAt({}));
    EXPECT_FALSE(button(DiskCommand::Back).isEnabled());
}

TEST_P(DiskTravelTest, NowhereToGoStopsNoFlight) {
    const auto isAt = [&](DiskPoint place) { return view().focus().apply(place).r < 1e-9; };
    m_disk->recentre({1.5, 2});
    QTest::qWait(60);
    key(Qt::Key_Right, Qt::AltModifier);
    EXPECT_TRUE(QTest::qWaitFor([&] { return isAt({1.5, 2}); }, 2000));
    key(Qt::Key_Left, Qt::AltModifier);
    QTest::qWait(60);
    ASSERT_FALSE(button(DiskCommand::Back).isEnabled());
    ASSERT_FALSE(isExactly({})) << "on its way";
    key(Qt::Key_Left, Qt::AltModifier);
    EXPECT_TRUE(arrivesAt({}));
}

TEST_P(DiskTravelTest, ATransitionCarriesKnownPointsAndEndsAsSetSceneDoes) {
    DiskScene next = sampleScene(400);
    const int row = lonelySample();
    next.points[static_cast<std::size_t>(row)] = {0.3, 1};
    const QPointF before = at(row);
    m_disk->setScene(next, DiskWidget::Transition::Animated);
    EXPECT_TRUE(view().isInTransition());
    EXPECT_LT(QLineF(at(row), before).length(), 1) << "it sets out from where it lay";
    QTest::qWait(200);
    EXPECT_GT(QLineF(at(row), before).length(), 1) << "and is on its way";
    EXPECT_TRUE(QTest::qWaitFor([&] { return !view().isInTransition(); }, 3000));
    DiskController atOnce;
    atOnce.setScene(next);
    for (std::size_t i = 0; i < next.size(); ++i)
        EXPECT_EQ(view().viewPoints()[i], atOnce.viewPoints()[i]);
}

TEST_P(DiskTravelTest, ASecondSceneOrHidingEndsATransition) {
    m_disk->setScene(sampleScene(400, 9), DiskWidget::Transition::Animated);
    m_disk->setScene(sampleScene(300, 11));
    EXPECT_FALSE(view().isInTransition());
    QTest::qWait(100);
    EXPECT_EQ(view().viewPoints().size(), view().scene().size());
    m_disk->setScene(sampleScene(300, 12), DiskWidget::Transition::Animated);
    m_disk->hide();
    EXPECT_FALSE(view().isInTransition());
    m_disk->show();
}

TEST_P(DiskTravelTest, AFlightGoesOnOverANewSceneAndArrivesAtOnceWhenHidden) {
    m_disk->recentre({1.5, 2});
    QTest::qWait(60);
    m_disk->setScene(sampleScene(300, 11));
    const auto isThere = [&] { return view().focus().apply(DiskPoint{1.5, 2}).r < 1e-9; };
    EXPECT_TRUE(QTest::qWaitFor(isThere, 2000));
    m_disk->goHome();
    m_disk->hide();
    EXPECT_TRUE(isExactly({}));
    m_disk->show();
}

TEST_P(DiskTravelTest, PlacesMoveAndTheRestStays) {
    const int row = lonelySample();
    click(at(row));
    m_disk->isolate({QString::fromStdString(
        view().scene().categoryNames[view().scene().category[static_cast<std::size_t>(row)]])});
    std::vector<DiskPoint> places = sampleScene(400, 21).points;
    m_disk->setPlaces(places, false);
    EXPECT_EQ(view().scene().points, places);
    EXPECT_THAT(m_disk->selectedRows(), ElementsAre(row));
    EXPECT_FALSE(view().isActive(static_cast<std::size_t>(prototype("work"))));
    places.front() = {0.1, 0.1};
    m_disk->setPlaces(places, true);
    EXPECT_TRUE(view().isInTransition());
    EXPECT_TRUE(QTest::qWaitFor([&] { return !view().isInTransition(); }, 2000));
    EXPECT_EQ(view().viewPoints().front(), disk::toCartesian(places.front()));
    places.pop_back();
    EXPECT_THROW(m_disk->setPlaces(places, true), Error);
    EXPECT_THROW(m_disk->setPlaces(places, false), Error);
}

TEST_P(DiskTravelTest, AThrownDiskGlidesOnAClockOfItsOwnAndStopsAtAPress) {
    gestures().setClock([&] { return m_now; });
    throwIt();
    const auto still = view().focus().b();
    m_now += 100;
    QTest::qWait(60);
    EXPECT_EQ(view().focus().b(), still) << "off at first";

    m_disk->goHome();
    EXPECT_TRUE(arrivesAt({}));
    key(Qt::Key_S);
    EXPECT_TRUE(m_disk->glides());
    throwIt();
    const auto released = view().focus().b();
    m_now += 100;
    EXPECT_TRUE(QTest::qWaitFor([&] { return view().focus().b() != released; }, 2000));
    const auto later = view().focus().b();
    EXPECT_GT(later.real(), released.real()) << "on in the same direction";
    QTest::qWait(60);
    EXPECT_EQ(view().focus().b(), later) << "the clock stands still";
    press(centre());
    m_now += 100;
    QTest::qWait(60);
    EXPECT_EQ(view().focus().b(), later) << "a press stops it";
    release(centre());
    const Viewpoint stopped = view().viewpoint();
    m_disk->goBack();
    EXPECT_TRUE(arrivesAt({})) << "throw and glide are one entry";
    m_disk->goForward();
    EXPECT_TRUE(arrivesAt(stopped));
}

TEST_P(DiskTravelTest, AGlideGoesOnWhenThereIsNowhereToGoForwardAndBackLeadsToWhereItBegan) {
    gestures().setClock([&] { return m_now; });
    m_disk->setGliding(true);
    throwIt();
    ASSERT_TRUE(goesOn());
    key(Qt::Key_Right, Qt::AltModifier);
    EXPECT_TRUE(goesOn());
    mouse(QEvent::MouseButtonPress, centre(), Qt::ForwardButton, Qt::ForwardButton);
    mouse(QEvent::MouseButtonRelease, centre(), Qt::ForwardButton, Qt::NoButton);
    EXPECT_TRUE(goesOn());
    mouse(QEvent::MouseButtonPress, centre(), Qt::BackButton, Qt::BackButton);
    mouse(QEvent::MouseButtonRelease, centre(), Qt::BackButton, Qt::NoButton);
    EXPECT_TRUE(arrivesAt({}));
    EXPECT_TRUE(button(DiskCommand::Forward).isEnabled());
}

TEST_P(DiskTravelTest, BracketsShiftArrowsAndShiftWheelTurn) {
    const double angle = std::arg(view().viewPoints()[0]);
    const auto turned = [&] {
        return std::remainder(std::arg(view().viewPoints()[0]) - angle, 6.283185307179586);
    };
    key(Qt::Key_BracketLeft);
    EXPECT_NEAR(turned(), M_PI / 36, 1e-9);
    key(Qt::Key_BracketRight);
    EXPECT_NEAR(turned(), 0, 1e-9);
    key(Qt::Key_Left, Qt::ShiftModifier);
    EXPECT_NEAR(turned(), M_PI / 36, 1e-9);
    turnWheel(centre(), -2, Qt::ShiftModifier);
    EXPECT_NEAR(turned(), -M_PI / 36, 1e-9);
    EXPECT_EQ(view().zoom(), 1);
}

TEST_P(DiskTravelTest, ArrowsMoveWhatIsInTheMiddleHoweverFarTheViewIsZoomed) {
    wheel(at(prototype("city")), 6);
    const auto middle = view().focus().inverse().apply(disk::toPolar(view().pan()));
    key(Qt::Key_Right);
    const auto [x, y] = view().toScreen(disk::toCartesian(view().focus().apply(middle)));
    EXPECT_NEAR(x, centre().x() - 48, 0.01);
    EXPECT_NEAR(y, centre().y(), 0.01);
}

TEST_P(DiskTravelTest, TwoFingersZoomAndTurn) {
    const int row = lonelySample();
    const QPointF held = at(row);
    const auto pinch = [&](Qt::NativeGestureType type, double value) {
        QNativeGestureEvent event(type, QPointingDevice::primaryPointingDevice(), 2, held, held,
                                  m_disk->mapToGlobal(held), value, {});
        QApplication::sendEvent(m_disk, &event);
    };
    pinch(Qt::ZoomNativeGesture, 0.5);
    EXPECT_NEAR(view().zoom(), std::exp(0.5), 1e-9);
    EXPECT_LT(QLineF(at(row), held).length(), 0.01) << "about the fingers";
    const double before = std::arg(view().viewPoints()[0]);
    pinch(Qt::RotateNativeGesture, 10);
    const double turned = std::remainder(std::arg(view().viewPoints()[0]) - before, 2 * M_PI);
    EXPECT_NEAR(turned, -M_PI / 18, 1e-9) << "clockwise";
}

TEST_P(DiskTravelTest, TheMapComesWhenItIsOfUseAndCoversNothing) {
    EXPECT_TRUE(map().isHidden());
    wheel(centre(), 2);
    EXPECT_TRUE(map().isVisible());
    for (const QSize size : {QSize(800, 600), QSize(420, 320)}) {
        m_disk->resize(size);
        EXPECT_TRUE(m_disk->rect().contains(map().geometry()));
        EXPECT_FALSE(map().geometry().intersects(toolbar().geometry()));
        EXPECT_FALSE(map().geometry().intersects(m_disk->findChild<LegendPanel*>()->geometry()));
    }
    key(Qt::Key_Home);
    EXPECT_TRUE(QTest::qWaitFor([&] { return map().isHidden(); }, 3000));
    m_disk->recentre({2, 1});
    EXPECT_TRUE(QTest::qWaitFor([&] { return map().isVisible(); }, 3000));
    key(Qt::Key_U);
    EXPECT_TRUE(QTest::qWaitFor([&] { return map().isHidden(); }, 3000)) << "unwanted";
    EXPECT_FALSE(m_disk->hasOverview());
}

TEST_P(DiskTravelTest, AClickAndADragInTheMapMoveThere) {
    m_disk->recentre({2, 1});
    EXPECT_TRUE(QTest::qWaitFor([&] { return map().isVisible(); }, 3000));
    QTest::qWait(400);
    const Viewpoint before = view().viewpoint();
    const disk::Complex wanted(-0.6, 0.4); // so far out that the map is of use there,
    QTest::mouseClick(&map(), Qt::LeftButton, {}, map().toMap(wanted).toPoint());
    const auto middle = [&] {
        return disk::toCartesian(view().focus().inverse().apply(DiskPoint{}));
    };
    EXPECT_TRUE(QTest::qWaitFor([&] { return std::abs(middle() - wanted) < 0.02; }, 3000));
    QTest::qWait(300);
    const Viewpoint clicked = view().viewpoint();

    const disk::Complex end(0.5, -0.2); // and here and on the way it isn't
    const auto isHeld = [&] {
        return map().isVisible() && !map().testAttribute(Qt::WA_TransparentForMouseEvents);
    };
    ASSERT_TRUE(isHeld());
    QTest::mousePress(&map(), Qt::LeftButton, {}, map().toMap(wanted).toPoint());
    for (int i = 1; i <= 8; ++i) {
        const QPointF p = map().toMap(wanted + (end - wanted) * (i / 8.0));
        QMouseEvent event(QEvent::MouseMove, p, map().mapToGlobal(p), Qt::NoButton, Qt::LeftButton,
                          Qt::NoModifier);
        QApplication::sendEvent(&map(), &event);
        QTest::qWait(i == 4 ? 300 : 0); // longer than it would take to fade
        ASSERT_TRUE(isHeld()) << i;
    }
    ASSERT_FALSE(map().isUseful());
    EXPECT_LT(std::abs(middle() - end), 1e-9) << "at once";
    QTest::mouseRelease(&map(), Qt::LeftButton, {}, map().toMap(end).toPoint());
    EXPECT_TRUE(QTest::qWaitFor([&] { return map().isHidden(); }, 2000)) << "of no use here";
    m_disk->goBack();
    EXPECT_TRUE(arrivesAt(clicked));
    m_disk->goBack();
    EXPECT_TRUE(arrivesAt(before));
}

} // namespace hmgrl::test
