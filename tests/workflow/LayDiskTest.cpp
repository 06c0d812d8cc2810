#include "WorkflowFixture.h"
#include "support/Random.h"
#include "workflow/Jobs.h"

#include <cmath>
#include <future>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

constexpr int mentionCount = 240;

CategorySpace makeSpace() {
    CategorySpace::Part entities, relations;
    entities.categories = {{CategoryKind::Entity, "person", "", "", true, 0x112233},
                           {CategoryKind::Entity, "place", "", "", true, 0x445566},
                           {CategoryKind::Entity, "place/city", "", "place", false, 0x778899}};
    entities.prototypes = {1, 0, 0, 0, 1, 0, 0, 2, 0.2F};
    entities.width = 3;
    entities.assignable = {true, false, true};
    entities.generated = {0, 1.9F, 0.2F, 0.1F, 2, 0.1F};
    entities.generatedOf = {2, 2};
    relations.categories = {{CategoryKind::Relation, "met", "", "", true, 0xABCDEF}};
    relations.prototypes = {1, 1, 0};
    relations.width = 3;
    relations.assignable = {true};
    return {entities, relations};
}

/// Two clouds of mentions in documents of four, the first two of each joined by a relation.
Extraction extractionOf(Random& random, int document) {
    Extraction extraction;
    for (int i = 0; i < 4; ++i) {
        MentionPrediction mention;
        mention.span = {3 * i, 3 * i + 2};
        const bool person = (document + i) % 2 == 0;
        mention.candidates = {{person ? "person" : "place/city", 0.9, 0.1}};
        for (const float middle : {person ? 1.5F : 0.0F, person ? 0.0F : 1.5F, 0.0F})
            mention.latent.push_back(middle + static_cast<float>(random.uniform() - 0.5));
        extraction.mentions.push_back(mention);
    }
    RelationPrediction pair;
    pair.tail = 1;
    pair.candidates = {{"met", 0.8, 0.1}};
    pair.latent = {1, 1, 0};
    extraction.relations.push_back(pair);
    return extraction;
}

class LayDiskTest : public test::WorkflowFixture {
protected:
    void SetUp() override {
        auto project = Project::create(m_folder.path() / "p.hmgrl");
        project->addModelCategories([&] {
            auto all = m_space.part(CategoryKind::Entity).categories;
            const auto& more = m_space.part(CategoryKind::Relation).categories;
            all.insert(all.end(), more.begin(), more.end());
            return all;
        }());
        std::vector<Document> documents;
        for (int i = 0; i < mentionCount / 4; ++i) {
            documents.emplace_back();
            documents.back().key = std::to_string(i);
            documents.back().text = "ab cd ef gh";
        }
        Issues issues;
        Random random(7);
        const auto ids = project->addDocuments(documents, issues);
        for (std::size_t i = 0; i < ids.size(); ++i)
            project->storeExtraction(ids[i], extractionOf(random, static_cast<int>(i)), "m");
        open(std::move(project));
    }

    DiskData stored() { return layDisk(m_link, m_space, CategoryKind::Entity, false, {}, {}); }
    DiskData relay(LayoutMethod method, const CancelToken& cancel = {},
                   const PictureSink& pictures = {}) {
        LayoutOptions options;
        options.method = method;
        options.tsne.iterations = 200;
        return relayDisk(m_link, m_space, CategoryKind::Entity, options, cancel, pictures, {});
    }

    const CategorySpace m_space = makeSpace();
};

TEST_F(LayDiskTest, RelationsAreArcsBetweenTheirMentions) {
    const DiskData disk = stored();
    ASSERT_EQ(disk.samples.size(), static_cast<std::size_t>(mentionCount));
    ASSERT_EQ(disk.arcs.size(), static_cast<std::size_t>(mentionCount / 4));
    const DiskScene scene = disk.scene();
    EXPECT_EQ(scene.arcNames, std::vector<std::string>{"met"});
    for (const DiskArc& arc : scene.arcs) {
        EXPECT_EQ(scene.document[arc.head], scene.document[arc.tail]);
        EXPECT_EQ(scene.id[arc.tail], scene.id[arc.head] + 1);
        EXPECT_EQ(arc.colour, 0xABCDEFU);
    }
    EXPECT_TRUE(layDisk(m_link, m_space, CategoryKind::Relation, false, {}, {}).arcs.empty());
}

