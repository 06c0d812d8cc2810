#include "disk/DiskWidget.h"
#include "disk/PictureComparison.h"
#include "disk/SampleScene.h"

#include <QPainter>
#include <QTest>
#include <functional>
#include <gtest/gtest.h>

namespace hmgrl::test {
namespace {

using Renderer = DiskWidget::Renderer;

/// Every scene is drawn by both renderers, and both must look like the one stored picture.
struct Scene {
    const char* name;
    bool dark;
    std::size_t samples;
    std::function<void(DiskWidget&)> prepare;
};

DiskOverlay layers(bool regions, bool rings, bool arcs) {
    DiskOverlay overlay;
    overlay.regions = regions;
    overlay.rings = rings;
    overlay.arcs = arcs;
    return overlay;
}

int rowOf(const DiskWidget& disk, const char* label) {
    const auto& labels = disk.controller().scene().labels;
    return static_cast<int>(std::find(labels.begin(), labels.end(), label) - labels.begin());
}

/// Relations from every thirtieth sample to another of its neighbourhood in the list.
DiskScene withArcs(DiskScene scene) {
    scene.arcNames = {"located_in", "member_of", "works_at"};
    constexpr std::uint32_t colours[] = {0x3E7CB1, 0xB1743E, 0x5A9C62};
    for (std::uint32_t head = 0; head + 7 < scene.size() - 45; head += 30) {
        const std::uint32_t category = head / 30 % 3;
        scene.arcs.push_back({head, head + 7, colours[category], category, head});
    }
    return scene;
}

DiskScene withMarkers(DiskScene scene) {
    for (std::size_t row = 0; row < scene.size(); ++row) {
        scene.marker.push_back(static_cast<Marker>(scene.category[row] % markerCount));
        scene.scale.push_back(scene.category[row] % 2 == 0 ? 1.0F : 1.6F);
    }
    return scene;
}

void showFromThe(DiskWidget& disk, const char* label) {
    disk.reveal(rowOf(disk, label));
    QTest::qWait(600);
}

const std::vector<Scene>& scenes() {
    static const std::vector<Scene> all{
        {"plain-light", false, 1500, [](DiskWidget&) {}},
        {"plain-dark", true, 1500, [](DiskWidget&) {}},
        {"regions-light", false, 400,
         [](DiskWidget& disk) { disk.setLayers(layers(true, false, false)); }},
        {"regions-dark", true, 400,
         [](DiskWidget& disk) { disk.setLayers(layers(true, false, false)); }},
        {"rings-and-ruler", false, 400,
         [](DiskWidget& disk) {
             disk.setLayers(layers(false, true, false));
             DiskOverlay overlay = disk.controller().overlay();
             overlay.ruler = DiskRuler{{1.4, 0.4}, {1.8, 2.6}};
             disk.setOverlay(overlay);
         }},
        {"arcs-dark", true, 900,
         [](DiskWidget& disk) {
             disk.setScene(withArcs(disk.controller().scene()));
             disk.setLayers(layers(false, false, true));
         }},
        {"links", false, 400,
         [](DiskWidget& disk) {
             DiskOverlay overlay = disk.controller().overlay();
             double weight = 1;
             for (const char* label : {"city", "country", "river"}) {
                 const auto to = static_cast<std::uint32_t>(rowOf(disk, label));
                 overlay.links.push_back({3, to, disk.controller().scene().colour[to], weight});
                 weight /= 2;
             }
             disk.setOverlay(overlay);
         }},
        {"near-the-rim", false, 3000, [](DiskWidget& disk) { showFromThe(disk, "city"); }},
        {"filtered", false, 1500,
         [](DiskWidget& disk) {
             std::vector<bool> matching(disk.controller().scene().size());
             for (std::size_t row = 0; row < matching.size(); ++row)
                 matching[row] = disk.controller().scene().category[row] % 3 == 0;
             disk.setFilter(matching);
         }},
        {"selected-dark", true, 900,
         [](DiskWidget& disk) {
             std::vector<int> rows;
             for (int row = 0; row < 900; row += 9)
                 rows.push_back(row);
             disk.selectRows(rows);
         }},
        {"markers", false, 400,
         [](DiskWidget& disk) { disk.setScene(withMarkers(disk.controller().scene())); }},
    };
    return all;
}

class BaselineTest : public ::testing::TestWithParam<std::tuple<std::size_t, Renderer>> {};

TEST_P(BaselineTest, LooksAsItShould) {
    const Scene& scene = scenes()[std::get<0>(GetParam())];
    QWidget window;
    window.resize(900, 640);
    auto* disk = new DiskWidget(&window, std::get<1>(GetParam()));
    disk->resize(window.size());
    disk->setColours(scene.dark ? DiskColours::darkTheme() : DiskColours::light());
    disk->setScene(sampleScene(scene.samples));
    window.show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(&window));
    scene.prepare(*disk);
    QTest::qWait(700); // labels fade in
    const bool writes = qEnvironmentVariableIsSet("HMGRL_UPDATE_BASELINES");
    if (!writes || std::get<1>(GetParam()) == Renderer::Raster)
        expectBaseline(window.grab().toImage(), QString::fromLatin1(scene.name));
}

std::string nameOf(const ::testing::TestParamInfo<BaselineTest::ParamType>& info) {
    std::string name = scenes()[std::get<0>(info.param)].name;
    std::replace(name.begin(), name.end(), '-', '_');
    return name + (std::get<1>(info.param) == Renderer::Raster ? "_raster" : "_opengl");
}

INSTANTIATE_TEST_SUITE_P(Scenes, BaselineTest,
                         ::testing::Combine(::testing::Range<std::size_t>(0, 11),
                                            ::testing::Values(Renderer::Raster, Renderer::OpenGl)),
                         nameOf);

TEST(PictureComparison, TellsWhatTheEyeWould) {
    QImage plain(300, 300, QImage::Format_RGB32);
    plain.fill(QColor(240, 242, 246));
    const auto with = [&](QRect place, QColor colour) {
        QImage other = plain;
        QPainter(&other).fillRect(place, colour);
        return comparePictures(plain, other);
    };
    EXPECT_EQ(comparePictures(plain, plain).mean, 0);
    EXPECT_LT(with({10, 10, 2, 2}, QColor(225, 228, 235)).mean, 0.01) << "a speck";
    const PictureDifference moved = with({40, 40, 60, 60}, QColor(200, 60, 60));
    EXPECT_GT(moved.mean, 1);
    EXPECT_NEAR(moved.share, 0.04, 0.005) << "a square in another colour";
    EXPECT_EQ(comparePictures(plain, plain.copy(0, 0, 200, 300)).share, 1) << "another size";
}

} // namespace
} // namespace hmgrl::test
