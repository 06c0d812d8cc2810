#include "ProjectFixture.h"

#include <chrono>

namespace hmgrl::test {
namespace {

constexpr int kDocuments = 16000;

double millisecondsOf(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
        .count();
}

Extraction extractionOf(int seed) {
    Extraction extraction;
    const std::vector<float> latent(128, static_cast<float>(seed));
    std::vector<Candidate> candidates;
    for (const char* name : {"person", "place"})
        candidates.push_back({name, 0.4, 1.5});
    for (const Span span : {Span{0, 3}, Span{8, 11}, Span{15, 19}})
        extraction.mentions.push_back({span, false, 0.9, candidates, latent});
    return extraction;
}

/// Times on the largest corpus the program is measured with. The limits are three times what is
/// aimed at, because a test machine may be busy; the times themselves are printed.
class ScaleTest : public ProjectFixture {
protected:
    void expectWithin(const std::string& what, double milliseconds, double aim) {
        std::printf("             %-34s %9.2f ms (aim %.0f)\n", what.c_str(), milliseconds, aim);
        EXPECT_LT(milliseconds, 3 * aim) << what;
    }
};

TEST_F(ScaleTest, SixteenThousandDocuments) {
    const auto project = Project::create(file());
    std::vector<Document> documents(kDocuments, sampleDocument());
    for (int i = 0; i < kDocuments; ++i) {
        Document& document = documents[static_cast<std::size_t>(i)];
        document.key = "key " + std::to_string(i);
        document.text += " and some more words as captions have them, number " + std::to_string(i);
        document.mentions.pop_back();
        document.relations.pop_back();
    }
    Issues issues;
    std::vector<std::int64_t> ids;
    expectWithin("import", millisecondsOf([&] { ids = project->addDocuments(documents, issues); }),
                 4000);
    ASSERT_EQ(ids.size(), static_cast<std::size_t>(kDocuments));
    expectWithin("extractions stored", millisecondsOf([&] {
                     for (std::size_t i = 0; i < 4000; ++i)
                         project->storeExtraction(ids[i], extractionOf(static_cast<int>(i)), "m");
                 }),
                 4000);
    const auto list = [&](const DocumentQuery& query) {
        EXPECT_FALSE(project->documents(query).empty());
    };
    DocumentQuery query;
    expectWithin("list", millisecondsOf([&] { list(query); }), 150);
    query.order = DocumentQuery::Order::Uncertainty;
    expectWithin("list by uncertainty", millisecondsOf([&] { list(query); }), 150);
    query.text = "caption numb";
    expectWithin("list of a common word", millisecondsOf([&] { list(query); }), 150);
    query.category = "person";
    expectWithin("with a category", millisecondsOf([&] { list(query); }), 150);
    expectWithin("document", millisecondsOf([&] {
                                 for (std::size_t i = 0; i < 1000; ++i)
                                     (void)project->document(ids[i * 7]);
                             }) / 1000,
                 2);
    expectWithin("edit", millisecondsOf([&] {
                             for (std::size_t i = 0; i < 500; ++i)
                                 project->edit("accept", [&](Editor& editor) {
                                     editor.addMention(ids[i * 9], mentionAt(4, 7, "person"));
                                 });
                         }) / 500,
                 5);
    expectWithin("undo", millisecondsOf([&] {
                             for (int i = 0; i < 500; ++i)
                                 project->undo();
                         }) / 500,
                 5);
    std::vector<SampleRow> samples;
    expectWithin("samples",
                 millisecondsOf([&] { samples = project->samples(CategoryKind::Entity); }), 300);
    ASSERT_EQ(samples.size(), 12000u);
    std::vector<std::pair<std::int64_t, DiskPoint>> where;
    for (const SampleRow& sample : samples)
        where.emplace_back(sample.id, DiskPoint{1, 2});
    expectWithin("coordinates",
                 millisecondsOf([&] { project->storeCoordinates(CategoryKind::Entity, where); }),
                 500);
    const std::vector<Candidate> ranking{{"place", 0.9, 1}, {"person", 0.1, 2}};
    expectWithin(
        "re-scoring without the ranker",
        millisecondsOf([&] { project->rescore([&](const LatentRow&) { return ranking; }); }), 1500);
    expectWithin("a category of 32k labels removed", millisecondsOf([&] {
                     project->edit("remove", [](Editor& editor) {
                         editor.removeCategory(CategoryKind::Entity, "person");
                     });
                 }),
                 3000);
    expectWithin("and back", millisecondsOf([&] { project->undo(); }), 3000);
    expectWithin("4,000 extracted documents removed", millisecondsOf([&] {
                     project->edit("remove", [&](Editor& editor) {
                         for (std::size_t i = 0; i < 4000; ++i)
                             editor.removeDocument(ids[i]);
                     });
                 }),
                 5000);
    expectWithin("and back", millisecondsOf([&] { project->undo(); }), 5000);
    expectWithin("open beside it", millisecondsOf([&] { (void)Project::open(file()); }), 200);
    expectWithin("canonical export", millisecondsOf([&] { (void)project->canonicalExport(); }),
                 4000);
}

} // namespace
} // namespace hmgrl::test
