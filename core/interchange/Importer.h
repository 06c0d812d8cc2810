#pragma once

#include "data/Document.h"
#include "support/Cancel.h"
#include "support/Error.h"
#include "support/Progress.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace hmgrl {

/// Receives documents in source order as they are read.
using DocumentSink = std::function<void(Document)>;

struct ImportOptions {
    std::uint64_t maxFileBytes = 2ULL << 30;
    std::uint64_t maxLineBytes = 8ULL << 20; ///< a longer line is an issue, the next one goes on
    std::filesystem::path imageFolder;       ///< of images' names; empty: the source's own
    std::filesystem::path downloadFolder;    ///< where images of web pages are stored
    double timeoutSeconds = 20;              ///< of one transfer
    std::uint64_t maxDownloadBytes = 20ULL << 20;     ///< of one page or image
    std::uint64_t maxDownloadTotalBytes = 1ULL << 30; ///< of one import
    int maxRedirects = 5;
    int maxPairsPerPage = 500;
};

/// One file format or source. To add one: write a subclass in a file of its own and name it in
/// importers() (Importers.cpp). Nothing is evaluated, nothing leaves the source's folder, every bad
/// line, record or image becomes an Issue with its place, and the rest goes on.
class Importer {
public:
    virtual ~Importer() = default;
    [[nodiscard]] virtual std::string name() const = 0;        ///< "jsonl", "mnre", "met", "web"
    [[nodiscard]] virtual std::string description() const = 0; ///< for help and the open dialog
    /// 0 (can't be) .. 1 (surely), from the name and the first bytes.
    [[nodiscard]] virtual double recognise(const std::string& source,
                                           std::string_view head) const = 0;
    /// @throws Error when the source as a whole can't be read, Cancelled
    virtual void import(const std::string& source, const ImportOptions& options,
                        const DocumentSink& sink, Issues& issues, const CancelToken& cancel,
                        const ProgressSink& progress) const = 0;
};

/// Every importer there is.
[[nodiscard]] const std::vector<std::unique_ptr<Importer>>& importers();

/// Imports a file, folder or http(s) URL. `format` empty: the importer that recognises it best.
/// @throws Error naming the known formats when none does
void importFrom(const std::string& source, const std::string& format, const ImportOptions& options,
                const DocumentSink& sink, Issues& issues, const CancelToken& cancel = {},
                const ProgressSink& progress = {});

} // namespace hmgrl
