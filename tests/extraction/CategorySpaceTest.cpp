#include "extraction/CategorySpace.h"
#include "support/Error.h"

#include <cmath>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

CategorySpace::Part part(Similarity similarity, double gamma) {
    CategorySpace::Part out;
    out.width = 2;
    out.similarity = similarity;
    out.curvature = 0.5;
    out.tau = 0.25;
    out.gamma = gamma;
    const char* names[] = {"group", "group/a", "group/b", "c"};
    for (int i = 0; i < 4; ++i)
        out.categories.push_back(
            {CategoryKind::Entity, names[i], "", i == 1 || i == 2 ? "group" : "", i != 3, 0});
    out.assignable = {false, true, true, true};
    out.prototypes = {0, 0, 1, 0, 0, 2, -1.5F, 0.5F};
    return out;
}

/// d = acosh(-<x, y> c) / sqrt(c): the definition, in plain double; accurate for points that are
/// apart.
double definition(double x0, double x1, double y0, double y1, double c) {
    const double product =
        x0 * y0 + x1 * y1 -
        std::sqrt(1 / c + x0 * x0 + x1 * x1) * std::sqrt(1 / c + y0 * y0 + y1 * y1);
    return std::acosh(-product * c) / std::sqrt(c);
}

TEST(CategorySpace, DistanceIsTheHyperbolicOne) {
    const CategorySpace space(part(Similarity::Lorentz, 0), {});
    const std::vector<float> latent = {0.3F, -0.7F};
    EXPECT_NEAR(space.distance(CategoryKind::Entity, latent, 1), definition(0.3, -0.7, 1, 0, 0.5),
                1e-6);
    EXPECT_NEAR(space.distance(CategoryKind::Entity, latent, 2), definition(0.3, -0.7, 0, 2, 0.5),
                1e-6);
    EXPECT_EQ(space.distance(CategoryKind::Entity, std::vector<float>{1, 0}, 1), 0);
}

TEST(CategorySpace, RanksAssignableCategoriesWithProbabilitiesThatSumToOne) {
    const CategorySpace space(part(Similarity::Lorentz, 0), {});
    const auto ranking = space.rank(CategoryKind::Entity, std::vector<float>{0.9F, 0.1F}, 10);
    ASSERT_EQ(ranking.size(), 3U);
    EXPECT_EQ(ranking.front().category, "group/a");
    double sum = 0;
    for (std::size_t i = 0; i < ranking.size(); ++i) {
        sum += ranking[i].score;
        if (i > 0) {
            EXPECT_LE(ranking[i].score, ranking[i - 1].score);
        }
    }
    EXPECT_NEAR(sum, 1, 1e-12);
}

TEST(CategorySpace, GammaMovesTheDecisionTowardsUnseenCategories) {
    const std::vector<float> between = {0.2F, 0.0F}; // nearer to seen group/a
    const CategorySpace plain(part(Similarity::Lorentz, 0), {});
    const CategorySpace calibrated(part(Similarity::Lorentz, 100), {});
    EXPECT_NE(plain.rank(CategoryKind::Entity, between, 1).front().category, "c");
    EXPECT_EQ(calibrated.rank(CategoryKind::Entity, between, 1).front().category, "c");
}

TEST(CategorySpace, ALeadGivesBackPartOfGamma) {
    const std::vector<float> latent = {0.2F, 0.0F};
    CategorySpace::Part few = part(Similarity::Lorentz, 100);
    few.lead = {0, 98, 0, 0};
    const CategorySpace without(part(Similarity::Lorentz, 100), {});
    const CategorySpace with(few, {});
    const auto reason = with.reason(CategoryKind::Entity, latent, 1);
    EXPECT_DOUBLE_EQ(reason.calibration, -2);
    EXPECT_DOUBLE_EQ(reason.total() - without.reason(CategoryKind::Entity, latent, 1).total(), 98);
    EXPECT_DOUBLE_EQ(with.reason(CategoryKind::Entity, latent, 2).calibration, -100);
    // Those who subtract gamma themselves find the lead in the scores.
    EXPECT_NEAR(with.scores(CategoryKind::Entity, latent)[1], reason.total() + 100, 1e-9);
    few.lead.pop_back();
    EXPECT_THROW((void)CategorySpace(few, {}), Error);
}

TEST(CategorySpace, DotAndEuclideanTwinsUseTheirOwnScores) {
    const std::vector<float> latent = {2, 1};
    const CategorySpace dot(part(Similarity::Dot, 0), {});
    EXPECT_NEAR(dot.distance(CategoryKind::Entity, latent, 2), -2, 1e-12);
    const CategorySpace euclidean(part(Similarity::Euclidean, 0), {});
    EXPECT_NEAR(euclidean.distance(CategoryKind::Entity, latent, 2), std::sqrt(5.0), 1e-12);
}

