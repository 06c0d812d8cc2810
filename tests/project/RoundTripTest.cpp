#include "ProjectFixture.h"

#include <gmock/gmock.h>
#include <map>
#include <nlohmann/json.hpp>

namespace hmgrl::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RoundTrip : public ProjectFixture {};

TEST_F(RoundTrip, DocumentComesBackAsItWentIn) {
    std::int64_t id = 0;
    {
        const auto project = Project::create(file());
        id = addOne(*project, sampleDocument());
    }
    const auto project = Project::open(file());
    EXPECT_EQ(project->schemaVersion(), 2);
    EXPECT_FALSE(project->isReadOnly());
    EXPECT_EQ(project->documentCount(), 1u);
    EXPECT_EQ(withoutRows(project->document(id)), sampleDocument());
    EXPECT_THAT(project->documentIds(), ElementsAre(id));
}

TEST_F(RoundTrip, ClosingLeavesOneFile) {
    addOne(*Project::create(file()), sampleDocument());
    EXPECT_FALSE(std::filesystem::exists(file("p.hmgrl-wal")));
    EXPECT_FALSE(std::filesystem::exists(file("p.hmgrl-shm")));
}

TEST_F(RoundTrip, ImportedCandidatesAndStatusesAreKept) {
    Document document = sampleDocument();
    document.mentions[0].status = Status::Suggested;
    document.mentions[0].score = 0.1234567890123456789;
    document.mentions[0].candidates = {{"person", 0.7, 1.5}, {"place", 0.2, 3.25}};
    document.relations[0].status = Status::Rejected;
    document.relations[0].candidates = {{"met", 0.9, 0.5}};
    const auto project = Project::create(file());
    const auto id = addOne(*project, document);
    EXPECT_EQ(withoutRows(project->document(id)), document);
}

TEST_F(RoundTrip, SummaryCountsAndExcerpt) {
    Document document = sampleDocument();
    document.mentions[2].status = Status::Suggested;
    document.relations[1].status = Status::Rejected;
    for (int i = 0; i < 100; ++i)
        document.text += " \n caf\u00e9";
    const auto project = Project::create(file());
    const auto id = addOne(*project, document);
    const auto summary = project->summary(id);
    ASSERT_TRUE(summary);
    EXPECT_EQ(summary->accepted, 3);
    EXPECT_EQ(summary->suggested, 1);
    EXPECT_EQ(summary->rejected, 1);
    EXPECT_DOUBLE_EQ(summary->uncertainty, 1);
    EXPECT_FALSE(summary->extracted);
    EXPECT_FALSE(summary->reviewed);
    EXPECT_EQ(summary->imagePath, document.imagePath);
    EXPECT_THAT(summary->excerpt,
                ::testing::StartsWith("Ada met Bob in K\u00f6ln \U0001F600 caf\u00e9 caf\u00e9"));
    EXPECT_FALSE(project->summary(id + 1));
}

TEST_F(RoundTrip, TakenAndMissingKeysAreReportedAndKept) {
    const auto project = Project::create(file());
    Issues issues;
    std::vector<Document> documents(4, sampleDocument("same"));
    for (Document& document : documents)
        document.topic = std::to_string(&document - documents.data());
    documents[3].key.clear();
    const auto ids = project->addDocuments(documents, issues);
    ASSERT_THAT(ids, SizeIs(4));
    EXPECT_EQ(project->document(ids[1]).key, "same-2");
    EXPECT_EQ(project->document(ids[2]).key, "same-3");
    EXPECT_EQ(project->document(ids[3]).key, "document-2");
    ASSERT_THAT(issues, SizeIs(3));
    EXPECT_THAT(issues[0].text(), HasSubstr("\"same-2\""));
}

TEST_F(RoundTrip, ImportingAgainAddsWhatIsNew) {
    const auto project = Project::create(file());
    Document namesake = sampleDocument();
    namesake.text += " again";
    Issues first;
    const auto ids = project->addDocuments({sampleDocument(), namesake}, first);
    project->edit("Decide", [&](Editor& editor) {
        const Document stored = project->document(ids[0]);
        editor.setMentionType(stored.mentions[0].id, "place");
        editor.setRelationStatus(stored.relations[1].id, Status::Rejected);
    });
    const std::string before = project->canonicalExport();

    Issues again;
    EXPECT_THAT(project->addDocuments({sampleDocument(), namesake}, again), IsEmpty());
    EXPECT_EQ(project->canonicalExport(), before);
    ASSERT_THAT(again, SizeIs(2));
    EXPECT_THAT(again[0].text(), HasSubstr("document \"d1\": it is here already; "));
    EXPECT_THAT(again[1].text(), HasSubstr("already as \"d1-2\""));

    Document grown = sampleDocument();
    grown.relations.push_back(relationOf(0, 2, "located_in"));
    Document elsewhere = sampleDocument();
    elsewhere.imagePath = "/data/other.jpg";
    EXPECT_THAT(project->addDocuments({grown, elsewhere, sampleDocument("d2")}, again), SizeIs(3));
}

