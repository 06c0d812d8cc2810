#include "perception/ConfigReader.h"
#include "perception/VisionTransformer.h"
#include "support/Error.h"

#include <array>

namespace hmgrl {
namespace {

struct Size {
    const char* key;
    std::int64_t VitConfig::*field;
    std::int64_t max; ///< far above any real encoder, as for BERT
};

constexpr std::array<Size, 6> sizes{{{"hidden_size", &VitConfig::hiddenSize, 16'384},
                                     {"num_hidden_layers", &VitConfig::layers, 256},
                                     {"num_attention_heads", &VitConfig::heads, 1'024},
                                     {"intermediate_size", &VitConfig::intermediateSize, 65'536},
                                     {"image_size", &VitConfig::imageSize, 2'048},
                                     {"patch_size", &VitConfig::patchSize, 2'048}}};
constexpr double maxParameters = 2e9;
constexpr std::int64_t maxTokens = 16'385; // attention takes their square
constexpr std::int64_t channels = 3;

} // namespace

double VitConfig::matrixParameters() const {
    const double width = static_cast<double>(hiddenSize);
    const double layer = width * (4.0 * width + 2.0 * static_cast<double>(intermediateSize));
    return width * static_cast<double>(channels * patchSize * patchSize + tokens()) +
           layer * static_cast<double>(layers);
}

VitConfig VitConfig::withReferenceArithmetic() const {
    VitConfig out = *this;
    out.tanhGelu = false;
    out.layerNormEps = 1e-6;
    return out;
}

VitConfig VitConfig::fromJson(const nlohmann::json& json, const std::string& file) {
    const ConfigReader reader(json, file);
    reader.expectText("model_type", "vit");
    VitConfig config;
    for (const Size& size : sizes)
        config.*size.field = reader.size(size.key, size.max);
    if (const auto found = reader.size("num_channels", 1'024, channels); found != channels)
        throw Error(file, "num_channels", "expected 3, found " + std::to_string(found));
    config.tanhGelu = reader.tanhGelu();
    config.layerNormEps = reader.layerNormEps(config.layerNormEps);
    config.qkvBias = reader.flag("qkv_bias").value_or(true);
    reader.expectDivisor("num_attention_heads", config.heads, "hidden_size", config.hiddenSize);
    reader.expectDivisor("patch_size", config.patchSize, "image_size", config.imageSize);
    if (config.tokens() > maxTokens)
        throw Error(file, "patch_size",
                    "expected at most " + std::to_string(maxTokens) + " tokens a picture, found " +
                        std::to_string(config.tokens()));
    if (config.matrixParameters() > maxParameters)
        throw Error(file, {}, "expected an encoder of at most 2e9 parameters, found more");
    return config;
}

nlohmann::json VitConfig::toJson() const {
    nlohmann::json json = {{"model_type", "vit"},
                           {"num_channels", channels},
                           {"hidden_act", tanhGelu ? "gelu_new" : "gelu"},
                           {"layer_norm_eps", layerNormEps},
                           {"qkv_bias", qkvBias}};
    for (const Size& size : sizes)
        json[size.key] = this->*size.field;
    return json;
}

} // namespace hmgrl