TEST(CategorySpace, WordsAddTheirLikenessAndMoveNothing) {
    CategorySpace::Part worded = part(Similarity::Lorentz, 0);
    worded.wordingWidth = 2;
    worded.wordingWeight = 8;
    worded.wording = {0, 0, 1, 0, 0, 1, -1, 0};
    const CategorySpace space(worded, {});
    const CategorySpace plain(part(Similarity::Lorentz, 0), {});
    const std::vector<float> place = {0.2F, 0.1F}; // group/a is nearest
    const std::vector<float> latent = {0.2F, 0.1F, 0.1F, 0.9F};
    const auto with = space.scores(CategoryKind::Entity, latent);
    const auto without = plain.scores(CategoryKind::Entity, place);
    EXPECT_TRUE(std::isinf(with[0])) << "an inner node";
    EXPECT_NEAR(with[1] - without[1], 8 * 0.1F, 1e-6);
    EXPECT_NEAR(with[2] - without[2], 8 * 0.9F, 1e-6);
    EXPECT_NEAR(with[3] - without[3], -8 * 0.1F, 1e-6);
    EXPECT_EQ(plain.rank(CategoryKind::Entity, place, 1).front().category, "group/a");
    const auto best = space.rank(CategoryKind::Entity, latent, 1).front();
    EXPECT_EQ(best.category, "group/b") << "its words speak for it";
    EXPECT_EQ(best.distance, plain.distance(CategoryKind::Entity, place, 2));
    EXPECT_THROW((void)space.rank(CategoryKind::Entity, place), Error) << "a latent without words";
    worded.wordingBias = {0, -0.5F, 0, 0.25F};
    const auto biased = CategorySpace(worded, {}).scores(CategoryKind::Entity, latent);
    EXPECT_NEAR(biased[1] - with[1], 8 * -0.5, 1e-6);
    EXPECT_NEAR(biased[3] - with[3], 8 * 0.25, 1e-6);
    worded.wordingBias.pop_back();
    EXPECT_THROW(CategorySpace(worded, {}), Error) << "a bias for some";
    worded.wordingBias.clear();
    worded.wording.pop_back();
    EXPECT_THROW(CategorySpace(worded, {}), Error);
}

TEST(CategorySpace, ReasonsAreThePartsOfAScore) {
    const CategorySpace space(part(Similarity::Lorentz, 0.7), {});
    const std::vector<float> latent = {0.2F, 0.1F};
    const auto seen = space.reason(CategoryKind::Entity, latent, 1, -0.3);
    EXPECT_DOUBLE_EQ(seen.nearness, -space.distance(CategoryKind::Entity, latent, 1) / 0.25);
    EXPECT_EQ(seen.words, 0);
    EXPECT_EQ(seen.arguments, -0.3);
    EXPECT_EQ(seen.calibration, -0.7);
    EXPECT_DOUBLE_EQ(seen.total(), seen.nearness - 0.3 - 0.7);
    EXPECT_EQ(space.reason(CategoryKind::Entity, latent, 3).calibration, 0) << "unseen";
}

/// Relations between a "group" (and what is below it) and anything, and between anything and "c".
CategorySpace::Part relations(double weight) {
    CategorySpace::Part out;
    out.width = 1;
    out.argumentWeight = weight;
    out.categories = {{CategoryKind::Relation, "of_group", "", "", true, 0, {"group"}, {}},
                      {CategoryKind::Relation, "to_c", "", "", true, 0, {}, {"c"}},
                      {CategoryKind::Relation, "any", "", "", true, 0, {"elsewhere"}, {}}};
    out.assignable = {true, true, true};
    out.prototypes = {0, 0, 0};
    return out;
}

TEST(CategorySpace, ArgumentTypesAddTheLogProbabilityThatTheyFit) {
    const CategorySpace space(part(Similarity::Lorentz, 0), relations(0.5));
    EXPECT_TRUE(space.asksForArguments());
    const TypeBelief head = {0, 0.3, 0.2, 0.5};
    const auto scores = space.argumentScores(head, {0, 0.25, 0, 0.75});
    ASSERT_EQ(scores.size(), 3U);
    EXPECT_NEAR(scores[0], 0.5 * std::log(0.5), 1e-12);
    EXPECT_NEAR(scores[1], 0.5 * std::log(0.75), 1e-12);
    EXPECT_EQ(scores[2], 0) << "a type that the space doesn't know asks for nothing";
    EXPECT_NEAR(space.argumentScores({0, 0, 0, 1}, {})[0], 0.5 * std::log(1e-3), 1e-12)
        << "nothing is ruled out, and an unknown end adds nothing";
    EXPECT_FALSE(CategorySpace(part(Similarity::Lorentz, 0), relations(0)).asksForArguments());
}

TEST(CategorySpace, RelationsAreRankedBetweenWhatTheirArgumentsAre) {
    const CategorySpace space(part(Similarity::Lorentz, 0), relations(1));
    const std::vector<float> latent = {0.4F}; // as far from each
    const auto best = [&](const std::string& head, const std::string& tail) {
        return space.rankRelation(latent, space.certain(head), space.certain(tail)).back().category;
    };
    EXPECT_EQ(best("c", "c"), "of_group");
    EXPECT_EQ(best("group/a", "group"), "to_c");
    const auto plain = space.rank(CategoryKind::Relation, latent);
    EXPECT_EQ(plain.front().score, plain.back().score);
}

TEST(CategorySpace, BeliefsAreProbabilitiesOfTypes) {
    const CategorySpace space(part(Similarity::Lorentz, 0), {});
    const std::vector<float> latent = {0.9F, 0.1F};
    const TypeBelief belief = space.belief(latent);
    const auto ranking = space.rank(CategoryKind::Entity, latent, 10);
    ASSERT_EQ(belief.size(), 4U);
    EXPECT_EQ(belief[0], 0) << "an inner node";
    EXPECT_EQ(belief[1], ranking.front().score);
    EXPECT_EQ(space.certain("c"), (TypeBelief{0, 0, 0, 1}));
    EXPECT_EQ(space.certain("group"), (TypeBelief{0, 0.5, 0.5, 0}));
    EXPECT_TRUE(space.certain("elsewhere").empty());
    EXPECT_TRUE(space.certain("").empty());
}

TEST(CategorySpace, RefusesALatentOfAnotherWidth) {
    const CategorySpace space(part(Similarity::Lorentz, 0), {});
    EXPECT_THROW((void)space.rank(CategoryKind::Entity, std::vector<float>{1, 2, 3}), Error);
    EXPECT_TRUE(space.rank(CategoryKind::Relation, std::vector<float>{}).empty());
}

} // namespace
} // namespace hmgrl
