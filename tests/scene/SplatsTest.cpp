#include "picture/SplatRaster.h"
#include "picture/SplatSet.h"
#include "scene/DiskScenePainter.h"
#include "scene/SoftwareOpenGl.h"
#include "scene/SplatProp.h"
#include "scene/StrokeMesh.h"

#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <numeric>
#include <random>
#include <vtkCamera.h>
#include <vtkNew.h>
#include <vtkRenderWindow.h>
#include <vtkRenderer.h>
#include <vtkSmartPointer.h>
#include <vtkUnsignedCharArray.h>

namespace hmgrl {
namespace {

constexpr int side = 300;

DiskScene mixedScene(int samples) {
    std::mt19937 random(3);
    std::uniform_real_distribution<double> share(0, 1);
    DiskScene scene;
    scene.categoryNames = {"c"};
    const auto add = [&](PointKind kind, DiskPoint where) {
        scene.points.push_back(where);
        scene.kind.push_back(kind);
        scene.id.push_back(static_cast<std::int64_t>(scene.id.size()));
        scene.document.push_back(0);
        scene.colour.push_back(static_cast<std::uint32_t>(random()) & 0xFFFFFF);
        scene.category.push_back(0);
        scene.labels.emplace_back();
        scene.marker.push_back(static_cast<Marker>(scene.marker.size() % markerCount));
        scene.scale.push_back(static_cast<float>(0.5 + 1.5 * share(random)));
    };
    for (int i = 0; i < samples; ++i)
        add(i % 9 == 8 ? PointKind::Generated : PointKind::Mention,
            {4 * share(random), 6.28 * share(random)});
    add(PointKind::Generated, {0.4, 1});
    add(PointKind::EntityPrototype, {0.7, 2});
    add(PointKind::RelationPrototype, {0.7, 4});
    return scene;
}

struct Setting {
    DiskController view;
    SplatSet splats;
    explicit Setting(int samples = 60) {
        view.setViewport(side, side);
        view.setScene(mixedScene(samples));
        splats.restyle(view, DiskColours::light());
    }
};

TEST(SplatSet, DrawsFilteredPointsFirstAndPrototypesLast) {
    Setting s;
    std::vector<bool> active(s.view.scene().size(), true);
    active[5] = false;
    s.view.setActive(active);
    const int chosen[]{7};
    s.view.select(chosen, DiskController::SelectMode::Replace);
    s.splats.restyle(s.view, DiskColours::light());
    const auto placeOf = [&](std::size_t row) {
        const auto z = s.view.viewPoints()[row];
        return SplatSet::Place{static_cast<float>(z.real()), static_cast<float>(z.imag())};
    };
    const auto places = s.splats.places();
    EXPECT_EQ(places.front().x, placeOf(5).x);
    EXPECT_EQ(places.back().x, placeOf(s.view.scene().size() - 1).x);
    const auto position = [&](std::size_t row) {
        return std::find_if(places.begin(), places.end(),
                            [&](auto p) { return p.x == placeOf(row).x; }) -
               places.begin();
    };
    EXPECT_GT(position(7), position(8)) << "selected above the rest";
    EXPECT_EQ(places.size(), s.view.scene().size() + 2) << "prototypes have a rim of their own";
    s.view.setHover(3);
    s.splats.hover(s.view, DiskColours::light());
    EXPECT_EQ(s.splats.places().back().x, placeOf(3).x);
    s.view.setHover(-1);
    s.splats.hover(s.view, DiskColours::light());
    EXPECT_EQ(s.splats.places().size(), s.view.scene().size() + 2);
}

TEST(SplatRaster, BlendsADiscOfTheRightAreaAndColour) {
    Setting s(1);
    std::vector<std::uint32_t> pixels(side * side, 0);
    SplatRaster raster;
    raster.draw(s.splats, {140, -140, 150, 150, 1},
                {pixels, side, side, SplatRaster::ByteOrder::Bgra});
    double cover = 0;
    for (const auto pixel : pixels) {
        const auto alpha = pixel >> 24;
        EXPECT_LE(pixel & 0xFF, alpha) << "premultiplied";
        EXPECT_LE(pixel >> 8 & 0xFF, alpha);
        EXPECT_LE(pixel >> 16 & 0xFF, alpha);
        cover += alpha / 255.0;
    }
    EXPECT_GT(cover, 100);
    EXPECT_LT(cover, 600);
}

/// One window for all.
class SplatPropTest : public testing::Test {
protected:
    static void SetUpTestSuite() {
        if (std::getenv("DISPLAY") == nullptr)
            return;
        window = vtkSmartPointer<vtkRenderWindow>::New();
        window->SetOffScreenRendering(1);
        window->SetMultiSamples(0);
        window->SetSize(side, side);
    }
    static void TearDownTestSuite() { window = nullptr; }
    void SetUp() override {
        if (!window)
            GTEST_SKIP() << "VTK's windows need an X server (xvfb-run)";
    }

