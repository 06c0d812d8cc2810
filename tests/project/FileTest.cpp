#include "ProjectFixture.h"

#include "project/Schema.h"
#include "support/Files.h"
#include "support/Random.h"

#include <array>
#include <fstream>
#include <gmock/gmock.h>

namespace hmgrl::test {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

class FileTest : public ProjectFixture {
protected:
    /// A project with something on every kind of page.
    void makeProject(const std::filesystem::path& path) const {
        const auto project = Project::create(path);
        std::vector<Document> documents;
        for (int i = 0; i < 50; ++i)
            documents.push_back(sampleDocument(std::to_string(i)));
        Issues issues;
        project->addDocuments(documents, issues);
        project->edit("edit", [](Editor& editor) { editor.removeMention(1); });
    }
    void write(const std::filesystem::path& path, const std::string& bytes) const {
        std::ofstream(path, std::ios::binary) << bytes;
    }
    void execute(const std::filesystem::path& path, const std::string& sql) const {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(path.c_str(), &database), SQLITE_OK);
        ASSERT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(database);
    }
    /// An empty database that says it is a project, as schema 0 had it.
    void claim(const std::filesystem::path& path) const {
        std::string sql = "CREATE TABLE scratch(x); DROP TABLE scratch; PRAGMA application_id=";
        sql += std::to_string(kApplicationId);
        execute(path, sql);
    }
    [[nodiscard]] std::string openError(const std::filesystem::path& path) const {
        return reasonOf([&] { (void)Project::open(path)->canonicalExport(); });
    }
};

TEST_F(FileTest, CreateRefusesWhatExistsOrCannotBe) {
    write(file(), "precious");
    EXPECT_THAT(reasonOf([&] { (void)Project::create(file()); }),
                AllOf(HasSubstr("p.hmgrl"), HasSubstr("exists")));
    EXPECT_EQ(readFile(file()), "precious");
    EXPECT_THAT(reasonOf([&] { (void)Project::create(file("no/such/p.hmgrl")); }),
                HasSubstr("No such file"));
}

TEST_F(FileTest, WhatIsNoProject) {
    EXPECT_THAT(openError(file("none")), HasSubstr("no such file"));
    EXPECT_FALSE(std::filesystem::exists(file("none")));
    EXPECT_THAT(openError(m_folder), HasSubstr("found a folder"));
    write(file("empty"), "");
    EXPECT_THAT(openError(file("empty")), HasSubstr("empty file"));
    write(file("text"), "{\"id\": 1, \"text\": \"hello\"}");
    EXPECT_THAT(openError(file("text")), HasSubstr("another format"));
    write(file("short"), "SQLite");
    EXPECT_THAT(openError(file("short")), HasSubstr("another format"));
    execute(file("other"), "CREATE TABLE t(x); PRAGMA user_version=7");
    EXPECT_THAT(openError(file("other")), HasSubstr("another program"));
    execute(file("other2"), "CREATE TABLE t(x); PRAGMA application_id=1234");
    EXPECT_THAT(openError(file("other2")), HasSubstr("1234"));
}

TEST_F(FileTest, SchemaFromTheFuture) {
    makeProject(file());
    execute(file(), "PRAGMA user_version=99");
    const std::string before = readFile(file());
    EXPECT_THAT(openError(file()), AllOf(HasSubstr("newer version"), HasSubstr("found 99")));
    EXPECT_EQ(readFile(file()), before);
}

TEST_F(FileTest, RandomBytesBehindTheRightHeader) {
    Random random(7);
    for (int round = 0; round < 20; ++round) {
        std::string bytes("SQLite format 3\0", 16);
        for (int i = 0; i < 8000; ++i)
            bytes += static_cast<char>(random.upTo(255));
        write(file(), bytes);
        EXPECT_THAT(openError(file()), HasSubstr("expected")) << round;
    }
}

TEST_F(FileTest, TruncatedAnywhere) {
    makeProject(file("whole"));
    const std::string whole = readFile(file("whole"));
    for (const std::size_t length :
         {std::size_t{50}, std::size_t{100}, std::size_t{1000}, std::size_t{4096}, whole.size() / 2,
          whole.size() - 4096, whole.size() - 1000}) {
        write(file(), whole.substr(0, length));
        EXPECT_THAT(openError(file()), HasSubstr("expected")) << length << " of " << whole.size();
    }
}

