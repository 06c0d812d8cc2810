#include "extraction/Checkpoint.h"

#include "data/Palette.h"
#include "perception/ConfigReader.h"
#include "perception/EncoderFolder.h"
#include "perception/TorchFiles.h"
#include "support/Files.h"

namespace hmgrl {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

constexpr const char* textFile = "text.safetensors";
constexpr const char* wordingFile = "wording.safetensors";
constexpr const char* examplesFile = "examples.safetensors";
constexpr const char* imageFile = "image.safetensors";
constexpr const char* headsFile = "heads.safetensors";

json categoryToJson(const Category& category) {
    json out = {{"kind", toString(category.kind)},
                {"name", category.name},
                {"description", category.description},
                {"seen", category.seen}};
    if (!category.parent.empty())
        out["parent"] = category.parent;
    if (!category.heads.empty())
        out["heads"] = category.heads;
    if (!category.tails.empty())
        out["tails"] = category.tails;
    return out;
}

Category categoryFromJson(const json& in) {
    Category out;
    out.kind = categoryKindFromString(in.at("kind").get<std::string>());
    out.name = in.at("name").get<std::string>();
    out.description = in.value("description", "");
    out.parent = in.value("parent", "");
    out.seen = in.value("seen", false);
    out.heads = in.value("heads", out.heads);
    out.tails = in.value("tails", out.tails);
    return out;
}

/// The same bytes under a second name; a copy where the file system has no hard links.
void shareFile(const fs::path& from, const fs::path& to) {
    std::error_code failure;
    fs::remove(to, failure);
    fs::create_hard_link(from, to, failure);
    if (failure)
        fs::copy_file(from, to, fs::copy_options::overwrite_existing);
}

std::vector<const char*> encoderFiles(const ModelConfig& config) {
    std::vector<const char*> names{imageFile, textFile};
    if (config.wording)
        names.push_back(wordingFile);
    return names;
}

std::vector<Category> categoriesFromJson(const json& list, const std::string& file) {
    std::vector<Category> out;
    for (const json& item : list)
        out.push_back(categoryFromJson(item));
    assignPalette(out);
    const auto faults = taxonomyFaults(out);
    if (!faults.empty())
        throw Error(file, "categories", faults.front());
    return out;
}

void readVision(const json& in, ModelConfig& out, const std::string& file) {
    const json& vision = in.at("vision");
    out.vision = VitConfig::fromJson(vision.at("encoder"), file);
    out.preparation = ImagePreparation::fromJson(vision.at("preparation"),
                                                 static_cast<int>(out.vision->imageSize), file);
    if (out.imageWidth != out.vision->hiddenSize)
        throw Error(file, "image_width",
                    "expected " + std::to_string(out.vision->hiddenSize) +
                        ", the hidden_size of the vision encoder, found " +
                        std::to_string(out.imageWidth));
}

void readWording(const json& in, ModelConfig& out, const std::string& file) {
    const json& wording = in.at("wording");
    out.wording = {wording.at("layers").get<std::int64_t>(),
                   wording.at("width").get<std::int64_t>()};
    const auto between = [&](const char* key, std::int64_t found, std::int64_t least,
                             std::int64_t most) {
        if (found < least || found > most)
            throw Error(file, std::string("wording.") + key,
                        "expected " + std::to_string(least) + " to " + std::to_string(most) +
                            ", found " + std::to_string(found));
    };
    between("layers", out.wording->layers, 0, out.text.layers);
    between("width", out.wording->width, 1, out.text.hiddenSize);
}

void readLearned(const json& in, ModelConfig& out, const std::string& file) {
    const json learned = in.value("learned", json::object());
    for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation}) {
        auto& labels = out.learned(kind);
        labels = learned.value(toString(kind), labels);
        for (const auto& [name, count] : labels)
            if (count < 1)
                throw Error(file, std::string("learned.") + toString(kind) + "." + name,
                            "expected a number of labels above 0, found " + std::to_string(count));
    }
}

/// 1 where none was chosen.
double temperatureIn(const json& calibration, const char* key, const std::string& file) {
    const double found = calibration.value(key, 1.0);
    if (!(found > 0))
        throw Error(file, std::string("calibration.") + key,
                    "expected a number above 0, found " + std::to_string(found));
    return found;
}

void loadWordingEncoder(Model& model, const fs::path& path) {
    if (!model.config.wording)
        return;
    const auto [layers, width] = *model.config.wording;
    model.wording = WordingEncoder(model.config.text, layers, width);
    loadModule(*model.wording, SafetensorsFile::open(path));
    model.wording->eval();
    model.text->trainTopLayers(layers); // so that lower() ends where these layers begin
}

