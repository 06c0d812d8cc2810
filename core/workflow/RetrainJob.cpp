#include "workflow/Jobs.h"

#include <algorithm>
#include <chrono>
#include <system_error>

namespace hmgrl {
namespace {

bool hasAcceptedLabels(const Document& document) {
    const auto accepted = [](const auto& label) {
        return label.status == Status::Accepted && !label.type.empty();
    };
    return std::any_of(document.mentions.begin(), document.mentions.end(), accepted) ||
           std::any_of(document.relations.begin(), document.relations.end(), accepted);
}

std::vector<Document> labelledDocuments(const ProjectLink& project, const CancelToken& cancel,
                                        const ProgressSink& progress) {
    const auto ids = project.call([](Project& p) { return p.documentIds(); });
    std::vector<Document> documents;
    constexpr std::size_t chunk = 64;
    for (std::size_t at = 0; at < ids.size(); at += chunk) {
        cancel.throwIfCancelled();
        if (progress)
            progress(
                {"Reading labels", static_cast<double>(at), static_cast<double>(ids.size()), {}});
        auto part = project.call([&](Project& p) {
            std::vector<Document> read;
            for (std::size_t i = at; i < std::min(at + chunk, ids.size()); ++i)
                if (p.summary(ids[i])) // may have been removed in the meantime
                    read.push_back(p.document(ids[i]));
            return read;
        });
        for (Document& document : part)
            if (hasAcceptedLabels(document))
                documents.push_back(std::move(document));
    }
    return documents;
}

std::filesystem::path candidateFolder(const std::filesystem::path& folder) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return folder / ("candidate-" + std::to_string(now.count()));
}

/// The checkpoint gets its hash as its name, unless the same content stands there already.
void nameByHash(RetrainReport& report, const std::filesystem::path& folder) {
    const auto named = folder / report.modelHash.substr(0, 16);
    std::error_code error;
    if (std::filesystem::exists(named, error))
        return;
    std::filesystem::rename(report.checkpoint, named, error);
    if (!error)
        report.checkpoint = named;
}

} // namespace

RetrainReport retrainOnProject(const ProjectLink& project, const std::filesystem::path& base,
                               const RetrainOptions& options, const std::filesystem::path& folder,
                               const CancelToken& cancel, const ProgressSink& progress) {
    const auto categories = project.call([](Project& p) { return p.categories(); });
    const auto documents = labelledDocuments(project, cancel, progress);
    if (documents.empty())
        throw Error(
            "there are no accepted labels to learn from yet: accept some suggestions first");
    std::filesystem::create_directories(folder);
    const auto out = candidateFolder(folder);
    RetrainReport report = retrain(base, documents, categories, options, out, cancel, progress);
    nameByHash(report, folder);
    return report;
}

} // namespace hmgrl
