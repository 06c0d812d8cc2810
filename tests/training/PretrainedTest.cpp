#include "training/Pretrained.h"

#include "TemporaryFolder.h"
#include "data/Prediction.h"
#include "extraction/Engine.h"
#include "perception/TorchFiles.h"
#include "support/Files.h"

#include <gmock/gmock.h>

namespace hmgrl {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

fs::path encoder(const std::string& name) {
    return fs::path(HMGRL_SOURCE_DIR) / "tests/perception/data" / name;
}

torch::Tensor oracle(const std::string& folder, const std::string& name) {
    return toTensor(SafetensorsFile::open(encoder(folder) / "expected.safetensors").at(name));
}

Image oraclePicture(const std::string& folder) {
    const auto pixels = oracle(folder, "picture");
    const auto* first = pixels.data_ptr<std::uint8_t>();
    return {static_cast<int>(pixels.size(1)), static_cast<int>(pixels.size(0)),
            std::vector<std::uint8_t>(first, first + pixels.numel())};
}

/// The original kinds of encoder, a few kilobytes each, in a model of either mode.
class PretrainedTest : public ::testing::TestWithParam<std::string> {
protected:
    static Model start(const std::string& text, const std::string& image) {
        TrainConfig config;
        config.textEncoder = encoder(text);
        config.imageEncoder = encoder(image);
        for (HmgrlConfig* head : {&config.entity, &config.relation}) {
            head->latentWidth = 8;
            head->vibWidth = 12;
            head->hiddenWidth = 12;
            head->vaeLatent = 4;
            head->vaeHidden = 12;
            head->applyMode(GetParam(), 12);
        }
        return startModel(config, {{CategoryKind::Entity, "place", "a place", "", true, 0},
                                   {CategoryKind::Relation, "near", "is near", "", false, 0}});
    }

    static const char* expected() {
        return GetParam() == "reference" ? "hidden_reference" : "hidden";
    }

    test::TemporaryFolder folder;
};

TEST_P(PretrainedTest, BertAndVitFoldersComputeWhatTheModeAsksFor) {
    Model model = start("bert-cased", "vit");
    EXPECT_FALSE(model.config.lowerCase);
    EXPECT_EQ(model.config.imageRegions(), 10);
    EXPECT_EQ(model.config.imageWidth, 12);
    const torch::NoGradGuard noGrad;
    const auto ids = oracle("bert-cased", "ids");
    const auto states = model.text->forward(ids, torch::ones_like(ids)).to(torch::kFloat64);
    EXPECT_LT((states - oracle("bert-cased", expected())).abs().max().item<double>(), 2e-5);
    const auto tokens = model.encodePicture(oraclePicture("vit")).to(torch::kFloat64);
    EXPECT_LT((tokens - oracle("vit", expected())[0]).abs().max().item<double>(), 2e-5);
}

TEST_P(PretrainedTest, ACheckpointKeepsTheKindOfItsEncoders) {
    const Model model = start("bert-uncased-sharded", "vit-sharded");
    const fs::path checkpoint = folder.path() / "checkpoint";
    saveCheckpoint(model, checkpoint, "# card\n");
    const Model loaded = loadCheckpoint(checkpoint);
    EXPECT_EQ(loaded.config.toJson(), model.config.toJson());
    EXPECT_TRUE(loaded.config.lowerCase);
    const auto before = model.encodePicture(oraclePicture("vit-sharded"));
    const auto after = loaded.encodePicture(oraclePicture("vit-sharded"));
    EXPECT_FALSE(after.requires_grad());
    EXPECT_LT((before - after).abs().max().item<double>(), 2e-2) << "weights are stored in half";
}

TEST_P(PretrainedTest, ACheckpointThatContradictsItselfIsRefused) {
    const fs::path checkpoint = folder.path() / "checkpoint";
    saveCheckpoint(start("bert-cased", "vit"), checkpoint, "# card\n");
    const auto config = checkpoint / "config.json";
    const auto whole = nlohmann::json::parse(readFile(config));
    const auto fault = [&](const char* pointer, const nlohmann::json& value) -> std::string {
        auto changed = whole;
        changed[nlohmann::json::json_pointer(pointer)] = value;
        writeFileAtomically(config, changed.dump());
        try {
            (void)loadCheckpoint(checkpoint);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    };
    EXPECT_THAT(fault("/image_width", 13), HasSubstr("image_width: expected 12"));
    EXPECT_THAT(fault("/vision/encoder/patch_size", 6), HasSubstr("image.safetensors: tensor"));
    EXPECT_THAT(fault("/vision/encoder/image_size", 24), HasSubstr("size: expected 24"));
    EXPECT_THAT(fault("/vision/preparation/resample", 9), HasSubstr("resample: expected 0"));
    EXPECT_THAT(fault("/vision", 9), HasSubstr("config.json"));
}

TEST_P(PretrainedTest, TheEngineReadsTextsWithAndWithoutPictures) {
    EngineOptions options;
    options.cacheFolder = folder.path() / "cache";
    Model model = start("bert-cased", "vit");
    model.heads->eval(); // no noise, no dropout
    const auto engine = Engine::over(model, options);
    Document document;
    document.text = "The Café in 東京, é!";
    document.mentions.resize(1);
    document.mentions[0].span = {4, 8};
    std::vector<Document> documents(3, document);
    documents[1].imagePath = (encoder("images") / "plain.png").string();
    documents[2].imagePath = documents[1].imagePath; // from the cache
    const auto space = engine->space(engine->categories());
    std::vector<std::vector<float>> latents;
    engine->extract(documents, *space, [&](std::size_t, const Extraction& extraction) {
        EXPECT_TRUE(extraction.issues.empty());
        latents.emplace_back(extraction.mentions.at(0).latent.begin(),
                             extraction.mentions.at(0).latent.end());
    });
    ASSERT_EQ(latents.size(), 3U);
    EXPECT_NE(latents[0], latents[1]) << "the picture counts";
    EXPECT_THAT(latents[1], ::testing::Pointwise(::testing::FloatNear(1e-5F), latents[2]));
}

INSTANTIATE_TEST_SUITE_P(Modes, PretrainedTest, ::testing::Values("lorentz", "reference"));

} // namespace
} // namespace hmgrl