void loadExamplesOf(Model& model, const fs::path& path) {
    const bool needed =
        model.config.entity.wordingExamples || model.config.relation.wordingExamples;
    if (model.config.wording && (needed || fs::exists(path)))
        model.examples = loadExamples(path, model.config.wording->width);
}

void loadImageEncoder(Model& model, const fs::path& path) {
    const auto file = SafetensorsFile::open(path);
    model.imageHash = sha256File(path);
    if (!model.config.vision) {
        model.image = ImageEncoder();
        loadModule(*model.image, file);
        model.image->eval();
        return;
    }
    model.vision = VisionTransformer(*model.config.vision);
    loadModule(*model.vision, file);
    model.vision->eval();
    // The same weights give other features when they are computed or fed otherwise.
    model.imageHash = sha256(model.imageHash + model.config.vision->toJson().dump() +
                             model.config.preparation.toJson().dump());
}

} // namespace

torch::Tensor Model::encodePicture(const Image& picture) const {
    const torch::NoGradGuard noGrad;
    const auto pixels =
        (config.vision ? imageToTensor(picture, config.preparation) : imageToTensor(picture))
            .unsqueeze(0)
            .to(device);
    const auto regions = config.vision ? VisionTransformer(vision)->forward(pixels)
                                       : ImageEncoder(image)->forward(pixels);
    return regions.squeeze(0).to(torch::kCPU);
}

void Model::moveTo(torch::Device where) {
    device = where;
    text->to(where);
    if (wording)
        wording->to(where);
    if (vision)
        vision->to(where);
    if (image)
        image->to(where);
    if (heads)
        heads->to(where);
}

double ModelConfig::leadShare(const Category& category) const {
    constexpr double half = 10; // labels that leave half of it, chosen on validation documents
    const auto& labels = learned(category.kind);
    const auto found = labels.find(category.name);
    return category.seen && found != labels.end()
               ? half / (half + static_cast<double>(found->second))
               : 0;
}

json ModelConfig::toJson() const {
    json list = json::array();
    for (const Category& category : categories)
        list.push_back(categoryToJson(category));
    json out = {{"format_version", formatVersion},
                {"text", text.toJson()},
                {"lower_case", lowerCase},
                {"max_tokens", maxTokens},
                {"image_width", imageWidth},
                {"mention_styles", mentionStyles},
                {"entity", optionsToJson(entity)},
                {"relation", optionsToJson(relation)},
                {"calibration",
                 {{"gamma_entity", entityCalibration.gamma},
                  {"gamma_relation", relationCalibration.gamma},
                  {"temperature_entity", entityCalibration.temperature},
                  {"temperature_relation", relationCalibration.temperature},
                  {"mention_threshold", mentionThreshold},
                  {"relation_threshold", relationThreshold},
                  {"argument_weight", argumentWeight}}},
                {"categories", list}};
    for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation})
        if (!learned(kind).empty())
            out["learned"][toString(kind)] = learned(kind);
    if (wording)
        out["wording"] = {{"layers", wording->layers}, {"width", wording->width}};
    if (vision)
        out["vision"] = {{"encoder", vision->toJson()}, {"preparation", preparation.toJson()}};
    return out;
}

ModelConfig ModelConfig::fromJson(const json& in, const std::string& file) {
    const auto version = in.is_object() ? in.value("format_version", json()) : json();
    if (version != formatVersion)
        throw Error(file, "format_version",
                    "expected " + std::to_string(formatVersion) + ", found " +
                        (version.is_null() ? "none" : version.dump()));
    try {
        ModelConfig out;
        out.text = BertConfig::fromJson(in.at("text"), file);
        out.lowerCase = in.at("lower_case").get<bool>();
        out.maxTokens = in.at("max_tokens").get<int>();
        out.imageWidth = in.at("image_width").get<std::int64_t>();
        if (in.contains("vision"))
            readVision(in, out, file);
        if (in.contains("wording"))
            readWording(in, out, file);
        out.mentionStyles = in.at("mention_styles").get<std::int64_t>();
        out.entity = optionsFromJson<HmgrlConfig>(in.at("entity"), "entity");
        out.relation = optionsFromJson<HmgrlConfig>(in.at("relation"), "relation");
        const json& calibration = in.at("calibration");
        out.entityCalibration = {calibration.at("gamma_entity").get<double>(),
                                 temperatureIn(calibration, "temperature_entity", file)};
        out.relationCalibration = {calibration.at("gamma_relation").get<double>(),
                                   temperatureIn(calibration, "temperature_relation", file)};
        out.mentionThreshold = calibration.at("mention_threshold").get<double>();
        out.relationThreshold = calibration.at("relation_threshold").get<double>();
        out.argumentWeight = calibration.value("argument_weight", 0.0);
        out.categories = categoriesFromJson(in.at("categories"), file);
        readLearned(in, out, file);
        if (out.maxTokens < 16 || out.maxTokens > out.text.maxPositions)
            throw Error(file, "max_tokens",
                        "expected 16 to " + std::to_string(out.text.maxPositions) + ", found " +
                            std::to_string(out.maxTokens));
        return out;
    } catch (const json::exception& fault) {
        throw Error(file, {}, std::string("expected a model configuration: ") + fault.what());
    } catch (const Error& fault) {
        throw fault.issue().file.empty() ? Error(file, fault.issue().place, fault.issue().reason)
                                         : fault;
    }
}

