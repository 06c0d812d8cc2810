#pragma once

#include "TemporaryFolder.h"
#include "project/Project.h"

#include <filesystem>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <unistd.h>

namespace hmgrl::test {

/// A folder of its own per test, gone afterwards.
class ProjectFixture : public ::testing::Test {
protected:
    [[nodiscard]] std::filesystem::path file(const std::string& name = "p.hmgrl") const {
        return m_folder / name;
    }

private:
    TemporaryFolder m_temporary;

protected:
    std::filesystem::path m_folder = m_temporary.path();
};

inline Mention mentionAt(int begin, int end, const std::string& type,
                         Status status = Status::Accepted) {
    return {0, {begin, end}, type, 1, status, {}};
}

inline Relation relationOf(int head, int tail, const std::string& type,
                           Status status = Status::Accepted) {
    return {0, head, tail, type, 1, status, {}};
}

/// "Ada met Bob in Köln 😀" with three mentions and two relations.
inline Document sampleDocument(const std::string& key = "d1") {
    Document document;
    document.key = key;
    document.text = "Ada met Bob in K\u00f6ln \U0001F600";
    document.imageRef = "images/" + key + ".jpg";
    document.imagePath = "/data/images/" + key + ".jpg";
    document.url = "https://example.org/" + key;
    document.topic = "people";
    document.extra = R"({"source":"hand"})";
    document.mentions = {mentionAt(0, 3, "person"), mentionAt(8, 11, "person"),
                         mentionAt(15, 19, "place")};
    document.relations = {relationOf(0, 1, "met"), relationOf(1, 2, "located_in")};
    return document;
}

/// Without rows, for comparing with what was put in.
inline Document withoutRows(Document document) {
    document.id = 0;
    for (Mention& mention : document.mentions)
        mention.id = 0;
    for (Relation& relation : document.relations)
        relation.id = 0;
    return document;
}

inline std::int64_t addOne(Project& project, const Document& document) {
    Issues issues;
    const auto ids = project.addDocuments({document}, issues);
    EXPECT_TRUE(issues.empty()) << (issues.empty() ? "" : issues.front().text());
    return ids.at(0);
}

inline std::string reasonOf(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return "no error";
}

/// What SQLite itself says of the file, through a connection of its own.
inline std::string integrity(const std::filesystem::path& path) {
    sqlite3* database = nullptr;
    std::string answer = "cannot open";
    if (sqlite3_open(path.c_str(), &database) == SQLITE_OK) {
        const auto collect = [](void* out, int, char** values, char**) {
            *static_cast<std::string*>(out) += values[0];
            return 0;
        };
        answer.clear();
        sqlite3_exec(database, "PRAGMA integrity_check", collect, &answer, nullptr);
        sqlite3_exec(database, "PRAGMA foreign_key_check", collect, &answer, nullptr);
    }
    sqlite3_close(database);
    return answer;
}

} // namespace hmgrl::test
