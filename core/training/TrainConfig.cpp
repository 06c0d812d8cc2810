#include "training/TrainConfig.h"

#include "support/Files.h"

namespace hmgrl {
using nlohmann::json;
namespace {

SourceConfig sourceFromJson(const json& in, const std::string& place) {
    static const std::set<std::string> known = {"name",   "format",   "paths",     "weight",
                                                "style",  "mentions", "relations", "split",
                                                "rename", "drop",     "labels"};
    for (const auto& item : in.items())
        if (!known.count(item.key()))
            throw Error({}, place, "unknown key \"" + item.key() + "\"");
    SourceConfig out;
    out.name = in.at("name").get<std::string>();
    out.format = in.at("format").get<std::string>();
    out.paths = in.at("paths").get<std::vector<std::string>>();
    out.weight = in.value("weight", 1.0);
    out.style = in.value("style", 0);
    out.mentions = in.value("mentions", false);
    out.relations = in.value("relations", false);
    out.split = in.value("split", false);
    out.rename = in.value("rename", out.rename);
    out.drop = in.value("drop", out.drop);
    out.labels = in.value("labels", "");
    if (out.style < 0 || out.style > 63)
        throw Error({}, place + ".style", "expected 0 to 63, found " + std::to_string(out.style));
    return out;
}

/// The reference's widths are the text encoder's.
HmgrlConfig headFromJson(const json& in, const std::string& place, int textWidth, int anchors) {
    // "mode" first: it sets what the other keys then change.
    HmgrlConfig base;
    base.applyMode(in.value("mode", "lorentz"), textWidth, anchors);
    json merged = optionsToJson(base);
    merged.update(in);
    return optionsFromJson<HmgrlConfig>(merged, place);
}

int widthOf(const std::filesystem::path& textEncoder) {
    const auto file = textEncoder / "config.json";
    return json::parse(readFile(file, 1 << 20)).at("hidden_size").get<int>();
}

} // namespace

TrainConfig TrainConfig::load(const std::filesystem::path& file) {
    const auto folder = file.parent_path();
    try {
        const json in = json::parse(readFile(file, 1 << 20), nullptr, true, true);
        TrainConfig out;
        out.name = in.at("name").get<std::string>();
        out.seed = in.value("seed", 1U);
        out.textEncoder = folder / in.at("text_encoder").get<std::string>();
        out.imageEncoder = folder / in.at("image_encoder").get<std::string>();
        out.taxonomy = folder / in.at("taxonomy").get<std::string>();
        out.validationUnseen = in.at("unseen").at("validation").get<std::set<std::string>>();
        out.testUnseen = in.at("unseen").at("test").get<std::set<std::string>>();
        const int textWidth = widthOf(out.textEncoder);
        out.entity = headFromJson(in.value("entity", json::object()), "entity", textWidth, 1);
        out.relation = headFromJson(in.value("relation", json::object()), "relation", textWidth, 2);
        out.schedule =
            optionsFromJson<ScheduleOptions>(in.value("schedule", json::object()), "schedule");
        out.cardNotes = in.value("card_notes", "");
        for (std::size_t i = 0; i < in.at("sources").size(); ++i)
            out.sources.push_back(
                sourceFromJson(in["sources"][i], "sources[" + std::to_string(i) + "]"));
        if (out.sources.empty())
            throw Error({}, "sources", "expected at least one corpus, found none");
        return out;
    } catch (const json::exception& fault) {
        throw Error(file.string(), {},
                    std::string("expected a training configuration: ") + fault.what());
    } catch (const Error& fault) {
        throw fault.issue().file.empty()
            ? Error(file.string(), fault.issue().place, fault.issue().reason)
            : fault;
    }
}

} // namespace hmgrl
