#include "learning/Adam.h"
#include "learning/HmgrlLoss.h"
#include "learning/Oracle.h"

#include <gtest/gtest.h>

#include <set>

namespace hmgrl {
namespace {

using namespace hmgrl::test;
using torch::Tensor;

constexpr auto kWide = torch::kFloat64;
constexpr auto kSingle = torch::kFloat32;

using Parameters = std::vector<std::pair<std::string, Tensor>>;
using Tweak = std::function<void(HmgrlConfig&)>;

/// Parameters of the head that the reference does not know: they must stay as they are.
bool isOurs(const std::string& name) {
    static const std::set<std::string> ours = {"absent_image",  "absent_text",    "log_tau",
                                               "raw_curvature", "related.weight", "related.bias"};
    return ours.count(name) > 0;
}

/// The oracle's tiny model: a head over a table of token states that stands for the encoder.
class TinyReference {
public:
    TinyReference(const std::string& name, torch::ScalarType type, const Tweak& tweak = {})
        : m_golden(referenceOracle().at(name))
        , m_type(type)
        , m_head(makeHead(tweak)) {
        m_head->to(type);
        for (const auto& item : m_head->named_parameters())
            if (!isOurs(item.key()))
                m_parameters.emplace_back(item.key(), item.value());
        m_table = golden("tokens").requires_grad_();
        m_image = golden("image").requires_grad_();
        m_parameters.emplace_back("tokens", m_table);
        m_parameters.emplace_back("image", m_image);
        const torch::NoGradGuard guard;
        for (auto& [key, parameter] : m_parameters)
            parameter.copy_(golden(key));
    }

    [[nodiscard]] TaskBatch batch() const {
        const Tensor ids = index("ids"), labels = index("labels"), places = index("anchors");
        const auto rows = torch::arange(ids.size(0));
        TaskBatch out;
        out.input.tokens = states(ids);
        out.input.tokenMask = ids != 0; // padding counts all the same
        out.input.image = m_image * 1;
        out.input.imagePresent = out.input.textPresent = torch::ones({ids.size(0)}, torch::kBool);
        out.input.row = rows;
        out.input.anchors = out.input.tokens.gather(
            1, places.unsqueeze(-1).expand({-1, -1, out.input.tokens.size(2)}));
        out.target = index("seen").index_select(0, index("target"));
        out.labelStates = states(labels).mean(1);
        out.seen = index("seen");
        out.unseen = index("unseen");
        return out;
    }

    [[nodiscard]] HeadNoise noise(std::size_t step) const {
        const auto& values = m_golden.at("noise").at(step);
        const auto of = [&](const char* key) { return tensorOf(values.at(key)).to(m_type); };
        return {of("text"), of("image"), of("vae"), of("generated")};
    }

    LossTerms loss(std::size_t step) { return hmgrlLoss(m_head, batch(), noise(step)); }
    HmgrlHead& head() { return m_head; }
    [[nodiscard]] const nlohmann::json& json() const { return m_golden; }
    [[nodiscard]] const Parameters& parameters() const { return m_parameters; }

private:
    [[nodiscard]] HmgrlHead makeHead(const Tweak& tweak) const {
        const int width = m_golden.at("width").get<int>();
        const auto anchors = m_golden.at("anchors").at("shape").at(1).get<int>();
        HmgrlConfig config;
        config.applyMode("reference", width, anchors);
        config.dropout = 0;
        if (tweak)
            tweak(config);
        return HmgrlHead(config, anchors, width, m_golden.at("image_width").get<int>());
    }
    [[nodiscard]] Tensor golden(const std::string& key) const {
        return tensorOf(m_golden.at("parameters").at(key)).to(m_type);
    }
    [[nodiscard]] Tensor index(const char* key) const {
        return tensorOf(m_golden.at(key)).to(torch::kLong);
    }
    [[nodiscard]] Tensor states(const Tensor& ids) const {
        return m_table.index_select(0, ids.flatten()).view({ids.size(0), ids.size(1), -1});
    }

