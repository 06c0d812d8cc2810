#include "perception/EncoderFolder.h"

#include "Support.h"
#include "perception/TorchFiles.h"

#include <gmock/gmock.h>

namespace hmgrl {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using ::testing::AllOf;
using ::testing::HasSubstr;

constexpr const char* indexName = "model.safetensors.index.json";
constexpr const char* text = "The Café in 東京, é!"; // the oracle's, which split it by hand

double distance(const torch::Tensor& found, const torch::Tensor& expected) {
    EXPECT_EQ(found.sizes(), expected.sizes());
    return (found.to(torch::kFloat64) - expected).abs().max().item<double>();
}

torch::Tensor expectedOf(const std::string& folder, const std::string& name) {
    return toTensor(
        SafetensorsFile::open(test::dataFolder() / folder / "expected.safetensors").at(name));
}

Image pictureOf(const std::string& folder) {
    const auto pixels = expectedOf(folder, "picture");
    const auto* first = pixels.data_ptr<std::uint8_t>();
    return {static_cast<int>(pixels.size(1)), static_cast<int>(pixels.size(0)),
            std::vector<std::uint8_t>(first, first + pixels.numel())};
}

struct TextFolder {
    const char* name;
    bool lowerCase;
};

class TextOracle : public ::testing::TestWithParam<TextFolder> {
protected:
    static torch::Tensor statesOf(PretrainedText& loaded) {
        const torch::NoGradGuard noGrad;
        const auto ids = torch::tensor(loaded.words->encode(text, 16).ids, torch::kLong);
        EXPECT_TRUE(torch::equal(ids.unsqueeze(0), expectedOf(GetParam().name, "ids")));
        return loaded.encoder->forward(ids.unsqueeze(0), torch::ones({1, ids.size(0)}));
    }
};

TEST_P(TextOracle, aTextBecomesTheStatesOfFloat64) {
    EXPECT_EQ(encoderKind(test::dataFolder() / GetParam().name), EncoderKind::Bert);
    auto loaded = loadTextEncoder(test::dataFolder() / GetParam().name);
    EXPECT_EQ(loaded.words->lowerCases(), GetParam().lowerCase);
    EXPECT_FALSE(loaded.encoder->is_training());
    EXPECT_TRUE(loaded.encoder->parameters().front().requires_grad());
    EXPECT_LT(distance(statesOf(loaded), expectedOf(GetParam().name, "hidden")), 2e-5);
}

TEST_P(TextOracle, theReferenceArithmeticIsAnother) {
    auto loaded =
        loadTextEncoder(test::dataFolder() / GetParam().name, EncoderArithmetic::Reference);
    const auto states = statesOf(loaded);
    EXPECT_LT(distance(states, expectedOf(GetParam().name, "hidden_reference")), 2e-5);
    EXPECT_GT(distance(states, expectedOf(GetParam().name, "hidden")), 1e-3);
}

INSTANTIATE_TEST_SUITE_P(Folders, TextOracle,
                         ::testing::Values(TextFolder{"bert-cased", false},
                                           TextFolder{"bert-uncased-sharded", true}),
                         [](const auto& kind) {
                             return kind.param.lowerCase ? "sharded" : "cased";
                         });

class VisionOracle : public ::testing::TestWithParam<const char*> {
protected:
    static torch::Tensor tokensOf(PretrainedVision& loaded) {
        const auto pixels = imageToTensor(pictureOf(GetParam()), loaded.preparation).unsqueeze(0);
        EXPECT_LT(distance(pixels, expectedOf(GetParam(), "pixels")), 1e-6);
        return loaded.encoder->forward(pixels);
    }
};

TEST_P(VisionOracle, aPictureBecomesTheTokensOfFloat64) {
    EXPECT_EQ(encoderKind(test::dataFolder() / GetParam()), EncoderKind::Vit);
    auto loaded = loadVisionEncoder(test::dataFolder() / GetParam());
    loaded.preparation.resample = Resample::Nearest;
    EXPECT_FALSE(loaded.encoder->is_training());
    const auto tokens = tokensOf(loaded);
    EXPECT_EQ(tokens.size(1), loaded.config.tokens());
    EXPECT_FALSE(tokens.requires_grad());
    EXPECT_LT(distance(tokens, expectedOf(GetParam(), "hidden")), 2e-5);
}

TEST_P(VisionOracle, theReferenceArithmeticIsAnother) {
    auto loaded = loadVisionEncoder(test::dataFolder() / GetParam(), EncoderArithmetic::Reference);
    EXPECT_EQ(loaded.preparation.resample, Resample::Nearest);
    const auto tokens = tokensOf(loaded);
    EXPECT_LT(distance(tokens, expectedOf(GetParam(), "hidden_reference")), 2e-5);
    EXPECT_GT(distance(tokens, expectedOf(GetParam(), "hidden")), 1e-3);
}

INSTANTIATE_TEST_SUITE_P(Folders, VisionOracle, ::testing::Values("vit", "vit-sharded"),
                         [](const auto& kind) {
                             return std::string(kind.param) == "vit" ? "single" : "sharded";
                         });

/// Good folders, copied and then spoilt.
class EncoderFolder : public test::FolderTest {
protected:
    fs::path copyOf(const std::string& name) {
        fs::copy(test::dataFolder() / name, m_folder / name,
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
        return m_folder / name;
    }

    void put(const std::string& name, std::string_view bytes) { (void)write(name, bytes); }

    template <typename Change>
    static void changeJson(const fs::path& path, Change&& change) {
        json content = json::parse(readFile(path));
        change(content);
        writeFileAtomically(path, content.dump());
    }

    template <typename Change>
    static void changeTensors(const fs::path& path, Change&& change) {
        const auto file = SafetensorsFile::open(path); // keeps the old bytes
        auto views = file.tensors();
        change(views);
        writeSafetensors(path, views);
    }

    static TensorView& named(std::vector<TensorView>& views, const std::string& name) {
        for (TensorView& view : views)
            if (view.name == name)
                return view;
        throw Error("no tensor " + name);
    }

    static std::string fault(const fs::path& folder) {
        return test::errorOf([&] {
            if (folder.filename().string().starts_with("vit"))
                (void)loadVisionEncoder(folder);
            else
                (void)loadTextEncoder(folder);
        });
    }

    /// The fault after config.json of a fresh copy got one key.
    std::string configFault(const std::string& name, const char* key, const json& value) {
        const auto folder = copyOf(name);
        changeJson(folder / "config.json", [&](json& config) { config[key] = value; });
        return fault(folder);
    }

    /// The fault after one change to the index of a fresh copy.
    template <typename Change>
    std::string indexFault(Change&& change) {
        const auto folder = copyOf("vit-sharded");
        changeJson(folder / indexName, change);
        return fault(folder);
    }
};

constexpr const char* queryBias = "encoder.layer.0.attention.output.dense.bias";

TEST_F(EncoderFolder, needsAConfig) {
    const auto folder = copyOf("vit");
    EXPECT_THAT(fault(m_folder / "vit-absent"), HasSubstr("expected the folder of an encoder"));
    put("vit/config.json", "{\"model_type\": ");
    EXPECT_THAT(fault(folder), HasSubstr("config.json: expected JSON"));
    put("vit/config.json", "[1, 2]");
    EXPECT_THAT(fault(folder), HasSubstr("expected a JSON object"));
    put("vit/config.json", R"({"model_type": "bert", "model_type": "vit"})");
    EXPECT_THAT(fault(folder), HasSubstr("key \"model_type\" occurs twice"));
    fs::remove(folder / "config.json");
    EXPECT_THAT(fault(folder), HasSubstr("config.json: cannot open"));
    EXPECT_THROW((void)encoderKind(folder), Error);
}

TEST_F(EncoderFolder, needsTheRightKind) {
    EXPECT_THAT(test::errorOf([] { (void)loadTextEncoder(test::dataFolder() / "vit"); }),
                HasSubstr("model_type: expected \"bert\", found \"vit\""));
    EXPECT_THAT(test::errorOf([] { (void)loadVisionEncoder(test::dataFolder() / "bert-cased"); }),
                HasSubstr("model_type: expected \"vit\", found \"bert\""));
    EXPECT_THAT(configFault("vit", "model_type", nullptr), HasSubstr("found none"));
    EXPECT_THAT(configFault("vit", "model_type", 3), HasSubstr("expected text, found 3"));
    const auto folder = copyOf("vit");
    changeJson(folder / "config.json", [](json& config) { config["model_type"] = "deit"; });
    EXPECT_THAT(test::errorOf([&] { (void)encoderKind(folder); }),
                HasSubstr("expected \"bert\" or \"vit\", found \"deit\""));
}

TEST_F(EncoderFolder, namesTheBadKeyOfAVisionConfig) {
    EXPECT_THAT(configFault("vit", "hidden_size", -3), HasSubstr("hidden_size: expected 1 to"));
    EXPECT_THAT(configFault("vit", "hidden_size", nullptr), HasSubstr("hidden_size: missing"));
    EXPECT_THAT(configFault("vit", "num_attention_heads", 5), HasSubstr("divisor of hidden_size"));
    EXPECT_THAT(configFault("vit", "patch_size", 5), HasSubstr("divisor of image_size 12"));
    EXPECT_THAT(configFault("vit", "image_size", "wide"), HasSubstr("image_size"));
    EXPECT_THAT(configFault("vit", "num_channels", 1), HasSubstr("num_channels: expected 3"));
    EXPECT_THAT(configFault("vit", "hidden_act", "relu"), HasSubstr("hidden_act"));
    EXPECT_THAT(configFault("vit", "layer_norm_eps", 0), HasSubstr("layer_norm_eps"));
    EXPECT_THAT(configFault("vit", "qkv_bias", "yes"), HasSubstr("expected true or false"));
    EXPECT_THAT(configFault("vit", "hidden_act", std::string(500, 'x')), HasSubstr("xxx..."));
    const auto folder = copyOf("vit");
    changeJson(folder / "config.json", [](json& config) {
        config["image_size"] = 2048;
        config["patch_size"] = 8;
    });
    EXPECT_THAT(fault(folder), HasSubstr("at most 16385 tokens"));
}

TEST_F(EncoderFolder, aConfigFarLargerThanTheFilesTakesNoMemory) {
    // A small difference is compared tensor by tensor.
    EXPECT_THAT(configFault("vit", "num_hidden_layers", 3), HasSubstr("\": missing"));
    EXPECT_THAT(configFault("vit", "num_hidden_layers", 1), HasSubstr("not part of this model"));
    const auto folder = copyOf("vit");
    changeJson(folder / "config.json", [](json& config) {
        config["hidden_size"] = 1536;
        config["num_hidden_layers"] = 100;
    });
    EXPECT_THAT(fault(folder), AllOf(HasSubstr("config.json: expected the encoder that"),
                                     HasSubstr("model.safetensors holds")));
}

TEST_F(EncoderFolder, needsWeightsButNoPickle) {
    const auto folder = copyOf("vit");
    fs::rename(folder / "model.safetensors", folder / "pytorch_model.bin");
    EXPECT_THAT(fault(folder), HasSubstr("pytorch_model.bin, a pickle, which is never read"));
    fs::remove(folder / "pytorch_model.bin");
    EXPECT_THAT(fault(folder), HasSubstr("found neither"));
}

TEST_F(EncoderFolder, aTruncatedFileIsNamed) {
    for (const std::string name :
         {"vit/model.safetensors", "vit-sharded/model-00002-of-00002.safetensors"}) {
        const auto folder = copyOf(fs::path(name).parent_path().string());
        const std::string whole = readFile(m_folder / name);
        for (const std::size_t kept : {std::size_t{0}, std::size_t{5}, whole.size() / 8,
                                       whole.size() / 2, whole.size() - 1}) {
            put(name, std::string_view(whole).substr(0, kept));
            EXPECT_THAT(fault(folder), HasSubstr(fs::path(name).filename().string())) << kept;
        }
    }
}

TEST_F(EncoderFolder, namesTheTensorThatDoesNotFit) {
    const auto folder = copyOf("vit");
    const auto file = folder / "model.safetensors";
    const std::string bias = std::string("vit.") + queryBias;
    const auto faultAfter = [&](auto&& change) {
        copyOf("vit");
        changeTensors(file, change);
        return fault(folder);
    };
    EXPECT_THAT(faultAfter([&](auto& views) {
                    named(views, bias).shape = {3, 4};
                }),
                HasSubstr("\"" + bias + "\": expected shape [12], found [3, 4]"));
    EXPECT_THAT(faultAfter([&](auto& views) { named(views, bias).type = DType::I32; }),
                HasSubstr("expected a floating type, found I32"));
    EXPECT_THAT(faultAfter([&](auto& views) { named(views, bias).name = "vit.encoder.extra"; }),
                HasSubstr(std::string("tensor \"") + queryBias + "\": missing"));
    EXPECT_THAT(faultAfter([&](auto& views) {
                    views.push_back(named(views, bias));
                    views.back().name = "vit.encoder.layer.2.extra";
                }),
                HasSubstr("\"vit.encoder.layer.2.extra\": not part of this model"));
    EXPECT_THAT(faultAfter([&](auto& views) {
                    views.push_back(named(views, bias));
                    views.back().name = queryBias;
                }),
                HasSubstr("found twice: also as \""));
}

TEST_F(EncoderFolder, oldAndNewNamesOfANormalisationClash) {
    const auto folder = copyOf("bert-cased");
    changeTensors(folder / "model.safetensors", [](auto& views) {
        views.push_back(named(views, "bert.embeddings.LayerNorm.gamma"));
        views.back().name = "bert.embeddings.LayerNorm.weight";
    });
    EXPECT_THAT(fault(folder), HasSubstr("found twice"));
}

TEST_F(EncoderFolder, aMissingShardIsNamed) {
    const auto folder = copyOf("vit-sharded");
    fs::remove(folder / "model-00002-of-00002.safetensors");
    EXPECT_THAT(fault(folder), AllOf(HasSubstr("model-00002-of-00002.safetensors: missing"),
                                     HasSubstr(indexName)));
}

TEST_F(EncoderFolder, anIndexCannotLeaveItsFolder) {
    fs::copy(test::dataFolder() / "vit/model.safetensors", m_folder / "outside.safetensors");
    for (const std::string name :
         {"../outside.safetensors", "/outside.safetensors", "..", ".", "", "a/b.safetensors",
          "..\\outside.safetensors", "model.bin", ".safetensors"}) {
        const auto found = indexFault([&](json& index) { index["weight_map"][queryBias] = name; });
        EXPECT_THAT(found, AllOf(HasSubstr(indexName), HasSubstr(queryBias),
                                 HasSubstr("in the same folder")))
            << name;
    }
    EXPECT_THAT(indexFault([](json& index) {
                    index["weight_map"][queryBias] =
                        (fs::path("a") / std::string(300, 'x')).string();
                }),
                HasSubstr("in the same folder"));
}

TEST_F(EncoderFolder, theIndexMustBeOne) {
    EXPECT_THAT(indexFault([](json& index) { index.erase("weight_map"); }),
                HasSubstr("weight_map: expected an object"));
    EXPECT_THAT(indexFault([](json& index) { index["weight_map"] = json::object(); }),
                HasSubstr("weight_map: expected an object"));
    EXPECT_THAT(indexFault([](json& index) {
                    index["weight_map"] = {1, 2};
                }),
                HasSubstr("found [1,2]"));
    EXPECT_THAT(indexFault([](json& index) { index["weight_map"][queryBias] = 7; }),
                HasSubstr("found 7"));
    const auto folder = copyOf("vit-sharded");
    put(std::string("vit-sharded/") + indexName, R"({"weight_map": {"a": "x", "a": "y"}})");
    EXPECT_THAT(fault(folder), HasSubstr("key \"a\" occurs twice"));
}

TEST_F(EncoderFolder, indexAndShardsMustAgree) {
    const std::string first = "model-00001-of-00002.safetensors";
    const std::string second = "model-00002-of-00002.safetensors";
    EXPECT_THAT(indexFault([&](json& index) {
                    auto& shard = index["weight_map"][queryBias];
                    shard = shard == first ? second : first;
                }),
                AllOf(HasSubstr(queryBias), HasSubstr("found here")));
    EXPECT_THAT(indexFault([](json& index) { index["weight_map"].erase(queryBias); }),
                AllOf(HasSubstr(queryBias), HasSubstr("found nothing")));
    EXPECT_THAT(indexFault([&](json& index) { index["weight_map"]["encoder.extra"] = first; }),
                AllOf(HasSubstr(first), HasSubstr("\"encoder.extra\": missing")));
    const auto folder = copyOf("vit-sharded");
    changeTensors(folder / second, [&](auto& views) {
        views.push_back(SafetensorsFile::open(folder / first).tensors().front());
        views.back().bytes = views.front().bytes.first(views.back().bytes.size());
    });
    EXPECT_THAT(fault(folder), AllOf(HasSubstr(second), HasSubstr("found here")))
        << "a tensor in both shards";
}

TEST_F(EncoderFolder, theCaseFollowsTokenizerThenConfigThenVocabulary) {
    const auto lowerCases = [](const fs::path& folder) {
        return loadTextEncoder(folder).words->lowerCases();
    };
    for (const std::string name : {"bert-cased", "bert-uncased-sharded"}) {
        const bool uncased = name != "bert-cased";
        const auto folder = copyOf(name);
        fs::remove(folder / "tokenizer_config.json");
        EXPECT_EQ(lowerCases(folder), uncased) << "by its vocabulary";
        changeJson(folder / "config.json", [&](json& c) { c["do_lower_case"] = !uncased; });
        EXPECT_EQ(lowerCases(folder), !uncased) << "by its config.json";
        put(name + "/tokenizer_config.json", "{}");
        EXPECT_EQ(lowerCases(folder), !uncased) << "a tokenizer that doesn't say";
        put(name + "/tokenizer_config.json",
            json{{"do_lower_case", uncased}, {"tokenizer_class", "BertTokenizerFast"}}.dump());
        EXPECT_EQ(lowerCases(folder), uncased) << "by its tokenizer_config.json";
    }
}

TEST_F(EncoderFolder, aTokenizerOfAnotherKindIsRefused) {
    const auto folder = copyOf("bert-cased");
    const auto faultOf = [&](const json& config) {
        writeFileAtomically(folder / "tokenizer_config.json", config.dump());
        return fault(folder);
    };
    EXPECT_THAT(faultOf({{"tokenizer_class", "BertJapaneseTokenizer"}}),
                HasSubstr("tokenizer_class: expected \"BertTokenizer\""));
    EXPECT_THAT(faultOf({{"do_lower_case", false}, {"strip_accents", true}}),
                HasSubstr("strip_accents: expected false, found true"));
    EXPECT_THAT(faultOf({{"tokenize_chinese_chars", false}}), HasSubstr("tokenize_chinese_chars"));
    EXPECT_THAT(faultOf({{"do_lower_case", "no"}}), HasSubstr("expected true or false"));
}

TEST_F(EncoderFolder, theVocabularyMustFitTheEmbeddings) {
    const auto folder = copyOf("bert-cased");
    std::string words = readFile(folder / "vocab.txt");
    for (int i = 0; i < 4; ++i)
        words += "more" + std::to_string(i) + "\n";
    put("bert-cased/vocab.txt", words);
    EXPECT_THAT(fault(folder),
                AllOf(HasSubstr("vocab.txt: expected at most"), HasSubstr("tokens")));
    fs::remove(folder / "vocab.txt");
    EXPECT_THAT(fault(folder), HasSubstr("vocab.txt: cannot open"));
}

TEST_F(EncoderFolder, preparationIsReadOrRefused) {
    const auto folder = copyOf("vit");
    const auto path = folder / "preprocessor_config.json";
    const auto faultOf = [&](const char* key, const json& value) {
        copyOf("vit");
        changeJson(path, [&](json& config) { config[key] = value; });
        return fault(folder);
    };
    EXPECT_THAT(faultOf("size", 224),
                HasSubstr("size: expected 12, the image_size of the encoder"));
    EXPECT_THAT(faultOf("size", {{"shortest_edge", 12}}), HasSubstr("side of a square"));
    EXPECT_THAT(faultOf("size", {{"height", 12}, {"width", 13}}), HasSubstr("side of a square"));
    EXPECT_THAT(faultOf("resample", 3), HasSubstr("resample: expected 0 (nearest)"));
    EXPECT_THAT(faultOf("image_mean", {0.5, 0.5}), HasSubstr("image_mean: expected three"));
    EXPECT_THAT(faultOf("image_std", {0.5, 0.0, 0.5}), HasSubstr("image_std: expected three"));
    EXPECT_THAT(faultOf("rescale_factor", 1), HasSubstr("rescale_factor: expected 1/255"));
    EXPECT_THAT(faultOf("do_normalize", false), HasSubstr("do_normalize: expected true"));
    writeFileAtomically(path, R"({"size": 12, "resample": 2, "image_mean": [0.1, 0.2, 0.3]})");
    const auto preparation = loadVisionEncoder(folder).preparation;
    EXPECT_EQ(preparation.resample, Resample::Bilinear);
    EXPECT_EQ(preparation.mean, (std::array<double, 3>{0.1, 0.2, 0.3}));
    EXPECT_EQ(preparation.side, 12);
    fs::remove(path);
    EXPECT_EQ(loadVisionEncoder(folder).preparation.side, 12);
}

TEST_F(EncoderFolder, theHashKnowsWhatChangesAPicturesTokens) {
    const auto folder = copyOf("vit");
    const auto before = loadVisionEncoder(folder).hash;
    EXPECT_EQ(loadVisionEncoder(test::dataFolder() / "vit").hash, before);
    EXPECT_NE(loadVisionEncoder(folder, EncoderArithmetic::Reference).hash, before);
    EXPECT_NE(loadVisionEncoder(test::dataFolder() / "vit-sharded").hash, before);
    changeJson(folder / "preprocessor_config.json", [](json& config) { config["resample"] = 2; });
    EXPECT_NE(loadVisionEncoder(folder).hash, before);
}

TEST_F(EncoderFolder, halfPrecisionWeightsAreConverted) {
    const auto folder = copyOf("vit");
    auto loaded = loadVisionEncoder(folder);
    saveModule(*loaded.encoder, folder / "model.safetensors", DType::F16);
    auto half = loadVisionEncoder(folder);
    const auto pixels = expectedOf("vit", "pixels").to(torch::kFloat32);
    EXPECT_LT(distance(half.encoder->forward(pixels), expectedOf("vit", "hidden")), 2e-2);
}

} // namespace
} // namespace hmgrl
