#include "cli/DiskView.h"
#include "cli/ProjectAccess.h"

#include "workflow/EmbeddingJob.h"

#include <cstdio>

namespace hmgrl::cli {

void addEmbeddings(CLI::App& parent, std::function<void(Action)> choose) {
    auto* command = parent.add_subcommand(
        "embeddings", "Write latents, places on the disk and texts as TSV and .npy, for the "
                      "Embedding Projector and NumPy");
    auto path = std::make_shared<std::string>();
    auto out = std::make_shared<std::string>();
    auto kind = std::make_shared<std::string>("entity");
    command->add_option("PROJECT", *path, "Project file (*.hmgrl)")->required();
    command->add_option("--out", *out, "Folder to write into")->required();
    command->add_option("--kind", *kind, "entity or relation")
        ->check(CLI::IsMember({"entity", "relation"}))
        ->capture_default_str();
    command->callback([path, out, kind, choose] {
        choose([path, out, kind](Context& context) {
            const ProjectAccess project(*path);
            const DiskData disk = readDisk(project, categoryKindFromString(*kind), context, false);
            exportEmbeddings(project.link(), disk, *out, context.cancel, context.progress());
            std::printf("%zu vectors of %zu numbers in %s\n", disk.points.size(), disk.points.width,
                        out->c_str());
            return Done;
        });
    });
}

} // namespace hmgrl::cli
