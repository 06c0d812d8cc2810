#include "cli/ProjectAccess.h"

#include <algorithm>
#include <cstdio>

namespace hmgrl::cli {

void addRetrain(CLI::App& parent, std::function<void(Action)> choose) {
    struct Arguments {
        std::string project;
        bool json = false, accept = false;
        RetrainOptions options;
    };
    auto* command = parent.add_subcommand(
        "retrain", "Train the heads further on a project's accepted labels; before/after report");
    auto args = std::make_shared<Arguments>();
    command->add_option("PROJECT", args->project, "Project file (*.hmgrl)")->required();
    command->add_flag("--json", args->json, "Report as JSON");
    command->add_flag("--accept", args->accept,
                      "Make the result the project's model (can be undone)");
    RetrainOptions::describe(args->options, [&](const OptionInfo& info, auto& value) {
        std::string flag = std::string("--") + info.name;
        std::replace(flag.begin(), flag.end(), '_', '-');
        if (flag != "--seed") // the program's own --seed counts
            command->add_option(flag, value, info.help)->capture_default_str();
    });
    command->callback([args, choose] {
        choose([args](Context& context) {
            args->options.seed = context.seed;
            const ProjectAccess project(args->project);
            const auto engine = project.loadEngine(context);
            const std::filesystem::path folder = args->project + ".models";
            const RetrainReport report =
                retrainOnProject(project.link(), project.modelFolder(context), args->options,
                                 folder, context.cancel, context.progress());
            if (args->accept)
                project.call([&](Project& p) {
                    const auto relative =
                        report.checkpoint.lexically_relative(project.path().parent_path()).string();
                    p.edit("Accept the retrained model",
                           [&](Editor& editor) { editor.setSetting("model", relative); });
                });
            if (args->json) {
                std::printf("%s\n", report.toJson().dump(1).c_str());
                return Done;
            }
            for (const RetrainFigure& figure : report.figures)
                std::printf("%-9s %-32s %5zu held-out labels  %.3f -> %.3f\n",
                            toString(figure.kind), figure.group.c_str(), figure.labels,
                            figure.before, figure.after);
            for (const std::string& warning : report.warnings)
                std::fprintf(stderr, "hmgrl: %s\n", warning.c_str());
            std::printf("%.1f s, candidate in %s\n", report.seconds, report.checkpoint.c_str());
            return Done;
        });
    });
}

} // namespace hmgrl::cli
