#include "WorkflowFixture.h"
#include "workflow/Jobs.h"

namespace hmgrl {
namespace {

class ExtractJobTest : public test::WorkflowFixture {
protected:
    void SetUp() override {
        auto project = Project::create(m_folder.path() / "p.hmgrl");
        project->addModelCategories(m_engine->categories());
        std::vector<Document> documents(40);
        for (std::size_t i = 0; i < documents.size(); ++i) {
            documents[i].key = std::to_string(i);
            documents[i].text = "Ada Lovelace lived in London.";
        }
        Issues issues;
        m_ids = project->addDocuments(documents, issues);
        m_slot.set(m_engine->space(project->categories()));
        open(std::move(project));
    }

    Issues extract(const DocumentsSink& changed) {
        return extractDocuments(m_link, *m_engine, m_slot, changed, {}, {});
    }
    void remove(std::size_t first, std::size_t end) {
        m_link.call([&](Project& project) {
            project.edit("Remove", [&](Editor& editor) {
                for (std::size_t i = first; i < end; ++i)
                    editor.removeDocument(m_ids[i]);
            });
        });
    }

    std::shared_ptr<const Engine> m_engine =
        Engine::load(std::filesystem::path(HMGRL_SOURCE_DIR) / "models/default");
    SpaceSlot m_slot;
    std::vector<std::int64_t> m_ids;
};

TEST_F(ExtractJobTest, DocumentsRemovedMeanwhileAreLeftOutAndTheRestIsRead) {
    bool isFirst = true;
    const Issues issues = extract([&](const std::vector<std::int64_t>&) {
        if (std::exchange(isFirst, false))
            remove(10, 38); // some that were read, all of the next chunk, most of the last
    });
    EXPECT_TRUE(issues.empty());
    m_link.call([&](Project& project) {
        const auto rows = project.documents();
        EXPECT_EQ(rows.size(), 12U);
        for (const DocumentSummary& row : rows)
            EXPECT_TRUE(row.extracted && row.suggested > 0) << row.key;
        project.undo(); // what was read comes back read
        EXPECT_TRUE(project.summary(m_ids[12])->extracted);
        EXPECT_FALSE(project.summary(m_ids[20])->extracted);
    });
    EXPECT_TRUE(extract([](const std::vector<std::int64_t>&) {}).empty());
    m_link.call([&](Project& project) {
        for (const DocumentSummary& row : project.documents())
            EXPECT_TRUE(row.extracted) << row.key;
    });
}

} // namespace
} // namespace hmgrl
