/// Layouts against the clock and against their bars. Run by hand:
///     layout_bench [--digits DIR/digits.f32] [--threads N] [--quick] [--growth]
/// digits.py writes the digits. Seconds are those of the wall; on a busy machine the processor's
/// seconds, shared by the threads, tell more.
#include "layout/HyperbolicTsne.h"
#include "layout/Kernels.h"
#include "layout/Layout.h"
#include "layout/Mixture.h"

#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <fstream>
#include <optional>
#include <thread>

namespace hmgrl {
namespace {

struct Clock {
    double wall = 0, cpu = 0;

    [[nodiscard]] static Clock now() {
        timespec time{};
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
        const auto since = std::chrono::steady_clock::now().time_since_epoch();
        return {std::chrono::duration<double>(since).count(),
                static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec)};
    }
    [[nodiscard]] Clock since(const Clock& start) const {
        return {wall - start.wall, cpu - start.cpu};
    }
};

struct Arguments {
    std::string digits;
    int threads = 2;
    bool quick = false, onlyGrowth = false;
};

/// What one run must reach.
struct Bar {
    double seconds = 0;
    std::size_t neighbours = 30;
    double recall = 0;
    double trustworthiness = 0;
    double radius = 8;
};

struct Result {
    LayoutRun run;
    Clock took;
};

Result timed(const Features& data, const LayoutOptions& options) {
    const LayoutInput input{data.points, {}};
    const Clock start = Clock::now();
    Result result;
    result.run = layoutProgressively(input, options);
    result.took = Clock::now().since(start);
    return result;
}

void header() {
    std::printf("%-22s %6s %-13s %-10s %6s %6s | %5s %5s %6s %6s %6s %5s %5s %5s\n", "data", "n",
                "method", "neighbours", "wall s", "cpu s", "rec15", "rec30", "trust", "contin",
                "1-NN e", "r 50%", "r 95%", "r max");
}

void report(const char* name, const Features& data, const LayoutOptions& options,
            const std::optional<Bar>& bar = {}) {
    const Result result = timed(data, options);
    QualityOptions judged;
    judged.metric = result.run.metric;
    judged.labels = data.labels;
    judged.limit = std::min<std::size_t>(data.points.size(), 10'000);
    judged.threads = options.threads;
    const auto curve =
        neighbourhoodCurve(data.points, result.run.where, 30, judged); // of all points
    const LayoutQuality quality = layoutQuality(data.points, result.run.where, judged);
    std::printf("%-22s %6zu %-13s %-10s %6.2f %6.2f | %5.3f %5.3f %6.4f %6.4f %6.4f %5.2f %5.2f "
                "%5.2f\n",
                name, data.points.size(), toString(options.method), toString(result.run.metric),
                result.took.wall, result.took.cpu, curve.kept[14], curve.kept[29],
                quality.trustworthiness, quality.continuity, curve.nearestError, quality.radius[2],
                quality.radius[4], quality.maxRadius);
    if (!bar)
        return;
    const double kept = curve.kept[bar->neighbours - 1];
    const auto verdict = [](bool good) { return good ? "reached" : "MISSED"; };
    std::printf("    at most %.0f s: %s; no point beyond r = %.0f: %s", bar->seconds,
                verdict(result.took.wall <= bar->seconds), bar->radius,
                verdict(quality.maxRadius < bar->radius));
    if (bar->recall > 0)
        std::printf("; recall@%zu at least %.2f: %s", bar->neighbours, bar->recall,
                    verdict(kept >= bar->recall));
    if (bar->trustworthiness > 0)
        std::printf("; trustworthiness at least %.3f: %s", bar->trustworthiness,
                    verdict(quality.trustworthiness >= bar->trustworthiness));
    std::printf("\n");
}

std::optional<Features> readDigits(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::ifstream labels(path.substr(0, path.rfind('.')) + ".lab", std::ios::binary);
    if (!file || !labels)
        return {};
    Features out;
    out.points.width = 64;
    std::vector<float> row(64);
    std::int32_t label = 0;
    while (file.read(reinterpret_cast<char*>(row.data()), 64 * sizeof(float)) &&
           labels.read(reinterpret_cast<char*>(&label), sizeof label)) {
        out.points.space.insert(out.points.space.end(), row.begin(), row.end());
        out.points.kind.push_back(PointKind::Mention);
        out.points.id.push_back(0);
        out.points.category.emplace_back();
        out.labels.push_back(label);
    }
    return out;
}

LayoutOptions with(LayoutMethod method, NeighbourMetric metric, int threads) {
    LayoutOptions options;
    options.method = method;
    options.metric = metric;
    options.threads = threads;
    return options;
}

void mixtures(const Arguments& args) {
    using enum LayoutMethod;
    using enum NeighbourMetric;
    const Features ten = treeMixture(10'000);
    report("tree mixture", ten, with(HyperbolicTsne, Euclidean, args.threads), Bar{8, 30, 0.35});
    report("tree mixture, lifted", ten, with(HyperbolicTsne, Hyperbolic, args.threads),
           Bar{8, 30, 0.35});
    report("tree mixture", ten, with(EuclideanTsne, Euclidean, args.threads));
    report("tree mixture, lifted", ten, with(HorosphericalPca, Hyperbolic, args.threads));
    report("tree mixture", ten, with(EuclideanPca, Euclidean, args.threads));
    if (!args.quick)
        report("tree mixture", treeMixture(50'000), with(HyperbolicTsne, Euclidean, args.threads),
               Bar{75, 30, 0});
}

void digits(const Arguments& args) {
    using enum LayoutMethod;
    using enum NeighbourMetric;
    const auto data = readDigits(args.digits);
    if (!data) {
        std::printf("digits: left out, no file (--digits, written by digits.py)\n");
        return;
    }
    report("digits", *data, with(HyperbolicTsne, Euclidean, args.threads),
           Bar{2, 15, 0.39, 0.978, 6});
    report("digits, lifted", *data, with(HyperbolicTsne, Hyperbolic, args.threads));
    report("digits", *data, with(EuclideanTsne, Euclidean, args.threads));
    report("digits", *data, with(EuclideanPca, Euclidean, args.threads));
}

struct StepCost {
    double seconds = 0; ///< of the processor
    double sources = 0; ///< cells and points that a group of points is repelled by, on average
};

/// Of a finished picture.
double sourcesAGroup(const std::vector<DiskPoint>& where, double theta) {
    std::vector<layout::HalfPoint> points;
    for (const DiskPoint& point : where)
        points.push_back(layout::toHalf(point));
    Workers workers(1);
    layout::PolarTree tree(theta);
    tree.build(points, workers);
    layout::PolarTree::Walk walk;
    double sum = 0;
    for (const auto& region : tree.regions()) {
        sum += static_cast<double>(tree.gatherField(region, walk));
        for (const auto& group : tree.groups().subspan(region.begin, region.end - region.begin))
            sum += static_cast<double>(tree.gatherNear(region, group, walk));
    }
    return sum / static_cast<double>(tree.groups().size());
}

/// A step after the early phase.
StepCost stepCost(std::size_t n, int threads) {
    constexpr int from = 100;
    constexpr int to = 160;
    const Features data = treeMixture(n);
    LayoutOptions options = with(LayoutMethod::HyperbolicTsne, NeighbourMetric::Euclidean, threads);
    options.tsne.iterations = to;
    double begin = 0;
    double end = 0;
    const LayoutRun run =
        layoutProgressively({data.points, {}}, options, {}, {}, [&](const Progress& progress) {
            if (progress.stage != "Improving the layout")
                return;
            if (progress.done == from)
                begin = Clock::now().cpu;
            if (progress.done == to)
                end = Clock::now().cpu;
        });
    return {(end - begin) / (to - from), sourcesAGroup(run.where, options.tsne.theta)};
}

void growth(const Arguments& args) {
    std::printf(
        "\ncost of a step (Barnes-Hut, theta 0.5): processor time, and sources that a group "
        "of points is repelled by; growth with 5k = 1\n%8s %10s %12s %10s %12s\n",
        "n", "ms", "over n log n", "sources", "over log n");
    double unit = 0, sourceUnit = 0;
    for (std::size_t n : {5'000, 10'000, 20'000, 35'000, 50'000, 70'000}) {
        if (args.quick && n > 20'000)
            return;
        const StepCost cost = stepCost(n, args.threads);
        const double depth = std::log(static_cast<double>(n));
        const double time = cost.seconds / (static_cast<double>(n) * depth);
        const double sources = cost.sources / depth;
        if (unit == 0) {
            unit = time;
            sourceUnit = sources;
        }
        std::printf("%8zu %10.2f %12.2f %10.0f %12.2f\n", n, 1e3 * cost.seconds, time / unit,
                    cost.sources, sources / sourceUnit);
    }
}

} // namespace
} // namespace hmgrl

int main(int argc, char** argv) {
    hmgrl::Arguments args;
    for (int i = 1; i < argc; ++i) {
        const std::string option = argv[i];
        if (option == "--quick")
            args.quick = true;
        else if (option == "--growth")
            args.onlyGrowth = true;
        else if (option == "--digits" && i + 1 < argc)
            args.digits = argv[++i];
        else if (option == "--threads" && i + 1 < argc)
            args.threads = std::atoi(argv[++i]);
        else
            return std::fprintf(stderr, "layout_bench: unknown option %s\n", argv[i]), 2;
    }
    std::setvbuf(stdout, nullptr, _IOLBF, 0); // rows appear as they are measured
    std::printf("%u cores, %d threads, %s kernels, float64\n\n",
                std::thread::hardware_concurrency(), args.threads, hmgrl::layout::kernels().name);
    if (!args.onlyGrowth) {
        hmgrl::header();
        hmgrl::digits(args);
        hmgrl::mixtures(args);
    }
    hmgrl::growth(args);
    return 0;
}
