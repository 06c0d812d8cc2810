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
    // What words said before training is kept, in the directions asked for.
    const Model model = loadCheckpoint(asked.out / "checkpoint");
    EXPECT_EQ(static_cast<bool>(model.wording), GetParam() == "lorentz");
    if (!model.wording)
        return;
    EXPECT_EQ(model.wording->width(), 6);
    EXPECT_FALSE(model.examples.entity.trained.empty());
    EXPECT_EQ(model.examples.entity.shift.size(0), 6);
    for (const auto& [name, words] : model.examples.entity.trained)
        EXPECT_TRUE(std::any_of(model.config.categories.begin(), model.config.categories.end(),
                                [&, &known = name](const Category& category) {
                                    return category.name == known && category.seen;
                                }))
            << name << " is a seen category of the model";
    const auto start = SafetensorsFile::open(folder.path() / "text" / "model.safetensors");
    for (const auto& item : model.wording->named_parameters())
        EXPECT_TRUE(torch::allclose(item.value(), toTensor(start.at(item.key())), 1e-3, 1e-3))
            << item.key();
    bool isTrained = false;
    for (const auto& item : model.text->named_parameters())
        isTrained |= item.value().requires_grad() &&
                     !torch::allclose(item.value(), toTensor(start.at(item.key())), 1e-3, 1e-4);
    EXPECT_TRUE(isTrained);
}

TEST_P(TrainRunTest, TakesTheWeightsOfACheckpointInsteadOfTraining) {
    const TrainRequest first = request("first", 4);
    (void)trainModel(first);
    TrainRequest second = request("second", 4);
    second.weights = first.out / "checkpoint";
    (void)trainModel(second);
    EXPECT_NE(readFile(second.out / "checkpoint" / "card.md").find("weights of an earlier"),
              std::string::npos)
        << "no step is claimed that wasn't made";
    const Model a = loadCheckpoint(first.out / "checkpoint");
    const Model b = loadCheckpoint(second.out / "checkpoint");
    const auto expected = a.heads->named_parameters();
    for (const auto& item : b.heads->named_parameters())
        EXPECT_TRUE(torch::equal(item.value(), expected[item.key()])) << item.key();
    const auto text = a.text->named_parameters();
    for (const auto& item : b.text->named_parameters())
        EXPECT_TRUE(torch::equal(item.value(), text[item.key()])) << item.key();
    second.weights = folder.path() / "nowhere";
    EXPECT_THROW((void)trainModel(second), Error);
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