    /// The marks by VTK, off screen, by the method asked for.
    static std::vector<unsigned char> rendered(const Setting& s, SplatProp::Method method) {
        vtkNew<vtkRenderer> renderer;
        renderer->SetBackground(1, 1, 1);
        renderer->SetBackgroundAlpha(1);
        window->AddRenderer(renderer);
        auto* camera = renderer->GetActiveCamera();
        camera->ParallelProjectionOn();
        camera->SetPosition(0, 0, 1);
        camera->SetFocalPoint(0, 0, 0);
        camera->SetParallelScale(side / 2.0 / s.view.pixelsPerUnit());
        camera->SetClippingRange(0.5, 1.5);
        MarkLayer marks(s.view);
        vtkNew<SplatProp> prop;
        prop->setMarks(&marks);
        prop->setMethod(method);
        renderer->AddViewProp(prop);
        window->Render();
        vtkNew<vtkUnsignedCharArray> pixels;
        window->GetRGBACharPixelData(0, 0, side - 1, side - 1, 0, pixels);
        window->RemoveRenderer(renderer);
        return {pixels->GetPointer(0), pixels->GetPointer(0) + side * side * 4};
    }

    /// The difference of the two pictures as a part of their ink.
    static double difference(const Setting& s) {
        const auto sprites = rendered(s, SplatProp::Method::Sprites);
        const auto picture = rendered(s, SplatProp::Method::Picture);
        double apart = 0, ink = 0;
        for (std::size_t i = 0; i < sprites.size(); ++i) {
            apart += std::abs(sprites[i] - picture[i]);
            ink += 255 - sprites[i];
        }
        EXPECT_GT(ink, 1e4);
        return apart / ink;
    }

    static vtkSmartPointer<vtkRenderWindow> window;
};
vtkSmartPointer<vtkRenderWindow> SplatPropTest::window;

TEST(SoftwareOpenGl, IsKnownByItsName) {
    EXPECT_TRUE(isSoftwareOpenGl("llvmpipe (LLVM 15.0.6, 256 bits)"));
    EXPECT_TRUE(isSoftwareOpenGl("Google SwiftShader"));
    EXPECT_FALSE(isSoftwareOpenGl("NVIDIA GeForce RTX 3060/PCIe/SSE2"));
    EXPECT_FALSE(isSoftwareOpenGl(""));
}

TEST_F(SplatPropTest, SpritesAndPictureLookTheSame) {
    Setting s(300);
    const int chosen[]{1, 2, 3, 4, 5, 6};
    s.view.select(chosen, DiskController::SelectMode::Replace);
    s.view.setHover(9);
    s.splats.restyle(s.view, DiskColours::light());
    EXPECT_LT(difference(s), 0.08) << "positions within a pixel are rounded to quarters";
}

TEST_F(SplatPropTest, WhatFadesInIsEquallyFaintByBothMethods) {
    Setting s(20);
    s.view.beginTransition(mixedScene(300));
    s.view.stepTransition(0.5);
    EXPECT_LT(difference(s), 0.08);
    const auto faint = rendered(s, SplatProp::Method::Sprites);
    s.view.stepTransition(1);
    const auto full = rendered(s, SplatProp::Method::Sprites);
    EXPECT_GT(std::accumulate(faint.begin(), faint.end(), 0L),
              std::accumulate(full.begin(), full.end(), 0L) + 50'000)
        << "more of the white ground";
}

TEST_F(SplatPropTest, EachShapeIsTheSameByBothMethods) {
    for (std::size_t marker = 0; marker < markerCount; ++marker) {
        Setting s(0);
        DiskScene scene = mixedScene(80);
        scene.marker.assign(scene.size(), static_cast<Marker>(marker));
        scene.scale.assign(scene.size(), 2);
        s.view.setScene(std::move(scene));
        const int chosen[]{0, 3, 6, 9, 12, 15, 18};
        s.view.select(chosen, DiskController::SelectMode::Replace);
        s.view.setHover(20);
        s.splats.restyle(s.view, DiskColours::light());
        EXPECT_LT(difference(s), 0.06) << "shape " << marker;
    }
}

} // namespace
} // namespace hmgrl
