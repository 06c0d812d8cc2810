#include "learning/HmgrlLoss.h"
#include "learning/Oracle.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

using namespace hmgrl::test;
using torch::Tensor;

constexpr auto kWide = torch::kFloat64;
constexpr auto kSingle = torch::kFloat32;

HmgrlConfig configOf(const nlohmann::json& golden) {
    const auto& sizes = golden.at("sizes");
    const auto& weights = golden.at("weights");
    HmgrlConfig config;
    config.hyperbolic = golden.at("hyperbolic").get<bool>();
    config.vibWidth = sizes.at("vib").get<int>();
    config.hiddenWidth = sizes.at("hidden").get<int>();
    config.latentWidth = sizes.at("latent").get<int>();
    config.vaeLatent = sizes.at("vae_latent").get<int>();
    config.vaeHidden = sizes.at("vae_hidden").get<int>();
    config.freeBits = golden.at("free_bits").get<double>();
    config.beta = weights.at("beta").get<double>();
    config.weightVib = weights.at("vib").get<double>();
    config.weightVae = weights.at("vae").get<double>();
    config.weightNce = weights.at("nce").get<double>();
    config.weightUnseen = weights.at("unseen").get<double>();
    config.weightAlign = weights.at("align").get<double>();
    config.weightTree = weights.at("tree").get<double>();
    config.dropout = 0;
    return config;
}

/// The oracle's head and batch; states are leaves, so that their gradients show.
class TinyHead {
public:
    TinyHead(const std::string& name, torch::ScalarType type)
        : m_golden(lorentzOracle().at(name))
        , m_type(type)
        , m_head(configOf(m_golden), m_golden.at("anchors").get<int>(),
                 m_golden.at("sizes").at("width").get<int>(),
                 m_golden.at("sizes").at("image_width").get<int>()) {
        m_head->to(type);
        for (const auto& item : m_head->named_parameters())
            m_leaves[item.key()] = item.value();
        {
            const torch::NoGradGuard guard;
            for (auto& [key, leaf] : m_leaves)
                leaf.copy_(parameter(key));
        }
        for (const char* key : {"tokens", "image", "anchors", "labels"})
            m_leaves[key] = parameter(key).requires_grad_();
    }

    [[nodiscard]] TaskBatch batch() const {
        TaskBatch out;
        out.input.tokens = m_leaves.at("tokens");
        out.input.tokenMask = flags("mask");
        out.input.image = m_leaves.at("image");
        out.input.imagePresent = flags("image_present");
        out.input.textPresent = flags("text_present");
        out.input.row = index("row");
        out.input.anchors = m_leaves.at("anchors");
        out.target = index("target");
        out.labelStates = m_leaves.at("labels");
        out.seen = index("seen");
        out.unseen = index("unseen");
        out.group = index("group");
        out.related = tensorOf(m_golden.at("related")).to(m_type);
        return out;
    }

    [[nodiscard]] HeadNoise noise() const {
        const auto of = [&](const char* key) {
            return tensorOf(m_golden.at("noise").at(key)).to(m_type);
        };
        return {of("text"), of("image"), of("vae"), of("generated")};
    }

    HmgrlHead& head() { return m_head; }
    [[nodiscard]] const nlohmann::json& json() const { return m_golden; }
    [[nodiscard]] const std::map<std::string, Tensor>& leaves() const { return m_leaves; }

private:
    [[nodiscard]] Tensor parameter(const std::string& key) const {
        return tensorOf(m_golden.at("parameters").at(key)).to(m_type);
    }
    [[nodiscard]] Tensor index(const char* key) const {
        return tensorOf(m_golden.at(key)).to(torch::kLong);
    }
    [[nodiscard]] Tensor flags(const char* key) const {
        return tensorOf(m_golden.at(key)).to(torch::kBool);
    }

    const nlohmann::json& m_golden;
    torch::ScalarType m_type;
    HmgrlHead m_head;
    std::map<std::string, Tensor> m_leaves;
};

class LorentzModel : public ::testing::TestWithParam<const char*> {};

TEST_P(LorentzModel, HasTheOraclesParameters) {
    const TinyHead model(GetParam(), kWide);
    EXPECT_EQ(model.leaves().size(), model.json().at("parameters").size());
}

TEST_P(LorentzModel, PerceivesAndScores) {
    for (const auto type : {kWide, kSingle}) {
        TinyHead model(GetParam(), type);
        const double tolerance = type == kWide ? 1e-10 : 1e-5;
        const auto& values = model.json().at("values");
        const TaskBatch batch = model.batch();
        HmgrlHead& head = model.head();
        const Perceived p = head->perceive(batch.input, model.noise());
        const Tensor latents = head->latent(p.fused), protos = head->prototypes(batch.labelStates);
        EXPECT_LE(entryError(p.attention, tensorOf(values.at("attention")), 1.0), tolerance);
        EXPECT_LE(rowError(p.fused, tensorOf(values.at("fused"))), tolerance);
        EXPECT_LE(rowError(latents, tensorOf(values.at("latents"))), tolerance);
        EXPECT_LE(rowError(protos, tensorOf(values.at("prototypes"))), tolerance);
        EXPECT_LE(rowError(head->scores(latents, protos), tensorOf(values.at("scores"))),
                  tolerance);
    }
}

TEST_P(LorentzModel, EveryLossTerm) {
    for (const auto type : {kWide, kSingle}) {
        TinyHead model(GetParam(), type);
        const double tolerance = type == kWide ? 1e-10 : 1e-5;
        const LossTerms loss = hmgrlLoss(model.head(), model.batch(), model.noise());
        const auto& golden = model.json().at("terms");
        ASSERT_EQ(loss.terms.size(), golden.size());
        for (const auto& [name, term] : loss.terms)
            EXPECT_NEAR(term.item().toDouble() / golden.at(name).get<double>(), 1, tolerance)
                << name;
        const double total = model.json().at("total").get<double>();
        EXPECT_NEAR(loss.total.item().toDouble() / total, 1, tolerance);
    }
}

TEST_P(LorentzModel, GradientInEveryParameterAndState) {
    TinyHead model(GetParam(), kWide);
    hmgrlLoss(model.head(), model.batch(), model.noise()).total.backward();
    for (const auto& [name, leaf] : model.leaves()) {
        const Tensor gradient = leaf.grad().defined() ? leaf.grad() : torch::zeros_like(leaf);
        const Tensor expected = tensorOf(model.json().at("gradient").at(name));
        EXPECT_LE(entryError(gradient, expected, 1.0), 1e-9) << name;
    }
}

INSTANTIATE_TEST_SUITE_P(Head, LorentzModel, ::testing::Values("entity", "relation", "twin"));

} // namespace
} // namespace hmgrl
