// How fast documents are read, and in how much memory:
//   extract_bench [DOCUMENTS.jsonl [MODEL]]      the sample corpus and the shipped model otherwise
// Each figure is the median of five runs of the same process; images are decoded and encoded anew
// ("cold") or come from the feature cache ("cached").
#include "extraction/Engine.h"
#include "interchange/Importer.h"
#include "workflow/Shipped.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <sys/resource.h>
#include <unistd.h>

using namespace hmgrl;

namespace {

constexpr int runs = 5;

template <typename Work>
double seconds(Work&& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

template <typename Work>
void report(const char* what, double amount, Work&& work) {
    std::vector<double> times;
    for (int i = 0; i < runs; ++i)
        times.push_back(seconds(work));
    std::sort(times.begin(), times.end());
    std::printf("%-34s %8.1f pairs/s   median %.2f s, %.2f to %.2f s\n", what,
                amount / times[runs / 2], times[runs / 2], times.front(), times.back());
    std::fflush(stdout);
}

double peakMegabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

std::vector<Document> read(const std::string& file) {
    std::vector<Document> all;
    Issues issues;
    importFrom(
        file, {}, {}, [&](Document document) { all.push_back(std::move(document)); }, issues);
    for (Document& document : all) {
        document.mentions.clear(); // everything is found, nothing given
        document.relations.clear();
    }
    return all;
}

void extractAll(const std::filesystem::path& model, const EngineOptions& options,
                const std::vector<Document>& documents, const char* what) {
    const auto engine = Engine::load(model, options);
    const auto space = engine->space(engine->categories());
    const auto work = [&] {
        engine->extract(documents, *space, [](std::size_t, const Extraction&) {});
    };
    report(what, static_cast<double>(documents.size()), work);
}

} // namespace

int main(int argc, char** argv) {
    const auto documents = read(argc > 1 ? argv[1] : sampleCorpus().string());
    const std::filesystem::path model = argc > 2 ? argv[2] : shippedModel();
    std::printf("%zu pairs, %ld cores\n", documents.size(), sysconf(_SC_NPROCESSORS_ONLN));
    std::printf("model loaded in %.2f s\n", seconds([&] { (void)Engine::load(model); }));
    EngineOptions options;
    options.cacheFolder = "off";
    extractAll(model, options, documents, "cold images");
    options.threads = 1;
    extractAll(model, options, documents, "cold images, one thread");
    options.threads = 0;
    options.cacheFolder = (std::filesystem::temp_directory_path() / "hmgrl-extract-bench").string();
    extractAll(model, options, documents, "cached images");
    std::filesystem::remove_all(options.cacheFolder);
    std::printf("peak memory %.0f MB\n", peakMegabytes());
}
