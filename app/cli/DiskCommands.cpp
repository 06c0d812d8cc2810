#include "cli/DiskView.h"
#include "cli/ProjectAccess.h"

#include "geometry/Alignment.h"
#include "support/Files.h"

#include <cstdio>
#include <nlohmann/json.hpp>

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
    std::string project, out, kind = "entity", method, focus;
    bool fresh = false, json = false;
    PictureOptions picture;
    DiskOverlay overlay;
};

/// The project's disk, or with --method one laid out anew for this output: it is turned to lie as
/// the project's does, whose places stay. Stopped on the way, the best so far counts.
DiskData chosenDisk(const ProjectAccess& project, const Context& context, const Arguments& args) {
    DiskData disk = readDisk(project, categoryKindFromString(args.kind), context, args.fresh);
    if (args.method.empty())
        return disk;
    LayoutOptions options;
    options.method = layoutMethodFromString(args.method);
    options.seed = context.seed;
    options.threads = context.threads;
    LayoutRun run = layoutProgressively({disk.points, disk.parent}, options, context.cancel, {},
                                        context.progress());
    if (!run.finished)
        std::fprintf(stderr, "hmgrl: stopped after %d of %d steps; the best so far is kept\n",
                     run.iterations, options.tsne.iterations);
    const disk::Alignment turn = disk::alignAboutCentre(run.where, disk.where);
    for (DiskPoint& point : run.where)
        point = turn.apply(point);
    disk.where = std::move(run.where);
    disk.method = options.method;
    placeGhosts(disk);
    return disk;
}

nlohmann::json toJson(const LayoutQuality& quality) {
    return {{"recall15", quality.recall15},
            {"trustworthiness", quality.trustworthiness},
            {"continuity", quality.continuity},
            {"nearest_error", quality.curve.nearestError},
            {"distortion", quality.distortion},
            {"max_radius", quality.maxRadius},
            {"radius", quality.radius},
            {"rim_alarm", quality.rimAlarm()},
            {"precision", quality.curve.precision},
            {"recall", quality.curve.recall},
            {"kept", quality.curve.kept},
            {"neighbours", toString(quality.metric)},
            {"sampled", quality.sampled}};
}

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
    const DiskData disk = chosenDisk(project, context, args);
    writeFileAtomically(args.out, table(disk));
    const LayoutQuality quality = judgeDisk(disk, context.cancel, context.threads).quality;
    if (args.json) {
        nlohmann::json out = toJson(quality);
        out["method"] = args.method.empty() ? "stored" : args.method;
        out["samples"] = disk.samples.size();
        out["prototypes"] = disk.prototypes.size();
        std::printf("%s\n", out.dump(2).c_str());
        return Done;
    }
    std::printf(
        "%zu samples, %zu prototypes; recall@15 %.3f, trustworthiness %.3f, continuity %.3f, "
        "largest radius %.2f\n",
        disk.samples.size(), disk.prototypes.size(), quality.recall15, quality.trustworthiness,
        quality.continuity, quality.maxRadius);
    std::printf("1-NN error %.3f, distortion %.3f, half of the points within radius %.2f%s\n",
                quality.curve.nearestError, quality.distortion, quality.radius[2],
                quality.rimAlarm() ? "; rim alarm: points lie beyond radius 6" : "");
    return Done;
}

/// The point in the middle of the picture.
void lookAt(DiskController& view, const DiskData& disk, const std::string& category) {
    const int row = disk.prototypeRow(category);
    if (row < 0)
        throw Error({}, "--focus",
                    std::string("expected an ") + toString(disk.kind) + " category, found \"" +
                        category + "\"");
    view.beginRecentre(disk.where[static_cast<std::size_t>(row)]);
    view.stepRecentre(1);
}

