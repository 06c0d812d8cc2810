#include "training/TrainRun.h"

#include "extraction/ComputeThreads.h"
#include "extraction/Engine.h"
#include "interchange/Jsonl.h"
#include "learning/Adam.h"
#include "learning/Device.h"
#include "perception/TorchFiles.h"
#include "support/Files.h"
#include "training/Card.h"
#include "training/Evaluation.h"
#include "training/GradientSum.h"
#include "training/ModelCalibration.h"
#include "training/Pretrained.h"
#include "training/Split.h"
#include "training/StartWording.h"
#include "training/StepMaker.h"
#include "training/WeightAverage.h"

#include <chrono>
#include <fstream>
#include <sstream>
#include <thread>
#include <torch/nn/functional.h>

namespace hmgrl {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

using Clock = std::chrono::steady_clock;

/// Documents of the corpus that is split.
struct Splits {
    std::vector<Document> train, validation, test;
};

std::string jsonl(const std::vector<Document>& documents) {
    std::string out;
    for (const Document& document : documents)
        out += documentToJsonLine(document) + "\n";
    return out;
}

class Run {
public:
    Run(const TrainRequest& request, const CancelToken& cancel, const ProgressSink& progress)
        : m_request(request)
        , m_config(request.config)
        , m_cancel(cancel)
        , m_progress(progress)
        , m_device(deviceNamed(request.device, request.team.localRank))
        , m_team(request.team, m_device) {}

    json execute() {
        fs::create_directories(m_request.out);
        readCorpora();
        if (m_team.isFirst())
            writeSplits();
        if (m_request.splitsOnly)
            return {{"train", m_splits.train.size()},
                    {"validation", m_splits.validation.size()},
                    {"test", m_splits.test.size()}};
        m_model = startModel(m_config, m_categories);
        m_model.moveTo(m_device);
        m_model.text->trainTopLayers(m_config.schedule.topLayers);
        useAllThreads();
        keepFreedMemory();
        prepare();
        setUpOptimiser();
        if (m_request.resume && m_team.isFirst())
            resume();
        if (!m_request.weights.empty())
            takeWeights();
        startTogether();
        loop();
        return m_team.isFirst() ? finish() : json{{"steps", m_step}};
    }

private:
    // Data.
    void readCorpora() {
        m_categories = readTaxonomy(m_config);
        std::set<std::string> hidden = m_config.validationUnseen;
        hidden.insert(m_config.testUnseen.begin(), m_config.testUnseen.end());
        for (const SourceConfig& source : m_config.sources) {
            m_cancel.throwIfCancelled();
            Corpus corpus = readCorpus(source, m_request.dataFolder, m_issues);
            if (source.split) {
                divide(corpus);
                setTaxonomy(corpus);
            }
            for (Document& document : corpus.documents)
                hideCategories(document, hidden);
            m_corpora.push_back(std::move(corpus));
        }
    }

    void divide(Corpus& corpus) {
        std::vector<Document> kept;
        for (Document& document : corpus.documents) {
            const Part part =
                partOf(document, m_config.validationUnseen, m_config.testUnseen, m_config.seed);
            if (part == Part::Train)
                kept.push_back(document);
            (part == Part::Train        ? m_splits.train
             : part == Part::Validation ? m_splits.validation
                                        : m_splits.test)
                .push_back(std::move(document));
        }
        corpus.documents = std::move(kept);
    }

    void setTaxonomy(Corpus& corpus) const {
        corpus.entities.clear();
        corpus.relations.clear();
        for (const Category& category : m_categories)
            (category.kind == CategoryKind::Entity ? corpus.entities : corpus.relations)
                .push_back(category);
    }

    void writeSplits() const {
        writeFileAtomically(m_request.out / "train.jsonl", jsonl(m_splits.train));
        writeFileAtomically(m_request.out / "validation.jsonl", jsonl(m_splits.validation));
        writeFileAtomically(m_request.out / "test.jsonl", jsonl(m_splits.test));
    }

    void useAllThreads() const {
        const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
        setComputeThreads(m_config.schedule.threads > 0 ? m_config.schedule.threads : cores);
    }

