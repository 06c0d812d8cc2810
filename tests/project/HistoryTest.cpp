#include "ProjectFixture.h"
#include "RandomEdits.h"

#include <gmock/gmock.h>

namespace hmgrl::test {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

/// Labels and taxonomy: everything that edits can change.
std::string contentOf(const Project& project) {
    std::string text = project.canonicalExport();
    for (const Category& c : project.categories()) {
        text += std::string(toString(c.kind)) + "|" + c.name + "|" + c.description + "|" +
                c.parent + "|" + std::to_string(c.seen) + "|" + std::to_string(c.colour) + "\n";
        for (const auto* types : {&c.heads, &c.tails})
            for (const std::string& type : *types)
                text += (types == &c.heads ? " from " : " to ") + type + "\n";
    }
    for (const char* key : {"key0", "key1", "key2"})
        text += project.setting(key).value_or("none") + "\n";
    for (const auto& s : project.documents())
        text += std::to_string(s.accepted) + "/" + std::to_string(s.suggested) + "/" +
                std::to_string(s.rejected) + "/" + std::to_string(s.uncertainty) + "\n";
    return text;
}

std::vector<std::int64_t> rowsOf(const Project& project) {
    std::vector<std::int64_t> rows;
    for (const std::int64_t id : project.documentIds()) {
        const Document document = project.document(id);
        for (const Mention& mention : document.mentions)
            rows.push_back(mention.id);
        for (const Relation& relation : document.relations)
            rows.push_back(relation.id);
    }
    return rows;
}

class HistoryTest : public ProjectFixture, public ::testing::WithParamInterface<std::uint32_t> {};
class SmallHistory : public ProjectFixture {};

TEST_P(HistoryTest, ThousandRandomEditsUndoneAndRedoneAreByteEqual) {
    auto project = Project::create(file());
    for (int i = 0; i < 8; ++i)
        addOne(*project, sampleDocument("d" + std::to_string(i)));
    const std::string start = contentOf(*project);
    const auto startRows = rowsOf(*project);
    RandomEdits edits(*project, GetParam());
    for (int stored = 0; stored < 1000;)
        stored += edits.step() ? 1 : 0;
    const std::string end = contentOf(*project);
    const auto endRows = rowsOf(*project);
    EXPECT_NE(start, end);

    while (project->undoLabel())
        project->undo();
    EXPECT_EQ(contentOf(*project), start);
    EXPECT_EQ(rowsOf(*project), startRows);
    project = Project::open(file()); // the history is in the file
    while (project->redoLabel())
        project->redo();
    EXPECT_EQ(contentOf(*project), end);
    EXPECT_EQ(rowsOf(*project), endRows);
    project.reset();
    EXPECT_EQ(integrity(file()), "ok");
}

INSTANTIATE_TEST_SUITE_P(Seeds, HistoryTest, ::testing::Values(1u, 2u, 3u));

TEST_P(HistoryTest, RandomWalkThroughHistoryComesBackToEachState) {
    const auto project = Project::create(file());
    addOne(*project, sampleDocument("a"));
    addOne(*project, sampleDocument("b"));
    RandomEdits edits(*project, GetParam() + 100);
    Random random(GetParam());
    std::vector<std::string> states{contentOf(*project)};
    std::size_t at = 0;
    for (int i = 0; i < 300; ++i) {
        const auto action = random.upTo(3);
        if (action == 0 && project->undoLabel()) {
            project->undo();
            --at;
        } else if (action == 1 && project->redoLabel()) {
            project->redo();
            ++at;
        } else if (edits.step() && contentOf(*project) != states[at]) {
            states.resize(++at);
            states.push_back(contentOf(*project));
        }
        ASSERT_LT(at, states.size());
        ASSERT_EQ(contentOf(*project), states[at]) << "action " << i;
    }
}

TEST_F(SmallHistory, LabelsAndTouchedDocuments) {
    const auto project = Project::create(file());
    const auto a = addOne(*project, sampleDocument("a"));
    const auto b = addOne(*project, sampleDocument("b"));
    EXPECT_FALSE(project->undoLabel());
    EXPECT_FALSE(project->redoLabel());
    EXPECT_THAT(project->undo(), IsEmpty());
    project->edit("Review", [&](Editor& editor) {
        editor.setReviewed(a, true);
        editor.removeMention(project->document(b).mentions[0].id);
    });
    EXPECT_EQ(project->undoLabel(), "Review");
    EXPECT_TRUE(project->summary(a)->reviewed);
    EXPECT_THAT(project->undo(), ElementsAre(a, b));
    EXPECT_FALSE(project->undoLabel());
    EXPECT_EQ(project->redoLabel(), "Review");
    EXPECT_FALSE(project->summary(a)->reviewed);
    EXPECT_THAT(project->redo(), ElementsAre(a, b));
    EXPECT_EQ(project->document(b).relations.size(), 1u);
}

TEST_F(SmallHistory, ANewEditDropsWhatCouldBeRedone) {
    const auto project = Project::create(file());
    const auto id = addOne(*project, sampleDocument());
    project->edit("one", [&](Editor& editor) { editor.setReviewed(id, true); });
    project->undo();
    project->edit("nothing", [](Editor&) {});
    EXPECT_EQ(project->redoLabel(), "one") << "an edit without changes is no step";
    project->edit("two", [&](Editor& editor) { editor.setSetting("k", "v"); });
    EXPECT_FALSE(project->redoLabel());
    EXPECT_EQ(project->undoLabel(), "two");
}

TEST_F(SmallHistory, AThrowLeavesNothing) {
    const auto project = Project::create(file());
    const auto id = addOne(*project, sampleDocument());
    const std::string before = contentOf(*project);
    EXPECT_THROW(project->edit("bad",
                               [&](Editor& editor) {
                                   editor.removeMention(project->document(id).mentions[0].id);
                                   editor.setMentionType(999, "person");
                               }),
                 Error);
    EXPECT_EQ(contentOf(*project), before);
    EXPECT_FALSE(project->undoLabel());
    EXPECT_THROW(project->edit("bad", [](Editor&) { throw std::logic_error("x"); }),
                 std::logic_error);
    project->edit("good", [&](Editor& editor) { editor.setReviewed(id, true); });
}

TEST_F(SmallHistory, AnEditInsideAnEditIsRefused) {
    const auto project = Project::create(file());
    const auto id = addOne(*project, sampleDocument());
    EXPECT_THROW(project->edit("outer", [&](Editor&) { project->setSetting("a", "b"); }), Error);
    EXPECT_THROW(project->edit("outer", [&](Editor&) { project->undo(); }), Error);
    EXPECT_FALSE(project->setting("a"));
    project->edit("later", [&](Editor& editor) { editor.setReviewed(id, true); });
}

TEST_F(SmallHistory, SwappedCategoryNamesInOneStep) {
    const auto project = Project::create(file());
    const auto id = addOne(*project, sampleDocument());
    const std::string before = contentOf(*project);
    project->edit("swap", [](Editor& editor) {
        const Category person{CategoryKind::Entity, "person", "", "", false, 1};
        const Category place{CategoryKind::Entity, "place", "", "", false, 2};
        Category parked = person;
        parked.name = "parked";
        editor.changeCategory(CategoryKind::Entity, "person", parked);
        editor.changeCategory(CategoryKind::Entity, "place", person);
        editor.changeCategory(CategoryKind::Entity, "parked", place);
    });
    EXPECT_EQ(project->document(id).mentions[0].type, "place");
    const std::string after = contentOf(*project);
    project->undo();
    EXPECT_EQ(contentOf(*project), before);
    project->redo();
    EXPECT_EQ(contentOf(*project), after);
}

TEST_F(SmallHistory, ACategoryThatCameAgainFromElsewhereIsTakenOver) {
    const auto project = Project::create(file());
    const auto id = addOne(*project, sampleDocument("a"));
    const Category bridge{CategoryKind::Entity, "bridge", "mine", "", false, 9};
    project->edit("new", [&](Editor& editor) { editor.addCategory(bridge); });
    const auto mention = project->document(id).mentions[2].id;
    project->edit("use", [&](Editor& editor) { editor.setMentionType(mention, "bridge"); });
    project->undo();
    project->undo();
    Document other = sampleDocument("b");
    other.mentions[0].type = "bridge";
    const auto imported = addOne(*project, other);
    project->redo();
    project->redo();
    EXPECT_EQ(project->document(id).mentions[2].type, "bridge");
    EXPECT_EQ(project->document(imported).mentions[0].type, "bridge");
    const auto categories = project->categories();
    EXPECT_EQ(std::count_if(categories.begin(), categories.end(),
                            [](const Category& c) { return c.name == "bridge"; }),
              1);
    project->undo();
    project->undo(); // the import still uses it, so it stays
    EXPECT_EQ(project->document(imported).mentions[0].type, "bridge");
    EXPECT_EQ(integrity(file()), "ok");
}

} // namespace
} // namespace hmgrl::test