HeadsImpl::HeadsImpl(const ModelConfig& config) {
    const std::int64_t width = config.text.hiddenSize;
    mention = register_module("mention", MentionHead(width, config.mentionStyles));
    entity = register_module("entity", HmgrlHead(config.entity, 1, width, config.imageWidth));
    relation = register_module("relation", HmgrlHead(config.relation, 2, width, config.imageWidth));
}

ModelConfig readModelConfig(const fs::path& folder) {
    if (!fs::is_directory(folder))
        throw Error(folder.string(), {}, "expected a checkpoint folder, found none");
    const fs::path path = folder / "config.json";
    return ModelConfig::fromJson(readJsonObject(path, 64 << 20), path.string());
}

Model loadCheckpoint(const fs::path& folder) {
    Model model;
    model.folder = folder;
    model.config = readModelConfig(folder);
    model.words = loadVocabulary(folder / "vocab.txt", model.config.lowerCase, model.config.text);
    model.text = TextEncoder(model.config.text);
    loadImageEncoder(model, folder / imageFile);
    model.heads = Heads(model.config);
    loadModule(*model.text, SafetensorsFile::open(folder / textFile));
    loadModule(*model.heads, SafetensorsFile::open(folder / headsFile));
    loadWordingEncoder(model, folder / wordingFile);
    loadExamplesOf(model, folder / examplesFile);
    model.text->eval();
    model.heads->eval();
    model.hash = checkpointHash(folder);
    return model;
}

void saveCheckpoint(const Model& model, const fs::path& folder, const std::string& card,
                    const fs::path& unchangedEncodersFrom) {
    fs::create_directories(folder);
    const std::map<std::string, std::string> metadata = {{"format", "hmgrl"}};
    if (unchangedEncodersFrom.empty()) {
        saveModule(*model.text, folder / textFile, DType::F16, metadata);
        if (model.config.wording)
            saveModule(*model.wording, folder / wordingFile, DType::F16, metadata);
        if (model.config.vision)
            saveModule(*model.vision, folder / imageFile, DType::F16, metadata);
        else
            saveModule(*model.image, folder / imageFile, DType::F16, metadata);
    } else {
        for (const char* name : encoderFiles(model.config))
            shareFile(unchangedEncodersFrom / name, folder / name);
    }
    saveModule(*model.heads, folder / headsFile, DType::F32, metadata);
    if (model.examples.empty())
        fs::remove(folder / examplesFile); // of what was saved here before
    else
        saveExamples(model.examples, folder / examplesFile);
    std::string vocabulary;
    for (std::size_t i = 0; i < model.words->size(); ++i)
        vocabulary += model.words->token(static_cast<std::int64_t>(i)) + "\n";
    writeFileAtomically(folder / "vocab.txt", vocabulary);
    writeFileAtomically(folder / "card.md", card);
    writeFileAtomically(folder / "config.json", model.config.toJson().dump(1) + "\n");
}

std::string checkpointHash(const fs::path& folder) {
    std::string all;
    for (const char* name :
         {"config.json", headsFile, imageFile, textFile, "vocab.txt", wordingFile, examplesFile}) {
        const bool isOptional = name == wordingFile || name == examplesFile;
        if (!isOptional || fs::exists(folder / name))
            all += std::string(name) + " " + sha256File(folder / name) + "\n";
    }
    return sha256(all);
}

} // namespace hmgrl
