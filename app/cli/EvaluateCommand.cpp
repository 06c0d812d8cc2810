#include "cli/ProjectAccess.h"

#include "interchange/Importer.h"
#include "training/Evaluation.h"

#include <cstdio>

namespace hmgrl::cli {
namespace {

void print(const TaskEvaluation& result) {
    const auto row = [](const char* name, const Scores& scores) {
        std::printf("%-7s %6zu labels  accuracy %.4f  weighted F1 %.4f  macro accuracy %.4f\n",
                    name, scores.count, scores.accuracy, scores.weightedF1, scores.macroAccuracy);
    };
    row("seen", result.scores.seen);
    row("unseen", result.scores.unseen);
    std::printf("H       accuracy %.4f [%.4f, %.4f]  F1 %.4f  at gamma %.3f\n",
                result.scores.harmonicAccuracy, result.harmonicLow, result.harmonicHigh,
                result.scores.harmonicF1, result.gamma);
    std::printf("        H at gamma 0 %.4f  best H %.4f at gamma %.3f  AUSUC %.4f\n",
                result.sweep.harmonicAtZero, result.sweep.harmonic, result.sweep.gamma,
                result.sweep.ausuc);
    std::printf("detection   precision %.4f  recall %.4f  F1 %.4f (%zu labels)\n",
                result.detection.precision(), result.detection.recall(), result.detection.f1(),
                result.detection.truth);
    std::printf("with type   precision %.4f  recall %.4f  F1 %.4f\n", result.endToEnd.precision(),
                result.endToEnd.recall(), result.endToEnd.f1());
}

} // namespace

void addEvaluate(CLI::App& parent, std::function<void(Action)> choose) {
    struct Arguments {
        std::string data, task = "entity", format, images;
        bool json = false, noImages = false, restrict = false, givenTypes = false;
        double gamma = 0;
    };
    auto* command = parent.add_subcommand(
        "evaluate", "Generalized zero-shot figures on labelled data: seen, unseen, harmonic mean");
    auto args = std::make_shared<Arguments>();
    command->add_option("--data", args->data, "Labelled documents")->required();
    command->add_option("--task", args->task, "entity or relation")
        ->check(CLI::IsMember({"entity", "relation"}));
    command->add_option("--format", args->format, "Format of --data [recognised]");
    command->add_option("--images", args->images, "Folder of the images [the folder of --data]");
    command->add_flag("--json", args->json, "All figures as JSON");
    command->add_flag("--no-images", args->noImages, "Read the texts alone");
    command->add_flag("--only-labels", args->restrict,
                      "Decide among the data's own categories only");
    command->add_flag("--given-types", args->givenTypes,
                      "Relations: let the labels of head and tail be known");
    auto* gamma = command->add_option("--gamma", args->gamma, "Instead of the model's calibration");
    command->callback([args, gamma, choose] {
        const bool ownGamma = gamma->count() > 0;
        choose([args, ownGamma](Context& context) {
            std::vector<Document> documents;
            Issues issues;
            ImportOptions import;
            import.imageFolder = args->images;
            importFrom(
                args->data, args->format, import,
                [&](Document d) { documents.push_back(std::move(d)); }, issues, context.cancel,
                context.progress());
            const auto engine = Engine::load(modelFolder(context), engineOptions(context));
            EvaluateOptions options;
            options.useImages = !args->noImages;
            options.restrictToLabels = args->restrict;
            options.givenTypes = args->givenTypes;
            if (ownGamma)
                options.gamma = args->gamma;
            const auto result = evaluate(*engine, documents, categoryKindFromString(args->task),
                                         options, context.cancel, context.progress());
            if (args->json)
                std::printf("%s\n", result.toJson().dump(1).c_str());
            else
                print(result);
            return Context::report(issues);
        });
    });
}

} // namespace hmgrl::cli