    void prepare() {
        const ImageFeatures images(m_model, m_request.cacheFolder);
        std::vector<TrainingSource> sources;
        for (const Corpus& corpus : m_corpora) {
            sources.push_back(prepareSource(corpus, m_model, images, m_config.schedule.maxTokens,
                                            m_issues, m_cancel, m_progress));
            TrainingSource& source = sources.back();
            markUnseen(source.entities, source.unseenEntities);
            markUnseen(source.relations, source.unseenRelations);
            m_texts += source.rows.size();
        }
        keepWording(sources);
        m_maker.emplace(m_model, m_config.schedule, std::move(sources));
        m_corpora.clear();
    }

    /// Where all layers are trained, nothing of the encoder stays that wording could stand on.
    void keepWording(const std::vector<TrainingSource>& sources) {
        const ScheduleOptions& schedule = m_config.schedule;
        const double weight = m_config.entity.weightWording + m_config.relation.weightWording;
        if (weight <= 0 || schedule.topLayers >= m_model.config.text.layers)
            return;
        startWording(m_model, schedule.topLayers, schedule.wordingWidth, sources, m_cancel);
        roundToHalf(*m_model.wording); // as it will be loaded
        for (const TrainingSource& source : sources)
            if (source.config.split)
                learnExamples(m_model, source, m_cancel);
    }

    static void markUnseen(const std::vector<Category>& categories, std::set<int>& unseen) {
        for (std::size_t i = 0; i < categories.size(); ++i)
            if (!categories[i].seen)
                unseen.insert(static_cast<int>(i));
    }

    // Optimisation.
    void setUpOptimiser() {
        Adam::Group encoder{{}, m_config.schedule.encoderRate, m_config.schedule.weightDecay};
        for (const auto& item : m_model.text->named_parameters())
            if (item.value().requires_grad())
                encoder.parameters.emplace_back("text." + item.key(), item.value());
        Adam::Group heads{{}, m_config.schedule.headRate, m_config.schedule.weightDecay};
        for (const auto& item : m_model.heads->named_parameters())
            heads.parameters.emplace_back("heads." + item.key(), item.value());
        // The authors' epsilon for the authors' arithmetic.
        Adam::Options options =
            m_model.config.entity.isReference() ? Adam::referenceOptions() : Adam::Options{};
        options.clipNorm = m_config.schedule.clipNorm;
        m_trained = encoder.parameters;
        m_trained.insert(m_trained.end(), heads.parameters.begin(), heads.parameters.end());
        m_adam.emplace(std::vector<Adam::Group>{encoder, heads}, options);
        m_average.emplace(m_trained, m_config.schedule.average);
        std::vector<torch::Tensor> parameters;
        for (const auto& [name, parameter] : m_trained)
            parameters.push_back(parameter);
        m_gradients.emplace(std::move(parameters));
    }

    /// Nothing is left to train then.
    void takeWeights() {
        const torch::NoGradGuard guard;
        const Model given = loadCheckpoint(m_request.weights);
        auto theirs = given.text->named_parameters();
        for (const auto& item : given.heads->named_parameters())
            theirs.insert("heads." + item.key(), item.value());
        for (auto& [name, parameter] : m_trained) {
            const auto* found = theirs.find(name.rfind("text.", 0) == 0 ? name.substr(5) : name);
            if (!found || found->sizes() != parameter.sizes())
                throw Error(m_request.weights.string(), name,
                            "expected a tensor of the configuration's shape, found " +
                                std::string(found ? "another" : "none"));
            parameter.copy_(*found);
        }
        m_step = m_config.schedule.steps;
    }

    /// Everyone goes on from the first process's weights, state of the optimiser and step.
    void startTogether() {
        if (m_team.size() == 1)
            return;
        checkSameRun();
        const torch::NoGradGuard guard;
        std::map<std::string, torch::Tensor> state = m_adam->state();
        state.merge(m_average->state());
        for (const auto& [name, parameter] : m_trained)
            state["p." + name] = parameter.detach();
        state["step"] = torch::tensor(std::int64_t{m_step}, torch::kInt64);
        for (auto& [name, tensor] : state)
            m_team.share(tensor);
        m_adam->loadState(state);
        m_step = static_cast<int>(state.at("step").item<std::int64_t>());
    }

