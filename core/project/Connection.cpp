#include "project/Connection.h"

#include "project/Texts.h"

#include <SQLiteCpp/Column.h>
#include <sqlite3.h>
#include <utility>

namespace hmgrl {
namespace {

/// How long a writer waits for another one before it gives up, in milliseconds.
constexpr int kBusyTimeout = 3000;

/// An immutable database can only be asked for through a URI.
std::string fileUri(const std::string& path) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string uri = "file://";
    for (const char c : path) {
        const auto byte = static_cast<unsigned char>(c);
        const bool plain = (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
                           (byte >= '0' && byte <= '9') ||
                           std::string_view("/._-~").find(c) != std::string_view::npos;
        if (plain)
            uri += c;
        else
            uri.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
    return uri + "?immutable=1";
}

std::string fileName(const std::filesystem::path& path, Connection::Access access) {
    const std::string absolute = std::filesystem::absolute(path).string();
    return access == Connection::Access::Immutable ? fileUri(absolute) : absolute;
}

int openFlags(Connection::Access access) {
    if (access == Connection::Access::ReadWrite)
        return SQLite::OPEN_READWRITE;
    return SQLite::OPEN_READONLY | (access == Connection::Access::Immutable ? SQLite::OPEN_URI : 0);
}

} // namespace

Query::Query(Connection& owner, std::string sql, std::unique_ptr<SQLite::Statement> statement)
    : m_owner(&owner)
    , m_sql(std::move(sql))
    , m_statement(std::move(statement)) {}

Query::~Query() {
    if (!m_statement)
        return;
    m_statement->tryReset();
    m_owner->m_idle[m_sql].push_back(std::move(m_statement));
}

void Query::put(int index, const std::optional<std::int64_t>& value) {
    if (value)
        m_statement->bind(index, *value);
    else
        m_statement->bind(index);
}

void Query::put(int index, Blob value) {
    if (value.size == 0)
        m_statement->bind(index);
    else
        m_statement->bindNoCopy(index, value.data, static_cast<int>(value.size));
}

int Query::run() {
    return m_statement->exec();
}

std::int64_t Query::integer(int column) const {
    return m_statement->getColumn(column).getInt64();
}

double Query::real(int column) const {
    return m_statement->getColumn(column).getDouble();
}

std::string Query::text(int column) const {
    std::string text = m_statement->getColumn(column).getString();
    if (const auto fault = textFault(text))
        throw Error(m_owner->path().string(), {}, "the project is damaged: " + *fault);
    return text;
}

std::string_view Query::bytes(int column) const {
    const SQLite::Column value = m_statement->getColumn(column);
    const auto* data = static_cast<const char*>(value.getBlob());
    return {data, static_cast<std::size_t>(value.getBytes())};
}

Query::Type Query::type(int column) const {
    const SQLite::Column value = m_statement->getColumn(column);
    return value.isNull()      ? Type::Null
           : value.isInteger() ? Type::Integer
           : value.isFloat()   ? Type::Real
           : value.isText()    ? Type::Text
                               : Type::Blob;
}

bool Query::isNull(int column) const {
    return m_statement->getColumn(column).isNull();
}

Connection::Connection(const std::filesystem::path& path, Access access)
    : m_path(path)
    , m_readOnly(access != Access::ReadWrite)
    , m_database(fileName(path, access), openFlags(access), kBusyTimeout) {
    // A project file may come from a stranger: its schema gets no powers beyond holding data.
    sqlite3_db_config(m_database.getHandle(), SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    execute("PRAGMA trusted_schema=OFF");
    execute("PRAGMA cell_size_check=ON");
    execute("PRAGMA foreign_keys=ON");
    execute("PRAGMA temp_store=MEMORY");
    execute("PRAGMA cache_size=-32768");
}

Query Connection::query(const std::string& sql) {
    const auto idle = m_idle.find(sql);
    if (idle == m_idle.end() || idle->second.empty())
        return Query(*this, sql, std::make_unique<SQLite::Statement>(m_database, sql));
    std::unique_ptr<SQLite::Statement> statement = std::move(idle->second.back());
    idle->second.pop_back();
    return Query(*this, sql, std::move(statement));
}

std::int64_t Connection::scalar(const std::string& sql) {
    Query row = query(sql);
    return row.next() ? row.integer(0) : 0;
}

Transaction::Transaction(Connection& connection, Mode mode)
    : m_connection(connection) {
    if (connection.m_inTransaction && mode == Mode::Read)
        return;
    if (connection.m_inTransaction)
        throw Error(connection.path().string(), {},
                    "a change is being made already; make it one step");
    if (mode == Mode::Write && connection.isReadOnly())
        throw Error(connection.path().string(), {},
                    "the project is read-only; nothing was changed");
    connection.execute(mode == Mode::Write ? "BEGIN IMMEDIATE" : "BEGIN");
    connection.m_inTransaction = m_open = true;
}

Transaction::~Transaction() {
    if (!m_open)
        return;
    m_connection.m_inTransaction = false;
    // After a full disk SQLite has rolled back by itself and this reports "no transaction".
    m_connection.m_database.tryExec("ROLLBACK");
}

void Transaction::commit() {
    if (!m_open)
        return;
    m_connection.execute("COMMIT");
    m_connection.m_inTransaction = m_open = false;
}

Error errorFor(const SQLite::Exception& failure, const std::filesystem::path& file) {
    const auto reason = [&]() -> std::string {
        switch (failure.getErrorCode() & 0xff) {
        case SQLITE_FULL:
            return "the disk is full; nothing was changed";
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return "another program holds the project locked; nothing was changed";
        case SQLITE_READONLY:
            return "the project is read-only; nothing was changed";
        case SQLITE_NOTADB:
        case SQLITE_CORRUPT:
            return "expected a sound project file, found damage";
        case SQLITE_IOERR:
            return "reading or writing failed; nothing was changed";
        case SQLITE_CANTOPEN:
            return "cannot open the project or the files beside it";
        default:
            return "unexpected answer of the project file";
        }
    }();
    return Error(file.string(), {}, reason + " (" + failure.what() + ")");
}

} // namespace hmgrl
