#include "perception/EncoderFolder.h"

#include "perception/ConfigReader.h"
#include "perception/EncoderTensors.h"
#include "support/Error.h"
#include "support/Files.h"

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace hmgrl {
namespace fs = std::filesystem;
namespace {

using Json = nlohmann::json;

constexpr std::uint64_t maxConfigBytes = 4ULL << 20; // label lists of classifiers are long
constexpr std::array<std::string_view, 5> bertHeads{"pooler.", "cls.", "classifier.", "qa_outputs.",
                                                    "embeddings.position_ids"};
constexpr std::array<std::string_view, 4> vitHeads{"pooler.", "classifier.", "decoder.",
                                                   "embeddings.mask_token"};

/// What tells one kind of folder from the other.
struct Layout {
    const char* modelType;
    std::string_view prefix;
    std::span<const std::string_view> heads; ///< beginnings of names that are not read
};

constexpr Layout bertLayout{"bert", "bert.", bertHeads};
constexpr Layout vitLayout{"vit", "vit.", vitHeads};

/// config.json and its path, its model_type checked unless `expected` is empty.
std::pair<Json, std::string> readConfig(const fs::path& folder, const std::string& expected) {
    if (!fs::is_directory(folder))
        throw Error(folder.string(), {}, "expected the folder of an encoder, found none");
    const fs::path path = folder / "config.json";
    Json json = readJsonObject(path, maxConfigBytes);
    const auto found = ConfigReader(json, path.string()).text("model_type");
    if (!expected.empty() && found != expected)
        throw Error(path.string(), "model_type",
                    "expected \"" + expected + "\", found " + (found ? shown(*found) : "none"));
    return {std::move(json), path.string()};
}

/// The name inside the encoder. Old files call the weight and bias of a normalisation gamma and
/// beta.
std::string nameInEncoder(std::string name, std::string_view prefix) {
    if (name.starts_with(prefix))
        name.erase(0, prefix.size());
    for (const auto& [old, current] :
         {std::pair<std::string_view, std::string_view>{"LayerNorm.gamma", "weight"},
          {"LayerNorm.beta", "bias"}})
        if (name.ends_with(old))
            name = name.substr(0, name.rfind('.') + 1).append(current);
    return name;
}

bool isHead(std::string_view name, const Layout& layout) {
    for (const std::string_view head : layout.heads)
        if (name.starts_with(head))
            return true;
    return false;
}

std::map<std::string, StoredTensor> byNameInEncoder(const EncoderTensors& tensors,
                                                    const Layout& layout) {
    std::map<std::string, StoredTensor> out;
    for (const StoredTensor& tensor : tensors.all()) {
        const std::string name = nameInEncoder(tensor.view.name, layout.prefix);
        if (isHead(name, layout))
            continue;
        const auto [first, isNew] = out.emplace(name, tensor);
        if (!isNew)
            throw Error(tensor.file, "tensor \"" + tensor.view.name + "\"",
                        "found twice: also as \"" + first->second.view.name + "\" in " +
                            first->second.file);
    }
    return out;
}

/// A configuration that asks for far more than the files hold must not take the memory first.
void checkSize(double described, const EncoderTensors& tensors, const std::string& configFile) {
    if (described > 2 * tensors.elementCount() + 1e6)
        throw Error(configFile, {},
                    "expected the encoder that " + tensors.source() + " holds, with " +
                        std::to_string(static_cast<std::int64_t>(tensors.elementCount())) +
                        " numbers, found one of at least " +
                        std::to_string(static_cast<std::int64_t>(described)));
}

/// do_lower_case of tokenizer_config.json; nothing when it does not say. What our tokenizer would
/// do otherwise than the file asks is an error.
std::optional<bool> lowerCaseOfTokenizer(const fs::path& folder) {
    const fs::path path = folder / "tokenizer_config.json";
    if (!fs::exists(path))
        return std::nullopt;
    const Json json = readJsonObject(path, maxConfigBytes);
    const ConfigReader reader(json, path.string());
    const std::string kind = reader.text("tokenizer_class").value_or("BertTokenizer");
    if (kind != "BertTokenizer" && kind != "BertTokenizerFast")
        throw Error(path.string(), "tokenizer_class",
                    "expected \"BertTokenizer\", found " + shown(kind));
    reader.expectFlag("do_basic_tokenize", true);
    reader.expectFlag("tokenize_chinese_chars", true);
    const auto lowerCase = reader.flag("do_lower_case");
    if (lowerCase)
        reader.expectFlag("strip_accents", *lowerCase); // null follows do_lower_case
    return lowerCase;
}

bool lowerCaseOf(const fs::path& folder, const ConfigReader& config) {
    if (const auto said = lowerCaseOfTokenizer(folder))
        return *said;
    if (const auto said = config.flag("do_lower_case"))
        return *said;
    return !WordPiece::load(folder / "vocab.txt", true).hasCapitals();
}

ImagePreparation readPreparation(const fs::path& folder, const VitConfig& config) {
    const int side = static_cast<int>(config.imageSize);
    const fs::path path = folder / "preprocessor_config.json";
    if (!fs::exists(path))
        return {.side = side};
    return ImagePreparation::fromJson(readJsonObject(path, maxConfigBytes), side, path.string());
}

} // namespace

EncoderKind encoderKind(const fs::path& folder) {
    const auto [json, file] = readConfig(folder, {});
    const auto type = ConfigReader(json, file).text("model_type");
    if (type == bertLayout.modelType)
        return EncoderKind::Bert;
    if (type == vitLayout.modelType)
        return EncoderKind::Vit;
    throw Error(file, "model_type",
                "expected \"bert\" or \"vit\", found " + (type ? shown(*type) : "none"));
}

PretrainedText loadTextEncoder(const fs::path& folder, EncoderArithmetic arithmetic) {
    const auto [json, file] = readConfig(folder, bertLayout.modelType);
    PretrainedText out;
    out.config = BertConfig::fromJson(json, file);
    if (arithmetic == EncoderArithmetic::Reference)
        out.config = out.config.withReferenceArithmetic();
    const bool lowerCase = lowerCaseOf(folder, ConfigReader(json, file));
    out.words = loadVocabulary(folder / "vocab.txt", lowerCase, out.config);
    const auto tensors = EncoderTensors::open(folder);
    checkSize(out.config.matrixParameters(), tensors, file);
    out.encoder = TextEncoder(out.config);
    loadModule(*out.encoder, byNameInEncoder(tensors, bertLayout), tensors.source());
    out.encoder->eval();
    return out;
}

PretrainedVision loadVisionEncoder(const fs::path& folder, EncoderArithmetic arithmetic) {
    const auto [json, file] = readConfig(folder, vitLayout.modelType);
    PretrainedVision out;
    out.config = VitConfig::fromJson(json, file);
    out.preparation = readPreparation(folder, out.config);
    if (arithmetic == EncoderArithmetic::Reference) {
        out.config = out.config.withReferenceArithmetic();
        out.preparation.resample = Resample::Nearest;
    }
    const auto tensors = EncoderTensors::open(folder);
    checkSize(out.config.matrixParameters(), tensors, file);
    out.encoder = VisionTransformer(out.config);
    loadModule(*out.encoder, byNameInEncoder(tensors, vitLayout), tensors.source());
    out.encoder->eval();
    for (auto& parameter : out.encoder->parameters())
        parameter.set_requires_grad(false);
    out.hash =
        sha256(out.config.toJson().dump() + out.preparation.toJson().dump() + tensors.hash());
    return out;
}

std::shared_ptr<const WordPiece> loadVocabulary(const fs::path& vocabulary, bool lowerCase,
                                                const BertConfig& config) {
    auto words = std::make_shared<const WordPiece>(WordPiece::load(vocabulary, lowerCase));
    if (static_cast<std::int64_t>(words->size()) > config.vocabSize)
        throw Error(vocabulary.string(), {},
                    "expected at most " + std::to_string(config.vocabSize) + " tokens, found " +
                        std::to_string(words->size()));
    return words;
}

} // namespace hmgrl
