#include "learning/HmgrlLoss.h"
#include "learning/Oracle.h"

#include <ATen/Parallel.h>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

using namespace hmgrl::test;
using torch::Tensor;

struct Mode {
    const char* mode;
    int anchors;
};

/// Heads of both modes and tasks over random states.
class HeadOf : public ::testing::TestWithParam<Mode> {
protected:
    void SetUp() override {
        torch::manual_seed(31);
        HmgrlConfig config;
        config.latentWidth = 16;
        config.vibWidth = 24;
        config.hiddenWidth = 48;
        config.vaeLatent = 8;
        config.vaeHidden = 32;
        config.applyMode(GetParam().mode, 32, GetParam().anchors);
        head = HmgrlHead(config, GetParam().anchors, 32, 20);
        head->eval();
        labels = torch::randn({7, 32});
    }

    /// One sample a row; rows of every length, some without image, one without text.
    [[nodiscard]] HeadInput input(std::int64_t rows, std::int64_t length = 12) const {
        HeadInput out;
        out.tokens = torch::randn({rows, length, 32});
        out.tokenMask =
            torch::arange(length).unsqueeze(0) < (torch::arange(rows) % length + 1).unsqueeze(1);
        out.image = torch::randn({rows, 5, 20});
        out.imagePresent = torch::arange(rows) % 3 != 1;
        out.textPresent = torch::arange(rows) != 2;
        out.row = torch::arange(rows);
        out.anchors = torch::randn({rows, GetParam().anchors, 32});
        return out;
    }

    struct Output {
        Tensor attention, latent, scores;
    };
    Output evaluate(const HeadInput& in) {
        const torch::NoGradGuard guard;
        const Perceived p = head->perceive(in);
        const Tensor latent = head->latent(p.fused);
        return {p.attention, latent, head->scores(latent, head->prototypes(labels))};
    }

    HmgrlHead head{nullptr};
    Tensor labels;
};

HeadInput rowsOf(const HeadInput& in, std::int64_t first, std::int64_t count) {
    const auto part = [&](const Tensor& t) { return t.narrow(0, first, count); };
    return {part(in.tokens),      part(in.tokenMask),   part(in.image),  part(in.imagePresent),
            part(in.textPresent), torch::arange(count), part(in.anchors)};
}

TEST_P(HeadOf, BatchesOfOneEqualABatchOfEight) {
    const HeadInput eight = input(8);
    const Output together = evaluate(eight);
    for (std::int64_t i = 0; i < 8; ++i) {
        const Output alone = evaluate(rowsOf(eight, i, 1));
        EXPECT_LE(entryError(alone.attention[0], together.attention[i], 1.0), 1e-6) << i;
        EXPECT_LE(rowError(alone.latent[0], together.latent[i]), 1e-5) << i;
        EXPECT_LE(rowError(alone.scores[0], together.scores[i]), 1e-5) << i;
    }
}

TEST_P(HeadOf, SamplesThatShareARowEqualSamplesWithTheirOwn) {
    HeadInput shared = input(3);
    shared.row = torch::tensor({0, 2, 0, 1, 2});
    shared.anchors = torch::randn({5, GetParam().anchors, 32});
    HeadInput own = shared;
    const auto gather = [&](Tensor& t) { t = t.index_select(0, shared.row); };
    for (Tensor* t : {&own.tokens, &own.tokenMask, &own.image, &own.imagePresent, &own.textPresent})
        gather(*t);
    own.row = torch::arange(5);
    const Output a = evaluate(shared), b = evaluate(own);
    EXPECT_LE(rowError(a.scores, b.scores), 1e-5);
    EXPECT_LE(entryError(a.attention, b.attention, 1.0), 1e-6);
}

TEST_P(HeadOf, OneThreadEqualsTwo) {
    const HeadInput many = input(200, 40); // large enough for the kernels to be split
    const int before = at::get_num_threads();
    at::set_num_threads(1);
    const Output one = evaluate(many);
    at::set_num_threads(2);
    const Output two = evaluate(many);
    at::set_num_threads(before);
    EXPECT_LE(rowError(two.latent, one.latent), 1e-5);
    EXPECT_LE(rowError(two.scores, one.scores), 1e-5);
    EXPECT_LE(entryError(two.attention, one.attention, 1.0), 1e-6);
}

TEST_P(HeadOf, AttentionIsADistributionOverItsOwnPositions) {
    const HeadInput in = input(8);
    const Output out = evaluate(in);
    EXPECT_LE(entryError(out.attention.sum(1), torch::ones({8})), 1e-5);
    EXPECT_GE(out.attention.min().item<double>(), 0);
    // An absent image is one state.
    EXPECT_EQ(out.attention[1].slice(0, 13).max().item<double>(), 0);
    EXPECT_GT(out.attention[1][12].item<double>(), 0);
    // Padding counts in reference mode alone.
    const double padded = out.attention[0].slice(0, 1, 12).max().item<double>();
    EXPECT_EQ(padded > 0, std::string(GetParam().mode) == "reference");
}

TEST_P(HeadOf, OnlyTheReferenceAttendsWithoutAQuery) {
    HeadInput in = input(8);
    const Tensor before = evaluate(in).attention;
    in.anchors = in.anchors.flip(0);
    const bool same = torch::equal(evaluate(in).attention, before);
    EXPECT_EQ(same, std::string(GetParam().mode) == "reference");
}

TEST_P(HeadOf, ALossWithoutImagesIsFiniteAndHasNoContrast) {
    TaskBatch batch;
    batch.input = input(6);
    batch.input.imagePresent = torch::zeros({6}, torch::kBool);
    batch.target = torch::tensor({0, 1, 2, 0, 1, 2});
    batch.labelStates = labels;
    batch.seen = torch::tensor({0, 1, 2});
    batch.unseen = torch::tensor({3, 4, 5, 6});
    head->train();
    const LossTerms loss = hmgrlLoss(head, batch, drawNoise(head, batch));
    loss.total.backward();
    EXPECT_EQ(loss.terms.at("nce").item<double>(), 0);
    for (const auto& item : head->named_parameters())
        EXPECT_TRUE(!item.value().grad().defined() || allFinite(item.value().grad())) << item.key();
}

INSTANTIATE_TEST_SUITE_P(ModeAndTask, HeadOf,
                         ::testing::Values(Mode{"lorentz", 1}, Mode{"lorentz", 2},
                                           Mode{"reference", 1}, Mode{"reference", 2}),
                         [](const auto& at) {
                             return std::string(at.param.mode) + std::to_string(at.param.anchors);
                         });

} // namespace
} // namespace hmgrl
