#include "training/Pretrained.h"

#include "perception/TorchFiles.h"
#include "support/Files.h"

#include <algorithm>

namespace hmgrl {
using nlohmann::json;

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
    const auto textConfig = config.textEncoder / "config.json";
    const json text = json::parse(readFile(textConfig, 1 << 20), nullptr, false);
    model.config.text = BertConfig::fromJson(text, textConfig.string());
    model.config.lowerCase = text.value("do_lower_case", true);
    model.config.entity = config.entity;
    model.config.relation = config.relation;
    model.config.categories = std::move(categories);
    model.config.maxTokens = std::min<int>(160, static_cast<int>(model.config.text.maxPositions));
    for (const SourceConfig& source : config.sources)
        model.config.mentionStyles =
            std::max<std::int64_t>(model.config.mentionStyles, source.style + 1);
    model.words = std::make_shared<WordPiece>(
        WordPiece::load(config.textEncoder / "vocab.txt", model.config.lowerCase));
    model.text = TextEncoder(model.config.text);
    loadModule(*model.text, SafetensorsFile::open(config.textEncoder / "model.safetensors"));
    const auto imageFile = config.imageEncoder / "model.safetensors";
    model.image = ImageEncoder();
    loadModule(*model.image, SafetensorsFile::open(imageFile));
    model.image->eval();
    model.imageHash = sha256File(imageFile);
    model.heads = Heads(model.config);
    return model;
}

} // namespace hmgrl
