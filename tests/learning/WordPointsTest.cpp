#include "learning/WordPoints.h"

#include <cmath>
#include <gtest/gtest.h>
#include <torch/torch.h>

namespace hmgrl {
namespace {

/// Three categories in the plane of words: one with three examples, one with one, one with none.
WordExamples examples() {
    return {torch::tensor({{3.0, 0.6}, {0.0, 1.0}, {0.0, 0.0}}, torch::kFloat64),
            torch::tensor({3.0, 1.0, 0.0}, torch::kFloat64),
            {}};
}

const auto labels = [] {
    return torch::tensor({{0.5, 0.0}, {0.0, 0.5}, {-0.5, 0.0}}, torch::kFloat64);
};

TEST(WordPoints, TheShiftIsWhatSamplesSayBeyondTexts) {
    // Means (1, .2) and (0, 1); texts (.5, 0) and (0, .5).
    const auto shift = wordShift(labels(), examples());
    EXPECT_NEAR(shift[0].item<double>(), 0.25, 1e-12);
    EXPECT_NEAR(shift[1].item<double>(), 0.35, 1e-12);
    WordExamples none = examples();
    none.counts.zero_();
    EXPECT_EQ(wordShift(labels(), none).abs().max().item<double>(), 0);
}

TEST(WordPoints, ATextIsWorthThreeSamples) {
    WordExamples given = examples();
    given.shift = wordShift(labels(), given);
    const auto points = wordPoints(labels(), given);
    EXPECT_NEAR(points[0][0].item<double>(), (3 * 0.75 + 3.0) / 6, 1e-12);
    EXPECT_NEAR(points[0][1].item<double>(), (3 * 0.35 + 0.6) / 6, 1e-12);
    EXPECT_NEAR(points[1][1].item<double>(), (3 * 0.85 + 1.0) / 4, 1e-12);
    EXPECT_NEAR(points[2][0].item<double>(), -0.25, 1e-12) << "no example: the shifted text";
    EXPECT_NEAR(points[2][1].item<double>(), 0.35, 1e-12);
}

TEST(WordPoints, ScoresAreLogDensitiesUpToWhatAllShare) {
    torch::manual_seed(3);
    const auto words = torch::randn({5, 4}, torch::kFloat64);
    const auto points = torch::randn({3, 4}, torch::kFloat64);
    const auto scores = gaussianScores(words, points);
    for (int n = 0; n < 5; ++n)
        for (int c = 1; c < 3; ++c) {
            const auto density = [&](int k) {
                return -(words[n] - points[k]).square().sum().item<double>() / 2;
            };
            EXPECT_NEAR((scores[n][c] - scores[n][0]).item<double>(), density(c) - density(0),
                        1e-12);
        }
}

TEST(WordPoints, ASampleThatIsAnExampleIsTakenOutOfItsOwnCategoryAlone) {
    torch::manual_seed(4);
    const auto words = torch::randn({6, 2}, torch::kFloat64);
    const auto target = torch::tensor({0, 0, 1, 1, 1, 2}, torch::kInt64);
    WordExamples all{torch::zeros({3, 2}, torch::kFloat64).index_add(0, target, words),
                     torch::bincount(target, {}, 3).to(torch::kFloat64),
                     torch::tensor({0.1, -0.2}, torch::kFloat64)};
    const auto found = gaussianScoresWithoutSelf(words, target, labels(), all);
    for (int n = 0; n < 6; ++n) {
        WordExamples others{all.sums.clone(), all.counts.clone(), all.shift};
        others.sums[target[n].item<int>()] -= words[n];
        others.counts[target[n].item<int>()] -= 1;
        const auto expected = gaussianScores(words.narrow(0, n, 1), wordPoints(labels(), others));
        const auto own = target[n].item<int>();
        const auto together = gaussianScores(words.narrow(0, n, 1), wordPoints(labels(), all));
        for (int c = 0; c < 3; ++c)
            EXPECT_NEAR(found[n][c].item<double>(),
                        (c == own ? expected : together)[0][c].item<double>(), 1e-12);
    }
}

} // namespace
} // namespace hmgrl
