#include "experiment/Variant.h"

namespace hmgrl {
using nlohmann::json;
namespace {

Variant::Kind kindOf(const std::string& text, const std::string& place) {
    if (text == "head")
        return Variant::Kind::Head;
    if (text == "nearest_label")
        return Variant::Kind::NearestLabel;
    if (text == "nearest_mean")
        return Variant::Kind::NearestMean;
    throw Error({}, place + ".kind",
                "expected head, nearest_label or nearest_mean, found \"" + text + "\"");
}

json merged(const json& config, const json& variant, const char* key) {
    json out = config.value(key, json::object());
    out.update(variant.value(key, json::object()));
    return out;
}

HmgrlConfig headOf(const json& config, const json& variant, const std::string& place, int anchors) {
    // The reference is the authors' arithmetic whatever lorentz is tuned to.
    const json own = variant.value("head", json::object());
    const std::string mode = own.value("mode", "lorentz");
    HmgrlConfig base;
    base.applyMode(mode, variant.value("text_width", config.value("text_width", 384)), anchors);
    json options = optionsToJson(base);
    options.update(mode == "reference" ? own : merged(config, variant, "head"));
    return optionsFromJson<HmgrlConfig>(options, place + ".head");
}

} // namespace

std::vector<Variant> readVariants(const json& config, const std::filesystem::path& folder,
                                  int anchors) {
    std::vector<Variant> out;
    for (const json& item : config.at("variants")) {
        Variant variant;
        variant.name = item.at("name").get<std::string>();
        const std::string place = "variants." + variant.name;
        variant.title = item.value("title", variant.name);
        variant.kind = kindOf(item.value("kind", "head"), place);
        variant.images = item.value("images", true);
        variant.texts = item.value("texts", true);
        variant.textEncoder = folder / item.value("text_encoder", config.value("text_encoder", ""));
        variant.head = headOf(config, item, place, anchors);
        variant.schedule = optionsFromJson<ExperimentSchedule>(merged(config, item, "schedule"),
                                                               place + ".schedule");
        out.push_back(std::move(variant));
    }
    if (out.empty())
        throw Error({}, "variants", "expected at least one, found none");
    return out;
}

} // namespace hmgrl
