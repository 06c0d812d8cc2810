#include "learning/HmgrlLoss.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

TEST(Wording, LeavesTheHeadOnlyWhatItDoesNotSay) {
    torch::manual_seed(2);
    HmgrlConfig config;
    config.latentWidth = 8;
    config.vibWidth = 8;
    config.hiddenWidth = 16;
    config.vaeLatent = 4;
    config.vaeHidden = 8;
    config.weightWording = 10;
    HmgrlHead head(config, 1, 16, 4);
    head->eval();
    TaskBatch batch;
    const std::int64_t rows = 6;
    batch.input.tokens = torch::randn({rows, 5, 16});
    batch.input.tokenMask = torch::ones({rows, 5}, torch::kBool);
    batch.input.image = torch::zeros({rows, 1, 4});
    batch.input.imagePresent = torch::zeros({rows}, torch::kBool);
    batch.input.textPresent = torch::ones({rows}, torch::kBool);
    batch.input.row = torch::arange(rows);
    batch.input.anchors = torch::randn({rows, 1, 16});
    batch.target = torch::tensor({0, 1, 2, 0, -1, 2}, torch::kInt64);
    batch.labelStates = torch::randn({4, 16});
    batch.seen = torch::tensor({0, 1, 2}, torch::kInt64);
    batch.unseen = torch::tensor({3}, torch::kInt64);
    const HeadNoise noise = drawNoise(head, batch);
    const auto rank = [&] { return hmgrlLoss(head, batch, noise).terms.at("rank").item<double>(); };
    const double alone = rank();
    // A constant says nothing; unseen categories take no part.
    batch.wording = torch::zeros({rows, 4});
    EXPECT_EQ(rank(), alone);
    batch.wording.select(1, 3).fill_(1);
    EXPECT_EQ(rank(), alone);
    // Words that say it all leave nothing, words that mislead leave more.
    batch.wording = torch::zeros({rows, 4});
    for (const std::int64_t i : {0, 1, 2, 3, 5})
        batch.wording[i][batch.target[i].item<std::int64_t>()] = 3;
    EXPECT_LT(rank(), 1e-6);
    batch.wording = -batch.wording;
    EXPECT_GT(rank(), 20);
}

} // namespace
} // namespace hmgrl