TEST_F(RoundTrip, ASuggestionIsNoDecisionOnALabel) {
    const auto project = Project::create(file());
    Document suggested = sampleDocument();
    suggested.mentions[0].status = Status::Suggested;
    addOne(*project, suggested);
    Issues issues;
    EXPECT_THAT(project->addDocuments({sampleDocument()}, issues), SizeIs(1));
}

TEST_F(RoundTrip, BadTextsAreRefusedAndTheRestGoesOn) {
    const auto project = Project::create(file());
    std::vector<Document> documents;
    for (const char* key : {"a", "b", "c", "d"})
        documents.push_back(sampleDocument(key));
    documents[0].text[3] = '\0';
    documents[1].text += "\xff\xfe";
    documents[2].extra = "not JSON";
    Issues issues;
    const auto ids = project->addDocuments(documents, issues);
    ASSERT_THAT(ids, SizeIs(1));
    EXPECT_EQ(project->document(ids[0]).key, "d");
    ASSERT_THAT(issues, SizeIs(3));
    EXPECT_THAT(issues[0].text(), HasSubstr("NUL character at byte 3"));
    EXPECT_THAT(issues[1].text(), HasSubstr("invalid sequence"));
    EXPECT_THAT(issues[2].text(), HasSubstr("JSON object"));
}

TEST_F(RoundTrip, FaultyLabelsAreLeftOutOneByOne) {
    Document document = sampleDocument();
    document.mentions.push_back(mentionAt(15, 999, "place"));
    document.mentions.push_back(mentionAt(4, 4, "place"));
    document.mentions.push_back(mentionAt(4, 7, "event"));
    document.mentions.back().score = 7;
    document.relations.push_back(relationOf(0, 3, "met"));
    document.relations.push_back(relationOf(0, 99, "met"));
    document.relations.push_back(relationOf(2, 2, "met"));
    const auto project = Project::create(file());
    Issues issues;
    const auto ids = project->addDocuments({document}, issues);
    ASSERT_THAT(ids, SizeIs(1));
    EXPECT_EQ(withoutRows(project->document(ids[0])), sampleDocument());
    EXPECT_THAT(issues, SizeIs(6));
    EXPECT_THAT(issues[0].text(), HasSubstr("mention 3"));
}

TEST_F(RoundTrip, HardTextsSurvive) {
    const auto project = Project::create(file());
    std::vector<Document> documents;
    for (const char* text :
         {"", "e\u0301\u0327 \u202emorf \u0634\u0644\u0627\u0645",
          "\U0001F469\u200D\U0001F680 \U0001F1E9\U0001F1EA", "'; DROP TABLE x;--"}) {
        Document& document = documents.emplace_back();
        document.key = "t" + std::to_string(documents.size());
        document.text = text;
    }
    documents.emplace_back().key = "long";
    documents.back().text = std::string(1'000'000, 'x');
    Issues issues;
    const auto ids = project->addDocuments(documents, issues);
    EXPECT_THAT(issues, IsEmpty());
    ASSERT_THAT(ids, SizeIs(documents.size()));
    for (std::size_t i = 0; i < ids.size(); ++i)
        EXPECT_EQ(project->document(ids[i]).text, documents[i].text);
}

TEST_F(RoundTrip, ImagesInsideTheFolderMoveWithIt) {
    std::filesystem::create_directory(m_folder / "one");
    Document document = sampleDocument();
    document.imagePath = (m_folder / "one" / "images" / "a b.jpg").string();
    const auto id = addOne(*Project::create(m_folder / "one" / "p.hmgrl"), document);
    std::filesystem::rename(m_folder / "one", m_folder / "two");
    const auto project = Project::open(m_folder / "two" / "p.hmgrl");
    EXPECT_EQ(project->document(id).imagePath, m_folder / "two" / "images" / "a b.jpg");
}

