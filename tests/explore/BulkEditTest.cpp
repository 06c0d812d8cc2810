#include "explore/BulkEdit.h"
#include "explore/ExploreSamples.h"
#include "widgets/SessionFixture.h"

namespace hmgrl {
namespace {

class BulkEditTest : public test::SessionFixture {
protected:
    /// Two accepted mentions in each of 25 documents.
    SampleGroup fifty() {
        openCorpus(75);
        SampleGroup group;
        for (const std::int64_t id : documentIds()) {
            const Document found = document(id);
            for (const Mention& mention : found.mentions)
                group.ids.push_back(mention.id);
            if (!found.mentions.empty())
                group.documents.push_back(id);
        }
        return group;
    }
    std::vector<Mention> mentions(const SampleGroup& group) {
        std::vector<Mention> all;
        for (const std::int64_t id : group.documents)
            for (const Mention& mention : document(id).mentions)
                all.push_back(mention);
        return all;
    }
    void undo(const char* label) {
        ASSERT_TRUE(waitFor([&] { return session.undoLabel() == label; }))
            << session.undoLabel().toStdString();
        session.undo();
        ASSERT_TRUE(waitFor([&] { return session.undoLabel() != label; }));
    }
};

TEST_F(BulkEditTest, RejectAndAcceptAreOneStepEach) {
    const SampleGroup group = fifty();
    ASSERT_EQ(group.ids.size(), 50U);
    const std::string before = exported();
    reject(session, group);
    for (const Mention& mention : mentions(group))
        EXPECT_EQ(mention.status, Status::Rejected);
    accept(session, group);
    for (const Mention& mention : mentions(group))
        EXPECT_EQ(mention.status, Status::Accepted);
    undo("Accept 50 mentions");
    undo("Reject 50 mentions");
    EXPECT_TRUE(session.undoLabel().isEmpty());
    EXPECT_EQ(exported(), before);
    EXPECT_TRUE(failures.isEmpty()) << failures.join(QLatin1Char('\n')).toStdString();
}

TEST_F(BulkEditTest, RetypeIsOneStepAndAddsTheCategory) {
    const SampleGroup group = fifty();
    const std::string before = exported();
    const std::size_t categories = session.categories().size();
    retype(session, group, "person");
    for (const Mention& mention : mentions(group))
        EXPECT_EQ(mention.type, "person");
    undo("Retype 50 mentions as person");
    EXPECT_EQ(exported(), before);
    retype(session, group, "vessel");
    for (const Mention& mention : mentions(group))
        EXPECT_EQ(mention.type, "vessel");
    EXPECT_EQ(session.categories().size(), categories + 1);
    undo("Retype 50 mentions as vessel");
    EXPECT_EQ(exported(), before);
    ASSERT_TRUE(waitFor([&] { return session.categories().size() == categories; }));
}

TEST_F(BulkEditTest, RelationsThatCannotBeAcceptedAreKeptAndCounted) {
    openCorpus(9);
    QStringList told;
    QObject::connect(&session, &Session::told, &session,
                     [&](const QString& message) { told << message; });
    SampleGroup group;
    group.kind = CategoryKind::Relation;
    group.documents = documentIds();
    std::vector<std::int64_t> heads;
    for (const std::int64_t id : group.documents)
        for (const Relation& relation : document(id).relations) {
            group.ids.push_back(relation.id);
            heads.push_back(document(id).mentions[0].id);
        }
    ASSERT_EQ(group.ids.size(), 3U);
    session.edit(QStringLiteral("Reject"), [&](Editor& editor) {
        editor.setMentionStatus(heads[0], Status::Rejected);
        editor.setRelationStatus(group.ids[1], Status::Suggested);
    });
    const auto statusOfAll = [&] {
        std::vector<Status> all;
        for (const std::int64_t id : group.documents)
            for (const Relation& relation : document(id).relations)
                all.push_back(relation.status);
        return all;
    };
    using enum Status;
    ASSERT_EQ(statusOfAll(), (std::vector{Rejected, Suggested, Accepted}));
    const std::string before = exported();
    accept(session, group);
    EXPECT_EQ(statusOfAll(), (std::vector{Rejected, Accepted, Accepted}));
    undo("Accept 2 relations");
    EXPECT_EQ(exported(), before);
    EXPECT_EQ(told, QStringList("1 of 3 relations kept as they were: one end is rejected"));

    retype(session, group, "knows");
    undo("Retype 2 relations as knows");
    EXPECT_EQ(exported(), before);
    const std::size_t categories = session.categories().size();
    group.ids = {group.ids[0]};
    retype(session, group, "knows");
    EXPECT_EQ(exported(), before);
    EXPECT_EQ(session.categories().size(), categories) << "no category that nothing carries";
    EXPECT_EQ(session.undoLabel(), "Reject");
    EXPECT_EQ(told.size(), 3);
    reject(session, group);
    EXPECT_TRUE(waitFor([&] { return statusOfAll()[0] == Rejected; }));
    EXPECT_EQ(told.size(), 3) << "all can be rejected";
    EXPECT_TRUE(failures.isEmpty()) << failures.join(QLatin1Char('\n')).toStdString();
}

TEST(SampleGroupTest, PrototypesAreLeftOut) {
    const DiskData disk = test::exploreDisk(6);
    const std::vector<int> rows = {0, 1, 5, 6, 8, -1};
    const SampleGroup group = samplesOf(disk, rows);
    EXPECT_EQ(group.ids, (std::vector<std::int64_t>{1, 2, 6}));
    EXPECT_EQ(group.documents, (std::vector<std::int64_t>{1, 3}));
    EXPECT_EQ(group.categories, 2);
    EXPECT_TRUE(samplesOf(disk, {}).ids.empty());
}

} // namespace
} // namespace hmgrl
