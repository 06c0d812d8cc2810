#include "cli/Command.h"

#include "experiment/Experiment.h"
#include "workflow/Shipped.h"

#include <cstdio>

namespace hmgrl::cli {
namespace {

/// "1-5" or "1,2,7".
std::vector<std::uint32_t> seedsOf(const std::string& text) {
    std::vector<std::uint32_t> out;
    try {
        const auto dash = text.find('-');
        if (dash != std::string::npos) {
            const auto last = std::stoul(text.substr(dash + 1));
            for (auto seed = std::stoul(text.substr(0, dash)); seed <= last && out.size() < 1000;
                 ++seed)
                out.push_back(static_cast<std::uint32_t>(seed));
        } else {
            for (const std::string& item : CLI::detail::split(text, ','))
                out.push_back(static_cast<std::uint32_t>(std::stoul(item)));
        }
    } catch (const std::exception&) {
        out.clear();
    }
    if (out.empty())
        throw Error({}, "--seeds", "expected 1-5 or 1,2,3, found \"" + text + "\"");
    return out;
}

void print(const nlohmann::json& report) {
    std::printf("%-34s %14s %14s %14s %14s %8s\n", "", "seen acc", "unseen acc", "H acc", "H F1",
                "AUSUC");
    const auto cell = [](const nlohmann::json& row, const char* key) {
        char text[32];
        std::snprintf(text, sizeof text, "%.1f ± %.1f", 100 * row[key]["mean"].get<double>(),
                      100 * row[key]["sd"].get<double>());
        return std::string(text);
    };
    for (const auto& row : report["rows"])
        std::printf("%-34s %15s %15s %15s %15s %8.3f\n", row["name"].get<std::string>().c_str(),
                    cell(row, "seen_accuracy").c_str(), cell(row, "unseen_accuracy").c_str(),
                    cell(row, "harmonic_accuracy").c_str(), cell(row, "harmonic_f1").c_str(),
                    row["ausuc"]["mean"].get<double>());
}

} // namespace

void addExperiment(CLI::App& parent, std::function<void(Action)> choose) {
    struct Arguments {
        std::string protocol, config, data = ".", out, cache, seeds = "1-5";
        std::vector<std::string> modes;
        std::uint32_t splitSeed = 0;
        bool grouped = false, json = false;
    };
    auto* command = parent.add_subcommand(
        "experiment", "Train and compare variants of the model on a zero-shot protocol");
    auto args = std::make_shared<Arguments>();
    auto* protocol = command->add_option(
        "--protocol", args->protocol,
        "mre, met, captions or captions-relations: a file of models/experiments");
    command->add_option("--config", args->config, "Configuration (JSON) instead of --protocol")
        ->excludes(protocol);
    command->add_option("--mode", args->modes, "Variants of the configuration [all of them]")
        ->delimiter(',');
    command->add_option("--seeds", args->seeds, "Seeds of training, as 1-5 or 1,2,7");
    command->add_option("--data", args->data, "Folder that the configuration's paths start from");
    command->add_option("--out", args->out, "Folder of the report; finished runs in it are kept")
        ->required();
    command->add_option("--split-seed", args->splitSeed, "Of the protocol's lists and parts");
    command->add_flag("--grouped", args->grouped, "Never one text on two sides");
    command->add_option("--cache", args->cache, "Folder of image features, \"off\" for none");
    command->add_flag("--json", args->json, "The report as JSON");
    command->callback([args, choose] {
        choose([args](Context& context) {
            ExperimentRequest request;
            if (args->config.empty() && args->protocol.empty())
                throw Error({}, "experiment", "expected --protocol or --config, found neither");
            request.config = args->config.empty()
                                 ? shippedExperiments() / (args->protocol + ".json")
                                 : std::filesystem::path(args->config);
            request.protocol = {args->data, args->splitSeed, args->grouped};
            request.variants = args->modes;
            request.seeds = seedsOf(args->seeds);
            request.out = args->out;
            request.cacheFolder = args->cache;
            request.threads = context.threads;
            request.device = context.device;
            Issues issues;
            const auto report = runExperiment(request, issues, context.cancel, context.progress());
            if (args->json)
                std::printf("%s\n", report.dump(1).c_str());
            else
                print(report);
            return Context::report(issues);
        });
    });
}

} // namespace hmgrl::cli
