#include "ProjectFixture.h"

#include <gmock/gmock.h>

namespace hmgrl::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

/// Every value of the tables that hold documents and what is known of them, through a connection of
/// its own. Without the ids of predictions, which mean nothing.
std::string tablesOf(const std::filesystem::path& path) {
    sqlite3* database = nullptr;
    std::string out;
    if (sqlite3_open(path.c_str(), &database) != SQLITE_OK)
        return "cannot open";
    const auto add = [](void* to, int, char** values, char**) {
        *static_cast<std::string*>(to) += std::string(values[0]) + "\n";
        return 0;
    };
    for (const std::string table :
         {"documents", "document_states", "reviews", "thumbnails", "mentions", "relations",
          "mention_predictions", "relation_predictions"}) {
        std::string columns;
        const std::string ask = "SELECT group_concat('quote(' || name || ')', ' || \"|\" || ') "
                                "FROM pragma_table_info('" +
                                table + "') WHERE name <> 'id' OR '" + table +
                                "' NOT LIKE '%predictions'";
        sqlite3_exec(database, ask.c_str(), add, &columns, nullptr);
        out += table + "\n";
        const std::string all = "SELECT " + columns + " FROM " + table + " ORDER BY 1";
        EXPECT_EQ(sqlite3_exec(database, all.c_str(), add, &out, nullptr), SQLITE_OK) << all;
    }
    sqlite3_close(database);
    return out;
}

/// Three documents; the middle one was read by a model, labelled, reviewed and has a thumbnail.
class DocumentRemoval : public ProjectFixture {
protected:
    DocumentRemoval() {
        m_project->addModelCategories({{CategoryKind::Entity, "person", "", "", true, 1},
                                       {CategoryKind::Entity, "place", "", "", true, 2},
                                       {CategoryKind::Relation, "met", "", "", true, 4}});
        m_first = addOne(*m_project, sampleDocument("a"));
        m_id = addOne(*m_project, sampleDocument("b"));
        m_last = addOne(*m_project, sampleDocument("c"));
        const auto found = [](int begin, int end, float latent) {
            return MentionPrediction{{begin, end},
                                     false,
                                     0.9,
                                     {{"person", 0.6, 1.0}, {"place", 0.3, 2.0}},
                                     {latent, 0.1F, 3}};
        };
        Extraction extraction;
        extraction.mentions = {found(0, 3, 1), found(4, 7, 0.3F), found(8, 11, 2)};
        extraction.relations = {{0, 2, false, 0.2, {{"met", 0.8, 1.0}}, {4, 5}}};
        for (const std::int64_t id : {m_id, m_last})
            m_project->storeExtraction(id, extraction, "model");
        m_project->setThumbnail(m_id, std::string("\xFF\xD8\0jpeg\xFF", 8));
        m_project->edit("Review", [&](Editor& editor) { editor.setReviewed(m_id, true); });
        const auto samples = m_project->samples(CategoryKind::Entity);
        m_project->storeCoordinates(CategoryKind::Entity, {{samples.front().id, {0.1, 2}},
                                                           {samples.back().id, {1.5, -0.7}}});
        m_before = tablesOf(file());
    }

    void remove(const std::vector<std::int64_t>& ids) {
        m_project->edit("Remove", [&](Editor& editor) {
            for (const std::int64_t id : ids)
                editor.removeDocument(id);
        });
    }
    [[nodiscard]] std::vector<std::string> found(const std::string& text) const {
        DocumentQuery query;
        query.text = text;
        std::vector<std::string> keys;
        for (const DocumentSummary& row : m_project->documents(query))
            keys.push_back(row.key);
        return keys;
    }

    std::unique_ptr<Project> m_project = Project::create(file());
    std::int64_t m_first = 0, m_id = 0, m_last = 0;
    std::string m_before;
};

TEST_F(DocumentRemoval, NothingOfItIsLeft) {
    remove({m_id});
    EXPECT_THAT(m_project->documentIds(), ElementsAre(m_first, m_last));
    EXPECT_EQ(m_project->documentCount(), 2U);
    EXPECT_FALSE(m_project->summary(m_id));
    EXPECT_THAT(reasonOf([&] { (void)m_project->document(m_id); }), HasSubstr("no document"));
    EXPECT_THAT(found("Bob"), ElementsAre("a", "c"));
    EXPECT_THAT(m_project->canonicalExport(), ::testing::Not(HasSubstr("\"b\"")));
    for (const SampleRow& sample : m_project->samples(CategoryKind::Entity))
        EXPECT_NE(sample.document, m_id);
    EXPECT_EQ(m_project->thumbnail(m_id), "");
    EXPECT_EQ(integrity(file()), "ok");
}

