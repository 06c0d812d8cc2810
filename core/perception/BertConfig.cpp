#include "perception/TextEncoder.h"
#include "support/Error.h"

#include <array>
#include <optional>

namespace hmgrl {
namespace {

struct Size {
    const char* key;
    std::int64_t BertConfig::*field;
    std::int64_t
        max; ///< far above any real encoder; keeps a hostile file from asking for all memory
};

constexpr std::array<Size, 7> sizes{{{"vocab_size", &BertConfig::vocabSize, 2'000'000},
                                     {"hidden_size", &BertConfig::hiddenSize, 16'384},
                                     {"num_hidden_layers", &BertConfig::layers, 256},
                                     {"num_attention_heads", &BertConfig::heads, 1'024},
                                     {"intermediate_size", &BertConfig::intermediateSize, 65'536},
                                     {"max_position_embeddings", &BertConfig::maxPositions, 65'536},
                                     {"type_vocab_size", &BertConfig::typeVocabSize, 1'024}}};
constexpr double maxParameters = 2e9;

std::int64_t readSize(const nlohmann::json& json, const Size& size, const std::string& file) {
    const auto found = json.find(size.key);
    if (found == json.end())
        throw Error(file, size.key, "missing");
    if (!found->is_number_integer() || found->get<std::int64_t>() < 1 ||
        found->get<std::int64_t>() > size.max)
        throw Error(file, size.key,
                    "expected 1 to " + std::to_string(size.max) + ", found " + found->dump());
    return found->get<std::int64_t>();
}

/// The value of a text key, or nothing when the key is absent.
std::optional<std::string> readText(const nlohmann::json& json, const char* key,
                                    const std::string& file) {
    const auto found = json.find(key);
    if (found == json.end())
        return std::nullopt;
    if (!found->is_string())
        throw Error(file, key, "expected text, found " + found->dump());
    return found->get<std::string>();
}

void expectText(const nlohmann::json& json, const char* key, const std::string& expected,
                const std::string& file) {
    const auto found = readText(json, key, file);
    if (found && *found != expected)
        throw Error(file, key, "expected \"" + expected + "\", found \"" + *found + "\"");
}

bool readTanhGelu(const nlohmann::json& json, const std::string& file) {
    const std::string act = readText(json, "hidden_act", file).value_or("gelu");
    if (act == "gelu")
        return false;
    if (act == "gelu_new" || act == "gelu_pytorch_tanh")
        return true;
    throw Error(file, "hidden_act", "expected a GELU, found \"" + act + "\"");
}

void checkWhole(const BertConfig& c, const std::string& file) {
    if (c.hiddenSize % c.heads != 0)
        throw Error(file, "num_attention_heads",
                    "expected a divisor of hidden_size " + std::to_string(c.hiddenSize) +
                        ", found " + std::to_string(c.heads));
    const double width = static_cast<double>(c.hiddenSize);
    const double layer = width * (4.0 * width + 2.0 * static_cast<double>(c.intermediateSize));
    const double total = width * static_cast<double>(c.vocabSize + c.maxPositions) +
                         layer * static_cast<double>(c.layers);
    if (total > maxParameters)
        throw Error(file, {}, "expected an encoder of at most 2e9 parameters, found more");
}

} // namespace

BertConfig BertConfig::fromJson(const nlohmann::json& json, const std::string& file) {
    if (!json.is_object())
        throw Error(file, {}, "expected an object");
    expectText(json, "model_type", "bert", file);
    expectText(json, "position_embedding_type", "absolute", file);
    BertConfig config;
    for (const Size& size : sizes)
        config.*size.field = readSize(json, size, file);
    config.tanhGelu = readTanhGelu(json, file);
    if (const auto eps = json.find("layer_norm_eps"); eps != json.end()) {
        if (!eps->is_number() || !(eps->get<double>() > 0 && eps->get<double>() < 1))
            throw Error(file, "layer_norm_eps", "expected 0 to 1, found " + eps->dump());
        config.layerNormEps = eps->get<double>();
    }
    checkWhole(config, file);
    return config;
}

nlohmann::json BertConfig::toJson() const {
    nlohmann::json json = {{"model_type", "bert"},
                           {"position_embedding_type", "absolute"},
                           {"hidden_act", tanhGelu ? "gelu_new" : "gelu"},
                           {"layer_norm_eps", layerNormEps}};
    for (const Size& size : sizes)
        json[size.key] = this->*size.field;
    return json;
}

} // namespace hmgrl
