#include "bridge/TextOffsets.h"
#include "widgets/SessionFixture.h"

#include <QFile>
#include <QSignalSpy>

namespace hmgrl::test {
namespace {

TEST_F(SessionFixture, ImportsIntoANewProject) {
    openCorpus(40);
    EXPECT_EQ(documentIds().size(), 40U);
    EXPECT_NE(session.category(CategoryKind::Relation, "visited"), nullptr);
    EXPECT_EQ(session.category(CategoryKind::Entity, "visited"), nullptr);
    EXPECT_TRUE(session.undoLabel().isEmpty());
    EXPECT_TRUE(failures.isEmpty());
}

TEST_F(SessionFixture, EditUndoRedo) {
    openCorpus(3);
    const auto id = documentIds().front();
    const std::string before = exported();
    QSignalSpy changed(&session, &Session::documentsChanged);
    QSignalSpy history(&session, &Session::historyChanged);
    session.edit("Mark", [id](Editor& editor) { editor.setReviewed(id, true); }, {id});
    session.edit("Add",
                 [id](Editor& e) {
                     e.addMention(id, {0, {4, 7}, "person", 1, {}, {}});
                 },
                 {id});
    ASSERT_TRUE(waitFor([&] { return session.undoLabel() == "Add"; }));
    EXPECT_EQ(changed.last().first().value<std::vector<std::int64_t>>(), std::vector{id});
    EXPECT_GE(history.size(), 2);
    const std::string after = exported();
    EXPECT_NE(before, after);
    session.undo();
    session.undo();
    ASSERT_TRUE(waitFor([&] { return session.undoLabel().isEmpty(); }));
    EXPECT_EQ(exported(), before);
    EXPECT_EQ(session.redoLabel(), "Mark");
    session.redo();
    session.redo();
    ASSERT_TRUE(waitFor([&] { return session.redoLabel().isEmpty(); }));
    EXPECT_EQ(exported(), after);
}

TEST_F(SessionFixture, AFailingEditChangesNothingAndIsTold) {
    openCorpus(3);
    const std::string before = exported();
    session.edit("Bad", [](Editor& editor) { editor.setMentionType(99999, "person"); });
    ASSERT_TRUE(waitFor([&] { return !failures.isEmpty(); }));
    EXPECT_EQ(exported(), before);
    EXPECT_TRUE(session.undoLabel().isEmpty());
}

TEST_F(SessionFixture, QueuedEditsReachTheFileWhenTheSessionEnds) {
    const QString path = file("kept.hmgrl");
    {
        Session own;
        own.createProject(path);
        ASSERT_TRUE(waitFor([&] { return own.isOpen(); }));
        for (int i = 0; i < 50; ++i)
            own.edit("c", [i](Editor& editor) {
                editor.addCategory(
                    {CategoryKind::Entity, "type" + std::to_string(i), "", "", false, 1});
            });
    }
    EXPECT_EQ(Project::open(fromQString(path))->categories().size(), 50U);
}

TEST_F(SessionFixture, MissingAndForeignFilesAreTold) {
    session.openProject(file("absent.hmgrl"));
    ASSERT_TRUE(waitFor([&] { return failures.size() == 1; }));
    QFile foreign(file("foreign.hmgrl"));
    ASSERT_TRUE(foreign.open(QIODevice::WriteOnly));
    foreign.write(
        "not a database, but long enough to have a header of one hundred bytes ............");
    foreign.close();
    session.openProject(foreign.fileName());
    ASSERT_TRUE(waitFor([&] { return failures.size() == 2; }));
    EXPECT_TRUE(failures.last().contains("foreign.hmgrl"));
    EXPECT_FALSE(session.isOpen());
    openCorpus(3); // the session lives on
    EXPECT_TRUE(session.isOpen());
}

TEST_F(SessionFixture, AnswersOfAClosedProjectAreDropped) {
    openCorpus(30);
    bool answered = false;
    session.run(
        &session, [](Project& project) { return project.documentCount(); },
        [&](std::size_t) { answered = true; });
    session.createProject(file("other.hmgrl"));
    ASSERT_TRUE(waitFor([&] { return session.isOpen(); }));
    EXPECT_FALSE(answered);
    EXPECT_TRUE(documentIds().empty());
    EXPECT_TRUE(session.categories().empty());
}

TEST_F(SessionFixture, AnswersWaitForNobody) {
    openCorpus(3);
    bool answered = false;
    {
        QObject context;
        session.run(
            &context, [](Project& project) { return project.documentCount(); },
            [&](std::size_t) { answered = true; });
    }
    (void)documentIds(); // a round trip behind the dropped one
    EXPECT_FALSE(answered);
}

TEST_F(SessionFixture, BadLinesAreIssuesAndTheRestGoesOn) {
    QFile corpus(file("bad.jsonl"));
    ASSERT_TRUE(corpus.open(QIODevice::WriteOnly));
    corpus.write(
        "{\"id\":\"a\",\"text\":\"fine\"}\nnot json\n{\"id\":\"b\",\"text\":\"fine too\"}\n");
    corpus.close();
    Issues issues;
    QObject::connect(&session, &Session::issuesFound, &session,
                     [&](const QString&, const Issues& found) { issues = found; });
    session.createProject(file("bad.hmgrl"), corpus.fileName());
    ASSERT_TRUE(waitFor([&] { return !issues.empty() && !session.isBusy(); }));
    EXPECT_EQ(issues.size(), 1U);
    EXPECT_EQ(issues[0].place, "line 2");
    EXPECT_EQ(documentIds().size(), 2U);
}

TEST_F(SessionFixture, SelectionIsToldOnce) {
    openCorpus(3);
    QSignalSpy changed(&session, &Session::selectionChanged);
    session.select({1, CategoryKind::Entity, -1});
    session.select({1, CategoryKind::Entity, -1});
    EXPECT_EQ(changed.size(), 1);
    session.closeProject();
    EXPECT_EQ(session.selection(), Selection{});
    EXPECT_EQ(changed.size(), 2);
}

TEST_F(SessionFixture, AModelThatIsNotThereIsTold) {
    openCorpus(3);
    session.loadModel(file("no-model"));
    ASSERT_TRUE(waitFor([&] { return !failures.isEmpty() && !session.isBusy(); }));
    EXPECT_EQ(session.engine(), nullptr);
    session.edit("c", [](Editor& e) {
        e.addCategory({CategoryKind::Entity, "lighthouse", "", "", false, 1});
    });
    ASSERT_TRUE(waitFor([&] { return session.category(CategoryKind::Entity, "lighthouse"); }));
}

} // namespace
} // namespace hmgrl::test