    /// Processes that were started with different configurations or data would train nonsense.
    void checkSameRun() {
        json run = {{"schedule", optionsToJson(m_config.schedule)},
                    {"entity", optionsToJson(m_config.entity)},
                    {"relation", optionsToJson(m_config.relation)},
                    {"name", m_config.name},
                    {"seed", m_config.seed},
                    {"texts", m_texts}};
        run["schedule"].erase("threads");
        const std::string mine = sha256(run.dump());
        auto first = torch::zeros({static_cast<std::int64_t>(mine.size())}, torch::kUInt8);
        std::copy(mine.begin(), mine.end(), first.data_ptr<std::uint8_t>());
        first = first.to(m_device);
        m_team.share(first);
        first = first.to(torch::kCPU);
        if (!std::equal(mine.begin(), mine.end(), first.data_ptr<std::uint8_t>()))
            throw Error({}, "process " + std::to_string(m_team.rank()),
                        "expected the configuration and data of process 0, found others");
    }

    [[nodiscard]] double rateFactor(int step) const {
        const ScheduleOptions& schedule = m_config.schedule;
        if (step < schedule.warmup)
            return (step + 1.0) / schedule.warmup;
        const double rest = static_cast<double>(schedule.steps - step) /
                            std::max(1, schedule.steps - schedule.warmup);
        return std::max(rest, 0.02);
    }

    void loop() {
        const auto start = Clock::now();
        const int first = m_step;
        while (m_step < m_config.schedule.steps) {
            // Several processes stop after the same step, when one of them was asked to.
            if (m_team.size() == 1 ? m_cancel.isCancelled() : m_stop) {
                if (m_team.isFirst())
                    saveResume();
                throw Cancelled();
            }
            learn();
            ++m_step;
            if (!m_team.isFirst())
                continue;
            report(start, first);
            if (m_step % m_config.schedule.evaluateEvery == 0 || m_step == m_config.schedule.steps)
                validate();
            if (m_step % m_config.schedule.saveEvery == 0 && m_step < m_config.schedule.steps)
                saveResume();
        }
    }

    void learn() {
        m_model.text->train();
        m_model.heads->train();
        m_adam->zeroGradients();
        const int microBatches = m_config.schedule.microBatches;
        bool any = false;
        if (microBatches == 1 && m_team.size() == 1) {
            any = pass(0);
        } else {
            for (int m = m_team.rank(); m < microBatches; m += m_team.size())
                if (pass(m))
                    m_gradients->add();
            const auto outcome = m_gradients->finish(m_team, microBatches, m_cancel.isCancelled());
            any = outcome.any;
            m_stop = outcome.stop;
        }
        if (!any)
            return;
        m_adam->step(rateFactor(m_step));
        m_average->update(m_step);
    }

    /// Leaves the gradients of one micro-batch in the parameters; false where nothing in it is
    /// learned from.
    [[nodiscard]] bool pass(int microBatch) {
        const torch::Tensor total = lossOf(microBatch);
        if (!total.requires_grad())
            return false;
        total.backward();
        return true;
    }

