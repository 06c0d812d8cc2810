#include "training/ScoredSamples.h"

#include "support/Random.h"

#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace hmgrl {
namespace {

const std::vector<Category> categories{{CategoryKind::Entity, "a", "", "", true, 0},
                                       {CategoryKind::Entity, "b", "", "", true, 0},
                                       {CategoryKind::Entity, "c", "", "", false, 0}};

/// Samples whose truths are drawn from the very probabilities that their scores over `temperature`
/// stand for; seen scores carry `gamma` on top.
std::vector<ScoredSample> drawn(double temperature, double gamma) {
    Random random(5);
    std::vector<ScoredSample> out;
    for (std::size_t i = 0; i < 6000; ++i) {
        std::vector<double> logits, shares;
        for (int c = 0; c < 3; ++c) {
            logits.push_back(4 * random.uniform());
            shares.push_back(std::exp(logits.back()));
        }
        double at = random.uniform() * std::accumulate(shares.begin(), shares.end(), 0.0);
        int truth = 0;
        while (truth < 2 && at >= shares[static_cast<std::size_t>(truth)])
            at -= shares[static_cast<std::size_t>(truth++)];
        for (std::size_t c = 0; c < 3; ++c)
            logits[c] = logits[c] * temperature + (categories[c].seen ? gamma : 0);
        out.push_back({i, truth, logits});
    }
    return out;
}

TaskEvaluation measured(const std::vector<ScoredSample>& samples, double gamma) {
    TaskEvaluation out;
    out.categories = categories;
    out.gamma = gamma;
    measure(out, samples, samples.size());
    return out;
}

TEST(ScoredSamples, TheTemperatureThatMadeTheScoresIsFound) {
    const auto overconfident = measured(drawn(4, 1.5), 1.5);
    EXPECT_NEAR(overconfident.bestTemperature, 4, 0.4);
    EXPECT_GT(overconfident.confidenceError, 0.1);
    const auto honest = measured(drawn(1, 1.5), 1.5);
    EXPECT_NEAR(honest.bestTemperature, 1, 0.1);
    EXPECT_LT(honest.confidenceError, 0.02);
    EXPECT_LT(honest.logLoss, overconfident.logLoss);
    EXPECT_EQ(honest.scores.harmonicAccuracy, overconfident.scores.harmonicAccuracy)
        << "what comes first stays first";
}

TEST(ScoredSamples, ConfidenceIsComparedWithTheShareThatIsRight) {
    // Three are sure by .88 and one of them wrong, in one bin.
    const double lead = std::log(0.88 / 0.06);
    std::vector<ScoredSample> samples;
    for (const int truth : {0, 0, 1})
        samples.push_back({samples.size(), truth, {lead, 0, 0}});
    const auto found = measured(samples, 0);
    EXPECT_NEAR(found.confidenceError, 0.88 - 2.0 / 3, 1e-9);
    EXPECT_NEAR(found.logLoss, -(2 * std::log(0.88) + std::log(0.06)) / 3, 1e-9);
}

TEST(ScoredSamples, NoSamplesAreNoFigures) {
    const auto found = measured({}, 0);
    EXPECT_EQ(found.logLoss, 0);
    EXPECT_EQ(found.confidenceError, 0);
    EXPECT_EQ(found.bestTemperature, 1);
}

} // namespace
} // namespace hmgrl
