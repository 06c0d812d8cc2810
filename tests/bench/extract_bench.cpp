// How fast documents are read, and in how much memory:
//   extract_bench [--text-only] [--threads N] [--flat PAIRS] [--dump FILE] [DOCUMENTS.jsonl
//   [MODEL]]
// reads the sample corpus with the shipped model otherwise. Each figure is the median of five runs
// of the same process; images are decoded and encoded anew ("cold") or come from the feature cache
// ("cached").
// --flat reads so many pairs (the documents over and over) and compares the peak of memory there
// with that after the first 1,000. --dump writes what compare_python.py does the same work from.
#include "data/Category.h"
#include "extraction/Engine.h"
#include "interchange/Importer.h"
#include "perception/WordPiece.h"
#include "support/Files.h"
#include "workflow/Shipped.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <nlohmann/json.hpp>
#include <sys/resource.h>
#include <unistd.h>

using namespace hmgrl;
using nlohmann::json;

namespace {

constexpr int runs = 5;

struct Arguments {
    bool textOnly = false;
    int threads = 0;
    std::size_t flat = 0;
    std::string dump, documents = sampleCorpus().string();
    std::filesystem::path model = shippedModel();
};

Arguments parse(int argc, char** argv) {
    Arguments out;
    int place = 0;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const auto next = [&] { return std::string(i + 1 < argc ? argv[++i] : ""); };
        if (word == "--text-only")
            out.textOnly = true;
        else if (word == "--threads")
            out.threads = std::atoi(next().c_str());
        else if (word == "--flat")
            out.flat = static_cast<std::size_t>(std::atoll(next().c_str()));
        else if (word == "--dump")
            out.dump = next();
        else if (place++ == 0)
            out.documents = word;
        else
            out.model = word;
    }
    return out;
}

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

std::vector<Document> read(const Arguments& arguments) {
    std::vector<Document> all;
    Issues issues;
    importFrom(
        arguments.documents, {}, {}, [&](Document document) { all.push_back(std::move(document)); },
        issues);
    for (Document& document : all) {
        document.mentions.clear(); // everything is found, nothing given
        document.relations.clear();
        if (arguments.textOnly)
            document.imagePath.clear();
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

void checkFlatness(const Arguments& arguments, const EngineOptions& options,
                   const std::vector<Document>& documents) {
    const auto engine = Engine::load(arguments.model, options);
    const auto space = engine->space(engine->categories());
    std::vector<Document> many;
    for (std::size_t i = 0; i < arguments.flat; ++i)
        many.push_back(documents[i % documents.size()]);
    double early = 0;
    engine->extract(many, *space, [&](std::size_t at, const Extraction&) {
        if (at + 1 == std::min<std::size_t>(1000, many.size()))
            early = peakMegabytes();
    });
    std::printf("peak memory %.0f MB after 1000 pairs, %.0f MB after %zu: %+.1f %%\n", early,
                peakMegabytes(), many.size(), 100 * (peakMegabytes() / early - 1));
}

/// Tokens [first, last) that a span touches.
json tokensOf(const Encoding& encoding, Span span) {
    std::size_t first = 0, last = 0;
    for (std::size_t t = 0; t < encoding.offsets.size(); ++t) {
        const Span token = encoding.offsets[t];
        if (token.begin < 0 || token.end <= span.begin || token.begin >= span.end)
            continue;
        if (first == last)
            first = t;
        last = t + 1;
    }
    return {first, last};
}

void dump(const Arguments& arguments, const EngineOptions& options,
          const std::vector<Document>& documents) {
    const json config = json::parse(readFile(arguments.model / "config.json"));
    const auto words = WordPiece::load(arguments.model / "vocab.txt", config.at("lower_case"));
    const auto engine = Engine::load(arguments.model, options);
    const auto space = engine->space(engine->categories());
    json out = {
        {"documents", json::array()}, {"entity", json::array()}, {"relation", json::array()}};
    for (const Category& category : engine->categories())
        out[toString(category.kind)].push_back(words.encode(labelText(category), 40).ids);
    engine->extract(documents, *space, [&](std::size_t at, const Extraction& extraction) {
        const Encoding encoding = words.encode(documents[at].text, options.maxTokens);
        json item = {
            {"ids", encoding.ids}, {"mentions", json::array()}, {"latents", json::array()}};
        for (const MentionPrediction& mention : extraction.mentions) {
            const json tokens = tokensOf(encoding, mention.span);
            if (tokens[0] == tokens[1]) // beyond the first window
                continue;
            item["mentions"].push_back(tokens);
            item["latents"].push_back(mention.latent);
        }
        out["documents"].push_back(std::move(item));
    });
    writeFileAtomically(arguments.dump, out.dump());
}

} // namespace

int main(int argc, char** argv) {
    const Arguments arguments = parse(argc, argv);
    const auto documents = read(arguments);
    EngineOptions options;
    options.cacheFolder = "off";
    options.threads = arguments.threads;
    if (!arguments.dump.empty()) {
        dump(arguments, options, documents);
        return 0;
    }
    std::printf("%zu pairs, %ld cores\n", documents.size(), sysconf(_SC_NPROCESSORS_ONLN));
    const std::filesystem::path cache =
        std::filesystem::temp_directory_path() / "hmgrl-extract-bench";
    if (arguments.flat > 0) {
        options.cacheFolder = cache.string();
        checkFlatness(arguments, options, documents);
    } else if (arguments.textOnly) {
        extractAll(arguments.model, options, documents, "text only");
    } else {
        std::printf("model loaded in %.2f s\n",
                    seconds([&] { (void)Engine::load(arguments.model); }));
        extractAll(arguments.model, options, documents, "cold images");
        options.threads = 1;
        extractAll(arguments.model, options, documents, "cold images, one thread");
        options.threads = arguments.threads;
        options.cacheFolder = cache.string();
        extractAll(arguments.model, options, documents, "cached images");
    }
    std::filesystem::remove_all(cache);
    std::printf("peak memory %.0f MB\n", peakMegabytes());
}
