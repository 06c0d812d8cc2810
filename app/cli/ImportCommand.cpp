#include "cli/ProjectAccess.h"

#include "interchange/Importer.h"

#include <cstdio>

namespace hmgrl::cli {
namespace {

std::string formatNames() {
    std::string names;
    for (const auto& importer : importers())
        names += (names.empty() ? "" : ", ") + importer->name();
    return names;
}

} // namespace

void addImport(CLI::App& parent, std::function<void(Action)> choose) {
    struct Arguments {
        std::string project, source, format, images;
    };
    auto* command = parent.add_subcommand(
        "import", "Import a file, a folder or a web page (made when absent: the project)");
    auto args = std::make_shared<Arguments>();
    command->add_option("PROJECT", args->project, "Project file (*.hmgrl)")->required();
    command->add_option("PATH", args->source, "File, folder or http(s) address")->required();
    command->add_option("--format", args->format, "One of " + formatNames() + " [recognised]");
    command->add_option("--images", args->images, "Folder of the images [the folder of PATH]");
    command->callback([args, choose] {
        choose([args](Context& context) {
            const ProjectAccess project(args->project, true);
            std::size_t count = 0;
            const ImportJob job{args->source, args->format, args->project + ".files", args->images};
            const Issues issues = importDocuments(
                project.link(), job, [&](auto) {}, context.cancel, context.progress());
            project.call([&](Project& p) { count = p.documentCount(); });
            const ExitCode code = Context::report(issues);
            std::printf("%zu documents in %s, %zu issues\n", count, args->project.c_str(),
                        issues.size());
            return code;
        });
    });
}

} // namespace hmgrl::cli
