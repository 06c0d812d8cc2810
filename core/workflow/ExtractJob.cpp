#include "extraction/LatentRanking.h"
#include "workflow/Jobs.h"

#include <algorithm>

namespace hmgrl {
namespace {

constexpr std::size_t chunkSize =
    16; ///< documents a transaction: short waits for the analyst's edits

std::vector<std::int64_t> documentsToExtract(const ProjectLink& project) {
    return project.call([](Project& p) {
        std::vector<std::int64_t> ids;
        for (const DocumentSummary& row : p.documents())
            if (!row.extracted)
                ids.push_back(row.id);
        return ids;
    });
}

/// Those that are still there: an analyst may remove some while the model reads others.
std::vector<Document> readDocuments(const ProjectLink& project, std::span<const std::int64_t> ids) {
    return project.call([&](Project& p) {
        std::vector<Document> documents;
        for (const std::int64_t id : ids)
            if (p.summary(id))
                documents.push_back(p.document(id));
        return documents;
    });
}

struct Chunk {
    std::vector<Document> documents;
    std::vector<Extraction> extractions;
    std::vector<bool> done;
};

Chunk computeChunk(const ProjectLink& project, const Engine& engine, const CategorySpace& space,
                   std::span<const std::int64_t> ids, const CancelToken& cancel) {
    Chunk chunk{readDocuments(project, ids), std::vector<Extraction>(ids.size()),
                std::vector<bool>(ids.size(), false)};
    engine.extract(
        chunk.documents, space,
        [&](std::size_t i, Extraction extraction) {
            chunk.extractions.at(i) = std::move(extraction);
            chunk.done.at(i) = true;
        },
        cancel);
    return chunk;
}

void storeChunk(const ProjectLink& project, Chunk& chunk, const CategorySpace* usedSpace,
                const SpaceSlot& slot, const std::string& modelHash, Issues& issues) {
    project.call([&](Project& p) {
        const auto now = slot.get();
        for (std::size_t i = 0; i < chunk.documents.size(); ++i) {
            const std::int64_t id = chunk.documents[i].id;
            if (!chunk.done[i] || !p.summary(id))
                continue;
            Extraction& extraction = chunk.extractions[i];
            if (now && now.get() != usedSpace)
                rankLatents(extraction, chunk.documents[i], *now);
            for (Issue& issue : extraction.issues)
                issues.push_back(std::move(issue));
            p.storeExtraction(id, extraction, modelHash);
        }
    });
}

} // namespace

std::shared_ptr<const CategorySpace> SpaceSlot::get() const {
    const std::lock_guard lock(m_mutex);
    return m_space;
}

void SpaceSlot::set(std::shared_ptr<const CategorySpace> space) {
    const std::lock_guard lock(m_mutex);
    m_space = std::move(space);
}

Issues extractDocuments(const ProjectLink& project, const Engine& engine, const SpaceSlot& slot,
                        const DocumentsSink& changed, const CancelToken& cancel,
                        const ProgressSink& progress) {
    Issues issues;
    const std::vector<std::int64_t> ids = documentsToExtract(project);
    const std::span<const std::int64_t> all(ids);
    for (std::size_t at = 0; at < ids.size(); at += chunkSize) {
        cancel.throwIfCancelled();
        if (progress)
            progress({"Extracting", static_cast<double>(at), static_cast<double>(ids.size()), {}});
        const auto space = slot.get();
        const auto part = all.subspan(at, std::min(chunkSize, ids.size() - at));
        Chunk chunk = computeChunk(project, engine, *space, part, cancel);
        storeChunk(project, chunk, space.get(), slot, engine.modelHash(), issues);
        changed({part.begin(), part.end()});
    }
    return issues;
}

} // namespace hmgrl
