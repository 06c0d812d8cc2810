#include "cli/ProjectAccess.h"

#include "support/Files.h"

#include <cstdio>

namespace hmgrl::cli {

void addExport(CLI::App& parent, std::function<void(Action)> choose) {
    auto* command =
        parent.add_subcommand("export", "Write a project's documents and labels as JSON lines");
    auto path = std::make_shared<std::string>();
    auto out = std::make_shared<std::string>();
    command->add_option("PROJECT", *path, "Project file (*.hmgrl)")->required();
    command->add_option("--out", *out, "File to write [standard output]");
    command->callback([path, out, choose] {
        choose([path, out](Context&) {
            const ProjectAccess project(*path);
            const std::string lines = project.call([](Project& p) { return p.canonicalExport(); });
            if (out->empty())
                std::fwrite(lines.data(), 1, lines.size(), stdout);
            else
                writeFileAtomically(*out, lines);
            return Done;
        });
    });
}

} // namespace hmgrl::cli
