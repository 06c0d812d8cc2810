#include "training/TrainRun.h"
#include "extraction/Engine.h"
#include "extraction/TinyModel.h"
#include "interchange/Jsonl.h"
#include "perception/TorchFiles.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// A complete training set-up of a few kilobytes: encoders, taxonomy, corpus, configuration.
class TrainRunTest : public ::testing::TestWithParam<std::string> {
protected:
    void SetUp() override {
        const Model model = test::tinyModel(folder);
        const fs::path text = folder.path() / "text";
        const fs::path image = folder.path() / "image";
        fs::create_directories(text);
        fs::create_directories(image);
        json config = model.config.text.toJson();
        config["do_lower_case"] = true;
        writeFileAtomically(text / "config.json", config.dump());
        fs::copy_file(folder.path() / "tiny-vocab.txt", text / "vocab.txt");
        saveModule(*model.text, text / "model.safetensors", DType::F32);
        saveModule(*model.image, image / "model.safetensors", DType::F16);
        writeTaxonomy();
        writeCorpus();
    }

    void writeTaxonomy() const {
        json taxonomy = {{"entity", json::array()}, {"relation", json::array()}};
        for (const Category& category : test::tinyCategories())
            taxonomy[toString(category.kind)].push_back({{"name", category.name},
                                                         {"description", category.description},
                                                         {"parent", category.parent}});
        writeFileAtomically(folder.path() / "taxonomy.json", taxonomy.dump());
    }

    void writeCorpus() const {
        std::string lines;
        for (int i = 0; i < 60; ++i) {
            Document document =
                i % 2
                    ? test::tinyDocument("k" + std::to_string(i),
                                         "the king of paris ruled the city",
                                         {{{4, 8}, i % 4 == 1 ? "person/king" : "person/queen"},
                                          {{12, 17}, "location/city"}})
                    : test::tinyDocument("r" + std::to_string(i), "a river near the nile",
                                         {{{2, 7}, "location/river"}, {{17, 21}, "location/city"}});
            document.relations.push_back({0,
                                          0,
                                          1,
                                          i % 2 ? "ruler_of" : (i % 4 ? "located_in" : "near"),
                                          1,
                                          Status::Accepted,
                                          {}});
            lines += documentToJsonLine(document) + "\n";
        }
        writeFileAtomically(folder.path() / "corpus.jsonl", lines);
    }

    [[nodiscard]] TrainRequest request(const std::string& out, int steps) const {
        const json head = {{"mode", GetParam()}, {"latent", 8},
                           {"vib", 16},          {"hidden", GetParam() == "lorentz" ? 24 : 0},
                           {"vae_latent", 4},    {"vae_hidden", 16},
                           {"dropout", 0.1}};
        const json config = {
            {"name", "tiny"},
            {"seed", 5},
            {"text_encoder", "text"},
            {"image_encoder", "image"},
            {"taxonomy", "taxonomy.json"},
            {"unseen", {{"validation", {"person/queen", "near"}}, {"test", {"location/river"}}}},
            {"entity", head},
            {"relation", head},
            {"schedule",
             {{"steps", steps},
              {"warmup", 2},
              {"rows", 4},
              {"max_tokens", 32},
              {"labels_per_step", 6},
              {"top_layers", 1},
              {"evaluate_every", 4},
              {"save_every", 3},
              {"threads", 1}}},
            {"sources",
             {{{"name", "corpus"},
               {"format", "jsonl"},
               {"paths", {"corpus.jsonl"}},
               {"mentions", true},
               {"relations", true},
               {"split", true}}}}};
        const fs::path file = folder.path() / "train.json";
        writeFileAtomically(file, config.dump());
        return {TrainConfig::load(file), folder.path(), folder.path() / out, "off", false, false};
    }

    test::TemporaryFolder folder;
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
