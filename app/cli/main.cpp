#include "cli/Command.h"

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <optional>
#include <thread>
#include <unistd.h>

using namespace hmgrl;
using namespace hmgrl::cli;

namespace {

int interruptPipe[2] = {-1, -1};

/// All that is safe inside a handler: one byte for the thread that waits.
void onInterrupt(int /*signal*/) {
    const int kept = errno;
    [[maybe_unused]] const auto written = ::write(interruptPipe[1], "", 1);
    errno = kept;
}

/// Ctrl-C raises the token; work stops at its next check and leaves everything as it was. A second
/// one ends the program at once. A handler, because a blocked signal would still reach the threads
/// that libraries start while they are loaded.
void cancelOnInterrupt(CancelToken token) {
    if (::pipe2(interruptPipe, O_CLOEXEC) != 0)
        return;
    struct sigaction action = {};
    action.sa_handler = onInterrupt;
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::thread([token]() mutable {
        char byte = 0;
        if (::read(interruptPipe[0], &byte, 1) != 1)
            return;
        std::fputs("\nhmgrl: stopping ...\n", stderr);
        token.cancel();
    }).detach();
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
    app.add_option("--device", context.device,
                   "Where the model computes: cpu, cuda or cuda:N [cpu]");
    app.add_flag("-q,--quiet", context.quiet, "No progress on standard error");
    app.require_subcommand(1);
    app.fallthrough();
    for (const Register add : commands())
        add(app, [&](Action action) { chosen = std::move(action); });
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
