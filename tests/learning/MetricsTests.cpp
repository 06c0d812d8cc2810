#include "learning/Metrics.h"
#include "support/Error.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

using Labels = std::vector<int>;

TEST(Score, HandComputedWithALabelNobodyPredicts) {
    const Scores s = score(Labels{0, 0, 1, 1, 2}, Labels{0, 1, 1, 1, 3});
    EXPECT_EQ(s.count, 5U);
    EXPECT_DOUBLE_EQ(s.accuracy, 0.6);
    EXPECT_DOUBLE_EQ(s.weightedPrecision, (2 * 1.0 + 2 * (2.0 / 3)) / 5);
    EXPECT_DOUBLE_EQ(s.weightedRecall, 0.6);
    EXPECT_DOUBLE_EQ(s.weightedF1, (2 * (2.0 / 3) + 2 * 0.8) / 5);
    EXPECT_DOUBLE_EQ(s.macroAccuracy, 0.5); // (1/2 + 1 + 0) / 3
    ASSERT_EQ(s.perCategory.size(), 4U);
    EXPECT_EQ(s.perCategory[2].category, 2);
    EXPECT_EQ(s.perCategory[2].support, 1U);
    EXPECT_EQ(s.perCategory[2].predicted, 0U);
    EXPECT_EQ(s.perCategory[2].precision, 0);
    EXPECT_EQ(s.perCategory[2].f1, 0);
    EXPECT_EQ(s.perCategory[3].support, 0U);
    EXPECT_EQ(s.perCategory[3].predicted, 1U);
    EXPECT_EQ(s.perCategory[3].recall, 0);
}

TEST(Score, PerfectAllWrongAndEmpty) {
    EXPECT_EQ(score(Labels{3, 1, 3}, Labels{3, 1, 3}).weightedF1, 1);
    const Scores wrong = score(Labels{0, 1}, Labels{1, 0});
    EXPECT_EQ(wrong.accuracy, 0);
    EXPECT_EQ(wrong.weightedF1, 0);
    const Scores none = score({}, {});
    EXPECT_EQ(none.accuracy, 0);
    EXPECT_TRUE(none.perCategory.empty());
}

TEST(Score, WeightedRecallIsAccuracy) {
    Labels truth, predicted;
    for (int i = 0; i < 500; ++i) {
        truth.push_back(i * i % 7);
        predicted.push_back(i % 3 == 0 ? truth.back() : i % 9);
    }
    const Scores s = score(truth, predicted);
    EXPECT_NEAR(s.weightedRecall, s.accuracy, 1e-14);
}

TEST(Score, LengthsThatDifferAreAnError) {
    EXPECT_THROW((void)score(Labels{1, 2}, Labels{1}), Error);
    EXPECT_THROW((void)zeroShotScores(Labels{0}, {}, {true}), Error);
}

TEST(ZeroShotScores, SplitsRowsByTheirTruth) {
    // categories 0, 1 seen, 2, 3 unseen
    const auto s =
        zeroShotScores(Labels{0, 1, 2, 3, 3}, Labels{0, 2, 2, 3, 0}, {true, true, false, false});
    EXPECT_EQ(s.seen.count, 2U);
    EXPECT_EQ(s.unseen.count, 3U);
    EXPECT_DOUBLE_EQ(s.seen.accuracy, 0.5);
    EXPECT_DOUBLE_EQ(s.unseen.accuracy, 2.0 / 3);
    EXPECT_DOUBLE_EQ(s.harmonicAccuracy, 2 * 0.5 * (2.0 / 3) / (0.5 + 2.0 / 3));
    EXPECT_DOUBLE_EQ(s.seen.weightedF1, 0.5);
    EXPECT_DOUBLE_EQ(s.unseen.weightedF1, (1 + 2 * (2.0 / 3)) / 3);
    EXPECT_DOUBLE_EQ(s.harmonicF1, harmonicMean(s.seen.weightedF1, s.unseen.weightedF1));
}

TEST(ZeroShotScores, OneSidedIsZeroAndUnknownTruthAnError) {
    const auto s = zeroShotScores(Labels{0, 0}, Labels{0, 0}, {true, false});
    EXPECT_EQ(s.seen.accuracy, 1);
    EXPECT_EQ(s.harmonicAccuracy, 0);
    EXPECT_THROW((void)zeroShotScores(Labels{2}, Labels{0}, {true, false}), Error);
    EXPECT_THROW((void)zeroShotScores(Labels{-1}, Labels{0}, {true, false}), Error);
}

TEST(HarmonicMean, OfNothingIsZero) {
    EXPECT_EQ(harmonicMean(0, 0), 0);
    EXPECT_EQ(harmonicMean(1, 0), 0);
    EXPECT_DOUBLE_EQ(harmonicMean(0.5, 1), 2.0 / 3);
}

TEST(SpanScores, ExactMatches) {
    const SpanScores s{4, 5, 3};
    EXPECT_DOUBLE_EQ(s.precision(), 0.6);
    EXPECT_DOUBLE_EQ(s.recall(), 0.75);
    EXPECT_DOUBLE_EQ(s.f1(), 2.0 / 3);
    EXPECT_EQ(SpanScores{}.f1(), 0);
}

} // namespace
} // namespace hmgrl
