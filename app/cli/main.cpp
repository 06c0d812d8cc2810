#include "cli/Command.h"

#include <csignal>
#include <cstdio>
#include <optional>
#include <pthread.h>
#include <thread>

using namespace hmgrl;
using namespace hmgrl::cli;

namespace {

/// Ctrl-C raises the token; work stops at its next check and leaves everything as it was.
/// A thread waits for the signal because little is allowed inside a handler.
void cancelOnInterrupt(CancelToken token) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::thread([set, token]() mutable {
        int signal = 0;
        sigwait(&set, &signal);
        std::fputs("\nhmgrl: stopping ...\n", stderr);
        token.cancel();
    }).detach();
}

void addCommands(CLI::App& app, const std::function<void(Action)>& choose) {
    for (const Register add : {addImport, addExtract, addTrain, addEvaluate, addCategory,
                               addRetrain, addLayout, addRender, addReport, addExport, addInfo})
        add(app, choose);
}

ExitCode run(const Action& action, Context& context) {
    try {
        return action(context);
    } catch (const Cancelled&) {
        std::fputs("hmgrl: cancelled\n", stderr);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "hmgrl: %s\n", failure.what());
    }
    return Fatal;
}

} // namespace

int main(int argc, char** argv) {
    Context context;
    std::optional<Action> chosen;
    CLI::App app("HMGRL Studio on the command line: extract, explore, define categories, train.",
                 "hmgrl");
    app.set_version_flag("--version", std::string("hmgrl ") + HMGRL_VERSION);
    app.add_option("--model", context.model, "Checkpoint folder [the shipped one]");
    app.add_option("--seed", context.seed, "Random seed [1]");
    app.add_option("--threads", context.threads, "Worker threads, 0 = one a core [0]");
    app.add_flag("-q,--quiet", context.quiet, "No progress on standard error");
    app.require_subcommand(1);
    app.fallthrough();
    addCommands(app, [&](Action action) { chosen = std::move(action); });
    try {
        app.parse(argc, argv);
    } catch (const CLI::Success& answer) {
        return app.exit(answer);
    } catch (const CLI::ParseError& fault) {
        // The parser misses a command before it wonders about a word that is none.
        if (const auto unknown = app.remaining(); !chosen && !unknown.empty())
            std::fprintf(stderr, "hmgrl: expected a command, found \"%s\"\n",
                         unknown.front().c_str());
        app.exit(fault);
        return Fatal;
    }
    cancelOnInterrupt(context.cancel);
    return run(*chosen, context);
}
