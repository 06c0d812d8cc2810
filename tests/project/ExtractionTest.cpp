#include "ProjectFixture.h"
#include "RandomEdits.h"

#include <cmath>
#include <gmock/gmock.h>
#include <limits>
#include <map>
#include <set>

namespace hmgrl::test {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

MentionPrediction found(int begin, int end, const std::string& best, float latent = 1) {
    return {{begin, end}, false, 0.9, {{best, 0.6, 1.0}, {"place", 0.3, 2.0}}, {latent, 2, 3}};
}

RelationPrediction pairFound(int head, int tail, const std::string& best) {
    return {head, tail, false, 0.2, {{best, 0.8, 1.0}}, {4, 5}};
}

/// A project of one unlabelled document with categories to suggest.
class ExtractionTest : public ProjectFixture {
protected:
    ExtractionTest() {
        m_project->addModelCategories({{CategoryKind::Entity, "person", "", "", true, 1},
                                       {CategoryKind::Entity, "place", "", "", true, 2},
                                       {CategoryKind::Entity, "event", "", "", false, 3},
                                       {CategoryKind::Relation, "met", "", "", true, 4},
                                       {CategoryKind::Relation, "located_in", "", "", true, 5}});
        Document document = sampleDocument();
        document.mentions.clear();
        document.relations.clear();
        m_id = addOne(*m_project, document);
    }
    /// Ada, Bob, Köln; Ada met Bob, Bob located_in Köln.
    static Extraction full() {
        Extraction extraction;
        extraction.mentions = {found(0, 3, "person"), found(8, 11, "person"),
                               found(15, 19, "place")};
        extraction.relations = {pairFound(0, 1, "met"), pairFound(1, 2, "located_in")};
        return extraction;
    }
    static Extraction without(std::size_t mention) {
        Extraction extraction = full();
        extraction.relations.clear();
        extraction.mentions.erase(extraction.mentions.begin() +
                                  static_cast<std::ptrdiff_t>(mention));
        return extraction;
    }
    void extract(const Extraction& extraction, const std::string& hash = "model-1") {
        m_project->storeExtraction(m_id, extraction, hash);
    }
    [[nodiscard]] Document read() const { return m_project->document(m_id); }
    void edit(const std::function<void(Editor&)>& change) { m_project->edit("edit", change); }

