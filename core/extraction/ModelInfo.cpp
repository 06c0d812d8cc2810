#include "extraction/ModelInfo.h"

#include "extraction/Checkpoint.h"

namespace hmgrl {

nlohmann::json checkpointInfo(const std::filesystem::path& folder) {
    const ModelConfig config = readModelConfig(folder);
    nlohmann::json out = {{"kind", "checkpoint"},
                          {"path", folder.string()},
                          {"format_version", ModelConfig::formatVersion},
                          {"mode", config.entity.mode},
                          {"text_layers", config.text.layers},
                          {"text_width", config.text.hiddenSize},
                          {"latent_width", config.entity.latentWidth},
                          {"gamma_entity", config.entityCalibration.gamma},
                          {"gamma_relation", config.relationCalibration.gamma},
                          {"mention_threshold", config.mentionThreshold},
                          {"relation_threshold", config.relationThreshold},
                          {"hash", checkpointHash(folder)}};
    std::size_t seen[2] = {0, 0}, all[2] = {0, 0};
    for (const Category& category : config.categories) {
        ++all[category.kind == CategoryKind::Relation];
        seen[category.kind == CategoryKind::Relation] += category.seen;
    }
    out["entity_categories"] = all[0];
    out["entity_categories_seen"] = seen[0];
    out["relations"] = all[1];
    out["relations_seen"] = seen[1];
    for (const auto& file : std::filesystem::directory_iterator(folder))
        if (file.is_regular_file())
            out["files"][file.path().filename().string()] = file.file_size();
    return out;
}

} // namespace hmgrl
