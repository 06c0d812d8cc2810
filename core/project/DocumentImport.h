#pragma once

#include "project/DocumentKeys.h"
#include "project/DocumentStore.h"

#include <map>

namespace hmgrl {

/// Stores documents that come from a file; see Project::addDocuments. Inside a transaction.
class DocumentImport {
public:
    DocumentImport(Connection& connection, Issues& issues);

    /// Its new row, or nothing when the document is refused (an issue says why).
    std::optional<std::int64_t> add(const Document& document);

private:
    [[nodiscard]] std::optional<std::string> fault(const Document& document) const;
    /// Of the stored document of this id that is the same, and where every label of this one has
    /// been decided on; or nothing.
    [[nodiscard]] std::optional<std::string> storedKey(const Document& document) const;
    std::int64_t insertDocument(const Document& document);
    std::vector<std::int64_t> insertMentions(std::int64_t row, const Document& document);
    void insertRelations(std::int64_t row, const Document& document,
                         const std::vector<std::int64_t>& mentions);
    [[nodiscard]] std::optional<std::int64_t> typeRow(CategoryKind kind, const std::string& name);
    [[nodiscard]] std::vector<StoredCandidate> storedCandidates(CategoryKind kind,
                                                                const std::vector<Candidate>& from);
    void report(const Document& document, const std::string& reason);

    Connection& m_connection;
    Issues& m_issues;
    CategoryStore m_categories;
    DocumentStore m_documents;
    DocumentKeys m_keys;
    ImagePaths m_paths;
    std::map<std::pair<CategoryKind, std::string>, std::int64_t> m_types;
};

} // namespace hmgrl
