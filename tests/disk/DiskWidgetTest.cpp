#include "disk/DiskFixture.h"
#include "disk/HoverCardView.h"
#include "disk/LegendDelegate.h"
#include "disk/LegendPanel.h"
#include "support/Error.h"

#include <QImage>
#include <QListWidget>
#include <QSignalSpy>
#include <QToolButton>
#include <QVBoxLayout>
#include <gmock/gmock.h>

namespace hmgrl::test {

namespace {
QColor colourAt(const QImage& image, QPointF p) {
    return image.pixelColor((p * image.devicePixelRatio()).toPoint());
}

int apart(QColor a, QColor b) {
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) +
           std::abs(a.blue() - b.blue());
}

double meanDifference(const QImage& a, const QImage& b) {
    double sum = 0;
    for (int y = 0; y < a.height(); ++y)
        for (int x = 0; x < a.width(); ++x)
            sum += apart(a.pixelColor(x, y), b.pixelColor(x, y)) / 3.0;
    return sum / a.width() / a.height();
}

HoverCard smallCard() {
    HoverCard card;
    card.title = QStringLiteral("Ada & <Co>");
    card.subtitle = QStringLiteral("person/scientist");
    card.text = {{QString(300, QLatin1Char('x'))}, {QStringLiteral("Ada"), true}};
    card.thumbnail = QImage(64, 32, QImage::Format_RGB32);
    card.thumbnail.fill(Qt::red);
    card.candidates = {{QStringLiteral("scientist"), 0.8, 0x336699},
                       {QStringLiteral("writer"), 1.7, 0}};
    return card;
}
} // namespace

TEST_P(DiskTest, PrototypesAreSeenInTheirColoursWhereTheyAre) {
    QTest::qWait(200);
    for (const DiskColours& colours : {DiskColours::light(), DiskColours::darkTheme()}) {
        m_disk->setColours(colours);
        const QImage image = m_window.grab().toImage();
        for (const char* name : {"building", "event", "work", "organisation"}) {
            const int row = prototype(name);
            const QColor wanted =
                QColor::fromRgb(view().scene().colour[static_cast<std::size_t>(row)]);
            EXPECT_LT(apart(colourAt(image, at(row)), wanted), 12) << name;
        }
        EXPECT_LT(apart(colourAt(image, {4, 4}), QColor::fromRgba(colours.background)), 4);
        EXPECT_LT(apart(colourAt(image, {402, 297}), QColor::fromRgba(colours.centre)), 10);
    }
}

TEST_P(DiskTest, ThePictureFollowsADrag) {
    const int row = prototype("work");
    press({400, 300});
    moveTo({430, 300}, true);
    moveTo({520, 260}, true);
    release({520, 260});
    const QImage image = m_window.grab().toImage();
    const QColor wanted = QColor::fromRgb(view().scene().colour[static_cast<std::size_t>(row)]);
    EXPECT_LT(apart(colourAt(image, at(row)), wanted), 12);
}

TEST_P(DiskTest, ItStillDrawsAfterMovingToAnotherWindow) {
    QWidget other;
    other.resize(800, 600);
    m_disk->setParent(&other);
    m_disk->show();
    other.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&other));
    QTest::qWait(200);
    const int row = prototype("event");
    const QColor wanted = QColor::fromRgb(view().scene().colour[static_cast<std::size_t>(row)]);
    EXPECT_LT(apart(colourAt(other.grab().toImage(), at(row)), wanted), 12);
    m_disk->setParent(&m_window);
    m_disk->show();
    QTest::qWait(100);
    EXPECT_LT(apart(colourAt(m_window.grab().toImage(), at(row)), wanted), 12);
}

TEST_P(DiskTest, AHoveredPointAsksForItsCardAndShowsIt) {
    const int row = lonelySample();
    QSignalSpy asked(m_disk, &DiskWidget::hoverRequested);
    moveTo(at(row), false);
    EXPECT_EQ(view().hover(), row);
    ASSERT_TRUE(asked.wait(2000));
    EXPECT_EQ(asked.front().front().toInt(), row);

    m_disk->setHoverCard(row + 1, smallCard());
    EXPECT_EQ(m_window.findChild<HoverCardView*>(), nullptr) << "a late answer for another point";
    m_disk->setHoverCard(row, smallCard());
    auto* card = m_window.findChild<HoverCardView*>();
    ASSERT_NE(card, nullptr);
    EXPECT_TRUE(card->isVisible());
    EXPECT_TRUE(m_window.rect().contains(card->geometry()));
    EXPECT_FALSE(card->geometry().contains(at(row).toPoint())) << "it doesn't cover its point";

    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(m_disk, &leave);
    EXPECT_EQ(view().hover(), -1);
    EXPECT_FALSE(card->isVisible());
}

TEST_P(DiskTest, NoCardIsAskedForWhileDragging) {
    QSignalSpy asked(m_disk, &DiskWidget::hoverRequested);
    const QPointF start = at(lonelySample());
    press(start);
    for (int i = 1; i < 10; ++i)
        moveTo(start + QPointF(3 * i, 0), true);
    QTest::qWait(200);
    EXPECT_EQ(asked.count(), 0);
    release(start + QPointF(27, 0));
}

