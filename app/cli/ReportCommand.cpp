#include "cli/DiskView.h"
#include "cli/ProjectAccess.h"

#include "interchange/ReportHtml.h"
#include "support/Files.h"

#include <cstdio>

namespace hmgrl::cli {
namespace {

ReportContent contentOf(const ProjectAccess& project) {
    return project.call([&](Project& p) {
        ReportContent content;
        content.title = project.path().stem().string();
        content.categories = p.categories();
        std::size_t accepted = 0, suggested = 0;
        for (const std::int64_t id : p.documentIds()) {
            content.documents.push_back(p.document(id));
            content.thumbnails.push_back(p.thumbnail(id));
            const auto row = p.summary(id);
            accepted += row ? static_cast<std::size_t>(row->accepted) : 0;
            suggested += row ? static_cast<std::size_t>(row->suggested) : 0;
        }
        content.facts = {{"Documents", std::to_string(content.documents.size())},
                         {"Accepted labels", std::to_string(accepted)},
                         {"Suggestions", std::to_string(suggested)},
                         {"Categories", std::to_string(content.categories.size())},
                         {"Model", p.setting("model_hash").value_or("none").substr(0, 12)}};
        return content;
    });
}

ExitCode report(const Context& context, const std::string& path, const std::filesystem::path& out) {
    const ProjectAccess project(path);
    std::filesystem::create_directories(out);
    writeFileAtomically(out / "extractions.jsonl",
                        project.call([](Project& p) { return p.canonicalExport(); }));
    const DiskData disk = readDisk(project, CategoryKind::Entity, context, false);
    constexpr int side = 900;
    const DiskController controller = controllerFor(disk, side);
    PictureOptions options;
    options.side = side;
    options.scale = 2; // of the PNG
    const std::string svg = diskSvg(controller, options);
    writeFileAtomically(out / "disk.svg", svg);
    writeFileAtomically(out / "disk.png", diskPng(controller, options));
    ReportContent content = contentOf(project);
    content.diskSvg = svg;
    writeFileAtomically(out / "report.html", reportHtml(content));
    std::printf("extractions.jsonl, disk.svg, disk.png and report.html of %zu documents in %s\n",
                content.documents.size(), out.c_str());
    return Done;
}

} // namespace

void addReport(CLI::App& parent, std::function<void(Action)> choose) {
    auto* command = parent.add_subcommand(
        "report", "Write extractions.jsonl, disk.svg, disk.png and report.html of a project");
    auto path = std::make_shared<std::string>();
    auto out = std::make_shared<std::string>("out");
    command->add_option("PROJECT", *path, "Project file (*.hmgrl)")->required();
    command->add_option("--out", *out, "Folder to write into")->capture_default_str();
    command->callback([path, out, choose] {
        choose([path, out](Context& context) { return report(context, *path, *out); });
    });
}

} // namespace hmgrl::cli
