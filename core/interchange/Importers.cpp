#include "interchange/Formats.h"
#include "interchange/Importer.h"
#include "interchange/Urls.h"

#include <array>
#include <fstream>

namespace hmgrl {
namespace fs = std::filesystem;
namespace {

std::vector<std::unique_ptr<Importer>> makeImporters() {
    std::vector<std::unique_ptr<Importer>> out;
#define HMGRL_MAKE_FORMAT(Name) out.push_back(make##Name##Importer());
    HMGRL_FORMATS(HMGRL_MAKE_FORMAT)
#undef HMGRL_MAKE_FORMAT
    return out;
}

/// The first bytes of a regular file; empty for a URL or a folder.
std::string headOf(const std::string& source) {
    std::error_code failure;
    if (isWebAddress(source) || !fs::is_regular_file(source, failure))
        return {};
    std::ifstream in(source, std::ios::binary);
    std::array<char, 4096> bytes;
    in.read(bytes.data(), bytes.size());
    return std::string(bytes.data(), static_cast<std::size_t>(in.gcount()));
}

std::string knownFormats() {
    std::string out;
    for (const auto& importer : importers())
        out += (out.empty() ? "" : ", ") + importer->name();
    return out;
}

const Importer& named(const std::string& format) {
    for (const auto& importer : importers())
        if (importer->name() == format)
            return *importer;
    throw Error("unknown format \"" + format + "\"; known are " + knownFormats());
}

const Importer& recognised(const std::string& source) {
    const std::string head = headOf(source);
    const Importer* best = nullptr;
    double bestScore = 0;
    for (const auto& importer : importers()) {
        const double score = importer->recognise(source, head);
        if (score > bestScore) {
            best = importer.get();
            bestScore = score;
        }
    }
    if (best == nullptr)
        throw Error(source, {}, "not recognised as any known format: " + knownFormats());
    return *best;
}

void requireSource(const std::string& source) {
    std::error_code failure;
    if (source.empty() || source.find('\0') != std::string::npos)
        throw Error(
            "expected a file, a folder or an http(s) address, found an empty or broken name");
    if (hasScheme(source) && !fs::exists(source, failure) && !isWebAddress(source))
        throw Error(source, {}, "expected an http or https address");
    if (!isWebAddress(source) && !fs::exists(source, failure))
        throw Error(source, {}, "no such file or folder");
}

} // namespace

const std::vector<std::unique_ptr<Importer>>& importers() {
    static const std::vector<std::unique_ptr<Importer>> all = makeImporters();
    return all;
}

void importFrom(const std::string& source, const std::string& format, const ImportOptions& options,
                const DocumentSink& sink, Issues& issues, const CancelToken& cancel,
                const ProgressSink& progress) {
    requireSource(source);
    const Importer& importer = format.empty() ? recognised(source) : named(format);
    cancel.throwIfCancelled();
    importer.import(source, options, sink, issues, cancel, progress);
}

} // namespace hmgrl