TEST_P(DiskTest, TheLegendIsolatesAndCtrlAdds) {
    auto* legend = m_disk->findChild<LegendPanel*>();
    EXPECT_LE(view().toScreen({1, 0}).first, legend->x()) << "the disk moves aside";
    auto* list = legend->findChild<QListWidget*>();
    ASSERT_EQ(list->count(), 40);
    const auto click = [&](int item, Qt::KeyboardModifiers modifiers) {
        QTest::mouseClick(list->viewport(), Qt::LeftButton, modifiers,
                          list->visualItemRect(list->item(item)).center());
    };
    const auto activeOf = [&] {
        std::set<std::string> names;
        for (std::size_t row = 0; row < view().scene().size(); ++row)
            if (view().isActive(row))
                names.insert(view().scene().categoryNames[view().scene().category[row]]);
        return names;
    };
    const std::string first =
        list->item(0)->data(LegendDelegate::NameRole).toString().toStdString();
    const std::string third =
        list->item(2)->data(LegendDelegate::NameRole).toString().toStdString();
    click(0, Qt::NoModifier);
    EXPECT_EQ(activeOf(), (std::set<std::string>{first}));
    click(2, Qt::ControlModifier);
    EXPECT_EQ(activeOf(), (std::set<std::string>{first, third}));
    click(2, Qt::NoModifier);
    EXPECT_EQ(activeOf(), (std::set<std::string>{third}));
    click(2, Qt::NoModifier);
    EXPECT_EQ(activeOf().size(), 40U);
}

TEST_P(DiskTest, TheLegendOpensWhereThereIsRoomUntilTheUserChooses) {
    const auto* legend = m_disk->findChild<LegendPanel*>();
    m_disk->resize(620, 600);
    EXPECT_TRUE(legend->isCollapsed()) << "the disk would become small";
    EXPECT_EQ(centre(), QPointF(310, 300));
    m_disk->resize(1200, 600);
    EXPECT_FALSE(legend->isCollapsed());
    QTest::mouseClick(legend->findChild<QToolButton*>(), Qt::LeftButton);
    EXPECT_TRUE(legend->isCollapsed());
    m_disk->resize(1300, 600);
    EXPECT_TRUE(legend->isCollapsed());
}

TEST_P(DiskTest, GreyedPointsArePickedNoMoreAndFilterAndLegendMeet) {
    const int row = lonelySample();
    std::vector<bool> matching(view().scene().size(), true);
    matching[static_cast<std::size_t>(row)] = false;
    m_disk->setFilter(matching);
    EXPECT_NE(view().pick(at(row).x(), at(row).y()), row);
    m_disk->isolate({QString::fromStdString(
        view().scene().categoryNames[view().scene().category[static_cast<std::size_t>(row)]])});
    EXPECT_FALSE(view().isActive(static_cast<std::size_t>(row)));
    m_disk->setFilter({});
    EXPECT_TRUE(view().isActive(static_cast<std::size_t>(row)));
    m_disk->isolate({});
}

TEST_P(DiskTest, AnIsolatedEntryStaysIsolatedInTheNextScene) {
    m_disk->isolate({QStringLiteral("person/artist")});
    m_disk->setScene(sampleScene(300, 11));
    std::size_t active = 0;
    for (std::size_t row = 0; row < view().scene().size(); ++row)
        active += view().isActive(row);
    EXPECT_GT(active, 0U);
    EXPECT_LT(active, view().scene().size());
}

TEST_P(DiskTest, WrongLengthsAreRefused) {
    EXPECT_THROW(m_disk->setFilter({true, false}), Error);
    DiskLegend legend;
    legend.entryOfRow.assign(view().scene().size(), 0);
    EXPECT_THROW(m_disk->setLegend(legend), Error) << "no entry 0";
}

TEST_P(DiskTest, AnEmptySceneIsDrawnAndHarmless) {
    m_disk->setScene({});
    QTest::qWait(50);
    click({400, 300});
    doubleClick({420, 310});
    lasso({400, 300}, 50, Qt::ShiftModifier);
    m_disk->focusSelection();
    m_disk->reveal(3);
    QTest::qWait(500);
    EXPECT_FALSE(m_window.grab().toImage().isNull());
}

TEST(DiskRenderers, DrawTheSamePicture) {
    QImage pictures[2];
    int next = 0;
    for (const auto renderer : {DiskWidget::Renderer::OpenGl, DiskWidget::Renderer::Raster}) {
        DiskWidget disk(nullptr, renderer);
        disk.resize(700, 600);
        disk.setScene(sampleScene(2000));
        disk.show();
        ASSERT_TRUE(QTest::qWaitForWindowExposed(&disk));
        QTest::qWait(300);
        pictures[next++] = disk.grab().toImage().convertToFormat(QImage::Format_RGB32);
    }
    ASSERT_EQ(pictures[0].size(), pictures[1].size());
    EXPECT_LT(meanDifference(pictures[0], pictures[1]), 2.0);
}

TEST(DiskRenderers, TheEnvironmentCanAskForRaster) {
    qputenv("HMGRL_RENDERER", "raster");
    const DiskWidget disk;
    qunsetenv("HMGRL_RENDERER");
    EXPECT_EQ(disk.rendererName(), "raster");
}

} // namespace hmgrl::test
