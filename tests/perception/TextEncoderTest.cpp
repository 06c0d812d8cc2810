#include "perception/TextEncoder.h"

#include "Support.h"
#include "perception/TorchFiles.h"
#include "perception/WordPiece.h"

#include <gmock/gmock.h>
#include <limits>

namespace hmgrl {
namespace {

using ::testing::HasSubstr;

nlohmann::json configJson(const std::string& folder) {
    return nlohmann::json::parse(readFile(test::dataFolder() / folder / "config.json"));
}

TextEncoder loadTiny(const std::string& folder) {
    TextEncoder encoder(BertConfig::fromJson(configJson(folder), folder));
    loadModule(*encoder, SafetensorsFile::open(test::dataFolder() / folder / "model.safetensors"));
    encoder->eval();
    return encoder;
}

double largest(const torch::Tensor& x) {
    return x.abs().max().item<double>();
}

class Oracle : public ::testing::TestWithParam<const char*> {};

TEST_P(Oracle, hiddenStatesAgreeWithFloat64) {
    const auto expected =
        SafetensorsFile::open(test::dataFolder() / GetParam() / "expected.safetensors");
    const auto ids = toTensor(expected.at("ids"));
    const auto mask = toTensor(expected.at("mask"));
    const auto hidden = toTensor(expected.at("hidden"));
    const torch::NoGradGuard noGrad;
    const auto found = loadTiny(GetParam())->forward(ids, mask.to(torch::kBool));
    ASSERT_EQ(found.sizes(), hidden.sizes());
    EXPECT_LT(largest(found.to(torch::kFloat64) - hidden), 2e-5);
}

INSTANTIATE_TEST_SUITE_P(Both, Oracle, ::testing::Values("bert-erf", "bert-tanh"),
                         [](const auto& kind) { return std::string(kind.param).substr(5); });

TEST(TextEncoder, geluKindsDiffer) {
    const auto ids = torch::tensor({{1, 5, 2}}, torch::kLong);
    const auto mask = torch::ones({1, 3});
    EXPECT_GT(largest(loadTiny("bert-erf")->forward(ids, mask) -
                      loadTiny("bert-tanh")->forward(ids, mask)),
              1e-6);
}

TEST(TextEncoder, sameAloneInABatchAndPadded) {
    const torch::NoGradGuard noGrad;
    auto encoder = loadTiny("bert-erf");
    const auto ids = torch::randint(0, 23, {8, 6}, torch::kLong);
    const auto together = encoder->forward(ids, torch::ones({8, 6}));
    const auto padding = torch::full({1, 3}, 4, torch::kLong);
    for (std::int64_t i = 0; i < 8; ++i) {
        const auto row = ids.slice(0, i, i + 1);
        const auto alone = encoder->forward(row, torch::ones({1, 6}));
        EXPECT_LT(largest(alone[0] - together[i]), 1e-5);
        const auto padded =
            encoder->forward(torch::cat({row, padding}, 1),
                             torch::cat({torch::ones({1, 6}), torch::zeros({1, 3})}, 1));
        EXPECT_LT(largest(padded.slice(1, 0, 6)[0] - together[i]), 1e-5);
    }
}

TEST(TextEncoder, refusesWrongShapes) {
    auto encoder = loadTiny("bert-erf");
    const auto ids = torch::zeros({1, 10}, torch::kLong);
    EXPECT_THAT(test::errorOf([&] {
                    encoder->forward(ids, torch::ones({1, 10}));
                }),
                HasSubstr("at most 9"));
    EXPECT_THROW(encoder->forward(ids.slice(1, 0, 4), torch::ones({1, 5})), Error);
}

TEST(TextEncoder, trainsOnlyItsTopLayers) {
    auto encoder = loadTiny("bert-erf");
    encoder->trainTopLayers(1);
    const auto ids = torch::tensor({{1, 5, 2}}, torch::kLong);
    encoder->forward(ids, torch::ones({1, 3})).square().sum().backward();
    for (const auto& item : encoder->named_parameters()) {
        const bool top = item.key().find("encoder.layer.1.") == 0;
        EXPECT_EQ(item.value().requires_grad(), top) << item.key();
        EXPECT_EQ(item.value().grad().defined(), top) << item.key();
    }
}

TEST(TextEncoder, frozenAndFreeCountsGiveTheSameStates) {
    auto encoder = loadTiny("bert-erf");
    const auto ids = torch::tensor({{1, 5, 2}}, torch::kLong);
    const auto mask = torch::ones({1, 3});
    encoder->trainTopLayers(99);
    const auto all = encoder->forward(ids, mask);
    EXPECT_TRUE(all.requires_grad());
    for (const auto& p : encoder->parameters())
        EXPECT_TRUE(p.requires_grad());
    encoder->trainTopLayers(0);
    const auto none = encoder->forward(ids, mask);
    EXPECT_FALSE(none.requires_grad());
    EXPECT_EQ(largest(all.detach() - none), 0.0);
}

TEST(BertConfig, roundTrip) {
    const auto config = BertConfig::fromJson(configJson("bert-tanh"), "f");
    EXPECT_TRUE(config.tanhGelu);
    EXPECT_EQ(config.intermediateSize, 20);
    EXPECT_EQ(BertConfig::fromJson(config.toJson(), "f").toJson(), config.toJson());
}

TEST(BertConfig, namesTheBadKey) {
    const auto faultOf = [](const char* key, const nlohmann::json& value) {
        auto json = configJson("bert-erf");
        json[key] = value;
        return test::errorOf([&] { (void)BertConfig::fromJson(json, "c.json"); });
    };
    EXPECT_THAT(faultOf("hidden_size", -3), HasSubstr("c.json: hidden_size"));
    EXPECT_THAT(faultOf("hidden_size", "wide"), HasSubstr("hidden_size"));
    EXPECT_THAT(faultOf("num_attention_heads", 5), HasSubstr("divisor"));
    EXPECT_THAT(faultOf("hidden_act", "relu"), HasSubstr("hidden_act"));
    EXPECT_THAT(faultOf("hidden_act", 3), HasSubstr("hidden_act"));
    EXPECT_THAT(faultOf("model_type", "gpt2"), HasSubstr("bert"));
    EXPECT_THAT(faultOf("position_embedding_type", "relative_key"), HasSubstr("absolute"));
    EXPECT_THAT(faultOf("layer_norm_eps", 0), HasSubstr("layer_norm_eps"));
    EXPECT_THAT(faultOf("vocab_size", 1e6), HasSubstr("vocab_size"));
    EXPECT_THAT(faultOf("vocab_size", std::numeric_limits<std::uint64_t>::max()),
                HasSubstr("vocab_size"));
    auto json = configJson("bert-erf");
    json.erase("num_hidden_layers");
    EXPECT_THAT(test::errorOf([&] { (void)BertConfig::fromJson(json, "c"); }),
                HasSubstr("num_hidden_layers: missing"));
    EXPECT_THROW((void)BertConfig::fromJson(nlohmann::json::array(), "c"), Error);
}

TEST(BertConfig, refusesAnAbsurdSum) {
    auto json = configJson("bert-erf");
    json["hidden_size"] = 16380;
    json["num_hidden_layers"] = 200;
    EXPECT_THAT(test::errorOf([&] { (void)BertConfig::fromJson(json, "c"); }),
                HasSubstr("parameters"));
}

/// Similar sentences lie closer than unrelated ones with the published weights.
TEST(TextEncoder, publishedWeightsKnowMeaning) {
    const auto folder = test::pretrained();
    if (folder.empty())
        GTEST_SKIP() << "models/pretrained is absent: run models/convert_encoders.py";
    const auto json = nlohmann::json::parse(readFile(folder / "text/config.json"));
    TextEncoder encoder(BertConfig::fromJson(json, "config.json"));
    loadModule(*encoder, SafetensorsFile::open(folder / "text/model.safetensors"));
    encoder->eval();
    const auto words = WordPiece::load(folder / "text/vocab.txt", true);
    const torch::NoGradGuard noGrad;
    const auto embed = [&](const char* text) {
        const auto ids = torch::tensor(words.encode(text, 64).ids, torch::kLong).unsqueeze(0);
        const auto mean = encoder->forward(ids, torch::ones_like(ids)).mean(1)[0];
        return mean / mean.norm();
    };
    const auto cat = embed("A cat is sleeping on the sofa.");
    const double near = torch::dot(cat, embed("The kitten naps on a couch.")).item<double>();
    const double far = torch::dot(cat, embed("Parliament passed the budget.")).item<double>();
    EXPECT_GT(near, 0.6);
    EXPECT_LT(far, 0.2);
}

} // namespace
} // namespace hmgrl
