#include "workflow/Jobs.h"

#include "interchange/Importer.h"
#include "perception/Image.h"

namespace hmgrl {
namespace {

constexpr std::size_t chunkSize = 16; ///< documents a transaction

/// Collects what the importer reads and stores it chunk by chunk.
class ChunkedStore {
public:
    ChunkedStore(const ProjectLink& project, const DocumentsSink& changed, Issues& issues,
                 const CancelToken& cancel)
        : m_project(project)
        , m_changed(changed)
        , m_issues(issues)
        , m_cancel(cancel) {}

    void add(Document document) {
        m_cancel.throwIfCancelled();
        m_chunk.push_back(std::move(document));
        if (m_chunk.size() >= chunkSize)
            flush();
    }

    void flush() {
        if (m_chunk.empty())
            return;
        const auto ids =
            m_project.call([&](Project& p) { return p.addDocuments(m_chunk, m_issues); });
        m_changed(ids);
        storeThumbnails(ids);
        m_chunk.clear();
    }

private:
    /// Of the rows that were stored: not every document of the chunk is one.
    void storeThumbnails(const std::vector<std::int64_t>& ids) {
        const auto rows = m_project.call([&](Project& p) {
            std::vector<DocumentSummary> found;
            for (const std::int64_t id : ids)
                if (auto row = p.summary(id))
                    found.push_back(std::move(*row));
            return found;
        });
        std::vector<std::pair<std::int64_t, std::string>> pictures;
        for (const DocumentSummary& row : rows)
            if (std::string jpeg = thumbnailOf(row); !jpeg.empty())
                pictures.emplace_back(row.id, std::move(jpeg));
        if (pictures.empty())
            return;
        m_project.call([&](Project& p) {
            for (const auto& [id, jpeg] : pictures)
                p.setThumbnail(id, jpeg);
        });
        m_changed(ids);
    }

    std::string thumbnailOf(const DocumentSummary& row) {
        m_cancel.throwIfCancelled();
        if (row.imagePath.empty())
            return {};
        try {
            return thumbnailJpeg(decodeImageFile(row.imagePath));
        } catch (const Error& error) {
            Issue issue = error.issue();
            issue.place = "image of " + row.key;
            m_issues.push_back(std::move(issue));
            return {};
        }
    }

    const ProjectLink& m_project;
    const DocumentsSink& m_changed;
    Issues& m_issues;
    const CancelToken& m_cancel;
    std::vector<Document> m_chunk;
};

} // namespace

Issues importDocuments(const ProjectLink& project, const ImportJob& job,
                       const DocumentsSink& changed, const CancelToken& cancel,
                       const ProgressSink& progress) {
    Issues issues;
    ImportOptions options;
    options.downloadFolder = job.downloads;
    options.imageFolder = job.images;
    ChunkedStore store(project, changed, issues, cancel);
    importFrom(
        job.source, job.format, options, [&](Document d) { store.add(std::move(d)); }, issues,
        cancel, progress);
    store.flush();
    return issues;
}

} // namespace hmgrl