TEST_F(FileTest, FlippedBytesGiveAnErrorOrAProjectButNeverACrash) {
    makeProject(file("whole"));
    const std::string whole = readFile(file("whole"));
    Random random(11);
    int refused = 0;
    for (int round = 0; round < 150; ++round) {
        std::string bytes = whole;
        for (int i = 0; i < 20; ++i) {
            const auto at = random.upTo(static_cast<std::uint32_t>(bytes.size() - 101));
            bytes[100 + at] = static_cast<char>(random.upTo(255));
        }
        write(file(), bytes);
        try {
            const auto project = Project::open(file());
            (void)project->canonicalExport();
            (void)project->samples(CategoryKind::Entity);
            DocumentQuery query;
            query.text = "ada";
            (void)project->documents(query);
            project->undo();
        } catch (const Error&) {
            ++refused;
        }
        for (const char* side : {"p.hmgrl-wal", "p.hmgrl-shm"})
            std::filesystem::remove(file(side));
    }
    EXPECT_GT(refused, 0);
}

TEST_F(FileTest, ReadOnlyFileOpensForReading) {
    makeProject(file());
    const std::string before = readFile(file());
    std::filesystem::permissions(file(), std::filesystem::perms::owner_read);
    {
        const auto project = Project::open(file());
        EXPECT_TRUE(project->isReadOnly());
        EXPECT_EQ(project->documentCount(), 50u);
        EXPECT_FALSE(project->canonicalExport().empty());
        EXPECT_EQ(project->undoLabel(), "edit");
        for (const auto& work :
             {std::function<void()>([&] { project->undo(); }),
              std::function<void()>([&] { project->setSetting("a", "b"); }),
              std::function<void()>([&] { project->edit("x", [](Editor&) {}); })})
            EXPECT_THAT(reasonOf(work), HasSubstr("read-only"));
    }
    EXPECT_EQ(readFile(file()), before);
}

TEST_F(FileTest, ReadOnlyFolderToo) {
    std::filesystem::create_directory(m_folder / "cd");
    const auto path = m_folder / "cd" / "with space?#%.hmgrl";
    makeProject(path);
    std::filesystem::permissions(path, std::filesystem::perms::owner_read);
    std::filesystem::permissions(m_folder / "cd", std::filesystem::perms::owner_read |
                                                      std::filesystem::perms::owner_exec);
    EXPECT_EQ(Project::open(path)->documentCount(), 50u);
    std::filesystem::permissions(m_folder / "cd", std::filesystem::perms::owner_all);
}

TEST_F(FileTest, LockedByAnotherProgram) {
    makeProject(file());
    sqlite3* other = nullptr;
    ASSERT_EQ(sqlite3_open(file().c_str(), &other), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(other,
                           "PRAGMA locking_mode=EXCLUSIVE; BEGIN EXCLUSIVE; "
                           "INSERT INTO settings VALUES('a','b'); COMMIT",
                           nullptr, nullptr, nullptr),
              SQLITE_OK);
    EXPECT_THAT(openError(file()), HasSubstr("locked"));
    sqlite3_close(other);
    EXPECT_EQ(Project::open(file())->documentCount(), 50u);
}

TEST_F(FileTest, AnEmptySchemaZeroFileIsMigrated) {
    claim(file());
    const auto project = Project::open(file());
    EXPECT_EQ(project->schemaVersion(), currentSchema());
    addOne(*project, sampleDocument());
}

TEST_F(FileTest, AnOldReadOnlyFileSaysThatItNeedsWriting) {
    claim(file());
    std::filesystem::permissions(file(), std::filesystem::perms::owner_read);
    EXPECT_THAT(openError(file()), HasSubstr("older schema 0"));
}

TEST_F(FileTest, MigrationsRunInOrderOnceAndAllOrNothing) {
    execute(file(), "CREATE TABLE t(x); INSERT INTO t VALUES(1)");
    Connection connection(file(), Connection::Access::ReadWrite);
    const std::array<Migration, 3> steps{{{0, "ALTER TABLE t ADD COLUMN y DEFAULT 2"},
                                          {1, "UPDATE t SET x = x + y"},
                                          {2, "UPDATE t SET x = x * 10"}}};
    migrate(connection, std::span(steps).first(2));
    EXPECT_EQ(connection.scalar("SELECT x FROM t"), 3);
    EXPECT_EQ(connection.scalar("PRAGMA user_version"), 2);
    migrate(connection, steps);
    EXPECT_EQ(connection.scalar("SELECT x FROM t"), 30);
    migrate(connection, steps);
    EXPECT_EQ(connection.scalar("SELECT x FROM t"), 30);

    const std::array<Migration, 2> bad{
        {{3, "UPDATE t SET x = 0"}, {4, "UPDATE nowhere SET x = 1"}}};
    EXPECT_THROW(migrate(connection, bad), SQLite::Exception);
    EXPECT_EQ(connection.scalar("SELECT x FROM t"), 30);
    EXPECT_EQ(connection.scalar("PRAGMA user_version"), 3);
}

} // namespace
} // namespace hmgrl::test
