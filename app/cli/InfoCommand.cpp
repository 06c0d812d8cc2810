#include "cli/ProjectAccess.h"

#include "extraction/ModelInfo.h"

#include <cstdio>
#include <nlohmann/json.hpp>

namespace hmgrl::cli {
namespace {

nlohmann::json projectInfo(const std::string& path) {
    const ProjectAccess access(path);
    return access.call([&](Project& p) {
        std::size_t extracted = 0, reviewed = 0, accepted = 0, suggested = 0;
        for (const DocumentSummary& row : p.documents()) {
            extracted += row.extracted;
            reviewed += row.reviewed;
            accepted += static_cast<std::size_t>(row.accepted);
            suggested += static_cast<std::size_t>(row.suggested);
        }
        return nlohmann::json{{"kind", "project"},
                              {"path", path},
                              {"schema_version", p.schemaVersion()},
                              {"read_only", p.isReadOnly()},
                              {"documents", p.documentCount()},
                              {"extracted", extracted},
                              {"reviewed", reviewed},
                              {"accepted_labels", accepted},
                              {"suggestions", suggested},
                              {"categories", p.categories().size()},
                              {"model", p.setting("model").value_or("")},
                              {"model_hash", p.setting("model_hash").value_or("")}};
    });
}

void print(const nlohmann::json& info) {
    for (const auto& item : info.items())
        std::printf("%-18s %s\n", item.key().c_str(),
                    item.value().is_string() ? item.value().get<std::string>().c_str()
                                             : item.value().dump().c_str());
}

} // namespace

void addInfo(CLI::App& parent, std::function<void(Action)> choose) {
    auto* command =
        parent.add_subcommand("info", "Say what a project file or a checkpoint folder holds");
    auto path = std::make_shared<std::string>();
    auto json = std::make_shared<bool>(false);
    command->add_option("PATH", *path, "Project file or checkpoint folder")->required();
    command->add_flag("--json", *json, "As JSON");
    command->callback([path, json, choose] {
        choose([path, json](Context&) {
            const auto info =
                std::filesystem::is_directory(*path) ? checkpointInfo(*path) : projectInfo(*path);
            if (*json)
                std::printf("%s\n", info.dump(1).c_str());
            else
                print(info);
            return Done;
        });
    });
}

} // namespace hmgrl::cli
