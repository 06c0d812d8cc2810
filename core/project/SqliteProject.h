#pragma once

#include "project/Connection.h"
#include "project/DocumentStore.h"
#include "project/History.h"
#include "project/SampleStore.h"

namespace hmgrl {

/// The project over one connection: every member is one transaction, failures of SQLite leave as
/// Error.
class SqliteProject final : public Project {
public:
    explicit SqliteProject(std::unique_ptr<Connection> connection);

    [[nodiscard]] std::filesystem::path path() const override { return m_connection->path(); }
    [[nodiscard]] bool isReadOnly() const override { return m_connection->isReadOnly(); }
    [[nodiscard]] int schemaVersion() const override;

    [[nodiscard]] std::size_t documentCount() const override;
    [[nodiscard]] std::vector<DocumentSummary> documents(const DocumentQuery& query) const override;
    [[nodiscard]] std::optional<DocumentSummary> summary(std::int64_t document) const override;
    [[nodiscard]] Document document(std::int64_t id) const override;
    [[nodiscard]] std::vector<std::int64_t> documentIds() const override;
    [[nodiscard]] std::string thumbnail(std::int64_t document) const override;
    [[nodiscard]] std::vector<Category> categories() const override;
    [[nodiscard]] std::vector<std::pair<std::string, int>>
    categoryCounts(CategoryKind kind) const override;
    [[nodiscard]] std::vector<SampleRow> samples(CategoryKind kind) const override;
    [[nodiscard]] std::vector<RelationEnds> relationEnds() const override;
    [[nodiscard]] std::optional<std::string> setting(const std::string& key) const override;

    std::vector<std::int64_t> addDocuments(const std::vector<Document>& documents,
                                           Issues& issues) override;
    void setThumbnail(std::int64_t document, const std::string& jpeg) override;
    void addModelCategories(const std::vector<Category>& categories) override;
    void storeExtraction(std::int64_t document, const Extraction& extraction,
                         const std::string& modelHash) override;
    [[nodiscard]] std::optional<LatentRow> latent(CategoryKind kind,
                                                  std::int64_t sample) const override;
    void rescore(const Ranker& rank, const CancelToken& cancel) override;
    void storeCoordinates(CategoryKind kind,
                          const std::vector<std::pair<std::int64_t, DiskPoint>>& where) override;
    void setSetting(const std::string& key, const std::string& value) override;

    void edit(const std::function<std::string(Editor&)>& change) override;
    [[nodiscard]] std::optional<std::string> undoLabel() const override;
    [[nodiscard]] std::optional<std::string> redoLabel() const override;
    std::vector<std::int64_t> undo() override;
    std::vector<std::int64_t> redo() override;

    [[nodiscard]] std::string canonicalExport() const override;

private:
    /// Runs work() and turns a failure of SQLite into an Error.
    template <typename Work>
    auto guarded(Work&& work) const;
    template <typename Work>
    void change(Work&& work);
    std::vector<std::int64_t> move(History::Direction direction);

    std::unique_ptr<Connection> m_connection;
    mutable DocumentStore m_documents;
    mutable CategoryStore m_categories;
    mutable SampleStore m_samples;
    mutable History m_history;
};

} // namespace hmgrl
