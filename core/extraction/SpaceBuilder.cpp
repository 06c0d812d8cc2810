#include "extraction/SpaceBuilder.h"

#include "extraction/ComputeThreads.h"
#include "extraction/Reader.h"

#include <algorithm>

namespace hmgrl {
namespace {

constexpr std::size_t labelsAtOnce = 32;

Similarity similarityOf(const HmgrlConfig& config) {
    if (!config.distanceScore)
        return Similarity::Dot;
    return config.hyperbolic ? Similarity::Lorentz : Similarity::Euclidean;
}

std::vector<float> numbersOf(const torch::Tensor& tensor) {
    const auto flat = tensor.to(torch::kCPU, torch::kFloat32).contiguous();
    return {flat.data_ptr<float>(), flat.data_ptr<float>() + flat.numel()};
}

/// Latents that the generator makes of unseen labels. Every category gets the same noise, so that
/// those of one stay where they are when another is added.
void imagine(CategorySpace::Part& part, HmgrlHead& head, const torch::Tensor& labelStates) {
    constexpr std::int64_t each = 8;
    constexpr std::uint64_t seed = 1;
    std::vector<std::int64_t> unseen;
    for (std::size_t i = 0; i < part.categories.size(); ++i)
        if (part.assignable[i] && !part.categories[i].seen)
            unseen.push_back(static_cast<std::int64_t>(i));
    if (unseen.empty())
        return;
    const auto states = labelStates.index_select(0, torch::tensor(unseen, labelStates.device()));
    const auto noise =
        torch::randn({1, each, head->config().vaeLatent}, at::detail::createCPUGenerator(seed));
    const auto eps = noise.to(labelStates.device()).expand({states.size(0), -1, -1});
    part.generated = numbersOf(head->latent(head->generate(states, eps), false));
    for (const std::int64_t category : unseen)
        part.generatedOf.insert(part.generatedOf.end(), each, static_cast<std::uint32_t>(category));
}

} // namespace

LabelTensors readLabels(const Model& model, CategoryKind kind, std::span<const Category> categories,
                        const CancelToken& cancel) {
    const Reader reader(model);
    std::vector<torch::Tensor> states{
        torch::zeros({0, model.config.text.hiddenSize}, model.device)};
    std::vector<torch::Tensor> wording{reader.labelWording({})};
    for (std::size_t from = 0; from < categories.size(); from += labelsAtOnce) {
        cancel.throwIfCancelled();
        std::vector<std::string> labels;
        for (std::size_t i = from; i < std::min(from + labelsAtOnce, categories.size()); ++i)
            labels.push_back(labelText(categories[i]));
        states.push_back(reader.labelStates(labels, model.config.head(kind)));
        wording.push_back(reader.labelWording(labels));
    }
    return {torch::cat(states), torch::cat(wording)};
}

torch::Tensor wordPointsOf(const Model& model, CategoryKind kind,
                           std::span<const Category> categories, const torch::Tensor& labels) {
    if (!model.config.head(kind).wordingExamples)
        return labels;
    return wordPoints(labels, model.examples.of(kind).of(categories, labels));
}

CategorySpace::Part buildPart(const Model& model, CategoryKind kind,
                              std::vector<Category> categories, const LabelTensors& labels) {
    const c10::InferenceMode inference;
    const HmgrlConfig& config = model.config.head(kind);
    HmgrlHead head = kind == CategoryKind::Entity ? model.heads->entity : model.heads->relation;
    CategorySpace::Part part;
    part.width = static_cast<std::size_t>(config.latentWidth);
    part.similarity = similarityOf(config);
    part.curvature = head->curvature().item<double>();
    part.wordingWidth =
        model.wording ? static_cast<std::size_t>(model.wording->width()) : std::size_t{0};
    // Every part of a score is divided by the temperature.
    const auto [gamma, temperature] = model.config.calibration(kind);
    part.wordingWeight = config.weightWording / temperature;
    part.tau = (config.distanceScore ? head->tau().item<double>() : 1) * temperature;
    part.gamma = gamma / temperature;
    part.argumentWeight =
        kind == CategoryKind::Relation ? model.config.argumentWeight / temperature : 0;
    for (const Category& category : categories) {
        part.lead.push_back(part.gamma * model.config.leadShare(category));
        part.assignable.push_back(
            std::none_of(categories.begin(), categories.end(),
                         [&](const Category& other) { return other.parent == category.name; }));
    }
    if (!categories.empty()) {
        part.prototypes = numbersOf(head->prototypes(labels.states));
        const auto words = wordPointsOf(model, kind, categories, labels.wording);
        part.wording = numbersOf(words);
        if (config.wordingExamples)
            part.wordingBias = numbersOf(gaussianBias(words));
    }
    part.categories = std::move(categories);
    imagine(part, head, labels.states);
    return part;
}

std::shared_ptr<const CategorySpace>
buildSpace(const Model& model, std::span<const Category> categories, const CancelToken& cancel) {
    const c10::InferenceMode inference;
    const auto partOf = [&](CategoryKind kind) {
        std::vector<Category> chosen;
        std::copy_if(categories.begin(), categories.end(), std::back_inserter(chosen),
                     [&](const Category& category) { return category.kind == kind; });
        const LabelTensors labels = readLabels(model, kind, chosen, cancel);
        return buildPart(model, kind, std::move(chosen), labels);
    };
    return std::make_shared<CategorySpace>(partOf(CategoryKind::Entity),
                                           partOf(CategoryKind::Relation));
}

ReadLimits readLimits(const ModelConfig& config, const EngineOptions& options) {
    const auto chosen = [](double asked, double trained) { return asked > 0 ? asked : trained; };
    ReadLimits limits;
    limits.mentionThreshold = chosen(options.mentionThreshold, config.mentionThreshold);
    limits.relationThreshold = chosen(options.relationThreshold, config.relationThreshold);
    limits.maxTokens = std::min(options.maxTokens, config.maxTokens);
    return limits;
}

} // namespace hmgrl