TEST_F(LayDiskTest, ANewMethodIsShownOnTheWayAndRemembered) {
    const DiskData tree = stored();
    EXPECT_EQ(tree.method, LayoutMethod::TreeFirst);
    std::vector<LayoutPicture> pictures;
    const DiskData tsne = relay(LayoutMethod::HyperbolicTsne, {}, [&](LayoutPicture picture) {
        EXPECT_EQ(picture.where.size(), tree.sceneSize());
        pictures.push_back(std::move(picture));
    });
    EXPECT_GE(pictures.size(), 5U);
    EXPECT_EQ(tsne.method, LayoutMethod::HyperbolicTsne);
    EXPECT_NE(tsne.where, tree.where);
    // What is stored comes back as it was, method and places.
    const DiskData again = stored();
    EXPECT_EQ(again.method, LayoutMethod::HyperbolicTsne);
    EXPECT_EQ(again.where, tsne.where);
    // The last picture lies as the layout does: the turn is one and the same.
    double apart = 0;
    for (std::size_t i = 0; i < tsne.where.size(); ++i)
        apart += disk::distance(tsne.where[i], pictures.back().where[i]);
    EXPECT_LT(apart / static_cast<double>(tsne.where.size()), 0.5);
}

TEST_F(LayDiskTest, CancelledItKeepsTheBestSoFar) {
    CancelToken cancel;
    int seen = 0;
    const DiskData part = relay(LayoutMethod::HyperbolicTsne, cancel, [&](const LayoutPicture&) {
        if (++seen == 3)
            cancel.cancel();
    });
    EXPECT_TRUE(part.isPlaced());
    EXPECT_LT(seen, 10);
    EXPECT_EQ(stored().where, part.where);
}

TEST_F(LayDiskTest, GhostsLieBesideWhatIsRealAndMoveNothing) {
    const DiskData disk = stored();
    ASSERT_EQ(disk.ghosts.where.size(), 2U);
    EXPECT_EQ(disk.sceneSize(), disk.where.size() + 2);
    const DiskScene scene = disk.scene();
    EXPECT_EQ(scene.size(), disk.sceneSize());
    EXPECT_EQ(scene.kind.back(), PointKind::Generated);
    EXPECT_EQ(scene.colour.back(), 0x778899U);
    const DiskPoint city = disk.where[static_cast<std::size_t>(disk.prototypeRow("place/city"))];
    const DiskPoint person = disk.where[static_cast<std::size_t>(disk.prototypeRow("person"))];
    for (const DiskPoint& ghost : disk.ghosts.where)
        EXPECT_LT(disk::distance(ghost, city), disk::distance(ghost, person));
}

TEST_F(LayDiskTest, AMethodOfALaterVersionCountsAsNone) {
    m_link.call([](Project& p) { p.setSetting("disk.layout.entity", "holographic"); });
    EXPECT_EQ(stored().method, LayoutMethod::TreeFirst);
}

TEST_F(LayDiskTest, AJudgedDiskHasAValueForEveryRow) {
    const DiskQuality judged = judgeDisk(relay(LayoutMethod::HyperbolicTsne));
    EXPECT_EQ(judged.method, LayoutMethod::HyperbolicTsne);
    EXPECT_EQ(judged.distortion.point.size(), static_cast<std::size_t>(mentionCount + 3));
    EXPECT_GT(judged.quality.trustworthiness, 0.8);
    EXPECT_LT(judged.quality.curve.nearestError, 0.2) << "the two clouds lie apart";
}

} // namespace
} // namespace hmgrl
