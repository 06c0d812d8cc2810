#include "extraction/Engine.h"
#include "training/TinyTraining.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

class TrainRunTest : public ::testing::TestWithParam<std::string> {
protected:
    [[nodiscard]] TrainRequest request(const std::string& out, int steps) const {
        return tiny.request(GetParam(), out, steps);
    }

    test::TinyTraining tiny;
    test::TemporaryFolder& folder = tiny.folder;
};

TEST_P(TrainRunTest, TrainsSavesLoadsAndPredicts) {
    const TrainRequest asked = request("run", 8);
    const json metrics = trainModel(asked);
    EXPECT_EQ(metrics["steps"], 8);
    EXPECT_GT(metrics["documents"]["test"].get<int>(), 0);
    const auto engine = Engine::load(asked.out / "checkpoint");
    EXPECT_EQ(engine->modelHash(), metrics["model"].get<std::string>());
    const auto space = engine->space(engine->categories());
    const std::vector<Document> documents = {
        test::tinyDocument("d", "the king of paris", {{{4, 8}, ""}})};
    engine->extract(documents, *space, [](std::size_t, const Extraction& extraction) {
        EXPECT_FALSE(extraction.mentions.at(0).candidates.empty());
    });
    EXPECT_NE(readFile(asked.out / "checkpoint" / "card.md").find("AUSUC"), std::string::npos);
    EXPECT_TRUE(fs::exists(asked.out / "metrics.jsonl"));
}

TEST_P(TrainRunTest, SameSeedSameModelAndResumeContinuesExactly) {
    const std::string whole = trainModel(request("whole", 8))["model"];
    EXPECT_EQ(trainModel(request("again", 8))["model"].get<std::string>(), whole);
    TrainRequest interrupted = request("interrupted", 8);
    CancelToken cancel;
    EXPECT_THROW((void)trainModel(interrupted, cancel,
                                  [&](const Progress& progress) {
                                      if (progress.stage == "Training" && progress.done >= 5)
                                          cancel.cancel();
                                  }),
                 Cancelled);
    EXPECT_TRUE(fs::exists(interrupted.out / "resume.safetensors"));
    interrupted.resume = true;
    EXPECT_EQ(trainModel(interrupted)["model"].get<std::string>(), whole);
}

INSTANTIATE_TEST_SUITE_P(Modes, TrainRunTest, ::testing::Values("lorentz", "reference"));

class TrainConfigTest : public TrainRunTest {};

TEST_P(TrainConfigTest, NamesWhatIsWrong) {
    const fs::path file = folder.path() / "bad.json";
    const auto failure = [&](const std::string& text) {
        writeFileAtomically(file, text);
        try {
            (void)TrainConfig::load(file);
        } catch (const Error& error) {
            return std::string(error.what());
        }
        return std::string();
    };
    EXPECT_NE(failure("{").find("bad.json"), std::string::npos);
    (void)request("run", 1); // writes train.json
    json config = json::parse(readFile(folder.path() / "train.json"));
    config["schedule"]["steps"] = 0;
    EXPECT_NE(failure(config.dump()).find("steps"), std::string::npos);
    config["schedule"]["steps"] = 1;
    config["sources"][0]["nonsense"] = 1;
    EXPECT_NE(failure(config.dump()).find("nonsense"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Lorentz, TrainConfigTest, ::testing::Values("lorentz"));

} // namespace
} // namespace hmgrl
