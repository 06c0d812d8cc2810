#include "picture/DiskBackdrop.h"
#include "picture/HyperbolicGrid.h"
#include "picture/StrokeRaster.h"
#include "scene/StrokeMesh.h"
#include "scene/StrokeProp.h"

#include <cstdlib>
#include <gtest/gtest.h>
#include <random>
#include <vtkCamera.h>
#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>

namespace hmgrl {
namespace {

struct Recorder : StrokeSink {
    std::vector<std::vector<StrokePoint>> lines;
    int bands = 0;
    void polyline(std::span<const StrokePoint> points) override {
        lines.emplace_back(points.begin(), points.end());
    }
    void band(double, double, Argb, Argb) override { ++bands; }
    void area(std::span<const std::complex<double>> outline, std::complex<double>, Argb) override {
        areas.emplace_back(outline.begin(), outline.end());
    }
    std::vector<std::vector<std::complex<double>>> areas;
};

TEST(DiskColours, MixesAndFadesByChannel) {
    EXPECT_EQ(mixed(0xFF000000, 0xFF204060, 0.5), 0xFF102030U);
    EXPECT_EQ(faded(0x80FFFFFF, 0.5), 0x40FFFFFFU);
    EXPECT_EQ(withAlpha(0x00123456, 1), 0xFF123456U);
    EXPECT_EQ(toRgbaBytes(0x11223344), 0x11443322U);
}

TEST(StrokeMesh, ALineIsAStripOfItsWidthAndStripsAreJoinedWithoutArea) {
    StrokeMesh mesh;
    mesh.restart(100);
    const StrokePoint line[]{{{0, 0}, 4, 0xFFFFFFFF}, {{0.5, 0}, 4, 0xFFFFFFFF}};
    mesh.polyline(line);
    ASSERT_EQ(mesh.vertices().size(), 4U);
    EXPECT_FLOAT_EQ(mesh.vertices()[0].half, 2);
    EXPECT_FLOAT_EQ(mesh.vertices()[0].y, 0.026F) << "half the width and the soft rim";
    EXPECT_FLOAT_EQ(mesh.vertices()[1].y, -0.026F);
    mesh.polyline(line);
    ASSERT_EQ(mesh.vertices().size(), 10U);
    EXPECT_FLOAT_EQ(mesh.vertices()[4].x, mesh.vertices()[3].x);
    EXPECT_FLOAT_EQ(mesh.vertices()[5].x, mesh.vertices()[6].x);
    mesh.polyline(std::span(line, 1));
    EXPECT_EQ(mesh.vertices().size(), 10U) << "one point is no line";
}

TEST(StrokeMesh, AnAreaIsCoveredOnceAndNothingBesideIt) {
    // A half-plane of the disk as seen from far off its middle: no star of straight rays.
    constexpr int count = 180;
    std::vector<std::complex<double>> outline;
    const auto moved = disk::Isometry::fromOrigin(DiskPoint{1.6, 0.4});
    for (int i = 0; i <= count; ++i)
        outline.push_back(moved.apply(std::complex<double>(0, 2.0 * i / count - 1)));
    for (int i = 1; i < count; ++i)
        outline.push_back(moved.apply(std::polar(1.0, 3.14159265358979 * (0.5 + 1.0 * i / count))));
    StrokeMesh mesh;
    mesh.restart(400);
    mesh.area(outline, moved.apply(std::complex<double>(-0.4, 0.1)), 0xFF00FF00);
    const auto vertices = mesh.vertices();
    double covered = 0;
    for (std::size_t i = 2; i < vertices.size(); ++i) {
        const auto &a = vertices[i - 2], &b = vertices[i - 1], &c = vertices[i];
        covered += std::abs((b.x - a.x) * (c.y - a.y) - (c.x - a.x) * (b.y - a.y)) / 2;
    }
    double enclosed = 0;
    for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++)
        enclosed += (std::conj(outline[j]) * outline[i]).imag() / 2;
    EXPECT_NEAR(covered, std::abs(enclosed), 2e-3);
}

constexpr int side = 400;
constexpr double scale = 180; // pixels a unit

/// Regions, relations and the rest of the layers, on white, by OpenGL.
std::vector<unsigned char> drawnByOpenGl(const StrokeMesh& mesh) {
    vtkNew<vtkRenderWindow> window;
    window->SetOffScreenRendering(1);
    window->SetMultiSamples(0);
    window->SetSize(side, side);
    vtkNew<vtkRenderer> renderer;
    renderer->SetBackground(1, 1, 1);
    renderer->SetBackgroundAlpha(1);
    window->AddRenderer(renderer);
    auto* camera = renderer->GetActiveCamera();
    camera->ParallelProjectionOn();
    camera->SetPosition(0, 0, 1);
    camera->SetFocalPoint(0, 0, 0);
    camera->SetParallelScale(side / 2.0 / scale);
    camera->SetClippingRange(0.5, 1.5);
    vtkNew<StrokeProp> prop;
    prop->setMesh(&mesh);
    renderer->AddViewProp(prop);
    window->Render();
    vtkNew<vtkUnsignedCharArray> pixels;
    window->GetRGBACharPixelData(0, 0, side - 1, side - 1, 0, pixels);
    return {pixels->GetPointer(0), pixels->GetPointer(0) + side * side * 4};
}

DiskScene relations() {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> share(0, 1);
    DiskScene scene;
    scene.categoryNames = scene.arcNames = {"c"};
    for (std::uint32_t i = 0; i < 60; ++i) {
        scene.points.push_back({3.5 * share(random), 6.28 * share(random)});
        scene.kind.push_back(i < 12 ? PointKind::EntityPrototype : PointKind::Mention);
        scene.id.push_back(i < 12 ? -1 : static_cast<std::int64_t>(i));
        scene.document.push_back(-1);
        scene.colour.push_back(static_cast<std::uint32_t>(random()) & 0xFFFFFF);
        scene.category.push_back(0);
        scene.labels.emplace_back();
        if (i >= 12)
            scene.arcs.push_back({i, (i * 7) % 48 + 12, scene.colour.back(), 0, i});
    }
    return scene;
}

TEST(Layers, LookTheSameByOpenGlAndInMemory) {
    if (std::getenv("DISPLAY") == nullptr)
        GTEST_SKIP() << "VTK's windows need an X server (xvfb-run)";
    DiskController view;
    view.setViewport(scale / 0.47, scale / 0.47); // where its radius is `scale`
    view.setScene(relations());
    DiskOverlay overlay;
    overlay.regions = overlay.rings = true;
    view.setOverlay(overlay);
    ASSERT_NEAR(view.pixelsPerUnit(), scale, 1e-9);
    StrokeMesh mesh;
    mesh.restart(scale);
    StrokeRaster raster;
    DiskBackdrop().drawLayers(mesh, view, DiskColours::light());
    DiskBackdrop().drawLayers(raster, view, DiskColours::light());
    const auto byOpenGl = drawnByOpenGl(mesh);
    std::vector<std::uint32_t> memory(side * side, 0xFFFFFFFF);
    raster.draw({scale, scale, side / 2.0, side / 2.0, 1},
                {memory, side, side, SplatRaster::ByteOrder::Rgba, false});
    double difference = 0, ink = 0;
    for (std::size_t i = 0; i < byOpenGl.size(); ++i) {
        const int here = static_cast<int>(memory[i / 4] >> (8 * (i % 4)) & 0xFF);
        difference += std::abs(byOpenGl[i] - here);
        ink += 255 - byOpenGl[i];
    }
    EXPECT_GT(ink / static_cast<double>(byOpenGl.size()), 5);
    EXPECT_LT(difference, 0.04 * ink) << "the rims of areas are crisp in one, soft in the other";
}

TEST(HyperbolicGrid, FillsTheViewWhereverItHasTravelledAtAboutTheSameCost) {
    HyperbolicGrid grid;
    for (const double r : {0.0, 1.0, 4.0, 9.0, 14.0}) {
        Recorder sink;
        grid.draw(sink, disk::Isometry::toOrigin(DiskPoint{r, 0.7}), 400, 0xFF808080);
        std::size_t points = 0;
        double nearest = 1;
        for (const auto& line : sink.lines)
            for (const auto& point : line) {
                ++points;
                EXPECT_LT(std::abs(point.z), 1);
                nearest = std::min(nearest, std::abs(point.z));
            }
        EXPECT_LT(nearest, 0.35) << "a line passes near the middle of the view at r = " << r;
        EXPECT_GT(points, 200U) << r;
        EXPECT_LT(points, 20000U) << r;
    }
}

TEST(DiskBackdrop, TreeEdgesAreGeodesicsBetweenTheirPrototypes) {
    DiskScene scene;
    scene.points = {{0.8, 0.1}, {2.4, 1.2}};
    scene.kind.assign(2, PointKind::EntityPrototype);
    scene.id.assign(2, -1);
    scene.document.assign(2, -1);
    scene.colour = {0xFF0000, 0x00FF00};
    scene.category = {0, 0};
    scene.categoryNames = {"c"};
    scene.labels = {"a", "b"};
    scene.treeEdges = {{0, 1}};
    DiskController view;
    view.setViewport(800, 600);
    view.setScene(scene);
    Recorder sink;
    DiskBackdrop().draw(sink, view, DiskColours::light());
    ASSERT_FALSE(sink.lines.empty());
    const auto& arc = sink.lines.back();
    EXPECT_LT(std::abs(arc.front().z - disk::toCartesian(scene.points[0])), 1e-9);
    EXPECT_LT(std::abs(arc.back().z - disk::toCartesian(scene.points[1])), 1e-9);
    double length = 0;
    for (std::size_t i = 1; i < arc.size(); ++i)
        length += disk::distance(disk::toPolar(arc[i - 1].z), disk::toPolar(arc[i].z));
    EXPECT_NEAR(length, disk::distance(scene.points[0], scene.points[1]), 1e-9)
        << "only along a geodesic do the parts add up to the distance";
}

} // namespace
} // namespace hmgrl
