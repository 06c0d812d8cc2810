#include "experiment/Experiment.h"

#include "experiment/Report.h"
#include "experiment/Run.h"
#include "extraction/ComputeThreads.h"
#include "support/Files.h"

#include <algorithm>
#include <thread>

namespace hmgrl {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

json readConfig(const fs::path& file) {
    try {
        return json::parse(readFile(file, 8 << 20), nullptr, true, true);
    } catch (const json::exception& fault) {
        throw Error(file.string(), {},
                    std::string("expected an experiment's configuration: ") + fault.what());
    }
}

std::vector<Variant> chosenVariants(const ExperimentRequest& request, const json& config,
                                    CategoryKind kind) {
    auto all =
        readVariants(config, request.config.parent_path(), kind == CategoryKind::Entity ? 1 : 2);
    if (request.variants.empty())
        return all;
    std::vector<Variant> out;
    for (const std::string& name : request.variants) {
        const auto found =
            std::find_if(all.begin(), all.end(), [&](const Variant& v) { return v.name == name; });
        if (found == all.end())
            throw Error(request.config.string(), "variants",
                        "expected one of its names, found \"" + name + "\"");
        out.push_back(*found);
    }
    return out;
}

/// What a run's result follows from; a stored result with other settings is run again.
json settingsOf(const Variant& variant, std::uint32_t seed, const ExperimentRequest& request,
                int threads) {
    return {{"head", optionsToJson(variant.head)},
            {"schedule", optionsToJson(variant.schedule)},
            {"images", variant.images},
            {"texts", variant.texts},
            {"text_encoder", variant.textEncoder.filename().string()},
            {"seed", seed},
            {"split_seed", request.protocol.seed},
            {"grouped", request.protocol.grouped},
            {"device", request.device},
            {"threads", threads}};
}

std::optional<json> storedRun(const fs::path& file, const json& settings) {
    if (!fs::exists(file))
        return std::nullopt;
    const json run = json::parse(readFile(file, 64 << 20), nullptr, false);
    if (run.is_discarded() || run.value("settings", json()) != settings)
        return std::nullopt;
    return run;
}

} // namespace

json runExperiment(const ExperimentRequest& request, Issues& issues, const CancelToken& cancel,
                   const ProgressSink& progress) try {
    const json config = readConfig(request.config);
    const Protocol protocol = makeProtocol(config, request.protocol, issues);
    const auto variants = chosenVariants(request, config, protocol.kind);
    const int cores = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
    const int threads = request.threads > 0 ? request.threads : cores;
    setComputeThreads(threads);
    keepFreedMemory();
    fs::create_directories(request.out / "runs");
    Workbench bench(protocol, config, request, issues);
    std::vector<VariantRuns> table;
    for (const Variant& variant : variants) {
        VariantRuns row{variant, {}};
        // A baseline draws nothing at random.
        const auto seeds =
            variant.kind == Variant::Kind::Head ? request.seeds : std::vector<std::uint32_t>{0};
        for (const std::uint32_t seed : seeds) {
            const fs::path file =
                request.out / "runs" / (variant.name + "-" + std::to_string(seed) + ".json");
            const json settings = settingsOf(variant, seed, request, threads);
            auto run = storedRun(file, settings);
            if (!run) {
                run = bench.run(variant, seed, cancel, progress);
                (*run)["settings"] = settings;
                writeFileAtomically(file, run->dump(1) + "\n");
            }
            row.runs.push_back(std::move(*run));
        }
        table.push_back(std::move(row));
    }
    return writeReport(protocol, config, table, request.out);
} catch (const json::exception& fault) {
    throw Error(request.config.string(), {}, fault.what());
}

} // namespace hmgrl
