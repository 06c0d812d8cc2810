#include "experiment/Run.h"

#include "experiment/Baselines.h"
#include "experiment/HeadTrainer.h"
#include "experiment/TreeOrder.h"
#include "geometry/GromovDelta.h"
#include "learning/Device.h"
#include "perception/EncoderFolder.h"
#include "perception/TorchFiles.h"
#include "support/Files.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <sys/resource.h>

namespace hmgrl {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

constexpr std::size_t deltaPoints = 300;
constexpr int curvePoints = 60;

std::vector<int> joined(const std::vector<int>& a, const std::vector<int>& b) {
    std::vector<int> out = a;
    out.insert(out.end(), b.begin(), b.end());
    return out;
}

/// Seen and unseen accuracy as gamma sweeps: what AUSUC is the area under.
json curveOf(const std::vector<CalibrationSample>& samples) {
    std::vector<double> gammas;
    for (const CalibrationSample& sample : samples)
        gammas.push_back(sample.bestSeen - sample.bestUnseen);
    std::sort(gammas.begin(), gammas.end());
    json out = json::array();
    for (int i = 0; i <= curvePoints && !gammas.empty(); ++i) {
        const std::size_t at = static_cast<std::size_t>(i) * (gammas.size() - 1) / curvePoints;
        const auto result = evaluateAt(samples, std::nextafter(gammas[at], 1e300));
        out.push_back({result.unseenAccuracy, result.seenAccuracy});
    }
    return out;
}

/// Figures on validation, gamma from there, figures on test.
json figuresOf(const Protocol& protocol, const std::vector<ScoredSample>& validation,
               const std::vector<ScoredSample>& test) {
    const auto measured = [&](const std::vector<ScoredSample>& samples, CategoryGroup unseen,
                              double gamma) {
        TaskEvaluation out;
        out.kind = protocol.kind;
        out.gamma = gamma;
        out.categories = categoriesFor(protocol, unseen);
        std::size_t documents = 0;
        for (const ScoredSample& sample : samples)
            documents = std::max(documents, sample.document + 1);
        measure(out, samples, documents);
        json figures = out.toJson();
        for (const char* unused : {"detection", "end_to_end", "task"})
            figures.erase(unused);
        return figures;
    };
    const auto candidates = categoriesFor(protocol, CategoryGroup::ValidationUnseen);
    const double gamma = calibrate(validation, candidates).gamma;
    const auto testCandidates = categoriesFor(protocol, CategoryGroup::TestUnseen);
    return {{"gamma", gamma},
            {"validation", measured(validation, CategoryGroup::ValidationUnseen, gamma)},
            {"test", measured(test, CategoryGroup::TestUnseen, gamma)},
            {"curve", curveOf(calibrationSamples(test, testCandidates))}};
}

json radiusJson(const torch::Tensor& radius) {
    const auto quantiles =
        torch::quantile(radius, torch::tensor({0.0, 0.1, 0.5, 0.9, 1.0}, radius.options()));
    json out = json::array();
    for (std::int64_t i = 0; i < quantiles.size(0); ++i)
        out.push_back(quantiles[i].item<double>());
    return out;
}

json deltaJson(const torch::Tensor& distances) {
    const auto table = distances.to(torch::kFloat64).contiguous();
    const auto n = static_cast<std::size_t>(table.size(0));
    const auto result = gromovDelta({table.data_ptr<double>(), n * n}, n);
    return {{"delta", result.delta}, {"relative", result.relative}, {"points", n}};
}

/// Whether hyperbolic space earns its place: radii, curvature, tree-likeness of what was learned.
json geometryOf(HeadTrainer& trainer, const HmgrlConfig& config, const std::vector<int>& samples) {
    std::vector<int> chosen;
    const std::size_t stride = std::max<std::size_t>(1, samples.size() / deltaPoints);
    for (std::size_t i = 0; i < samples.size() && chosen.size() < deltaPoints; i += stride)
        chosen.push_back(samples[i]);
    const torch::NoGradGuard guard;
    const auto points = trainer.latents(chosen);
    const auto curvature = trainer.head()->curvature().to(torch::kCPU);
    const bool lorentz = config.hyperbolic && config.distanceScore;
    const auto distances = [&](const torch::Tensor& a, const torch::Tensor& b) {
        return lorentz ? lorentz::pairwiseDistance(a, b, curvature) : torch::cdist(a, b);
    };
    const auto radius = distances(points, torch::zeros({1, points.size(1)})).squeeze(1);
    const auto prototypes = trainer.prototypes();
    json out = {{"curvature", curvature.item<double>()},
                {"radius_quantiles", radiusJson(radius.to(torch::kFloat64))},
                {"delta_latents", deltaJson(distances(points, points))},
                {"delta_prototypes", deltaJson(distances(prototypes, prototypes))}};
    if (lorentz && trainer.parents().defined()) {
        const auto order = treeOrder(prototypes, trainer.parents().to(torch::kCPU), curvature);
        out["tree"] = {{"farther", order.farther}, {"in_cone", order.inCone}};
    }
    return out;
}

double peakMegabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

} // namespace

