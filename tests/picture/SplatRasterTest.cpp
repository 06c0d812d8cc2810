#include "picture/SplatRaster.h"

#include "picture/MarksScene.h"
#include "picture/SplatBlend.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace hmgrl {
namespace {

constexpr int width = 333, height = 250; // no multiple of a band or a block
using Pixels = std::vector<std::uint32_t>;

struct Setting {
    DiskController view;
    SplatSet splats;
    explicit Setting(std::size_t samples) {
        view.setViewport(width, height);
        view.setScene(test::marksScene(samples));
        const int chosen[]{1, 2, 30, 31};
        view.select(chosen, DiskController::SelectMode::Replace);
        view.setHover(12);
        splats.restyle(view, DiskColours::light());
    }
    [[nodiscard]] SplatRaster::Transform transform() const {
        const auto [x, y] = view.toScreen({0, 0});
        return {view.pixelsPerUnit(), -view.pixelsPerUnit(), x, y, 1};
    }
    void draw(SplatRaster& raster, Pixels& pixels, bool clear = true) const {
        raster.draw(splats, transform(),
                    {pixels, width, height, SplatRaster::ByteOrder::Bgra, clear});
    }
    [[nodiscard]] Pixels drawn(int threads) const {
        SplatRaster raster(threads);
        Pixels pixels(width * height, 0xDEADBEEF);
        draw(raster, pixels);
        return pixels;
    }
};

TEST(SplatRaster, TheNumberOfThreadsChangesNothing) {
    const Setting s(20'000);
    const Pixels one = s.drawn(1);
    EXPECT_EQ(s.drawn(2), one);
    EXPECT_EQ(s.drawn(5), one);
    EXPECT_GT(std::count_if(one.begin(), one.end(), [](auto p) { return p >> 24 > 0; }), 10'000);
}

TEST(SplatRaster, SlicesMakeTheSamePicture) {
    const Setting s(30'000);
    SplatRaster raster(2);
    Pixels pixels(width * height, 1);
    raster.begin(s.splats, s.transform(),
                 {pixels, width, height, SplatRaster::ByteOrder::Bgra, true});
    int slices = 1;
    while (!raster.advance(SplatRaster::Clock::now()))
        ++slices;
    EXPECT_GE(slices, 3);
    raster.drawHovered(s.splats, s.transform(),
                       {pixels, width, height, SplatRaster::ByteOrder::Bgra});
    EXPECT_EQ(pixels, s.drawn(1));
    EXPECT_TRUE(raster.advance(SplatRaster::Clock::now())) << "done stays done";
}

TEST(SplatRaster, DrawingAgainGivesTheSamePictureAndClearIsZeroBeneath) {
    const Setting s(3000);
    SplatRaster raster;
    Pixels cleared(width * height, 77), over(width * height, 0);
    s.draw(raster, cleared);
    s.draw(raster, over, false);
    EXPECT_EQ(cleared, over);
    s.draw(raster, cleared);
    EXPECT_EQ(cleared, over);
}

TEST(SplatRaster, EveryPixelIsPremultiplied) {
    const Setting s(5000);
    for (const std::uint32_t pixel : s.drawn(1)) {
        const std::uint32_t alpha = pixel >> 24;
        ASSERT_LE(pixel & 0xFF, alpha);
        ASSERT_LE(pixel >> 8 & 0xFF, alpha);
        ASSERT_LE(pixel >> 16 & 0xFF, alpha);
    }
}

/// The ink of one mark alone in the middle.
double inkOf(Marker marker, double ratio) {
    DiskScene scene = test::marksScene(1);
    scene.marker[0] = marker;
    scene.scale[0] = 2;
    for (auto* column : {&scene.kind})
        column->resize(1);
    scene.points = {{0, 0}};
    scene.id.resize(1);
    scene.document.resize(1);
    scene.colour = {0x204060};
    scene.category.resize(1);
    scene.labels.resize(1);
    scene.marker.resize(1);
    scene.scale.resize(1);
    DiskController view;
    view.setViewport(200, 200);
    view.setScene(scene);
    SplatSet splats;
    splats.restyle(view, DiskColours::light());
    Pixels pixels(200 * 200);
    SplatRaster(1).draw(splats, {100, -100, 100.1, 99.7, ratio},
                        {pixels, 200, 200, SplatRaster::ByteOrder::Rgba, true});
    double ink = 0;
    for (const auto pixel : pixels)
        ink += (pixel >> 24) / 255.0;
    return ink / (splats.looks()[0].fill >> 24) * 255.0 /
           (std::numbers::pi * std::pow(splats.looks()[0].radius * ratio, 2));
}

TEST(SplatRaster, AllShapesAreOfEqualWeight) {
    for (std::size_t marker = 0; marker < markerCount; ++marker)
        for (const double ratio : {1.0, 2.0})
            EXPECT_NEAR(inkOf(static_cast<Marker>(marker), ratio), 1, 0.04)
                << "shape " << marker << " at " << ratio;
}

TEST(SplatRaster, MarksAtAndBeyondTheEdgesAreClipped) {
    const Setting s(400);
    // A frame of guards around the picture: rows and columns that are no part of it.
    constexpr int w = 40, h = 30;
    Pixels memory(w * (h + 2), 0x12345678);
    SplatRaster raster;
    for (const double offset : {-5000.0, -500.0, -3.0, 0.0, 20.0, 41.0, 900.0, 9000.0})
        raster.draw(s.splats, {140, -140, offset, 30 - offset, 2},
                    {std::span(memory).subspan(w, w * h), w, h});
    for (int x = 0; x < w; ++x) {
        EXPECT_EQ(memory[static_cast<std::size_t>(x)], 0x12345678U);
        EXPECT_EQ(memory[static_cast<std::size_t>(w * (h + 1) + x)], 0x12345678U);
    }
    const Pixels before = memory;
    raster.draw(s.splats, {140, -140, NAN, 30, 2}, {std::span(memory).subspan(w, w * h), w, h});
    EXPECT_EQ(memory, before) << "what is nowhere is not drawn";
}

TEST(SplatBlend, RowsAreWhatPixelByPixelWouldBe) {
    Random random(5);
    for (int round = 0; round < 200; ++round) {
        const std::uint32_t colour = random.upTo(0xFFFFFFFF);
        Pixels fast(24 * 5), slow;
        std::vector<std::uint8_t> cover(16 * 5);
        for (auto& pixel : fast)
            pixel = random.upTo(0xFFFFFFFF);
        for (auto& c : cover)
            c = static_cast<std::uint8_t>(random.upTo(3) == 0 ? 255 * random.upTo(1)
                                                              : random.upTo(255));
        slow = fast;
        const SplatBlend blend(colour);
        blend.rows(fast.data(), 24, cover.data(), 2, 5);
        for (std::size_t y = 0; y < 5; ++y)
            for (std::size_t x = 0; x < 16; ++x)
                slow[y * 24 + x] = blend.pixel(slow[y * 24 + x], cover[y * 16 + x]);
        ASSERT_EQ(fast, slow) << "colour " << colour;
    }
    EXPECT_EQ(SplatBlend(0xFF102030).pixel(0xFFFFFFFF, 255), 0xFF102030U) << "opaque covers";
    EXPECT_EQ(SplatBlend(0xFF102030).pixel(0xFF445566, 0), 0xFF445566U);
}

} // namespace
} // namespace hmgrl
