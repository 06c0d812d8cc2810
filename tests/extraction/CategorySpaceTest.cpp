#include "extraction/CategorySpace.h"

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

TEST(CategorySpace, DotAndEuclideanTwinsUseTheirOwnScores) {
    const std::vector<float> latent = {2, 1};
    const CategorySpace dot(part(Similarity::Dot, 0), {});
    EXPECT_NEAR(dot.distance(CategoryKind::Entity, latent, 2), -2, 1e-12);
    const CategorySpace euclidean(part(Similarity::Euclidean, 0), {});
    EXPECT_NEAR(euclidean.distance(CategoryKind::Entity, latent, 2), std::sqrt(5.0), 1e-12);
}

TEST(CategorySpace, RefusesALatentOfAnotherWidth) {
    const CategorySpace space(part(Similarity::Lorentz, 0), {});
    EXPECT_THROW((void)space.rank(CategoryKind::Entity, std::vector<float>{1, 2, 3}), Error);
    EXPECT_TRUE(space.rank(CategoryKind::Relation, std::vector<float>{}).empty());
}

} // namespace
} // namespace hmgrl
