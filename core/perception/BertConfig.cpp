#include "perception/ConfigReader.h"
#include "perception/TextEncoder.h"
#include "support/Error.h"

#include <array>

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

} // namespace

double BertConfig::matrixParameters() const {
    const double width = static_cast<double>(hiddenSize);
    const double layer = width * (4.0 * width + 2.0 * static_cast<double>(intermediateSize));
    return width * static_cast<double>(vocabSize + maxPositions) +
           layer * static_cast<double>(layers);
}

BertConfig BertConfig::withReferenceArithmetic() const {
    BertConfig out = *this;
    out.tanhGelu = true;
    out.layerNormEps = 1e-14;
    return out;
}

BertConfig BertConfig::fromJson(const nlohmann::json& json, const std::string& file) {
    const ConfigReader reader(json, file);
    reader.expectText("model_type", "bert");
    reader.expectText("position_embedding_type", "absolute");
    BertConfig config;
    for (const Size& size : sizes)
        config.*size.field = reader.size(size.key, size.max);
    config.tanhGelu = reader.tanhGelu();
    config.layerNormEps = reader.layerNormEps(config.layerNormEps);
    reader.expectDivisor("num_attention_heads", config.heads, "hidden_size", config.hiddenSize);
    if (config.matrixParameters() > maxParameters)
        throw Error(file, {}, "expected an encoder of at most 2e9 parameters, found more");
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
