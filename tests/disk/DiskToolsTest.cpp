#include "disk/DiskHints.h"
#include "disk/DiskLayers.h"
#include "disk/DiskLayersMenu.h"
#include "disk/DiskPlay.h"
#include "disk/HoverCardView.h"

#include <QKeyEvent>
#include <gmock/gmock.h>
#include <set>

namespace hmgrl::test {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class DiskToolsTest : public DiskPlay {
protected:
    [[nodiscard]] std::vector<int> rowsInBox(QRectF box) const {
        std::vector<int> rows;
        for (int row = 0; row < static_cast<int>(view().scene().size()); ++row)
            if (box.contains(at(row)))
                rows.push_back(row);
        return rows;
    }
    /// Two relations between prototypes.
    void showArcs() {
        DiskScene scene = sampleScene(60);
        const auto row = [&](const char* label) {
            return static_cast<std::uint32_t>(
                std::find(scene.labels.begin(), scene.labels.end(), label) - scene.labels.begin());
        };
        scene.arcNames = {"lives in", "made"};
        scene.arcs = {{row("person"), row("building"), 0x336699, 0, 5},
                      {row("work"), row("product"), 0x993366, 1, 6}};
        m_disk->setScene(scene);
        DiskOverlay overlay = view().overlay();
        overlay.arcs = true;
        m_disk->setLayers(overlay);
    }
    /// A place on the arc where no point is near.
    [[nodiscard]] QPointF onArc(std::size_t arc) const {
        const DiskArc& relation = view().scene().arcs[arc];
        const disk::Geodesic path(view().viewPoints()[relation.head],
                                  view().viewPoints()[relation.tail]);
        for (double t = 0.2; t < 0.8; t += 0.02) {
            const auto [x, y] = view().toScreen(path.at(t));
            if (view().pick(x, y, 10) < 0)
                return {x, y};
        }
        return {};
    }
    /// True when the disk claims the key for itself before shortcuts get it.
    bool claims(Qt::Key which) {
        QKeyEvent event(QEvent::ShortcutOverride, which, Qt::NoModifier);
        event.ignore();
        QApplication::sendEvent(m_disk, &event);
        return event.isAccepted();
    }
};

INSTANTIATE_TEST_SUITE_P(Raster, DiskToolsTest, ::testing::Values(DiskWidget::Renderer::Raster));

TEST_P(DiskToolsTest, TheBoxSelectsAddsAndRemoves) {
    key(Qt::Key_B);
    EXPECT_TRUE(button(DiskCommand::Box).isChecked());
    EXPECT_FALSE(button(DiskCommand::Lasso).isChecked());
    QSignalSpy changed(m_disk, &DiskWidget::selectionChanged);
    const QRectF here(60.5, 60.5, 190, 220), there(150.5, 90.5, 260, 330);
    const auto inHere = rowsInBox(here), inThere = rowsInBox(there);
    ASSERT_GT(inHere.size(), 3U);
    drag(here.topLeft(), here.bottomRight(), Qt::ShiftModifier);
    EXPECT_EQ(m_disk->selectedRows(), inHere);
    EXPECT_EQ(changed.count(), 1);
    drag(there.bottomRight(), there.topLeft(), Qt::ShiftModifier | Qt::ControlModifier);
    std::set<int> both(inHere.begin(), inHere.end());
    both.insert(inThere.begin(), inThere.end());
    EXPECT_EQ(m_disk->selectedRows(), std::vector<int>(both.begin(), both.end()));
    drag(here.topRight(), here.bottomLeft(), Qt::ShiftModifier | Qt::AltModifier);
    for (const int row : inHere)
        both.erase(row);
    EXPECT_EQ(m_disk->selectedRows(), std::vector<int>(both.begin(), both.end()));
    QTest::mouseClick(&button(DiskCommand::Lasso), Qt::LeftButton);
    EXPECT_TRUE(button(DiskCommand::Lasso).isChecked());
    EXPECT_FALSE(button(DiskCommand::Box).isChecked());
}

TEST_P(DiskToolsTest, EscapeLeavesTheBoxWithoutEffect) {
    key(Qt::Key_B);
    press({200, 200}, Qt::ShiftModifier);
    moveTo({400, 400}, true, Qt::ShiftModifier);
    EXPECT_EQ(gestures().lasso().size(), 5U);
    key(Qt::Key_Escape);
    release({400, 400}, Qt::ShiftModifier);
    EXPECT_TRUE(gestures().lasso().empty());
    EXPECT_THAT(m_disk->selectedRows(), IsEmpty());
}

TEST_P(DiskToolsTest, KeysWalkFromTheCentreOutwardsAndActivate) {
    const auto away = [&](int row) {
        return std::abs(view().viewPoints()[static_cast<std::size_t>(row)]);
    };
    key(Qt::Key_N);
    const int first = view().hover();
    ASSERT_GE(first, 0);
    for (int row = 0; row < static_cast<int>(view().scene().size()); ++row)
        EXPECT_GE(away(row), away(first));
    key(Qt::Key_N);
    const int second = view().hover();
    EXPECT_NE(second, first);
    EXPECT_GE(away(second), away(first));
    key(Qt::Key_P);
    EXPECT_EQ(view().hover(), first);
    key(Qt::Key_P);
    EXPECT_GT(away(view().hover()), away(second)) << "round to the outermost";
    key(Qt::Key_N);
    EXPECT_EQ(view().hover(), first);

    QSignalSpy activated(m_disk, &DiskWidget::pointActivated);
    QSignalSpy asked(m_disk, &DiskWidget::hoverRequested);
    EXPECT_TRUE(asked.wait(2000)) << "the card comes by keys as well";
    key(Qt::Key_Space);
    EXPECT_THAT(m_disk->selectedRows(), ElementsAre(first));
    key(Qt::Key_Space);
    EXPECT_THAT(m_disk->selectedRows(), IsEmpty());
    key(Qt::Key_Return);
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(activated.front().front().toInt(), first);
    EXPECT_THAT(m_disk->selectedRows(), ElementsAre(first));
}

TEST_P(DiskToolsTest, WalkingSkipsWhatIsGreyedOut) {
    std::vector<bool> matching(view().scene().size(), false);
    matching[4] = matching[9] = true;
    m_disk->setFilter(matching);
    std::set<int> seen;
    for (int i = 0; i < 5; ++i) {
        key(Qt::Key_N);
        seen.insert(view().hover());
    }
    EXPECT_THAT(seen, ElementsAre(4, 9));
    m_disk->setFilter(std::vector<bool>(view().scene().size(), false));
    key(Qt::Key_N);
    EXPECT_EQ(view().hover(), -1);
}

TEST_P(DiskToolsTest, EnterIsTakenFromTheReviewOnlyForAPointThatKeysWalkedTo) {
    EXPECT_FALSE(claims(Qt::Key_Return));
    key(Qt::Key_N);
    EXPECT_TRUE(claims(Qt::Key_Return));
    EXPECT_FALSE(claims(Qt::Key_D));
    moveTo({6, 590}, false);
    EXPECT_FALSE(claims(Qt::Key_Return));
    moveTo(at(lonelySample()), false);
    EXPECT_FALSE(claims(Qt::Key_Return)) << "hovered by the mouse";
}

TEST_P(DiskToolsTest, AllAndInvertedSelectionsKeepToActivePoints) {
    std::vector<bool> matching(view().scene().size(), false);
    matching[2] = matching[5] = matching[7] = true;
    m_disk->setFilter(matching);
    key(Qt::Key_A, Qt::ControlModifier);
    EXPECT_THAT(m_disk->selectedRows(), ElementsAre(2, 5, 7));
    const std::vector<int> one{5};
    m_disk->selectRows(one);
    QSignalSpy changed(m_disk, &DiskWidget::selectionChanged);
    key(Qt::Key_I, Qt::ControlModifier);
    EXPECT_THAT(m_disk->selectedRows(), ElementsAre(2, 7));
    key(Qt::Key_I);
    EXPECT_THAT(m_disk->selectedRows(), ElementsAre(5));
    EXPECT_EQ(changed.count(), 2);
}

TEST_P(DiskToolsTest, TheRulerSnapsToMarksAndEscLeaves) {
    const int from = lonelySample(0), to = lonelySample(2);
    key(Qt::Key_M);
    EXPECT_TRUE(button(DiskCommand::Measure).isChecked());
    const Viewpoint before = view().viewpoint();
    drag(at(from) + QPointF(3, -2), at(to) + QPointF(-2, 3));
    ASSERT_TRUE(view().overlay().ruler.has_value());
    EXPECT_EQ(view().overlay().ruler->from, view().scene().points[static_cast<std::size_t>(from)]);
    EXPECT_EQ(view().overlay().ruler->to, view().scene().points[static_cast<std::size_t>(to)]);
    EXPECT_TRUE(isExactly(before)) << "measuring moves nothing";
    EXPECT_THAT(m_disk->selectedRows(), IsEmpty());

    const QPointF nothing(centre() + QPointF(14, 21));
    ASSERT_EQ(view().pick(nothing.x(), nothing.y()), -1);
    drag(nothing, at(to));
    const DiskPoint place = disk::toPolar(view().toDisk(nothing.x(), nothing.y()));
    EXPECT_LT(disk::distance(view().overlay().ruler->from, place), 1e-9);
    drag({2, 2}, at(to));
    EXPECT_TRUE(std::isfinite(view().overlay().ruler->from.r)) << "from outside the disk";

    key(Qt::Key_Escape);
    EXPECT_FALSE(button(DiskCommand::Measure).isChecked());
    EXPECT_FALSE(view().overlay().ruler.has_value());
    drag(at(from), at(from) + QPointF(40, 0));
    EXPECT_FALSE(isExactly(before)) << "a drag travels again";
}

TEST_P(DiskToolsTest, WhileMeasuringTheMiddleButtonTravelsAndTheWheelZooms) {
    QTest::mouseClick(&button(DiskCommand::Measure), Qt::LeftButton);
    EXPECT_TRUE(gestures().isMeasuring());
    mouse(QEvent::MouseButtonPress, centre(), Qt::MiddleButton, Qt::MiddleButton);
    for (int i = 1; i < 8; ++i)
        mouse(QEvent::MouseMove, centre() + QPointF(10 * i, 0), Qt::NoButton, Qt::MiddleButton);
    mouse(QEvent::MouseButtonRelease, centre() + QPointF(70, 0), Qt::MiddleButton, Qt::NoButton);
    EXPECT_GT(view().focus().b().real(), 0);
    wheel(centre(), 1);
    EXPECT_GT(view().zoom(), 1);
    EXPECT_FALSE(view().overlay().ruler.has_value());
}

TEST_P(DiskToolsTest, EveryLayerHasAKeyAndAMenuItem) {
    auto* menu = m_disk->findChild<DiskLayersMenu*>();
    QSignalSpy changed(m_disk, &DiskWidget::layersChanged);
    int told = 0;
    for (const DiskLayer& layer : diskLayers()) {
        const bool was = m_disk->layers().*layer.isOn;
        menu->item(layer.command)->trigger();
        EXPECT_EQ(m_disk->layers().*layer.isOn, !was) << layer.name.toStdString();
        EXPECT_EQ(changed.count(), ++told);
        const QKeySequence keys(keyOf(layer.command), QKeySequence::NativeText);
        ASSERT_EQ(keys.count(), 1);
        key(keys[0].key(), keys[0].keyboardModifiers());
        EXPECT_EQ(m_disk->layers().*layer.isOn, was) << layer.name.toStdString();
        EXPECT_EQ(changed.count(), ++told);
    }
    QTest::mouseClick(&button(DiskCommand::Layers), Qt::LeftButton);
    ASSERT_TRUE(menu->isVisible());
    EXPECT_EQ(menu->item(DiskCommand::Grid)->isChecked(), m_disk->layers().grid);
    EXPECT_EQ(menu->item(DiskCommand::Regions)->isChecked(), m_disk->layers().regions);
    menu->close();
}

TEST_P(DiskToolsTest, LayersFromOutsideAreTakenWithoutEcho) {
    DiskOverlay overlay = view().overlay();
    overlay.links = {{1, 2, 0x123456, 1}};
    overlay.ruler = DiskRuler{{1, 0}, {1, 1}};
    m_disk->setOverlay(overlay);
    QSignalSpy changed(m_disk, &DiskWidget::layersChanged);
    DiskOverlay layers;
    layers.rings = layers.regions = true;
    layers.grid = false;
    layers.hiddenArcs = {3};
    m_disk->setLayers(layers);
    EXPECT_TRUE(m_disk->layers().rings);
    EXPECT_FALSE(m_disk->layers().grid);
    EXPECT_THAT(m_disk->layers().hiddenArcs, ElementsAre(3U));
    EXPECT_EQ(view().overlay().links.size(), 1U);
    EXPECT_TRUE(view().overlay().ruler.has_value());
    EXPECT_EQ(changed.count(), 0);
}

TEST_P(DiskToolsTest, ARelationIsHoveredAndClicked) {
    showArcs();
    QSignalSpy activated(m_disk, &DiskWidget::arcActivated);
    const QPointF place = onArc(0);
    ASSERT_FALSE(place.isNull());
    moveTo(place, false);
    EXPECT_EQ(view().hover(), -1);
    EXPECT_EQ(view().hoverArc(), 0);
    EXPECT_EQ(m_disk->cursor().shape(), Qt::PointingHandCursor);
    click(place);
    ASSERT_EQ(activated.count(), 1);
    EXPECT_EQ(activated.front().front().toInt(), 0);
    moveTo(onArc(1), false);
    EXPECT_EQ(view().hoverArc(), 1);
    moveTo(at(prototype("person")), false);
    EXPECT_EQ(view().hoverArc(), -1) << "a point comes first";
    key(Qt::Key_C);
    moveTo(place, false);
    EXPECT_EQ(view().hoverArc(), -1) << "the layer is off";
}

TEST_P(DiskToolsTest, LeavingAndDraggingEndTheHoverOfARelation) {
    showArcs();
    moveTo(onArc(0), false);
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(m_disk, &leave);
    EXPECT_EQ(view().hoverArc(), -1);
    moveTo(onArc(0), false);
    press(onArc(0));
    moveTo(onArc(0) + QPointF(40, 0), true);
    EXPECT_EQ(view().hoverArc(), -1);
    release(onArc(0) + QPointF(40, 0));
}

TEST_P(DiskToolsTest, HintsComeAndGoByKeyAndButton) {
    auto* hints = m_disk->findChild<DiskHints*>();
    key(Qt::Key_Question, Qt::ShiftModifier);
    EXPECT_TRUE(hints->isVisible());
    EXPECT_TRUE(button(DiskCommand::Hints).isChecked());
    EXPECT_TRUE(m_disk->rect().contains(hints->geometry()));
    QTest::mouseClick(&button(DiskCommand::Hints), Qt::LeftButton);
    EXPECT_FALSE(hints->isVisible());
    EXPECT_FALSE(button(DiskCommand::Hints).isChecked());
}

TEST_P(DiskToolsTest, EveryButtonSaysWhatItIsAndItsKey) {
    for (const auto* each : toolbar().findChildren<QToolButton*>())
        EXPECT_FALSE(each->accessibleName().isEmpty());
    for (const DiskCommand command :
         {DiskCommand::Back, DiskCommand::Forward, DiskCommand::ZoomIn, DiskCommand::ZoomOut,
          DiskCommand::Focus, DiskCommand::Home, DiskCommand::Lasso, DiskCommand::Box,
          DiskCommand::Measure, DiskCommand::Layers, DiskCommand::Hints})
        EXPECT_TRUE(button(command).toolTip().contains(QLatin1Char('(') + keyOf(command) +
                                                       QLatin1Char(')')));
}

TEST_P(DiskToolsTest, TheToolbarFitsAnyWidth) {
    for (const int width : {900, 420, 330, 240, 200}) {
        m_disk->resize(width, 300);
        EXPECT_LE(toolbar().width(), width - 20) << width;
        EXPECT_TRUE(button(DiskCommand::Home).isVisible());
    }
}

TEST(HoverCard, SaysHowFarTheCandidatesAreWhereThatIsKnown) {
    QWidget window;
    window.resize(600, 400);
    HoverCardView card(&window);
    const auto picture = [&](double distance) {
        HoverCard content;
        content.title = QStringLiteral("Ada");
        content.candidates = {{QStringLiteral("scientist"), 0.8, 0x336699, distance}};
        card.setCard(content);
        return card.grab().toImage();
    };
    const QImage without = picture(-1), near = picture(0.25), far = picture(12.5);
    EXPECT_EQ(without.size(), near.size());
    EXPECT_NE(without, near);
    EXPECT_NE(near, far);
}

TEST(DiskCommands, NoKeyMeansTwoThingsAndNoneIsTakenFromTheReview) {
    std::set<QString> taken{QStringLiteral("A"),     QStringLiteral("D"),
                            QStringLiteral("T"),     QStringLiteral("R"),
                            QStringLiteral("Del"),   QStringLiteral("Ctrl+Z"),
                            QStringLiteral("Ctrl+F")};
    for (int i = 0; i <= static_cast<int>(DiskCommand::Hints); ++i) {
        const QString shown = keyOf(static_cast<DiskCommand>(i));
        EXPECT_FALSE(shown.isEmpty()) << i;
        EXPECT_TRUE(taken.insert(shown).second) << shown.toStdString();
    }
    const auto command = [](Qt::Key which, Qt::KeyboardModifiers modifiers = Qt::NoModifier) {
        return commandOf(QKeyEvent(QEvent::KeyPress, which, modifiers));
    };
    EXPECT_EQ(command(Qt::Key_Plus, Qt::ShiftModifier), DiskCommand::ZoomIn);
    EXPECT_EQ(command(Qt::Key_Plus, Qt::KeypadModifier), DiskCommand::ZoomIn);
    EXPECT_EQ(command(Qt::Key_Equal), DiskCommand::ZoomIn);
    EXPECT_EQ(command(Qt::Key_Enter, Qt::KeypadModifier), DiskCommand::Activate);
    EXPECT_EQ(command(Qt::Key_F, Qt::ControlModifier), std::nullopt);
    EXPECT_EQ(command(Qt::Key_L, Qt::ShiftModifier), std::nullopt);
    EXPECT_EQ(command(Qt::Key_1), std::nullopt);
}

} // namespace hmgrl::test
