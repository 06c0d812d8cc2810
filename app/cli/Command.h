#pragma once

#include "support/Cancel.h"
#include "support/Error.h"
#include "support/Progress.h"

#include <CLI/CLI.hpp>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace hmgrl::cli {

/// Exit codes of the program.
enum ExitCode { Done = 0, SomeInputsBad = 1, Fatal = 2 };

/// What every subcommand gets: the options that all share, and the ways to report.
struct Context {
    std::filesystem::path model; ///< --model, or the shipped checkpoint
    std::uint32_t seed = 1;
    int threads = 0;
    std::string device = "cpu"; ///< where the model computes, as in EngineOptions
    bool quiet = false;
    CancelToken cancel; ///< raised by Ctrl-C

    /// A line of progress on standard error, rewritten in place on a terminal.
    [[nodiscard]] ProgressSink progress() const;
    /// Lists issues on standard error; Done when there are none.
    [[nodiscard]] static ExitCode report(const Issues& issues);
};

/// A subcommand adds itself to the parser and returns what to run when it was chosen.
using Action = std::function<ExitCode(Context&)>;
using Register = void (*)(CLI::App& parent, std::function<void(Action)> choose);

/// Every subcommand of this build, in the order of the help.
[[nodiscard]] std::vector<Register> commands();

void addImport(CLI::App& parent, std::function<void(Action)> choose);
void addExtract(CLI::App& parent, std::function<void(Action)> choose);
void addTrain(CLI::App& parent, std::function<void(Action)> choose);
void addExperiment(CLI::App& parent, std::function<void(Action)> choose);
void addEvaluate(CLI::App& parent, std::function<void(Action)> choose);
void addCategory(CLI::App& parent, std::function<void(Action)> choose);
void addRetrain(CLI::App& parent, std::function<void(Action)> choose);
void addLayout(CLI::App& parent, std::function<void(Action)> choose);
void addRender(CLI::App& parent, std::function<void(Action)> choose);
void addReport(CLI::App& parent, std::function<void(Action)> choose);
void addExport(CLI::App& parent, std::function<void(Action)> choose);
void addEmbeddings(CLI::App& parent, std::function<void(Action)> choose);
void addInfo(CLI::App& parent, std::function<void(Action)> choose);

} // namespace hmgrl::cli
