#include "project/DocumentRows.h"

#include "project/DocumentKeys.h"
#include "support/Base64.h"

#include <array>
#include <utility>

namespace hmgrl {
namespace {

/// A table and its column that names the document; the first is what the others lean on.
constexpr std::array<std::pair<const char*, const char*>, 5> kTables{
    {{"documents", "id"},
     {"document_states", "document"},
     {"thumbnails", "document"},
     {"mention_predictions", "document"},
     {"relation_predictions", "document"}}};

nlohmann::json valueAt(const Query& row, int column) {
    switch (row.type(column)) {
    case Query::Type::Integer:
        return row.integer(column);
    case Query::Type::Real:
        return row.real(column);
    case Query::Type::Text:
        return row.text(column);
    case Query::Type::Blob:
        return {{"base64", toBase64(row.bytes(column))}};
    case Query::Type::Null:
        break;
    }
    return nullptr;
}

/// `bytes` holds what is bound as a BLOB until the statement ran.
void put(Query& query, int index, const nlohmann::json& value, std::string& bytes) {
    if (value.is_object()) {
        const auto decoded = fromBase64(value.at("base64").get_ref<const std::string&>());
        if (!decoded)
            throw Error("damaged project: expected base64 in a step of the history");
        bytes = *decoded;
        query.put(index, Blob{bytes.data(), bytes.size()});
    } else if (value.is_null()) {
        query.put(index, std::optional<std::int64_t>());
    } else if (value.is_string()) {
        query.put(index, value.get_ref<const std::string&>());
    } else if (value.is_number_float()) {
        query.put(index, value.get<double>());
    } else {
        query.put(index, value.get<std::int64_t>());
    }
}

/// The history comes from a file, which may be anybody's.
std::string quoted(const std::string& column) {
    std::string out = "\"";
    for (const char c : column)
        out += c == '"' ? std::string("\"\"") : std::string(1, c);
    return out + '"';
}

} // namespace

std::optional<nlohmann::json> DocumentRows::read(std::int64_t document) const {
    nlohmann::json image;
    for (const auto& [table, key] : kTables) {
        nlohmann::json rows = nlohmann::json::array();
        Query row = m_connection.query("SELECT * FROM " + std::string(table) + " WHERE " + key +
                                       " = ? ORDER BY rowid");
        row.with(document);
        while (row.next()) {
            nlohmann::json values;
            for (int column = 0; column < row.columnCount(); ++column)
                // A prediction's own id means nothing and may be another one's by then.
                if (const std::string name = row.columnName(column); name != "id" || name == key)
                    values[name] = valueAt(row, column);
            rows.push_back(std::move(values));
        }
        if (rows.empty() && image.empty())
            return std::nullopt;
        image[table] = std::move(rows);
    }
    return image;
}

void DocumentRows::write(const nlohmann::json& image) {
    for (const auto& [table, key] : kTables)
        for (nlohmann::json row : image.at(table)) {
            if (row.contains("key"))
                row["key"] = DocumentKeys(m_connection).freeKey(row.at("key").get<std::string>());
            insert(table, row);
        }
    m_connection
        .query("INSERT INTO document_text(rowid, key, text) SELECT id, key, text FROM documents "
               "WHERE id = ?")
        .with(image.at("documents").at(0).at("id").get<std::int64_t>())
        .run();
}

void DocumentRows::insert(const std::string& table, const nlohmann::json& row) {
    std::string columns, marks;
    for (const auto& [column, value] : row.items()) {
        columns += (columns.empty() ? "" : ", ") + quoted(column);
        marks += marks.empty() ? "?" : ", ?";
    }
    std::vector<std::string> bytes(row.size());
    Query query =
        m_connection.query("INSERT INTO " + table + "(" + columns + ") VALUES (" + marks + ")");
    query.with();
    int index = 0;
    for (const auto& [column, value] : row.items()) {
        put(query, index + 1, value, bytes[static_cast<std::size_t>(index)]);
        ++index;
    }
    query.run();
}

void DocumentRows::remove(std::int64_t document) {
    // The search keeps no texts of its own: it is told what it forgets.
    m_connection
        .query("INSERT INTO document_text(document_text, rowid, key, text) "
               "SELECT 'delete', id, key, text FROM documents WHERE id = ?")
        .with(document)
        .run();
    m_connection.query("DELETE FROM documents WHERE id = ?").with(document).run();
}

} // namespace hmgrl
