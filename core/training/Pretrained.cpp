#include "training/Pretrained.h"

#include "perception/EncoderFolder.h"
#include "perception/TorchFiles.h"
#include "support/Files.h"

#include <algorithm>
#include <utility>

namespace hmgrl {
using nlohmann::json;
namespace {

/// A folder with a config.json holds a vision transformer, one without EfficientNet-Lite0.
void startImageEncoder(Model& model, const std::filesystem::path& folder,
                       EncoderArithmetic arithmetic) {
    if (std::filesystem::exists(folder / "config.json")) {
        PretrainedVision vision = loadVisionEncoder(folder, arithmetic);
        model.config.vision = vision.config;
        model.config.preparation = vision.preparation;
        model.config.imageWidth = vision.config.hiddenSize;
        model.vision = std::move(vision.encoder);
        model.imageHash = std::move(vision.hash);
        return;
    }
    const auto file = folder / "model.safetensors";
    model.image = ImageEncoder();
    loadModule(*model.image, SafetensorsFile::open(file));
    model.image->eval();
    model.imageHash = sha256File(file);
}

} // namespace

std::vector<Category> readTaxonomy(const TrainConfig& config) {
    std::vector<Category> out;
    const std::string file = config.taxonomy.string();
    try {
        const json in = json::parse(readFile(config.taxonomy, 16 << 20));
        for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation})
            for (const json& item : in.at(toString(kind))) {
                Category category{kind,
                                  item.at("name").get<std::string>(),
                                  item.value("description", ""),
                                  item.value("parent", ""),
                                  true,
                                  0};
                category.heads = item.value("heads", category.heads);
                category.tails = item.value("tails", category.tails);
                category.seen = !config.validationUnseen.count(category.name) &&
                                !config.testUnseen.count(category.name);
                out.push_back(std::move(category));
            }
    } catch (const json::exception& fault) {
        throw Error(file, {}, std::string("expected a taxonomy: ") + fault.what());
    }
    const auto faults = taxonomyFaults(out);
    if (!faults.empty())
        throw Error(file, {}, faults.front());
    for (const auto* names : {&config.validationUnseen, &config.testUnseen})
        for (const std::string& name : *names)
            if (std::none_of(out.begin(), out.end(),
                             [&](const Category& c) { return c.name == name; }))
                throw Error(file, {}, "unseen category \"" + name + "\" is not in the taxonomy");
    return out;
}

Model startModel(const TrainConfig& config, std::vector<Category> categories) {
    torch::manual_seed(config.seed);
    Model model;
    const auto arithmetic = config.entity.mode == "reference" && config.relation.mode == "reference"
                                ? EncoderArithmetic::Reference
                                : EncoderArithmetic::OfConfig;
    PretrainedText text = loadTextEncoder(config.textEncoder, arithmetic);
    model.config.text = text.config;
    model.config.lowerCase = text.words->lowerCases();
    model.words = std::move(text.words);
    model.text = std::move(text.encoder);
    startImageEncoder(model, config.imageEncoder, arithmetic);
    model.config.entity = config.entity;
    model.config.relation = config.relation;
    model.config.categories = std::move(categories);
    model.config.maxTokens = std::min<int>(160, static_cast<int>(model.config.text.maxPositions));
    for (const SourceConfig& source : config.sources)
        model.config.mentionStyles =
            std::max<std::int64_t>(model.config.mentionStyles, source.style + 1);
    model.heads = Heads(model.config);
    return model;
}

} // namespace hmgrl
