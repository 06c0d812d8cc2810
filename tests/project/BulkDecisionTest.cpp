#include "project/BulkDecision.h"

#include "project/ProjectFixture.h"

#include <gmock/gmock.h>

namespace hmgrl::test {
namespace {

using ::testing::HasSubstr;

/// Three mentions and two relations, the first of which has lost its head.
class BulkDecisionTest : public ProjectFixture {
protected:
    void SetUp() override {
        m_project = Project::create(file());
        m_document = addOne(*m_project, sampleDocument());
        for (const Relation& relation : now().relations)
            m_relations.push_back(relation.id);
        m_project->edit("reject", [&](Editor& editor) {
            editor.setMentionStatus(now().mentions[0].id, Status::Rejected);
        });
        ASSERT_EQ(now().relations[0].status, Status::Rejected);
    }
    [[nodiscard]] Document now() const { return m_project->document(m_document); }
    /// One step whose label says how many were decided.
    void decide(const std::function<std::size_t(Editor&)>& work) {
        m_project->edit([&](Editor& editor) { return std::to_string(work(editor)) + " decided"; });
    }

    std::unique_ptr<Project> m_project;
    std::int64_t m_document = 0;
    std::vector<std::int64_t> m_relations;
};

TEST_F(BulkDecisionTest, ARelationWithARejectedEndIsKeptAndTheOthersAreDecided) {
    const std::string before = m_project->canonicalExport();
    decide([&](Editor& editor) {
        EXPECT_TRUE(editor.hasRejectedEnd(m_relations[0]));
        EXPECT_FALSE(editor.hasRejectedEnd(m_relations[1]));
        return setType(editor, CategoryKind::Relation, m_relations, "met");
    });
    EXPECT_EQ(now().relations[0].status, Status::Rejected);
    EXPECT_EQ(now().relations[1].type, "met");
    EXPECT_EQ(m_project->undoLabel(), "1 decided");
    (void)m_project->undo();
    EXPECT_EQ(m_project->canonicalExport(), before) << "one step";

    decide([&](Editor& editor) {
        return setStatus(editor, CategoryKind::Relation, m_relations, Status::Suggested);
    });
    EXPECT_EQ(now().relations[0].status, Status::Rejected);
    EXPECT_EQ(now().relations[1].status, Status::Suggested);
    EXPECT_EQ(m_project->undoLabel(), "1 decided");
}

TEST_F(BulkDecisionTest, AllCanBeRejectedAndNothingIsNoStep) {
    decide([&](Editor& editor) {
        return setStatus(editor, CategoryKind::Relation, m_relations, Status::Rejected);
    });
    EXPECT_EQ(m_project->undoLabel(), "2 decided");
    for (const Relation& relation : now().relations)
        EXPECT_EQ(relation.status, Status::Rejected);
    (void)m_project->undo();
    decide([&](Editor& editor) {
        return setStatus(editor, CategoryKind::Relation, std::span(m_relations).first(1),
                         Status::Accepted);
    });
    EXPECT_EQ(m_project->undoLabel(), "reject");
}

TEST_F(BulkDecisionTest, MentionsAreAlwaysDecided) {
    std::vector<std::int64_t> ids;
    for (const Mention& mention : now().mentions)
        ids.push_back(mention.id);
    decide([&](Editor& editor) { return setType(editor, CategoryKind::Entity, ids, "place"); });
    decide([&](Editor& editor) {
        return setStatus(editor, CategoryKind::Entity, ids, Status::Suggested);
    });
    EXPECT_EQ(m_project->undoLabel(), "3 decided");
    for (const Mention& mention : now().mentions) {
        EXPECT_EQ(mention.type, "place");
        EXPECT_EQ(mention.status, Status::Suggested);
    }
}

TEST_F(BulkDecisionTest, WhatIsNotThereFailsAsAWhole) {
    const std::string before = m_project->canonicalExport();
    m_relations.push_back(4711);
    EXPECT_THAT(reasonOf([&] {
                    decide([&](Editor& editor) {
                        return setType(editor, CategoryKind::Relation, m_relations, "met");
                    });
                }),
                HasSubstr("there is no relation 4711"));
    EXPECT_EQ(m_project->canonicalExport(), before);
}

} // namespace
} // namespace hmgrl::test
