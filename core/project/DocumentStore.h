#pragma once

#include "project/CategoryStore.h"
#include "project/ImagePaths.h"
#include "project/Project.h"

namespace hmgrl {

/// Reads documents and their lists, and keeps the list's figures up to date.
class DocumentStore {
public:
    explicit DocumentStore(Connection& connection)
        : m_connection(connection)
        , m_categories(connection)
        , m_paths(connection.path()) {}

    [[nodiscard]] std::size_t count() const;
    [[nodiscard]] std::vector<std::int64_t> ids() const;
    [[nodiscard]] std::vector<DocumentSummary> list(const DocumentQuery& query) const;
    [[nodiscard]] std::optional<DocumentSummary> summary(std::int64_t document) const;
    [[nodiscard]] Document read(std::int64_t id) const;
    /// Code points of the document's text. @throws Error when absent
    [[nodiscard]] int textLength(std::int64_t id) const;
    [[nodiscard]] std::string thumbnail(std::int64_t document) const;
    void setThumbnail(std::int64_t document, const std::string& jpeg);

    /// Counts labels and takes the largest uncertainty anew; after every change of a document.
    void refreshState(std::int64_t document);

private:
    void readMentions(Document& document, std::vector<std::int64_t>& rows,
                      const CategoryNames& names) const;
    void readRelations(Document& document, const std::vector<std::int64_t>& rows,
                       const CategoryNames& names) const;
    [[nodiscard]] DocumentSummary summaryOf(const Query& row,
                                            const std::string& currentModel) const;
    [[nodiscard]] std::string currentModel() const;

    Connection& m_connection;
    CategoryStore m_categories;
    ImagePaths m_paths;
};

} // namespace hmgrl
