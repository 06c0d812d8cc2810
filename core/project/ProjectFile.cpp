#include "project/ProjectFile.h"

#include "project/Schema.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <sqlite3.h>
#include <unistd.h>

namespace hmgrl {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view kMagic{"SQLite format 3\0", 16};

/// Beyond this a full check of the pages would delay opening; damage then shows where it is read.
constexpr std::uintmax_t kCheckedSize = std::uintmax_t{32} << 20;

/// A file that nobody may write is meant to stay as it is, also for a user whom permissions don't
/// stop.
bool isWritable(const fs::path& path) {
    constexpr auto anyWrite =
        fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    std::error_code failure;
    const fs::perms given = fs::status(path, failure).permissions();
    return (given & anyWrite) != fs::perms::none && ::access(path.c_str(), W_OK) == 0;
}

void requireDatabase(const fs::path& path) {
    std::error_code failure;
    if (!fs::exists(path, failure))
        throw Error(path.string(), {}, "expected a project file, found no such file");
    if (!fs::is_regular_file(path, failure))
        throw Error(path.string(), {}, "expected a project file, found a folder or device");
    std::ifstream in(path, std::ios::binary);
    if (!in)
        throw Error(path.string(), {}, std::string("cannot open: ") + std::strerror(errno));
    std::string head(kMagic.size(), '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    if (in.gcount() == 0)
        throw Error(path.string(), {}, "expected a project file, found an empty file");
    if (in.gcount() != static_cast<std::streamsize>(kMagic.size()) || head != kMagic)
        throw Error(path.string(), {}, "expected a project file, found a file of another format");
}

/// Readers of a WAL database need its two side files; where they can't be made because the folder
/// is closed to writing too, nobody else can write either and the file may be read as it stands.
std::unique_ptr<Connection> openReadOnly(const fs::path& path) {
    try {
        auto connection = std::make_unique<Connection>(path, Connection::Access::ReadOnly);
        (void)connection->scalar("SELECT count(*) FROM sqlite_schema");
        return connection;
    } catch (const SQLite::Exception& failure) {
        const int code = failure.getErrorCode() & 0xff;
        std::error_code ignored;
        const bool hasLog = fs::exists(path.string() + "-wal", ignored);
        if ((code != SQLITE_CANTOPEN && code != SQLITE_READONLY) || hasLog)
            throw;
    }
    return std::make_unique<Connection>(path, Connection::Access::Immutable);
}

void checkIdentity(Connection& connection) {
    const std::string file = connection.path().string();
    const std::int64_t owner = connection.scalar("PRAGMA application_id");
    if (owner != kApplicationId)
        throw Error(file, {},
                    "expected a project file, found a database of another program "
                    "(application id " +
                        std::to_string(owner) + ", expected " + std::to_string(kApplicationId) +
                        ")");
    const std::int64_t schema = connection.scalar("PRAGMA user_version");
    if (schema > currentSchema() || schema < 0)
        throw Error(file, {},
                    "the project was written by a newer version of this program: expected "
                    "schema " +
                        std::to_string(currentSchema()) + " or older, found " +
                        std::to_string(schema));
    if (schema < currentSchema() && connection.isReadOnly())
        throw Error(file, {},
                    "the project has the older schema " + std::to_string(schema) +
                        " and is read-only, so it can't be brought up to date");
}

void checkPages(Connection& connection) {
    std::error_code failure;
    if (fs::file_size(connection.path(), failure) > kCheckedSize || failure)
        return;
    Query row = connection.query("PRAGMA quick_check(1)");
    if (row.next() && row.text(0) != "ok")
        throw Error(connection.path().string(), {},
                    "expected a sound project file, found damage (" + row.text(0) + ")");
}

/// The log lets readers and one writer work at once; NORMAL syncs at checkpoints, which a killed
/// process survives without loss and a power cut without damage.
void setUpWriting(Connection& connection) {
    (void)connection.query("PRAGMA journal_mode=WAL").next();
    connection.execute("PRAGMA synchronous=NORMAL");
    connection.execute("PRAGMA journal_size_limit=16777216"); // a large import leaves no large log
}

std::unique_ptr<Connection> openChecked(const fs::path& path) {
    const bool writable = isWritable(path);
    auto connection = writable ? std::make_unique<Connection>(path, Connection::Access::ReadWrite)
                               : openReadOnly(path);
    checkIdentity(*connection);
    checkPages(*connection);
    if (!writable)
        return connection;
    setUpWriting(*connection);
    if (connection->scalar("PRAGMA user_version") < currentSchema())
        migrate(*connection, migrations());
    return connection;
}

} // namespace

std::unique_ptr<Connection> createProjectFile(const fs::path& path) {
    const int fd = ::open(path.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
    if (fd < 0)
        throw Error(path.string(), {},
                    std::string("cannot create the project: ") + std::strerror(errno));
    ::close(fd);
    try {
        auto connection = std::make_unique<Connection>(path, Connection::Access::ReadWrite);
        setUpWriting(*connection);
        migrate(*connection, migrations());
        return connection;
    } catch (const SQLite::Exception& failure) {
        std::error_code ignored;
        for (const char* suffix : {"", "-wal", "-shm"})
            fs::remove(path.string() + suffix, ignored);
        throw errorFor(failure, path);
    }
}

std::unique_ptr<Connection> openProjectFile(const fs::path& path) {
    requireDatabase(path);
    try {
        return openChecked(path);
    } catch (const SQLite::Exception& failure) {
        throw errorFor(failure, path);
    }
}

} // namespace hmgrl
