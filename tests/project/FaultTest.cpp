#include "FailingDisk.h"
#include "ProjectFixture.h"

#include <chrono>
#include <csignal>
#include <gmock/gmock.h>
#include <sys/wait.h>
#include <thread>

namespace hmgrl::test {
namespace {

using ::testing::HasSubstr;

class FaultTest : public ProjectFixture {};

void changeALot(Editor& editor, std::int64_t document) {
    const auto added = editor.addMention(document, mentionAt(4, 7, "event"));
    editor.removeMention(1);
    editor.addRelation(document, added, 2, "met");
    editor.setReviewed(document, true);
}

TEST_F(FaultTest, DiskFullAtAnyWriteOfAnEditLeavesTheProjectIntact) {
    FailingDisk disk;
    auto project = Project::create(file());
    Document document = sampleDocument();
    document.mentions.push_back(mentionAt(12, 14, "event"));
    const auto id = addOne(*project, document);
    const std::string before = project->canonicalExport();
    bool stored = false;
    int failures = 0;
    for (int writes = 0; !stored && writes < 200; ++writes) {
        disk.fullAfter(writes);
        try {
            project->edit("edit", [&](Editor& editor) { changeALot(editor, id); });
            stored = true;
        } catch (const Error& error) {
            ++failures;
            EXPECT_THAT(error.what(), HasSubstr("disk is full"));
        }
        disk.hasSpace();
        if (stored)
            break;
        ASSERT_EQ(project->canonicalExport(), before) << writes;
        ASSERT_FALSE(project->undoLabel());
    }
    EXPECT_TRUE(stored);
    EXPECT_GT(failures, 3);
    EXPECT_NE(project->canonicalExport(), before);
    project->undo();
    EXPECT_EQ(project->canonicalExport(), before);
    project.reset();
    EXPECT_EQ(Project::open(file())->canonicalExport(), before);
    EXPECT_EQ(integrity(file()), "ok");
}

TEST_F(FaultTest, DiskFullDuringAnImport) {
    FailingDisk disk;
    auto project = Project::create(file());
    addOne(*project, sampleDocument("first"));
    std::vector<Document> many(1000, sampleDocument());
    for (std::size_t i = 0; i < many.size(); ++i) {
        many[i].key = std::to_string(i);
        many[i].text += std::string(4000, 'x');
    }
    Issues issues;
    disk.fullAfter(100);
    EXPECT_THAT(reasonOf([&] { project->addDocuments(many, issues); }), HasSubstr("disk is full"));
    disk.hasSpace();
    EXPECT_EQ(project->documentCount(), 1u);
    EXPECT_EQ(project->addDocuments(many, issues).size(), 1000u);
    project.reset();
    EXPECT_EQ(integrity(file()), "ok");
}

TEST_F(FaultTest, DiskFullWhileCreatingLeavesNoFile) {
    FailingDisk disk;
    disk.fullAfter(2);
    EXPECT_THROW((void)Project::create(file()), Error);
    EXPECT_FALSE(std::filesystem::exists(file()));
    disk.hasSpace();
    addOne(*Project::create(file()), sampleDocument());
}

/// Edits for ever and tells each finished edit through the pipe.
[[noreturn]] void editForEver(const std::filesystem::path& path, std::int64_t document, int pipe) {
    const auto project = Project::open(path);
    for (int n = 1;; ++n) {
        project->edit(std::to_string(n), [&](Editor& editor) {
            const auto mention = editor.addMention(document, mentionAt(4, 7, "person"));
            editor.addRelation(document, mention, 2, "met");
            editor.setSetting("n", std::to_string(n));
        });
        if (::write(pipe, &n, sizeof n) != sizeof n)
            std::_Exit(1);
    }
}

int lastTold(int pipe) {
    int last = 0, n = 0;
    while (::read(pipe, &n, sizeof n) == sizeof n)
        last = n;
    return last;
}

TEST_F(FaultTest, KilledInTheMiddleOfEditing) {
    for (const int milliseconds : {60, 110, 230, 370}) {
        const auto path = file(std::to_string(milliseconds) + ".hmgrl");
        const auto id = addOne(*Project::create(path), sampleDocument());
        int pipe[2];
        ASSERT_EQ(::pipe(pipe), 0);
        const pid_t child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0)
            editForEver(path, id, pipe[1]);
        ::close(pipe[1]);
        std::this_thread::sleep_for(std::chrono::milliseconds(milliseconds));
        ::kill(child, SIGKILL);
        ::waitpid(child, nullptr, 0);
        const int told = lastTold(pipe[0]);
        ::close(pipe[0]);
        EXPECT_GT(told, 0);
        {
            const auto project = Project::open(path);
            const int stored = std::stoi(project->setting("n").value_or("0"));
            EXPECT_GE(stored, told) << "a finished edit was lost";
            EXPECT_LE(stored, told + 1);
            EXPECT_EQ(project->undoLabel(), std::to_string(stored));
            EXPECT_EQ(project->document(id).mentions.size(), 3u + static_cast<unsigned>(stored));
            EXPECT_EQ(project->document(id).relations.size(), 2u + static_cast<unsigned>(stored));
            project->undo();
        }
        EXPECT_EQ(integrity(path), "ok");
    }
}

TEST_F(FaultTest, AReaderSeesWhatIsCommittedAndNothingElse) {
    const auto writer = Project::create(file());
    const auto id = addOne(*writer, sampleDocument());
    const auto reader = Project::open(file());
    writer->edit("edit", [&](Editor& editor) {
        editor.setReviewed(id, true);
        EXPECT_TRUE(writer->summary(id)->reviewed);
        EXPECT_FALSE(reader->summary(id)->reviewed);
    });
    EXPECT_TRUE(reader->summary(id)->reviewed);
    EXPECT_EQ(reader->undoLabel(), "edit");
    reader->undo();
    EXPECT_FALSE(writer->summary(id)->reviewed);
}

TEST_F(FaultTest, WritersWaitForEachOther) {
    std::int64_t id = 0;
    {
        const auto project = Project::create(file());
        id = addOne(*project, sampleDocument());
    }
    const auto work = [&](const std::string& name) {
        const auto project = Project::open(file());
        for (int i = 0; i < 20; ++i)
            project->edit(name, [&](Editor& editor) {
                editor.addMention(id, mentionAt(4, 7, "person"));
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            });
    };
    std::thread other([&] { EXPECT_NO_THROW(work("other")); });
    EXPECT_NO_THROW(work("this"));
    other.join();
    const auto project = Project::open(file());
    EXPECT_EQ(project->document(id).mentions.size(), 43u);
    while (project->undoLabel())
        project->undo();
    EXPECT_EQ(project->document(id).mentions.size(), 3u);
}

} // namespace
} // namespace hmgrl::test