    std::unique_ptr<Project> m_project = Project::create(file());
    std::int64_t m_id = 0;
};

TEST_F(ExtractionTest, BecomesSuggestionsWithCandidates) {
    extract(full());
    const Document document = read();
    ASSERT_THAT(document.mentions, SizeIs(3));
    ASSERT_THAT(document.relations, SizeIs(2));
    EXPECT_EQ(document.mentions[0].status, Status::Suggested);
    EXPECT_EQ(document.mentions[0].type, "person");
    EXPECT_DOUBLE_EQ(document.mentions[0].score, 0.6);
    EXPECT_EQ(document.mentions[0].candidates, full().mentions[0].candidates);
    EXPECT_EQ(document.relations[1].type, "located_in");
    EXPECT_EQ(document.relations[1].head, 1);
    EXPECT_EQ(document.relations[1].tail, 2);
    const auto summary = *m_project->summary(m_id);
    EXPECT_EQ(summary.suggested, 5);
    EXPECT_NEAR(summary.uncertainty, 0.7, 1e-12);
    EXPECT_TRUE(summary.extracted);
    EXPECT_FALSE(m_project->undoLabel());
}

TEST_F(ExtractionTest, ExtractedMeansByTheCurrentModel) {
    m_project->setSetting("model_hash", "model-2");
    extract(full(), "model-1");
    EXPECT_FALSE(m_project->summary(m_id)->extracted);
    extract(full(), "model-2");
    EXPECT_TRUE(m_project->summary(m_id)->extracted);
}

TEST_F(ExtractionTest, SamplesCarryLatentsAndCoordinates) {
    extract(full());
    auto samples = m_project->samples(CategoryKind::Entity);
    ASSERT_THAT(samples, SizeIs(3));
    EXPECT_EQ(samples[2].latent, (std::vector<float>{1, 2, 3}));
    EXPECT_EQ(samples[2].document, m_id);
    EXPECT_FALSE(samples[2].where);
    const DiskPoint point{1.0 / 3, 2.5e-17};
    m_project->storeCoordinates(CategoryKind::Entity, {{samples[2].id, point}, {999, {1, 1}}});
    const auto relation = m_project->samples(CategoryKind::Relation).at(0);
    m_project->storeCoordinates(CategoryKind::Relation, {{relation.id, {4, -1}}});
    EXPECT_EQ(m_project->samples(CategoryKind::Entity)[2].where, point);
    EXPECT_EQ(m_project->samples(CategoryKind::Relation)[0].where, (DiskPoint{4, -1}));
    extract(full()); // the same latents stay where they are
    EXPECT_EQ(m_project->samples(CategoryKind::Entity)[2].where, point);
    Extraction moved = full();
    moved.mentions[2].latent[0] = 9;
    extract(moved, "model-2");
    EXPECT_FALSE(m_project->samples(CategoryKind::Entity)[2].where);
    EXPECT_THROW(m_project->storeCoordinates(CategoryKind::Entity, {{samples[0].id, {NAN, 0}}}),
                 Error);
}

TEST_F(ExtractionTest, AgainKeepsRowsOfTheSameSpanAndDropsOthers) {
    extract(full());
    const Document before = read();
    Extraction second = without(1);
    second.mentions[0].candidates[0].category = "event";
    extract(second, "model-2");
    const Document after = read();
    ASSERT_THAT(after.mentions, SizeIs(2));
    EXPECT_EQ(after.mentions[0].id, before.mentions[0].id);
    EXPECT_EQ(after.mentions[0].type, "event");
    EXPECT_EQ(after.mentions[1].id, before.mentions[2].id);
    EXPECT_THAT(after.relations, IsEmpty());
}

TEST_F(ExtractionTest, DecidedLabelsAreNotSuggestedAgain) {
    extract(full());
    const Document before = read();
    edit([&](Editor& editor) {
        editor.setMentionType(before.mentions[0].id, "event");
        editor.setMentionStatus(before.mentions[2].id, Status::Rejected);
        editor.setRelationStatus(before.relations[0].id, Status::Rejected);
    });
    extract(full(), "model-2");
    const Document after = read();
    ASSERT_THAT(after.mentions, SizeIs(3));
    EXPECT_EQ(after.mentions[0].type, "event");
    EXPECT_EQ(after.mentions[0].status, Status::Accepted);
    EXPECT_THAT(after.mentions[0].candidates, SizeIs(2))
        << "the prediction is kept beside the label";
    EXPECT_EQ(after.mentions[2].status, Status::Rejected);
    ASSERT_THAT(after.relations, SizeIs(1)) << "none is suggested for a rejected mention";
    EXPECT_EQ(after.relations[0].status, Status::Rejected);
    EXPECT_THAT(m_project->samples(CategoryKind::Entity), SizeIs(3));
}

TEST_F(ExtractionTest, ADecidedRelationKeepsItsSuggestedEnds) {
    extract(full());
    edit([&](Editor& editor) {
        editor.setRelationStatus(read().relations[0].id, Status::Accepted);
    });
    extract(Extraction{});
    const Document after = read();
    ASSERT_THAT(after.relations, SizeIs(1));
    EXPECT_THAT(after.mentions, SizeIs(2));
}

TEST_F(ExtractionTest, BadExtractionsLeaveEverythingAsItWas) {
    extract(full());
    const std::string before = m_project->canonicalExport();
    Extraction outside = full();
    outside.mentions[1].span = {8, 999};
    Extraction crossed = full();
    crossed.relations[0].tail = 3;
    Extraction notANumber = full();
    notANumber.mentions[0].latent[1] = std::numeric_limits<float>::quiet_NaN();
    for (const Extraction& bad : {outside, crossed, notANumber})
        EXPECT_THROW(extract(bad, "bad"), Error);
    EXPECT_THROW(m_project->storeExtraction(999, full(), "x"), Error);
    EXPECT_EQ(m_project->canonicalExport(), before);
}

TEST_F(ExtractionTest, CandidatesOfUnknownCategoriesAreLeftOut) {
    Extraction extraction = full();
    extraction.mentions[0].candidates.insert(extraction.mentions[0].candidates.begin(),
                                             Candidate{"vanished", 0.99, 0.1});
    extract(extraction);
    EXPECT_EQ(read().mentions[0].type, "person");
    EXPECT_THAT(read().mentions[0].candidates, SizeIs(2));
}

TEST_F(ExtractionTest, ALatentThatCannotBeRankedKeepsItsRanking) {
    extract(full());
    const Document before = read();
    m_project->rescore(
        [](const LatentRow&) -> std::optional<std::vector<Candidate>> { return std::nullopt; });
    const Document after = read();
    ASSERT_EQ(after.mentions.size(), before.mentions.size());
    for (std::size_t m = 0; m < before.mentions.size(); ++m) {
        EXPECT_EQ(after.mentions[m].type, before.mentions[m].type);
        EXPECT_EQ(after.mentions[m].candidates.size(), before.mentions[m].candidates.size());
    }
}

TEST_F(ExtractionTest, OneLatentIsReadWithItsEnds) {
    extract(full());
    const Document before = read();
    edit([&](Editor& editor) { editor.setMentionStatus(before.mentions[0].id, Status::Accepted); });
    const auto mention = m_project->latent(CategoryKind::Entity, before.mentions[1].id);
    ASSERT_TRUE(mention);
    EXPECT_EQ(mention->latent, full().mentions[1].latent);
    const auto relation = m_project->latent(CategoryKind::Relation, before.relations[0].id);
    ASSERT_TRUE(relation);
    EXPECT_EQ(relation->kind, CategoryKind::Relation);
    EXPECT_EQ(relation->latent, full().relations[0].latent);
    EXPECT_EQ(relation->head.acceptedType, "person");
    EXPECT_EQ(relation->tail.acceptedType, "");
    EXPECT_EQ(relation->tail.latent, full().mentions[1].latent);
    EXPECT_FALSE(m_project->latent(CategoryKind::Entity, 999));
    std::int64_t byHand = 0;
    edit([&](Editor& editor) {
        Mention own;
        own.span = {0, 1};
        byHand = editor.addMention(m_id, own);
    });
    EXPECT_FALSE(m_project->latent(CategoryKind::Entity, byHand)) << "no model has read it";
}

TEST_F(ExtractionTest, RescoringMovesSuggestionsOnly) {
    extract(full());
    const Document before = read();
    edit([&](Editor& editor) {
        editor.setMentionStatus(before.mentions[0].id, Status::Accepted);
        editor.addCategory({CategoryKind::Entity, "hero", "", "", false, 8});
    });
    std::vector<std::string> ends; // accepted types of the relations' arguments
    m_project->rescore([&](const LatentRow& row) {
        const bool entity = row.kind == CategoryKind::Entity;
        EXPECT_EQ(row.latent.size(), entity ? 3u : 2u);
        EXPECT_EQ(row.head.latent.size(), entity ? 0u : 3u);
        EXPECT_EQ(row.tail.latent.size(), entity ? 0u : 3u);
        for (const LatentRow::End* end : {&row.head, &row.tail})
            if (!entity)
                ends.push_back(end->acceptedType);
        return std::vector<Candidate>{{entity ? "hero" : "met", 0.95, 0.25}, {"event", 0.05, 3}};
    });
    EXPECT_THAT(ends, ElementsAre("person", "", "", "")) << "what is only suggested isn't known";
    const Document after = read();
    EXPECT_EQ(after.mentions[0].type, "person");
    EXPECT_EQ(after.mentions[0].candidates[0].category, "hero");
    EXPECT_EQ(after.mentions[1].type, "hero");
    EXPECT_DOUBLE_EQ(after.mentions[1].score, 0.95);
    EXPECT_EQ(after.relations[1].type, "met");
    EXPECT_NEAR(m_project->summary(m_id)->uncertainty, 0.1, 0.06);
    EXPECT_EQ(m_project->categoryCounts(CategoryKind::Entity).back(),
              std::pair(std::string("hero"), 2));
    m_project->undo(); // the category goes; what was suggested as it is untyped, never an error
    EXPECT_EQ(read().mentions[1].type, "");
    EXPECT_EQ(read().mentions[0].status, Status::Suggested);
}

TEST_F(ExtractionTest, CancelledRescoringChangesNothing) {
    extract(full());
    const std::string before = m_project->canonicalExport();
    CancelToken cancel;
    const auto rank = [&](const LatentRow&) {
        cancel.cancel();
        return std::vector<Candidate>{{"event", 1, 0}};
    };
    EXPECT_THROW(m_project->rescore(rank, cancel), Cancelled);
    EXPECT_EQ(m_project->canonicalExport(), before);
}

TEST_F(ExtractionTest, UndoingAnAcceptanceAfterExtractingAgain) {
    extract(full());
    const auto row = read().mentions[0].id;
    edit([&](Editor& editor) { editor.setMentionStatus(row, Status::Accepted); });
    extract(full(), "model-2");
    m_project->undo();
    const Document after = read();
    ASSERT_THAT(after.mentions, SizeIs(3));
    EXPECT_EQ(after.mentions[0].id, row);
    EXPECT_EQ(after.mentions[0].status, Status::Suggested);
}

TEST_F(ExtractionTest, RedoMeetsASuggestionAtTheSameSpan) {
    std::int64_t row = 0;
    edit([&](Editor& editor) { row = editor.addMention(m_id, mentionAt(0, 3, "event")); });
    m_project->undo();
    extract(full());
    m_project->redo();
    const Document after = read();
    ASSERT_THAT(after.mentions, SizeIs(3));
    EXPECT_EQ(after.mentions[0].id, row);
    EXPECT_EQ(after.mentions[0].type, "event");
    ASSERT_THAT(after.relations, SizeIs(2)) << "the suggestion's relations moved over";
    EXPECT_EQ(after.relations[0].head, 0);
}

TEST_F(ExtractionTest, UndoBringsBackTheEndOfARelationThatWentMeanwhile) {
    extract(full());
    const Document before = read();
    edit([&](Editor& editor) { editor.setMentionStatus(before.mentions[0].id, Status::Accepted); });
    edit([&](Editor& editor) {
        editor.setRelationStatus(before.relations[0].id, Status::Accepted);
    });
    edit([&](Editor& editor) { editor.removeMention(before.mentions[0].id); });
    EXPECT_THAT(read().relations, SizeIs(1));
    extract(without(1), "model-2"); // Bob is gone
    m_project->undo();
    const Document after = read();
    ASSERT_THAT(after.relations, SizeIs(1));
    const auto& relation = after.relations[0];
    EXPECT_EQ(relation.id, before.relations[0].id);
    EXPECT_EQ(after.mentions[static_cast<std::size_t>(relation.tail)].span, (Span{8, 11}));
    EXPECT_EQ(after.mentions[static_cast<std::size_t>(relation.tail)].status, Status::Suggested);
}

TEST_F(ExtractionTest, AddingWhereASuggestionStandsTakesItOver) {
    extract(full());
    const std::string before = m_project->canonicalExport();
    std::int64_t row = 0;
    edit([&](Editor& editor) { row = editor.addMention(m_id, mentionAt(8, 11, "event")); });
    const Document after = read();
    ASSERT_THAT(after.mentions, SizeIs(3));
    EXPECT_EQ(after.mentions[2].id, row);
    EXPECT_THAT(after.mentions[2].candidates, SizeIs(2)) << "a prediction belongs to the span";
    ASSERT_THAT(after.relations, SizeIs(2));
    EXPECT_EQ(after.relations[0].tail, 2);
    m_project->undo();
    EXPECT_EQ(m_project->canonicalExport(), before);
}

TEST_F(ExtractionTest, RemovalAndUndoKeepThePrediction) {
    extract(full());
    const std::string before = m_project->canonicalExport();
    edit([&](Editor& editor) { editor.removeMention(read().mentions[1].id); });
    EXPECT_THAT(m_project->samples(CategoryKind::Entity), SizeIs(2));
    EXPECT_THAT(m_project->samples(CategoryKind::Relation), IsEmpty());
    m_project->undo();
    EXPECT_EQ(m_project->canonicalExport(), before);
    EXPECT_THAT(m_project->samples(CategoryKind::Entity), SizeIs(3));
}

/// Spans and pairs that have a suggestion beside another label, and faults of the documents.
std::vector<std::string> faultsOf(const Project& project) {
    std::vector<std::string> faults;
    for (const std::int64_t id : project.documentIds()) {
        const Document document = project.document(id);
        for (const std::string& fault : documentFaults(document))
            faults.push_back(fault);
        std::map<Span, std::pair<int, int>> spans; // labels, suggestions
        for (const Mention& mention : document.mentions) {
            auto& [labels, suggestions] = spans[mention.span];
            ++labels;
            suggestions += mention.status == Status::Suggested ? 1 : 0;
        }
        for (const auto& [span, count] : spans)
            if (count.first > 1 && count.second > 0)
                faults.push_back("suggestion beside another label at " +
                                 std::to_string(span.begin));
        const auto summary = *project.summary(id);
        const auto labels = document.mentions.size() + document.relations.size();
        if (static_cast<std::size_t>(summary.accepted + summary.suggested + summary.rejected) !=
            labels)
            faults.emplace_back("the listing's counts are stale");
    }
    return faults;
}

class Interleaved : public ProjectFixture, public ::testing::WithParamInterface<std::uint32_t> {};

TEST_P(Interleaved, EditsExtractionsUndoAndRedoNeverClash) {
    const auto project = Project::create(file());
    for (const char* key : {"a", "b", "c", "d"})
        addOne(*project, sampleDocument(key));
    RandomEdits edits(*project, GetParam());
    Random random(GetParam() + 50);
    const auto extractSomething = [&] {
        Extraction extraction;
        std::set<Span> spans;
        for (int i = 0; i < 4; ++i) {
            const int begin = static_cast<int>(random.upTo(12));
            if (spans.insert({begin, begin + 2}).second)
                extraction.mentions.push_back(found(begin, begin + 2, "person"));
        }
        for (std::size_t i = 1; i < extraction.mentions.size(); ++i)
            extraction.relations.push_back(pairFound(0, static_cast<int>(i), "met"));
        const auto ids = project->documentIds();
        project->storeExtraction(ids[random.upTo(static_cast<std::uint32_t>(ids.size() - 1))],
                                 extraction, "m");
    };
    const auto rescore = [&] {
        const auto categories = project->categories();
        project->rescore([&](const LatentRow& row) {
            const Category& any =
                categories[random.upTo(static_cast<std::uint32_t>(categories.size() - 1))];
            return any.kind == row.kind ? std::vector<Candidate>{{any.name, 0.5, 1}}
                                        : std::vector<Candidate>{};
        });
    };
    for (int i = 0; i < 600; ++i) {
        const auto action = random.upTo(9);
        if (action < 4)
            (void)edits.step();
        else if (action < 6)
            project->undo();
        else if (action < 7)
            project->redo();
        else if (action < 9)
            extractSomething();
        else if (i % 3 == 0)
            rescore();
        ASSERT_THAT(faultsOf(*project), IsEmpty()) << "action " << i;
    }
    while (project->undoLabel())
        project->undo();
    EXPECT_THAT(faultsOf(*project), IsEmpty());
    while (project->redoLabel())
        project->redo();
    EXPECT_THAT(faultsOf(*project), IsEmpty());
    EXPECT_EQ(integrity(file()), "ok");
}

INSTANTIATE_TEST_SUITE_P(Seeds, Interleaved, ::testing::Values(1u, 2u, 3u, 4u, 5u));

} // namespace
} // namespace hmgrl::test