ExitCode render(Context& context, const Arguments& args) {
    const auto extension = std::filesystem::path(args.out).extension();
    if (extension != ".svg" && extension != ".pdf" && extension != ".png")
        throw Error(args.out, {}, "expected a name ending in .svg, .pdf or .png");
    const ProjectAccess project(args.project);
    const DiskData disk = chosenDisk(project, context, args);
    DiskController controller = controllerFor(disk, args.picture.side);
    controller.setOverlay(args.overlay);
    if (!args.focus.empty())
        lookAt(controller, disk, args.focus);
    writeFileAtomically(args.out, diskPicture(args.out, controller, args.picture));
    const std::size_t ghosts = args.overlay.ghosts ? disk.ghosts.where.size() : 0;
    std::printf("%zu points drawn in %s\n", disk.points.size() + ghosts, args.out.c_str());
    return Done;
}

CLI::App* command(CLI::App& parent, const char* name, const char* help,
                  std::shared_ptr<Arguments> args) {
    auto* out = parent.add_subcommand(name, help);
    out->add_option("PROJECT", args->project, "Project file (*.hmgrl)")->required();
    out->add_option("--out", args->out, "File to write")->required();
    out->add_option("--kind", args->kind, "entity or relation")
        ->check(CLI::IsMember({"entity", "relation"}));
    auto* fresh = out->add_flag("--fresh", args->fresh,
                                "Compute a new layout and store it instead of the stored one");
    out->add_option("--method", args->method,
                    "Lay out anew for this output only: tree (categories first), pca, tsne "
                    "(hyperbolic t-SNE), euclidean (flat t-SNE) or euclidean-pca")
        ->check(CLI::IsMember(layoutMethodNames()))
        ->excludes(fresh);
    return out;
}

void addPictureOptions(CLI::App& to, Arguments& args) {
    PictureOptions& picture = args.picture;
    to.add_option("--side", picture.side, "Height in pixels; a larger picture has room for more")
        ->check(CLI::Range(200, 4000))
        ->capture_default_str();
    to.add_option("--scale", picture.scale, "PNG: pixels drawn for each of these")
        ->check(CLI::Range(0.25, 8.0))
        ->capture_default_str();
    to.add_flag("--dark", picture.dark, "Dark colours");
    to.add_option("--title", picture.title, "Title above the disk");
    to.add_option("--focus", args.focus, "Category whose prototype is put in the middle");
    to.add_flag("--legend,!--no-legend", picture.legend, "Say what the colours mean [on]");
    DiskOverlay& shown = args.overlay;
    to.add_flag("--labels,!--no-labels", shown.labels, "Names of the prototypes [on]");
    to.add_flag("--tree,!--no-tree", shown.tree, "Edges between prototypes [on]");
    to.add_flag("--grid,!--no-grid", shown.grid, "Grid of the hyperbolic plane [on]");
    to.add_flag("--arcs,!--no-arcs", shown.arcs, "All relations [off]");
    to.add_flag("--ghosts,!--no-ghosts", shown.ghosts, "Generated samples [on]");
    to.add_flag("--regions,!--no-regions", shown.regions, "Where each prototype is nearest [off]");
    to.add_flag("--rings,!--no-rings", shown.rings, "Circles at whole distances [off]");
}

} // namespace

void addLayout(CLI::App& parent, std::function<void(Action)> choose) {
    auto args = std::make_shared<Arguments>();
    auto* layoutCommand =
        command(parent, "layout",
                "Write the disk's coordinates as TSV and print the layout's quality", args);
    layoutCommand->add_flag("--json", args->json, "Print the quality as JSON");
    layoutCommand->callback(
        [args, choose] { choose([args](Context& context) { return layout(context, *args); }); });
}

void addRender(CLI::App& parent, std::function<void(Action)> choose) {
    auto args = std::make_shared<Arguments>();
    auto* renderCommand = command(
        parent, "render", "Draw the Poincaré disk as SVG, PDF or PNG; needs no display", args);
    addPictureOptions(*renderCommand, *args);
    renderCommand->callback(
        [args, choose] { choose([args](Context& context) { return render(context, *args); }); });
}

} // namespace hmgrl::cli