TEST_F(RoundTrip, CategoriesOfImportsAreUnseenAndFindTheirParent) {
    const auto project = Project::create(file());
    project->addModelCategories(
        {{CategoryKind::Entity, "person/artist", "makes art", "person", true, 7},
         {CategoryKind::Entity, "person", "a human", "", true, 5}});
    Document document = sampleDocument();
    document.mentions[0].type = "person/artist/painter";
    addOne(*project, document);
    const auto categories = project->categories();
    ASSERT_THAT(categories, SizeIs(6));
    EXPECT_EQ(categories[0].parent, "person");
    EXPECT_EQ(categories[2].name, "person/artist/painter");
    EXPECT_EQ(categories[2].parent, "person/artist");
    EXPECT_FALSE(categories[2].seen);
    EXPECT_NE(categories[2].colour, categories[3].colour);
    const auto counts = project->categoryCounts(CategoryKind::Entity);
    EXPECT_THAT(counts, ElementsAre(std::pair("person/artist", 0), std::pair("person", 1),
                                    std::pair("person/artist/painter", 1), std::pair("place", 1)));
}

TEST_F(RoundTrip, ModelCategoriesKeepTheProjectsValuesButSeen) {
    const auto project = Project::create(file());
    project->edit("New category", [](Editor& editor) {
        editor.addCategory({CategoryKind::Entity, "bridge", "mine", "", false, 0x112233});
    });
    project->addModelCategories({{CategoryKind::Entity, "bridge", "theirs", "", true, 1},
                                 {CategoryKind::Relation, "bridge", "a relation", "", true, 2}});
    const auto categories = project->categories();
    ASSERT_THAT(categories, SizeIs(2));
    EXPECT_EQ(categories[0],
              (Category{CategoryKind::Entity, "bridge", "mine", "", true, 0x112233}));
    EXPECT_THAT(
        reasonOf([&] {
            project->addModelCategories({{CategoryKind::Entity, "x", "", "nowhere", true, 1}});
        }),
        HasSubstr("nowhere"));
    EXPECT_THAT(project->categories(), SizeIs(2));
}

TEST_F(RoundTrip, CategoriesOfImportedLabelsTakeWhatTheModelKnowsOfThem) {
    const auto project = Project::create(file());
    Document document = sampleDocument();
    document.mentions[0].type = "person/artist";
    addOne(*project, document);
    project->addModelCategories(
        {{CategoryKind::Entity, "person/artist", "makes art", "person", true, 7},
         {CategoryKind::Entity, "person", "a human", "", true, 5}});
    std::map<std::string, Category> found;
    for (const Category& category : project->categories())
        found[category.name] = category;
    EXPECT_EQ(found.at("person/artist"),
              (Category{CategoryKind::Entity, "person/artist", "makes art", "person", true, 7}));
    EXPECT_EQ(found.at("person").description, "a human");
    EXPECT_FALSE(found.at("place").seen);
}

TEST_F(RoundTrip, ThumbnailsAndSettings) {
    const auto project = Project::create(file());
    const auto id = addOne(*project, sampleDocument());
    EXPECT_EQ(project->thumbnail(id), "");
    const std::string jpeg("\xff\xd8\0bytes", 8);
    project->setThumbnail(id, jpeg);
    EXPECT_EQ(project->thumbnail(id), jpeg);
    EXPECT_THROW(project->setThumbnail(id + 1, jpeg), Error);
    EXPECT_FALSE(project->setting("model"));
    project->setSetting("model", "folder");
    project->setSetting("model", "other");
    EXPECT_EQ(project->setting("model"), "other");
}

TEST_F(RoundTrip, CanonicalExportTellsContentNotRows) {
    const auto one = Project::create(file("1.hmgrl"));
    const auto two = Project::create(file("2.hmgrl"));
    Document shuffled = sampleDocument("a");
    std::swap(shuffled.mentions[0], shuffled.mentions[2]);
    shuffled.relations = {relationOf(1, 0, "located_in"), relationOf(2, 1, "met")};
    addOne(*one, sampleDocument("a"));
    addOne(*one, sampleDocument("b"));
    addOne(*two, sampleDocument("b"));
    addOne(*two, shuffled);
    EXPECT_EQ(one->canonicalExport(), two->canonicalExport());
    const std::string text = one->canonicalExport();
    const auto line = nlohmann::json::parse(text.substr(0, text.find('\n')));
    EXPECT_EQ(line.at("id"), "a");
    EXPECT_EQ(line.at("source"), "hand");
    EXPECT_EQ(line.at("mentions").size(), 3u);
    EXPECT_EQ(line.at("relations").at(1).at("tail"), 2);
}

TEST_F(RoundTrip, AbsentDocument) {
    const auto project = Project::create(file());
    EXPECT_THAT(reasonOf([&] { (void)project->document(42); }), HasSubstr("no document 42"));
}

} // namespace
} // namespace hmgrl::test
