#include "cli/DiskView.h"
#include "cli/ProjectAccess.h"

#include "support/Files.h"

#include <cstdio>

namespace hmgrl::cli {

DiskData readDisk(const ProjectAccess& project, CategoryKind kind, const Context& context,
                  bool fresh) {
    const auto engine = project.loadEngine(context);
    const auto categories = project.call([](Project& p) { return p.categories(); });
    const auto space = engine->space(categories, context.cancel);
    return layDisk(project.link(), *space, kind, fresh, context.cancel, context.progress());
}

DiskController controllerFor(const DiskData& disk, int side) {
    DiskController controller;
    controller.setViewport(side, side);
    controller.setScene(disk.scene());
    return controller;
}

namespace {

struct Arguments {
    std::string project, out, kind = "entity", title;
    int side = 1200;
    bool dark = false, fresh = false;
};

std::string table(const DiskData& disk) {
    std::string out = "kind\tid\tdocument\tcategory\tr\ttheta\tx\ty\n";
    char line[256];
    for (std::size_t i = 0; i < disk.points.size(); ++i) {
        const bool sample = i < disk.samples.size();
        const auto z = disk::toCartesian(disk.where[i]);
        std::snprintf(line, sizeof line, "\t%.9g\t%.9g\t%.9g\t%.9g\n", disk.where[i].r,
                      disk.where[i].theta, z.real(), z.imag());
        out += std::string(sample ? "sample" : "prototype") + "\t" +
               std::to_string(disk.points.id[i]) + "\t" +
               std::to_string(sample ? disk.samples[i].document : -1) + "\t" +
               disk.points.category[i] + line;
    }
    return out;
}

ExitCode layout(Context& context, const Arguments& args) {
    const ProjectAccess project(args.project);
    const DiskData disk = readDisk(project, categoryKindFromString(args.kind), context, args.fresh);
    writeFileAtomically(args.out, table(disk));
    const LayoutQuality quality = layoutQuality(disk.points, disk.where);
    std::printf(
        "%zu samples, %zu prototypes; recall@15 %.3f, trustworthiness %.3f, continuity %.3f, "
        "largest radius %.2f\n",
        disk.samples.size(), disk.prototypes.size(), quality.recall15, quality.trustworthiness,
        quality.continuity, quality.maxRadius);
    return Done;
}

ExitCode render(Context& context, const Arguments& args) {
    const auto extension = std::filesystem::path(args.out).extension();
    if (extension != ".svg" && extension != ".png")
        throw Error(args.out, {}, "expected a name ending in .svg or .png");
    const ProjectAccess project(args.project);
    const DiskData disk = readDisk(project, categoryKindFromString(args.kind), context, args.fresh);
    PictureOptions options;
    options.side = args.side;
    options.dark = args.dark;
    options.title = args.title;
    const DiskController controller = controllerFor(disk, args.side);
    writeFileAtomically(args.out, extension == ".svg" ? diskSvg(controller, options)
                                                      : diskPng(controller, options));
    std::printf("%zu points drawn in %s\n", disk.points.size(), args.out.c_str());
    return Done;
}

CLI::App* command(CLI::App& parent, const char* name, const char* help,
                  std::shared_ptr<Arguments> args) {
    auto* out = parent.add_subcommand(name, help);
    out->add_option("PROJECT", args->project, "Project file (*.hmgrl)")->required();
    out->add_option("--out", args->out, "File to write")->required();
    out->add_option("--kind", args->kind, "entity or relation")
        ->check(CLI::IsMember({"entity", "relation"}));
    out->add_flag("--fresh", args->fresh, "Compute a new layout instead of the stored one");
    return out;
}

} // namespace

void addLayout(CLI::App& parent, std::function<void(Action)> choose) {
    auto args = std::make_shared<Arguments>();
    auto* layoutCommand =
        command(parent, "layout",
                "Write the disk's coordinates as TSV and print the layout's quality", args);
    layoutCommand->callback(
        [args, choose] { choose([args](Context& context) { return layout(context, *args); }); });
}

void addRender(CLI::App& parent, std::function<void(Action)> choose) {
    auto args = std::make_shared<Arguments>();
    auto* renderCommand =
        command(parent, "render", "Draw the Poincaré disk as SVG or PNG; needs no display", args);
    renderCommand->add_option("--side", args->side, "Height in pixels")
        ->check(CLI::Range(200, 8000));
    renderCommand->add_flag("--dark", args->dark, "Dark colours");
    renderCommand->add_option("--title", args->title, "Title above the disk");
    renderCommand->callback(
        [args, choose] { choose([args](Context& context) { return render(context, *args); }); });
}

} // namespace hmgrl::cli
