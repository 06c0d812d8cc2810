#pragma once

#include "project/Connection.h"

#include <nlohmann/json.hpp>

namespace hmgrl {

/// Everything of a document but what analysts change (labels, the review mark): its own row, its
/// place in the full-text search, its figures, thumbnail and predictions. As JSON, it can be
/// brought back as it was, with its own id.
class DocumentRows {
public:
    explicit DocumentRows(Connection& connection)
        : m_connection(connection) {}

    /// {table: [{column: value}]}, bytes as {"base64": text}; nothing when the document is absent.
    [[nodiscard]] std::optional<nlohmann::json> read(std::int64_t document) const;
    /// Under the next free key when another document has its key now.
    void write(const nlohmann::json& image);
    /// With its labels and review mark.
    void remove(std::int64_t document);

private:
    void insert(const std::string& table, const nlohmann::json& row);

    Connection& m_connection;
};

} // namespace hmgrl