    const nlohmann::json& m_golden;
    torch::ScalarType m_type;
    HmgrlHead m_head;
    Tensor m_table, m_image;
    Parameters m_parameters;
};

class ReferenceOracle : public ::testing::TestWithParam<const char*> {};

TEST_P(ReferenceOracle, HasTheParametersOfTheReferenceAndNoOthers) {
    const TinyReference model(GetParam(), kWide);
    std::set<std::string> ours, theirs;
    for (const auto& [name, parameter] : model.parameters())
        ours.insert(name);
    for (const auto& item : model.json().at("parameters").items())
        theirs.insert(item.key());
    EXPECT_EQ(ours, theirs);
}

TEST_P(ReferenceOracle, FusesAndScores) {
    for (const auto type : {kWide, kSingle}) {
        TinyReference model(GetParam(), type);
        const double tolerance = type == kWide ? 1e-12 : 1e-5;
        const auto& values = model.json().at("values");
        const TaskBatch batch = model.batch();
        const HeadNoise noise = model.noise(0);
        HmgrlHead& head = model.head();
        const Perceived p = head->perceive(batch.input, noise);
        EXPECT_LE(rowError(p.fused, tensorOf(values.at("fused"))), tolerance);
        EXPECT_LE(rowError(p.attention, tensorOf(values.at("attention"))), tolerance);
        const Tensor scores =
            head->scores(head->latent(p.fused), head->prototypes(batch.labelStates));
        EXPECT_LE(rowError(scores, tensorOf(values.at("scores"))), tolerance);
        const Tensor states = batch.labelStates.index_select(0, batch.unseen);
        const Tensor g = head->generate(states, noise.generated).mean(1);
        const Tensor z = head->scores(head->latent(g), head->prototypes(states));
        EXPECT_LE(rowError(z, tensorOf(values.at("z"))), tolerance);
    }
}

/// Terms before, and parameters after each of three steps.
void expectThreeSteps(const char* name, torch::ScalarType type, double termTolerance,
                      double parameterTolerance) {
    TinyReference model(name, type);
    Adam adam({{model.parameters(), 3e-4, 0}}, Adam::referenceOptions());
    for (std::size_t step = 0; step < 3; ++step) {
        const auto& golden = model.json().at("steps").at(step);
        const LossTerms loss = model.loss(step);
        ASSERT_EQ(loss.terms.size(), golden.at("terms").size());
        for (const auto& [key, term] : loss.terms) {
            const double expected = golden.at("terms").at(key).get<double>();
            EXPECT_NEAR(term.item().toDouble(), expected, termTolerance * std::max(expected, 0.01))
                << key << " before step " << step + 1;
        }
        const double total = golden.at("total").get<double>();
        EXPECT_NEAR(loss.total.item().toDouble(), total, termTolerance * total);
        adam.zeroGradients();
        loss.total.backward();
        adam.step();
        for (const auto& [key, parameter] : model.parameters())
            EXPECT_LE(entryError(parameter, tensorOf(golden.at("parameters").at(key)), 1.0),
                      parameterTolerance)
                << key << " after step " << step + 1;
    }
}

TEST_P(ReferenceOracle, ThreeStepsInDoublePrecision) {
    expectThreeSteps(GetParam(), kWide, 1e-10, 1e-10);
}

TEST_P(ReferenceOracle, ThreeStepsInSinglePrecision) {
    expectThreeSteps(GetParam(), kSingle, 1e-5, 1e-5);
}

/// Weights that leave the ranking term and one other.
Tweak only(const std::string& term) {
    return [term](HmgrlConfig& config) {
        config.weightVib = term == "vib" ? 1 : 0;
        config.weightVae = term == "vae" ? 1 : 0;
        config.weightNce = term == "nce" ? 1 : 0;
        config.weightUnseen = term == "unseen" ? 1 : 0;
        config.weightAlign = term == "align" ? 1 : 0;
    };
}

Tensor gradientOf(const Tensor& parameter) {
    return parameter.grad().defined() ? parameter.grad() : torch::zeros_like(parameter);
}

TEST_P(ReferenceOracle, GradientOfEveryTerm) {
    for (const std::string term : {"rank", "vib", "vae", "nce", "unseen", "align"}) {
        TinyReference model(GetParam(), kWide, only(term));
        model.loss(0).total.backward();
        const auto& golden = model.json().at("gradients");
        for (const auto& [name, parameter] : model.parameters()) {
            Tensor expected = tensorOf(golden.at("rank").at(name));
            if (term != "rank")
                expected = expected + tensorOf(golden.at(term).at(name));
            EXPECT_LE(entryError(gradientOf(parameter), expected, 1.0), 1e-11)
                << term << " " << name;
        }
    }
}

TEST_P(ReferenceOracle, GeneratorAndUnseenTermsSendNothingIntoTheEncoder) {
    TinyReference alone(GetParam(), kWide, only("rank"));
    alone.loss(0).total.backward();
    for (const std::string term : {"vae", "unseen", "align"}) {
        TinyReference both(GetParam(), kWide, only(term));
        both.loss(0).total.backward();
        for (std::size_t i = 0; i < both.parameters().size(); ++i) {
            const auto& [name, parameter] = both.parameters()[i];
            if (name == "tokens" || name == "image" || name.rfind("vib.", 0) == 0 ||
                name.rfind("image_in.", 0) == 0) {
                EXPECT_TRUE(
                    torch::equal(gradientOf(parameter), gradientOf(alone.parameters()[i].second)))
                    << term << " " << name;
            }
        }
    }
}

TEST_P(ReferenceOracle, WhatTheReferenceDoesNotKnowPlaysNoPart) {
    TinyReference model(GetParam(), kWide);
    model.loss(0).total.backward();
    for (const auto& item : model.head()->named_parameters())
        if (isOurs(item.key())) {
            EXPECT_EQ(gradientOf(item.value()).abs().max().item<double>(), 0) << item.key();
        }
}

INSTANTIATE_TEST_SUITE_P(Task, ReferenceOracle,
                         ::testing::Values("entity", "relation", "projected"));

TEST(Reference, RelatednessTrainsItsOwnLayerOnly) {
    TinyReference without("relation", kWide), with("relation", kWide);
    without.loss(0).total.backward();
    TaskBatch batch = with.batch();
    batch.related = torch::tensor({1.0, 0.0, -1.0}, kWide);
    hmgrlLoss(with.head(), batch, with.noise(0)).total.backward();
    for (std::size_t i = 0; i < with.parameters().size(); ++i)
        EXPECT_TRUE(torch::equal(gradientOf(with.parameters()[i].second),
                                 gradientOf(without.parameters()[i].second)))
            << with.parameters()[i].first;
    EXPECT_GT(with.head()->named_parameters()["related.weight"].grad().abs().max().item<double>(),
              0);
}

TEST(Reference, DropsNothingOfWhatItGenerates) {
    const auto half = [](HmgrlConfig& config) { config.dropout = 0.5; };
    TinyReference model("entity", kWide, half);
    const auto& golden = model.json().at("steps").at(0).at("terms");
    model.head()->train();
    torch::manual_seed(1);
    const LossTerms first = model.loss(0), second = model.loss(0);
    for (const char* term : {"unseen", "align", "vae", "vib", "nce"})
        EXPECT_NEAR(first.terms.at(term).item<double>(), golden.at(term).get<double>(), 1e-10)
            << term;
    EXPECT_NE(first.terms.at("rank").item<double>(), second.terms.at("rank").item<double>());
    model.head()->eval();
    EXPECT_NEAR(model.loss(0).terms.at("rank").item<double>(), golden.at("rank").get<double>(),
                1e-10);
}

TEST(Reference, ModeSetsEveryFieldOfTheArithmetic) {
    HmgrlConfig entity, relation;
    entity.dropout = 0.4;
    entity.weightVib = entity.weightTree = 7;
    entity.applyMode("reference", 768);
    relation.applyMode("reference", 768, 2);
    EXPECT_EQ(entity.weightUnseen, 10);
    EXPECT_EQ(entity.weightAlign, 10);
    EXPECT_EQ(relation.weightUnseen, 1);
    EXPECT_EQ(relation.weightAlign, 1);
    for (const HmgrlConfig& c : {entity, relation}) {
        EXPECT_EQ(c.latentWidth, 768);
        EXPECT_EQ(c.vibWidth, 768);
        EXPECT_EQ(c.vaeLatent, 768);
        EXPECT_EQ(c.vaeHidden, 2 * 768);
        EXPECT_EQ(c.hiddenWidth, 0);
        EXPECT_EQ(c.dropout, 0.1);
        EXPECT_EQ(c.beta, 1);
        EXPECT_EQ(c.weightVib, 1);
        EXPECT_EQ(c.weightVae, 1);
        EXPECT_EQ(c.weightNce, 1);
        EXPECT_EQ(c.weightTree, 0);
        EXPECT_EQ(c.freeBits, 0);
        EXPECT_TRUE(c.hyperbolic && c.markers);
        EXPECT_FALSE(c.queryAttention || c.distanceScore || c.distributionAlign);
    }
}

TEST(Reference, LayersStartWithinThePublishedLimits) {
    torch::manual_seed(2);
    HmgrlConfig config;
    config.applyMode("reference", 48);
    const HmgrlHead head(config, 1, 48, 48);
    const auto parameters = head->named_parameters();
    const auto expectLimit = [&](const std::string& layer, double limit) {
        const double largest = parameters[layer + ".weight"].abs().max().item<double>();
        EXPECT_LE(largest, limit) << layer;
        EXPECT_GT(largest, 0.8 * limit) << layer;
        if (const Tensor* bias = parameters.find(layer + ".bias")) {
            EXPECT_EQ(bias->abs().max().item<double>(), 0) << layer;
        }
    };
    expectLimit("vib.ll1", std::sqrt(6.0 / 47));
    expectLimit("vae.logvar", std::sqrt(6.0 / 47));
    expectLimit("vib.mu", std::sqrt(6.0 / 96));
    expectLimit("ln1", std::sqrt(6.0 / (3 * 48 + 48)));
    expectLimit("vae.output", std::sqrt(6.0 / (3 * 48 + 96)));
    expectLimit("token_score", std::sqrt(6.0 / (3 * 48 + 1)));
}

TEST(Reference, WithoutNoiseUsesTheMeans) {
    TinyReference model("relation", kWide);
    const TaskBatch batch = model.batch();
    const HeadNoise drawn = drawNoise(model.head(), batch);
    ASSERT_EQ(drawn.generated.size(1), 3); // one decoding a sample of the batch
    const HeadNoise zeros = {drawn.text * 0, drawn.image * 0, drawn.vae * 0, drawn.generated * 0};
    const LossTerms quiet = hmgrlLoss(model.head(), batch, {});
    const LossTerms zero = hmgrlLoss(model.head(), batch, zeros);
    for (const auto& [name, term] : quiet.terms)
        EXPECT_NEAR(term.item<double>(), zero.terms.at(name).item<double>(), 1e-12) << name;
}

} // namespace
} // namespace hmgrl