Workbench::Workbench(const Protocol& protocol, const json& config, const ExperimentRequest& request,
                     Issues& issues)
    : m_protocol(protocol)
    , m_request(request)
    , m_device(deviceNamed(request.device))
    , m_issues(issues)
    , m_imageEncoder(request.config.parent_path() / config.value("image_encoder", "")) {}

Model Workbench::freshModel(const fs::path& textEncoder) const {
    // A checkpoint's encoder may be taken as well: transfer from what it was trained on.
    if (fs::exists(textEncoder / "heads.safetensors"))
        return loadCheckpoint(textEncoder);
    Model model;
    PretrainedText text = loadTextEncoder(textEncoder);
    model.config.text = text.config;
    model.config.lowerCase = text.words->lowerCases();
    model.words = text.words;
    model.text = text.encoder;
    const auto file = m_imageEncoder / "model.safetensors";
    if (fs::exists(file)) {
        model.image = ImageEncoder();
        loadModule(*model.image, SafetensorsFile::open(file));
        model.image->eval();
        model.imageHash = sha256File(file);
    }
    return model;
}

const SampleSet& Workbench::samplesFor(const Variant& variant, Model& model,
                                       const CancelToken& cancel, const ProgressSink& progress) {
    const std::string key =
        variant.textEncoder.string() + "|" + std::to_string(variant.head.markers) +
        std::to_string(variant.head.textLength) + std::to_string(variant.images) +
        std::to_string(variant.texts) + "|" + std::to_string(variant.schedule.topLayers) + "|" +
        std::to_string(variant.head.weightWording > 0) + "|" +
        std::to_string(variant.schedule.maxTokens);
    const auto known = m_samples.find(key);
    if (known != m_samples.end())
        return known->second;
    const ImageFeatures images(model, m_request.cacheFolder);
    SampleSet samples =
        encodeSamples(m_protocol, model, images,
                      {variant.head.markers, variant.head.textLength, variant.images && model.image,
                       variant.texts, variant.schedule.maxTokens},
                      m_issues, cancel, progress);
    model.text->trainTopLayers(variant.schedule.topLayers);
    model.text->eval();
    if (variant.schedule.topLayers < model.config.text.layers)
        keepLowerStates(samples, model.text, cancel, progress);
    if (variant.head.weightWording > 0)
        keepWording(samples, model.text, cancel);
    return m_samples.emplace(key, std::move(samples)).first->second;
}

json Workbench::run(const Variant& variant, std::uint32_t seed, const CancelToken& cancel,
                    const ProgressSink& progress) {
    Model model = freshModel(variant.textEncoder);
    model.moveTo(m_device);
    const SampleSet& samples = samplesFor(variant, model, cancel, progress);
    const auto start = std::chrono::steady_clock::now();
    const auto validation = joined(m_protocol.validationSeen, m_protocol.validationUnseen);
    const auto test = joined(m_protocol.testSeen, m_protocol.testUnseen);
    json out;
    if (variant.kind == Variant::Kind::Head) {
        HeadTrainer trainer(m_protocol, samples, variant, std::move(model), seed);
        const auto course = trainer.train(cancel, progress);
        out = figuresOf(m_protocol, trainer.score(validation, CategoryGroup::ValidationUnseen),
                        trainer.score(test, CategoryGroup::TestUnseen));
        out["steps"] = course.steps;
        out["best_step"] = course.bestStep;
        out["samples_per_second"] = course.samplesPerSecond;
        out["geometry"] = geometryOf(trainer, variant.head, test);
    } else {
        Baseline baseline(m_protocol, samples, variant, std::move(model));
        out = figuresOf(m_protocol, baseline.score(validation, CategoryGroup::ValidationUnseen),
                        baseline.score(test, CategoryGroup::TestUnseen));
    }
    out["seconds"] =
        std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    out["peak_mb"] = peakMegabytes();
    return out;
}

} // namespace hmgrl