    [[nodiscard]] torch::Tensor lossOf(int microBatch) {
        // Everything random comes from seed, step and micro-batch alone.
        const auto seed = m_config.seed * 1000003ULL + static_cast<std::uint64_t>(m_step) +
                          static_cast<std::uint64_t>(microBatch) * 0x9E3779B97F4A7C15ULL;
        torch::manual_seed(seed);
        Random random(static_cast<std::uint32_t>(seed * 2654435761ULL >> 8));
        const StepBatch batch = m_maker->make(random);
        auto total = torch::zeros({}, m_device);
        if (batch.mentionLogits.defined()) {
            const auto loss = torch::nn::functional::cross_entropy(
                batch.mentionLogits.flatten(0, 1), batch.mentionTargets.flatten(),
                torch::nn::functional::CrossEntropyFuncOptions().ignore_index(-100));
            total = total + loss;
            note("mention", loss);
        }
        for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation}) {
            const auto& task = kind == CategoryKind::Entity ? batch.entity : batch.relation;
            if (!task)
                continue;
            HmgrlHead& head = m_model.heads->of(kind);
            const LossTerms loss = hmgrlLoss(head, *task, drawNoise(head, *task));
            total = total + loss.total;
            for (const auto& [name, term] : loss.terms)
                note(std::string(toString(kind)) + "." + name, term);
        }
        return total;
    }

    /// Running means of the losses, for display and log.
    void note(const std::string& name, const torch::Tensor& loss) {
        const double value = loss.detach().item<double>();
        if (!std::isfinite(value))
            throw Error({}, "step " + std::to_string(m_step), "loss " + name + " is not finite");
        const auto [entry, isNew] = m_losses.try_emplace("loss." + name, value);
        if (!isNew)
            entry->second += 0.02 * (value - entry->second);
    }

    void report(Clock::time_point start, int first) {
        const double seconds = std::chrono::duration<double>(Clock::now() - start).count();
        const double perStep = seconds / (m_step - first);
        auto values = m_losses;
        values["speed"] = m_config.schedule.rows * m_config.schedule.microBatches / perStep;
        values["eta"] = perStep * (m_config.schedule.steps - m_step);
        if (m_step % 50 == 0)
            log({{"step", m_step}, {"seconds", seconds}, {"values", values}});
        if (m_progress)
            m_progress({"Training", static_cast<double>(m_step),
                        static_cast<double>(m_config.schedule.steps), values});
    }

    void log(const json& line) const {
        std::ofstream out(m_request.out / "metrics.jsonl", std::ios::app);
        out << line.dump() << '\n';
    }

    // Validation and the best state.
    [[nodiscard]] TaskEvaluation evaluateOn(const std::vector<Document>& documents,
                                            CategoryKind kind,
                                            const EvaluateOptions& options = {}) {
        m_model.text->eval();
        m_model.heads->eval();
        auto result = evaluate(*engine(), documents, kind, options, m_cancel);
        useAllThreads();
        return result;
    }

    /// Encoders and heads stand: given mentions and relations are read once for all settings.
    void calibrate() {
        m_model.text->eval();
        m_model.heads->eval();
        const auto given = readGiven(*engine(), m_splits.validation, true, m_cancel);
        calibrateModel(m_model, [&](CategoryKind kind, EvaluateOptions options) {
            options.given = given;
            return evaluateOn(m_splits.validation, kind, options);
        });
    }

    [[nodiscard]] std::shared_ptr<const Engine> engine() const {
        EngineOptions options;
        options.cacheFolder = m_request.cacheFolder;
        return Engine::over(m_model, options);
    }

    void validate() {
        m_average->swap();
        keepBest(m_splits.validation.empty() ? static_cast<double>(m_step) : validationFigure());
        m_average->swap();
    }

    [[nodiscard]] double validationFigure() {
        const auto entity = evaluateOn(m_splits.validation, CategoryKind::Entity);
        const auto relation = evaluateOn(m_splits.validation, CategoryKind::Relation);
        // Relations have few validation labels, so that they count less in the choice.
        const double figure =
            entity.sweep.harmonic + 0.5 * relation.sweep.harmonic + 0.5 * entity.detection.f1();
        const json line = {{"step", m_step},
                           {"validation",
                            {{"entity_H", entity.sweep.harmonic},
                             {"entity_gamma", entity.sweep.gamma},
                             {"entity_ausuc", entity.sweep.ausuc},
                             {"relation_H", relation.sweep.harmonic},
                             {"relation_ausuc", relation.sweep.ausuc},
                             {"mention_F1", entity.detection.f1()},
                             {"pair_F1", relation.detection.f1()}}}};
        log(line);
        if (m_progress)
            m_progress({"Validated",
                        static_cast<double>(m_step),
                        static_cast<double>(m_config.schedule.steps),
                        {{"metric.entity_H", entity.sweep.harmonic},
                         {"metric.relation_H", relation.sweep.harmonic},
                         {"metric.mention_F1", entity.detection.f1()},
                         {"metric.pair_F1", relation.detection.f1()}}});
        return figure;
    }

    /// The model's weights are the average now.
    void keepBest(double figure) {
        if (figure <= m_bestFigure)
            return;
        m_bestFigure = figure;
        m_bestStep = m_step;
        m_best.clear();
        for (const auto& [name, parameter] : m_trained)
            m_best[name] = parameter.detach().clone();
    }

    // Resuming.
    [[nodiscard]] fs::path resumeFile() const { return m_request.out / "resume.safetensors"; }

    void saveResume() const {
        std::map<std::string, torch::Tensor> tensors = m_adam->state();
        tensors.merge(m_average->state());
        for (const auto& [name, parameter] : m_trained)
            tensors["p." + name] = parameter.detach();
        for (const auto& [name, tensor] : m_best)
            tensors["b." + name] = tensor;
        const json state = {{"step", m_step},          {"best", m_bestFigure},
                            {"best_step", m_bestStep}, {"losses", m_losses},
                            {"name", m_config.name},   {"seed", m_config.seed}};
        saveTensors(tensors, resumeFile(), {{"state", state.dump()}});
    }

    void resume() {
        if (!fs::exists(resumeFile()))
            return;
        const auto file = SafetensorsFile::open(resumeFile());
        const json state = json::parse(file.metadata().at("state"));
        if (state.at("name") != m_config.name || state.at("seed") != m_config.seed)
            throw Error(resumeFile().string(), {},
                        "expected the state of run \"" + m_config.name + "\", found \"" +
                            state.at("name").get<std::string>() + "\"");
        const torch::NoGradGuard guard;
        std::map<std::string, torch::Tensor> tensors;
        for (const TensorView& view : file.tensors())
            tensors[view.name] = toTensor(view);
        for (auto& [name, parameter] : m_trained) {
            parameter.copy_(tensors.at("p." + name));
            if (const auto best = tensors.find("b." + name); best != tensors.end())
                m_best[name] = best->second;
        }
        m_adam->loadState(tensors);
        m_average->loadState(tensors);
        m_step = state.at("step").get<int>();
        m_bestFigure = state.at("best").get<double>();
        m_bestStep = state.at("best_step").get<int>();
        m_losses = state.at("losses").get<std::map<std::string, double>>();
    }

    // The end: best state, calibration on validation, figures on test, checkpoint and card.
    json finish() {
        {
            const torch::NoGradGuard guard;
            for (auto& [name, parameter] : m_trained)
                if (const auto best = m_best.find(name); best != m_best.end())
                    parameter.copy_(best->second);
        }
        // Weights are stored in half precision: calibrate and measure what will be loaded.
        roundToHalf(*m_model.text);
        if (!m_splits.validation.empty())
            calibrate();
        json metrics = {{"name", m_config.name},
                        {"seed", m_config.seed},
                        {"steps", m_step},
                        {"best_step", m_bestStep},
                        {"given_weights", !m_request.weights.empty()},
                        {"texts", m_texts},
                        {"documents",
                         {{"train", m_splits.train.size()},
                          {"validation", m_splits.validation.size()},
                          {"test", m_splits.test.size()}}}};
        for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation}) {
            const std::string name = toString(kind);
            metrics["validation"][name] = evaluateOn(m_splits.validation, kind).toJson();
            metrics["test"][name] = evaluateOn(m_splits.test, kind).toJson();
            EvaluateOptions blind;
            blind.useImages = false;
            metrics["test_without_images"][name] = evaluateOn(m_splits.test, kind, blind).toJson();
        }
        EvaluateOptions typed;
        typed.givenTypes = true;
        metrics["test_given_types"]["relation"] =
            evaluateOn(m_splits.test, CategoryKind::Relation, typed).toJson();
        const fs::path folder = m_request.out / "checkpoint";
        saveCheckpoint(m_model, folder, modelCard(m_config, m_model.config.categories, metrics));
        metrics["model"] = checkpointHash(folder);
        for (const Issue& issue : m_issues)
            metrics["issues"].push_back(issue.text());
        writeFileAtomically(m_request.out / "metrics.json", metrics.dump(1) + "\n");
        fs::remove(resumeFile());
        return metrics;
    }

    static void roundToHalf(torch::nn::Module& module) {
        const torch::NoGradGuard guard;
        auto tensors = module.parameters();
        for (const auto& buffer : module.buffers())
            tensors.push_back(buffer);
        for (auto& tensor : tensors)
            tensor.copy_(tensor.to(torch::kFloat16).to(torch::kFloat32));
    }

    const TrainRequest& m_request;
    const TrainConfig& m_config;
    const CancelToken& m_cancel;
    const ProgressSink& m_progress;
    torch::Device m_device;
    Team m_team;
    Issues m_issues;
    std::vector<Category> m_categories;
    std::vector<Corpus> m_corpora;
    Splits m_splits;
    Model m_model;
    std::optional<StepMaker> m_maker;
    std::optional<Adam> m_adam;
    std::optional<WeightAverage> m_average;
    std::optional<GradientSum> m_gradients;
    std::vector<std::pair<std::string, torch::Tensor>> m_trained;
    std::map<std::string, torch::Tensor> m_best;
    std::map<std::string, double> m_losses;
    double m_bestFigure = -1;
    int m_bestStep = 0;
    int m_step = 0;
    bool m_stop = false;
    std::size_t m_texts = 0;
};

} // namespace

json trainModel(const TrainRequest& request, const CancelToken& cancel,
                const ProgressSink& progress) {
    return Run(request, cancel, progress).execute();
}

} // namespace hmgrl
