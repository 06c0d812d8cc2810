#include "disk/PictureComparison.h"
#include "disk/SampleScene.h"
#include "picture/DiskPicture.h"

#include <array>
#include <gtest/gtest.h>

namespace hmgrl::test {
namespace {

/// An exported picture, shrunk so that the stored one is small.
void expectExported(const DiskController& view, PictureOptions options, const char* name) {
    options.side = 640;
    options.scale = 0.35;
    const std::string png = diskPng(view, options);
    const QImage found = QImage::fromData(QByteArray::fromStdString(png), "PNG");
    expectBaseline(found, QString::fromLatin1(name));
}

DiskController viewOf(DiskScene scene) {
    DiskController view;
    view.setViewport(640, 640);
    view.setScene(std::move(scene));
    return view;
}

TEST(ExportBaseline, WholeDiskWithLegend) {
    expectExported(viewOf(sampleScene(200)), {}, "export-light");
}

TEST(ExportBaseline, EveryLayerOnDarkPaper) {
    DiskScene scene = sampleScene(150);
    scene.arcNames = {"located_in", "member_of"};
    for (std::uint32_t head = 0; head < 140; head += 25)
        scene.arcs.push_back({head, head + 7, head % 2 == 0 ? 0x3E7CB1U : 0xB1743EU, head % 2, 1});
    DiskController view = viewOf(std::move(scene));
    DiskOverlay overlay;
    overlay.regions = overlay.rings = overlay.arcs = true;
    view.setOverlay(overlay);
    view.select(std::array{3, 4, 60}, DiskController::SelectMode::Replace);
    PictureOptions options;
    options.dark = true;
    options.title = "News captions, spring";
    expectExported(view, options, "export-layers-dark");
}

TEST(ExportBaseline, PartOfTheDiskInItsFrame) {
    DiskController view = viewOf(sampleScene(600));
    view.zoomAt(520, 200, 2.6);
    PictureOptions options;
    options.aspect = 1.25;
    options.shown = PictureLegend{"Confidence",
                                  {{"above 80 %", 0x2C6FBB, 412, Marker::Star, {}},
                                   {"50 to 80 %", 0x7FA8D6, 131, Marker::Square, {}},
                                   {"below 50 % or not known at all", 0xC9D6E6, 57, {}, {}}}};
    expectExported(view, options, "export-zoomed");
}

} // namespace
} // namespace hmgrl::test
