/// Speed of the disk without any toolkit: frames, picks, layouts, pictures. Run by hand:
/// disk_bench --benchmark_min_time=0.2
#include "layout/Layout.h"
#include "layout/Mixture.h"
#include "picture/DiskPicture.h"
#include "view/DiskController.h"

#include <benchmark/benchmark.h>

namespace hmgrl {
namespace {

DiskController viewOf(std::size_t points) {
    DiskScene scene;
    scene.categoryNames = {"person"};
    Random random(1);
    for (std::size_t i = 0; i < points; ++i) {
        scene.points.push_back({5 * random.uniform(), 6.3 * random.uniform()});
        scene.kind.push_back(PointKind::Mention);
        scene.id.push_back(static_cast<std::int64_t>(i));
        scene.document.push_back(1);
        scene.colour.push_back(0x4477AA);
        scene.category.push_back(0);
        scene.labels.emplace_back();
    }
    DiskController view;
    view.setViewport(1280, 800);
    view.setScene(std::move(scene));
    return view;
}

void drag(benchmark::State& state) {
    DiskController view = viewOf(static_cast<std::size_t>(state.range(0)));
    view.beginDrag(640, 400);
    double x = 0;
    for (auto _ : state)
        view.drag(640 + (x = x < 200 ? x + 1 : 0), 400);
}
BENCHMARK(drag)->Arg(10'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void pick(benchmark::State& state) {
    const DiskController view = viewOf(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(view.pick(700, 350));
}
BENCHMARK(pick)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);

void treeLayout(benchmark::State& state) {
    const LayoutInput input = mixture(8, 4, static_cast<std::size_t>(state.range(0)), 64);
    for (auto _ : state)
        benchmark::DoNotOptimize(layoutOnDisk(input));
}
BENCHMARK(treeLayout)->Arg(1'000)->Arg(10'000)->Arg(50'000)->Unit(benchmark::kMillisecond);

void quality(benchmark::State& state) {
    const LayoutInput input = mixture(8, 4, 5'000, 64);
    const auto where = layoutOnDisk(input);
    for (auto _ : state)
        benchmark::DoNotOptimize(layoutQuality(input.points, where));
}
BENCHMARK(quality)->Unit(benchmark::kMillisecond);

void svg(benchmark::State& state) {
    const DiskController view = viewOf(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(diskSvg(view));
}
BENCHMARK(svg)->Arg(10'000)->Unit(benchmark::kMillisecond);

void png(benchmark::State& state) {
    const DiskController view = viewOf(static_cast<std::size_t>(state.range(0)));
    for (auto _ : state)
        benchmark::DoNotOptimize(diskPng(view));
}
BENCHMARK(png)->Arg(10'000)->Unit(benchmark::kMillisecond);

} // namespace
} // namespace hmgrl

BENCHMARK_MAIN();
