#pragma once

#include "support/Error.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hmgrl {

/// Bytes that are bound as a BLOB; must live until the statement ran.
struct Blob {
    const void* data = nullptr;
    std::size_t size = 0;
};

class Connection;

/// A prepared statement on loan from its connection: bound in the order of the ? marks, stepped,
/// read by column, and handed back reset, so that no read transaction outlives it.
class Query {
public:
    Query(Connection& owner, std::string sql, std::unique_ptr<SQLite::Statement> statement);
    Query(Query&&) = default;
    Query(const Query&) = delete;
    Query& operator=(const Query&) = delete;
    ~Query();

    template <typename... Values>
    Query& with(const Values&... values) {
        m_statement->reset();
        int index = 0;
        (put(++index, values), ...);
        return *this;
    }
    void put(int index, std::int64_t value) { m_statement->bind(index, value); }
    void put(int index, int value) { m_statement->bind(index, value); }
    void put(int index, double value) { m_statement->bind(index, value); }
    void put(int index, const char* value) { m_statement->bind(index, value); }
    void put(int index, const std::string& value) { m_statement->bind(index, value); }
    void put(int index, const std::optional<std::int64_t>& value);
    void put(int index, Blob value);

    bool next() { return m_statement->executeStep(); }
    /// For statements that return no rows. Returns the number of rows changed.
    int run();

    [[nodiscard]] std::int64_t integer(int column) const;
    [[nodiscard]] int number(int column) const { return static_cast<int>(integer(column)); }
    [[nodiscard]] double real(int column) const;
    /// @throws Error when a damaged file holds what is no text
    [[nodiscard]] std::string text(int column) const;
    [[nodiscard]] std::string_view bytes(int column) const; ///< valid until next()
    [[nodiscard]] bool isNull(int column) const;

    enum class Type { Null, Integer, Real, Text, Blob };
    /// Of the value in the row that was stepped to, not the one that the column was declared with.
    [[nodiscard]] Type type(int column) const;
    [[nodiscard]] int columnCount() const { return m_statement->getColumnCount(); }
    [[nodiscard]] std::string columnName(int column) const {
        return m_statement->getColumnName(column);
    }

private:
    Connection* m_owner;
    std::string m_sql;
    std::unique_ptr<SQLite::Statement> m_statement;
};

/// One connection to a project file with its prepared statements. Throws SQLite::Exception; whoever
/// stands at the room's border turns that into an Error with errorFor().
class Connection {
public:
    enum class Access { ReadWrite, ReadOnly, Immutable };

    Connection(const std::filesystem::path& path, Access access);

    [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
    [[nodiscard]] bool isReadOnly() const { return m_readOnly; }

    [[nodiscard]] Query query(const std::string& sql);
    void execute(const std::string& sql) { m_database.exec(sql); }
    [[nodiscard]] std::int64_t lastInsertId() const { return m_database.getLastInsertRowid(); }
    /// A pragma's or an aggregate's single number.
    [[nodiscard]] std::int64_t scalar(const std::string& sql);

private:
    friend class Query;
    friend class Transaction;

    std::filesystem::path m_path;
    bool m_readOnly = false;
    bool m_inTransaction = false;
    SQLite::Database m_database;
    std::map<std::string, std::vector<std::unique_ptr<SQLite::Statement>>, std::less<>> m_idle;
};

/// Rolls back unless committed. A Read inside any transaction joins it; a Write inside one is an
/// Error, because its caller could no longer count on all or nothing.
class Transaction {
public:
    enum class Mode { Read, Write };

    explicit Transaction(Connection& connection, Mode mode = Mode::Write);
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;
    ~Transaction();
    void commit();

private:
    Connection& m_connection;
    bool m_open = false;
};

/// What a failure of SQLite means for someone with a project file.
[[nodiscard]] Error errorFor(const SQLite::Exception& failure, const std::filesystem::path& file);

} // namespace hmgrl
