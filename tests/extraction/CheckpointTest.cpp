#include "extraction/TinyModel.h"

#include <functional>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <random>

namespace hmgrl {
namespace {

namespace fs = std::filesystem;
using test::TemporaryFolder;

class CheckpointTest : public ::testing::Test {
protected:
    void SetUp() override {
        const Model model = test::tinyModel(folder);
        saveCheckpoint(model, checkpoint, "# card\n");
    }
    void changeConfig(const std::function<void(nlohmann::json&)>& change) const {
        auto json = nlohmann::json::parse(readFile(checkpoint / "config.json"));
        change(json);
        writeFileAtomically(checkpoint / "config.json", json.dump());
    }
    /// The message of loading; "" when it loads.
    [[nodiscard]] std::string failure() const {
        try {
            (void)loadCheckpoint(checkpoint);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }
    TemporaryFolder folder;
    fs::path checkpoint = folder.path() / "checkpoint";
};

TEST_F(CheckpointTest, LoadsWhatWasSaved) {
    const Model saved = test::tinyModel(folder);
    Model loaded = loadCheckpoint(checkpoint);
    EXPECT_EQ(loaded.config.toJson(), saved.config.toJson());
    EXPECT_EQ(loaded.hash, checkpointHash(checkpoint));
    const auto expected = saved.heads->named_parameters();
    for (const auto& item : loaded.heads->named_parameters())
        EXPECT_TRUE(torch::equal(item.value(), expected[item.key()])) << item.key();
}

TEST_F(CheckpointTest, HashFollowsContent) {
    const std::string before = checkpointHash(checkpoint);
    changeConfig([](auto& json) { json["calibration"]["gamma_entity"] = 0.5; });
    EXPECT_NE(checkpointHash(checkpoint), before);
}

TEST_F(CheckpointTest, SaysWhichVersionItExpected) {
    changeConfig([](auto& json) { json["format_version"] = 99; });
    EXPECT_NE(failure().find("format_version: expected 1, found 99"), std::string::npos)
        << failure();
    changeConfig([](auto& json) { json.erase("format_version"); });
    EXPECT_NE(failure().find("found none"), std::string::npos) << failure();
}

TEST_F(CheckpointTest, NamesTheTensorOfWrongShape) {
    changeConfig([](auto& json) { json["entity"]["latent"] = 9; });
    EXPECT_NE(failure().find("heads.safetensors"), std::string::npos) << failure();
    EXPECT_NE(failure().find("expected shape"), std::string::npos) << failure();
}

TEST_F(CheckpointTest, RefusesBadConfiguration) {
    changeConfig([](auto& json) { json["entity"]["latent"] = -3; });
    EXPECT_NE(failure().find("latent"), std::string::npos) << failure();
    writeFileAtomically(checkpoint / "config.json", "{ not json");
    EXPECT_NE(failure().find("config.json"), std::string::npos) << failure();
}

TEST_F(CheckpointTest, RefusesTruncatedRandomAndMissingFiles) {
    for (const char* name :
         {"heads.safetensors", "text.safetensors", "image.safetensors", "wording.safetensors"}) {
        const std::string bytes = readFile(checkpoint / name);
        writeFileAtomically(checkpoint / name, bytes.substr(0, bytes.size() / 2));
        EXPECT_NE(failure().find(name), std::string::npos) << failure();
        std::mt19937 random(3);
        std::string noise(4096, '\0');
        for (char& c : noise)
            c = static_cast<char>(random());
        writeFileAtomically(checkpoint / name, noise);
        EXPECT_NE(failure().find(name), std::string::npos) << failure();
        fs::remove(checkpoint / name);
        EXPECT_NE(failure().find(name), std::string::npos) << failure();
        writeFileAtomically(checkpoint / name, bytes);
        EXPECT_EQ(failure(), "");
    }
    EXPECT_THROW((void)loadCheckpoint(folder.path() / "nowhere"), Error);
}

TEST_F(CheckpointTest, ExamplesAreKeptAndAskedForWhereTheyCount) {
    changeConfig([](auto& json) { json["entity"]["wording_examples"] = true; });
    EXPECT_NE(failure().find("examples.safetensors"), std::string::npos) << failure();
    Model model = test::tinyModel(folder);
    model.config.entity.wordingExamples = true;
    Examples::add(model.examples.entity.trained, "person/king", torch::full({6}, 0.5F));
    saveCheckpoint(model, checkpoint, "# card\n");
    const Model loaded = loadCheckpoint(checkpoint);
    EXPECT_EQ(loaded.examples.entity.trained.at("person/king").count, 1);
    EXPECT_EQ(loaded.hash, checkpointHash(checkpoint));
    Examples::add(model.examples.entity.trained, "person/king", torch::full({6}, 0.5F));
    saveCheckpoint(model, checkpoint, "# card\n");
    EXPECT_NE(checkpointHash(checkpoint), loaded.hash) << "they are part of the model";
    model.config.entity.wordingExamples = false;
    model.examples = {};
    saveCheckpoint(model, checkpoint, "# card\n");
    EXPECT_TRUE(loadCheckpoint(checkpoint).examples.empty()) << "those of before are gone";
}

TEST_F(CheckpointTest, CountsOfLabelsAreAboveZero) {
    changeConfig([](auto& json) { json["learned"]["entity"]["person/king"] = 0; });
    EXPECT_NE(failure().find("learned.entity.person/king: expected a number of labels above 0"),
              std::string::npos)
        << failure();
}

TEST_F(CheckpointTest, TemperaturesAreAboveZero) {
    changeConfig([](auto& json) { json["calibration"].erase("temperature_entity"); });
    EXPECT_EQ(loadCheckpoint(checkpoint).config.entityCalibration.temperature, 1);
    changeConfig([](auto& json) { json["calibration"]["temperature_entity"] = 0; });
    EXPECT_NE(failure().find("calibration.temperature_entity: expected a number above 0"),
              std::string::npos)
        << failure();
}

TEST_F(CheckpointTest, WordingIsOptionalAndItsShapeIsChecked) {
    changeConfig([](auto& json) { json["wording"]["layers"] = 3; });
    EXPECT_NE(failure().find("wording.layers: expected 0 to 2, found 3"), std::string::npos)
        << failure();
    changeConfig([](auto& json) { json["wording"] = {{"layers", 1}, {"width", 33}}; });
    EXPECT_NE(failure().find("wording.width: expected 1 to 32, found 33"), std::string::npos)
        << failure();
    changeConfig([](auto& json) { json["wording"] = {{"layers", 1}, {"width", 7}}; });
    EXPECT_NE(failure().find("wording.safetensors"), std::string::npos) << failure();
    // A model without one, as older checkpoints are.
    changeConfig([](auto& json) { json.erase("wording"); });
    fs::remove(checkpoint / "wording.safetensors");
    EXPECT_EQ(failure(), "");
    EXPECT_FALSE(loadCheckpoint(checkpoint).wording);
}

TEST_F(CheckpointTest, UnchangedEncodersAreShared) {
    const Model model = loadCheckpoint(checkpoint);
    const fs::path second = folder.path() / "second";
    saveCheckpoint(model, second, "# card\n", checkpoint);
    EXPECT_EQ(sha256File(second / "text.safetensors"), sha256File(checkpoint / "text.safetensors"));
    EXPECT_EQ(checkpointHash(second), checkpointHash(checkpoint));
}

} // namespace
} // namespace hmgrl