TEST_F(DocumentRemoval, UndoBringsItBackAsItWas) {
    remove({m_first, m_id});
    const std::string after = tablesOf(file());
    m_project = Project::open(file()); // the history is in the file
    EXPECT_THAT(m_project->undo(), ElementsAre(m_first, m_id));
    EXPECT_EQ(tablesOf(file()), m_before);
    EXPECT_THAT(found("Bob"), ElementsAre("a", "b", "c"));
    EXPECT_THAT(m_project->redo(), ElementsAre(m_first, m_id));
    EXPECT_EQ(tablesOf(file()), after);
    EXPECT_THAT(found("Bob"), ElementsAre("c"));
    m_project->undo();
    m_project->undo(); // the review before it
    EXPECT_FALSE(m_project->summary(m_id)->reviewed);
    EXPECT_EQ(integrity(file()), "ok");
}

TEST_F(DocumentRemoval, EditsOfTheSameStepAreUndoneWithIt) {
    m_project->edit("Both", [&](Editor& editor) {
        const Document document = m_project->document(m_id);
        editor.setReviewed(m_id, false);
        editor.removeMention(document.mentions[0].id);
        editor.addMention(m_id, mentionAt(4, 7, "place"));
        editor.removeDocument(m_id);
    });
    m_project->undo();
    EXPECT_EQ(tablesOf(file()), m_before);
}

TEST_F(DocumentRemoval, TheSameFileCanBeImportedAgain) {
    remove({m_id});
    Issues issues;
    EXPECT_THAT(m_project->addDocuments({sampleDocument("b")}, issues), SizeIs(1));
    EXPECT_THAT(issues, IsEmpty());
    m_project->undo(); // two of the same id now
    EXPECT_THAT(found("Bob"), ElementsAre("a", "b-2", "c", "b"));
    EXPECT_EQ(m_project->document(m_id).key, "b-2");
    EXPECT_THAT(m_project->document(m_id).mentions, SizeIs(4));
    m_project->redo();
    EXPECT_THAT(found("Bob"), ElementsAre("a", "c", "b"));
    EXPECT_EQ(integrity(file()), "ok");
}

TEST_F(DocumentRemoval, WhatAModelReadAfterAnUndoGoesToo) {
    remove({m_id});
    m_project->undo();
    Extraction more;
    more.mentions = {{{15, 19}, false, 0.9, {{"place", 0.6, 1.0}}, {1, 2, 3}}};
    m_project->storeExtraction(m_id, more, "model-2");
    m_project->redo();
    EXPECT_FALSE(m_project->summary(m_id));
    EXPECT_EQ(integrity(file()), "ok");
    m_project->undo();
    EXPECT_EQ(tablesOf(file()), m_before);
}

TEST_F(DocumentRemoval, WhatAModelReadOfOthersMeanwhileIsNotInTheWay) {
    remove({m_id, m_last});
    Extraction extraction;
    for (int i = 0; i < 8; ++i)
        extraction.mentions.push_back({{i, i + 2}, false, 0.9, {{"place", 0.6, 1.0}}, {1, 2, 3}});
    m_project->storeExtraction(m_first, extraction, "model");
    m_project->undo();
    EXPECT_TRUE(m_project->summary(m_id)->extracted);
    EXPECT_THAT(m_project->samples(CategoryKind::Entity), SizeIs(8 + 3 + 3));
    EXPECT_EQ(integrity(file()), "ok");
}

TEST_F(DocumentRemoval, AnAbsentDocumentIsRefusedAndTheStepLeavesNothing) {
    EXPECT_THAT(reasonOf([&] { remove({m_id, 999}); }), HasSubstr("no document 999"));
    EXPECT_THAT(reasonOf([&] { remove({m_id, m_id}); }), HasSubstr("no document"));
    EXPECT_EQ(tablesOf(file()), m_before);
}

TEST_F(DocumentRemoval, ADamagedStepIsRefused) {
    remove({m_id});
    const auto damage = [&](const char* sql) {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(file().c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql, nullptr, nullptr, nullptr), SQLITE_OK);
        sqlite3_close(database);
    };
    const std::string without = tablesOf(file());
    damage("UPDATE changes SET before = replace(before, '\"base64\":\"', '\"base64\":\"?')");
    EXPECT_THAT(reasonOf([&] { m_project->undo(); }), HasSubstr("damaged project"));
    damage("UPDATE changes SET before = replace(replace(before, '?', ''), '\"excerpt\"', "
           "'\"x\\\") VALUES (1); --\"')");
    EXPECT_THAT(reasonOf([&] { m_project->undo(); }), ::testing::Not("no error"));
    EXPECT_EQ(tablesOf(file()), without);
}

} // namespace
} // namespace hmgrl::test
