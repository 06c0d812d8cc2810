#include "workflow/StoredRanking.h"

#include <cmath>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

/// Two types told by place and words, two relations told by their arguments alone.
CategorySpace space() {
    CategorySpace::Part entities, relations;
    entities.width = 1;
    entities.wordingWidth = 1;
    entities.wordingWeight = 3;
    entities.gamma = 0.5;
    entities.categories = {{CategoryKind::Entity, "person", "", "", true, 0},
                           {CategoryKind::Entity, "city", "", "", false, 0}};
    entities.prototypes = {0, 1};
    entities.wording = {1, -1};
    entities.assignable = {true, true};
    relations.width = 1;
    relations.argumentWeight = 1;
    relations.categories = {
        {CategoryKind::Relation, "born_in", "", "", true, 0, {"person"}, {"city"}},
        {CategoryKind::Relation, "twin_of", "", "", true, 0, {"city"}, {"city"}}};
    relations.prototypes = {0, 0};
    relations.assignable = {true, true};
    return {entities, relations};
}

/// Probabilities are the softmax of the reasons' sums.
void expectExplained(const LatentRow& row) {
    const auto ranking = rankRow(row, space());
    ASSERT_TRUE(ranking);
    const auto reasons = reasonsOf(row, space(), *ranking);
    ASSERT_EQ(reasons.size(), 2U);
    EXPECT_NEAR(std::log((*ranking)[0].score / (*ranking)[1].score),
                reasons[0].total() - reasons[1].total(), 1e-9);
}

TEST(StoredRanking, ReasonsAddUpToTheRanking) {
    const LatentRow mention{CategoryKind::Entity, {0.4F, -0.2F}};
    expectExplained(mention);
    const auto reasons = reasonsOf(mention, space(), {{"person", 0, 0}, {"city", 0, 0}});
    EXPECT_NEAR(reasons[0].words, -0.6, 1e-6);
    EXPECT_NEAR(reasons[1].words, 0.6, 1e-6);
    EXPECT_EQ(reasons[0].calibration, -0.5);
    EXPECT_EQ(reasons[1].calibration, 0) << "unseen";
    EXPECT_LT(reasons[0].nearness, 0);
    EXPECT_EQ(reasons[0].arguments, 0);
}

TEST(StoredRanking, RelationsAreExplainedByWhatTheyAreBetween) {
    LatentRow relation{CategoryKind::Relation, {0.1F}};
    relation.head.acceptedType = "person";
    relation.tail.acceptedType = "city";
    expectExplained(relation);
    const auto reasons = reasonsOf(relation, space(), {{"born_in", 0, 0}, {"twin_of", 0, 0}});
    EXPECT_EQ(reasons[0].arguments, 0) << "fits for sure";
    EXPECT_NEAR(reasons[1].arguments, std::log(1e-3), 1e-9) << "a person isn't a city";
    relation.head = {"", {0.0F, 1.0F}}; // a latent that is near "person" in place and words
    expectExplained(relation);
}

TEST(StoredRanking, SaysNothingOfWhatTheModelDoesNotKnow) {
    const LatentRow other{CategoryKind::Entity, {0.4F}};
    EXPECT_FALSE(rankRow(other, space()));
    EXPECT_TRUE(reasonsOf(other, space(), {{"person", 1, 0}}).empty());
    const LatentRow mention{CategoryKind::Entity, {0.4F, -0.2F}};
    EXPECT_TRUE(reasonsOf(mention, space(), {{"person", 1, 0}, {"gone", 0, 0}}).empty());
}

} // namespace
} // namespace hmgrl
