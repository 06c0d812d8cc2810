#include "cli/Command.h"

#include <chrono>
#include <cstdio>
#include <memory>
#include <unistd.h>

namespace hmgrl::cli {
namespace {

std::string figures(const Progress& progress) {
    std::string out;
    char text[64];
    for (const auto& [name, value] : progress.values) {
        if (name == "speed")
            std::snprintf(text, sizeof text, "  %.1f texts/s", value);
        else if (name == "eta")
            std::snprintf(text, sizeof text, "  %.0f min left", value / 60);
        else
            std::snprintf(text, sizeof text, "  %s %.3f", name.c_str(), value);
        out += text;
    }
    return out;
}

void print(const Progress& progress, bool terminal) {
    std::fprintf(stderr, "%s%s %.0f", terminal ? "\r\033[K" : "", progress.stage.c_str(),
                 progress.done);
    if (progress.total > 0)
        std::fprintf(stderr, "/%.0f", progress.total);
    // A terminal's line is rewritten: keep it short there.
    std::string more = figures(progress);
    if (terminal && more.size() > 90)
        more.resize(90);
    std::fprintf(stderr, "%s%s", more.c_str(), terminal ? "" : "\n");
    if (terminal && progress.total > 0 && progress.done >= progress.total)
        std::fputc('\n', stderr);
}

} // namespace

ProgressSink Context::progress() const {
    if (quiet)
        return {};
    using Clock = std::chrono::steady_clock;
    const bool terminal = isatty(STDERR_FILENO) != 0;
    // Often enough to be alive, seldom enough for a log file.
    const auto interval =
        terminal ? std::chrono::milliseconds(200) : std::chrono::milliseconds(10000);
    auto last = std::make_shared<Clock::time_point>(Clock::now());
    return [=](const Progress& progress) {
        const bool finished = progress.total > 0 && progress.done >= progress.total;
        if (Clock::now() - *last < interval && !(finished && terminal))
            return;
        *last = Clock::now();
        print(progress, terminal);
    };
}

ExitCode Context::report(const Issues& issues) {
    for (const Issue& issue : issues)
        std::fprintf(stderr, "hmgrl: %s\n", issue.text().c_str());
    return issues.empty() ? Done : SomeInputsBad;
}

} // namespace hmgrl::cli
