// A frame of the disk allocates nothing: every `new` of this program is counted.
#include "picture/MarksScene.h"
#include "picture/SplatRaster.h"

#include <atomic>
#include <cmath>
#include <cstdlib>
#include <gtest/gtest.h>
#include <new>

namespace {
std::atomic<std::size_t> allocations{0};
}

void* operator new(std::size_t size) {
    ++allocations;
    if (void* memory = std::malloc(size))
        return memory;
    throw std::bad_alloc();
}
void operator delete(void* memory) noexcept {
    std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
    std::free(memory);
}

namespace hmgrl {
namespace {

constexpr int width = 1280, height = 800;

/// Drags once around, draws every frame, and returns how often memory was asked for.
std::size_t allocationsOfALap(DiskController& view, SplatSet& splats, SplatRaster& raster,
                              std::vector<std::uint32_t>& pixels, SplatSet::Detail detail) {
    const std::size_t before = allocations;
    view.beginDrag(640, 400);
    for (int i = 0; i <= 40; ++i) {
        const double angle = 2 * std::numbers::pi * i / 40;
        view.drag(640 + 100 * (1 - std::cos(angle)), 400 + 100 * std::sin(angle));
        splats.move(view, detail);
        const auto [x, y] = view.toScreen({0, 0});
        const double scale = view.pixelsPerUnit();
        raster.draw(splats, {scale, -scale, x, y, 1},
                    {pixels, width, height, SplatRaster::ByteOrder::Bgra, true});
    }
    view.endDrag();
    return allocations - before;
}

/// Goes once from one scene to another, most points of which are new, and draws every frame.
std::size_t allocationsOfATransition(DiskController& view, SplatSet& splats, SplatRaster& raster,
                                     std::vector<std::uint32_t>& pixels) {
    view.setScene(test::marksScene(1000));
    view.beginTransition(test::marksScene(30'000, 4));
    splats.restyle(view, DiskColours::light());
    const std::size_t before = allocations;
    for (int i = 0; i <= 20; ++i) {
        view.stepTransition(i / 20.0);
        splats.move(view);
        const auto [x, y] = view.toScreen({0, 0});
        const double scale = view.pixelsPerUnit();
        raster.draw(splats, {scale, -scale, x, y, 1},
                    {pixels, width, height, SplatRaster::ByteOrder::Bgra, true});
    }
    return allocations - before;
}

TEST(Frames, OfATransitionAllocateNothing) {
    DiskController view;
    view.setViewport(width, height);
    SplatSet splats;
    SplatRaster raster(3);
    std::vector<std::uint32_t> pixels(width * height);
    allocationsOfATransition(view, splats, raster, pixels); // memory and stamps
    EXPECT_EQ(allocationsOfATransition(view, splats, raster, pixels), 0U);
}

TEST(Frames, AllocateNothing) {
    ASSERT_GT(allocations.load(), 0U) << "the counter counts";
    for (const std::size_t samples : {1000UL, 30'000UL, SplatSet::fluent + 10'000}) {
        DiskController view;
        view.setViewport(width, height);
        view.setScene(test::marksScene(samples));
        SplatSet splats;
        splats.restyle(view, DiskColours::light());
        SplatRaster raster(3);
        std::vector<std::uint32_t> pixels(width * height);
        for (const auto detail : {SplatSet::Detail::Full, SplatSet::Detail::Coarse}) {
            allocationsOfALap(view, splats, raster, pixels, detail); // memory and stamps
            EXPECT_EQ(allocationsOfALap(view, splats, raster, pixels, detail), 0U)
                << samples << " samples";
        }
    }
}

} // namespace
} // namespace hmgrl
