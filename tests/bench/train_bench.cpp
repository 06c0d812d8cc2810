// How fast a model is trained and calibrated, and in how much memory:
//   train_bench [--text-only] [--threads N] [--steps N] [--rows N] [DOCUMENTS.jsonl [MODEL]]
// trains the shipped model on the sample corpus otherwise, as models/train.json does: the top three
// layers of the text encoder, 32 labels a step. Nothing is written.
#include "extraction/ComputeThreads.h"
#include "extraction/ImageFeatures.h"
#include "learning/Adam.h"
#include "training/ScoredSamples.h"
#include "training/StepMaker.h"
#include "workflow/Shipped.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <sys/resource.h>
#include <thread>
#include <torch/nn/functional.h>

using namespace hmgrl;

namespace {

constexpr int topLayers = 3;
constexpr int warmUp = 5; ///< steps before the clock starts

struct Arguments {
    bool textOnly = false;
    int threads = static_cast<int>(std::thread::hardware_concurrency());
    int steps = 40, rows = 16;
    std::filesystem::path documents = sampleCorpus(), model = shippedModel();
};

Arguments parse(int argc, char** argv) {
    Arguments out;
    int place = 0;
    for (int i = 1; i < argc; ++i) {
        const std::string word = argv[i];
        const auto number = [&] { return i + 1 < argc ? std::atoi(argv[++i]) : 0; };
        if (word == "--text-only")
            out.textOnly = true;
        else if (word == "--threads")
            out.threads = number();
        else if (word == "--steps")
            out.steps = number();
        else if (word == "--rows")
            out.rows = number();
        else if (place++ == 0)
            out.documents = word;
        else
            out.model = word;
    }
    return out;
}

double seconds(std::chrono::steady_clock::time_point since) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - since).count();
}

TrainingSource sourceOf(const Arguments& arguments, const Model& model) {
    SourceConfig config;
    config.name = "bench";
    config.format = "jsonl";
    config.paths = {arguments.documents.filename().string()};
    config.mentions = config.relations = true;
    Issues issues;
    Corpus corpus = readCorpus(config, arguments.documents.parent_path(), issues);
    corpus.entities.clear();
    corpus.relations.clear();
    for (const Category& category : model.config.categories)
        (category.kind == CategoryKind::Entity ? corpus.entities : corpus.relations)
            .push_back(category);
    if (arguments.textOnly)
        for (Document& document : corpus.documents)
            document.imagePath.clear();
    return prepareSource(corpus, model, ImageFeatures(model, "off"), 128, issues, {}, {});
}

Adam optimiserOf(Model& model) {
    Adam::Group all{{}, 1e-5, 0.01};
    for (const auto& item : model.text->named_parameters())
        if (item.value().requires_grad())
            all.parameters.emplace_back("text." + item.key(), item.value());
    for (const auto& item : model.heads->named_parameters())
        all.parameters.emplace_back("heads." + item.key(), item.value());
    Adam::Options options;
    options.clipNorm = 1;
    return Adam({all}, options);
}

/// One step; the number of mentions and pairs it learned from.
std::int64_t step(Model& model, const StepMaker& maker, Adam& adam, Random& random) {
    const StepBatch batch = maker.make(random);
    auto total = torch::nn::functional::cross_entropy(
        batch.mentionLogits.flatten(0, 1), batch.mentionTargets.flatten(),
        torch::nn::functional::CrossEntropyFuncOptions().ignore_index(-100));
    std::int64_t samples = 0;
    for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation}) {
        const auto& task = kind == CategoryKind::Entity ? batch.entity : batch.relation;
        if (!task)
            continue;
        HmgrlHead& head = model.heads->of(kind);
        total = total + hmgrlLoss(head, *task, drawNoise(head, *task)).total;
        samples += task->target.size(0);
    }
    adam.zeroGradients();
    total.backward();
    adam.step();
    return samples;
}

void train(const Arguments& arguments) {
    Model model = loadCheckpoint(arguments.model);
    ScheduleOptions schedule;
    schedule.rows = arguments.rows;
    model.text->trainTopLayers(topLayers);
    const StepMaker maker(model, schedule, {sourceOf(arguments, model)});
    Adam adam = optimiserOf(model);
    model.text->train();
    model.heads->train();
    Random random(1);
    for (int i = 0; i < warmUp; ++i)
        step(model, maker, adam, random);
    std::vector<double> times;
    double samples = 0, all = 0;
    for (int i = 0; i < arguments.steps; ++i) {
        const auto start = std::chrono::steady_clock::now();
        samples += static_cast<double>(step(model, maker, adam, random));
        times.push_back(seconds(start));
        all += times.back();
    }
    std::sort(times.begin(), times.end());
    std::printf("training: %.1f texts/s, %.1f samples/s; a step of %d texts and %.0f samples takes "
                "%.3f s (median of %d), %d threads\n",
                arguments.rows * arguments.steps / all, samples / all, arguments.rows,
                samples / arguments.steps, times[times.size() / 2], arguments.steps,
                arguments.threads);
}

/// Scores of 5,000 samples for 24 categories, a third of them unseen.
void calibration() {
    std::vector<Category> categories;
    for (int c = 0; c < 24; ++c)
        categories.push_back({CategoryKind::Entity, std::to_string(c), "", "", c % 3 != 0, 0});
    Random random(3);
    std::vector<ScoredSample> samples;
    for (std::size_t i = 0; i < 5000; ++i) {
        ScoredSample sample{i, static_cast<int>(random.upTo(23)), {}};
        for (int c = 0; c < 24; ++c)
            sample.score.push_back(random.uniform() + (c == sample.truth ? 0.5 : 0.0));
        samples.push_back(std::move(sample));
    }
    std::vector<double> times;
    CalibrationResult result;
    for (int i = 0; i < 5; ++i) {
        const auto start = std::chrono::steady_clock::now();
        result = calibrate(samples, categories);
        times.push_back(seconds(start));
    }
    std::sort(times.begin(), times.end());
    std::printf("exact calibration, 5000 x 24: %.4f s (median of 5), H %.3f\n", times[2],
                result.harmonic);
}

} // namespace

int main(int argc, char** argv) {
    const Arguments arguments = parse(argc, argv);
    setComputeThreads(arguments.threads);
    keepFreedMemory();
    train(arguments);
    calibration();
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    std::printf("peak memory %.0f MB\n", static_cast<double>(usage.ru_maxrss) / 1024);
}
