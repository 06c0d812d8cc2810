#include "experiment/Experiment.h"
#include "experiment/Report.h"
#include "extraction/TinyModel.h"
#include "perception/TorchFiles.h"

#include <cmath>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// 22 relations told by two letters each, with their argument types, and an encoder of a few
/// kilobytes.
class ExperimentTest : public ::testing::Test {
protected:
    void SetUp() override {
        const Model model = test::tinyModel(folder);
        const fs::path text = folder.path() / "text";
        fs::create_directories(text);
        json shape = model.config.text.toJson();
        shape["do_lower_case"] = true;
        writeFileAtomically(text / "config.json", shape.dump());
        fs::copy_file(folder.path() / "tiny-vocab.txt", text / "vocab.txt");
        saveModule(*model.text, text / "model.safetensors", DType::F32);
        writeFileAtomically(folder.path() / "mre.txt", lines());
        config = {{"protocol", "mre"},
                  {"files", {"mre.txt"}},
                  {"text_encoder", "text"},
                  {"types", {{"king", "the king"}, {"city", "the city"}}},
                  {"head",
                   {{"latent", 8},
                    {"vib", 8},
                    {"hidden", 16},
                    {"vae_latent", 4},
                    {"vae_hidden", 8},
                    {"weight_arguments", 1}}},
                  {"schedule",
                   {{"steps", 60},
                    {"batch", 8},
                    {"evaluate_every", 20},
                    {"warmup", 2},
                    {"top_layers", 1},
                    {"head_rate", 0.01}}},
                  {"variants",
                   {{{"name", "lorentz"}},
                    {{"name", "euclidean"}, {"head", {{"hyperbolic", false}}}},
                    {{"name", "labels"}, {"kind", "nearest_label"}},
                    {{"name", "means"}, {"kind", "nearest_mean"}}}}};
        for (int r = 0; r < 22; ++r)
            config["labels"]["r" + std::to_string(r)] = {
                {"description", clue(r)}, {"head", {"king"}}, {"tail", {r % 2 ? "king" : "city"}}};
    }

    static std::string lines() {
        std::string out;
        for (int i = 0; i < 22 * 12; ++i) {
            const int r = i % 22;
            out += "{'token': ['the', 'king', '" + clue(r).substr(0, 1) + "', '" +
                   clue(r).substr(2) + "', '" + (r % 2 ? "queen" : "paris") +
                   "', '.'], 'h': {'name': 'king', 'pos': [1, 2]}, 't': {'name': 'x', 'pos': [4, "
                   "5]}, 'img_id': 'none', 'relation': 'r" +
                   std::to_string(r) + "'}\n";
        }
        return out;
    }

    json run(const std::string& out, std::vector<std::string> variants = {},
             std::vector<std::uint32_t> seeds = {1}, int threads = 1) {
        writeFileAtomically(folder.path() / "config.json", config.dump());
        ExperimentRequest request;
        request.config = folder.path() / "config.json";
        request.protocol = {folder.path(), 0, false};
        request.variants = std::move(variants);
        request.seeds = std::move(seeds);
        request.out = folder.path() / out;
        request.cacheFolder = "off";
        request.threads = threads;
        request.device = device;
        Issues issues;
        return runExperiment(request, issues);
    }

    static double mean(const json& report, std::size_t row, const char* key) {
        return report["rows"][row][key]["mean"].get<double>();
    }

    /// Two letters that tell a relation from all others.
    static std::string clue(int r) { return {"bcdefgh"[r % 7], ' ', "bcdefgh"[r / 7]}; }

    test::TemporaryFolder folder;
    json config;
    std::string device = "cpu";
};

TEST_F(ExperimentTest, RunsEveryVariantAndWritesTheReport) {
    const json report = run("all", {}, {1, 2});
    ASSERT_EQ(report["rows"].size(), 4U);
    EXPECT_EQ(report["rows"][0]["harmonic_accuracy"]["n"], 2);
    EXPECT_EQ(report["rows"][2]["harmonic_accuracy"]["n"], 1) << "a baseline draws nothing";
    EXPECT_EQ(report["samples"]["train"], 8 * 7);
    for (const json& row : report["rows"]) {
        const double seen = row["seen_accuracy"]["mean"], unseen = row["unseen_accuracy"]["mean"];
        EXPECT_GE(seen, 0);
        EXPECT_LE(unseen, 1);
    }
    EXPECT_TRUE(report["rows"][0].contains("curvature"));
    const std::string markdown = readFile(folder.path() / "all/report.md");
    EXPECT_THAT(markdown, ::testing::HasSubstr("| lorentz |"));
    EXPECT_THAT(markdown, ::testing::HasSubstr("class-transductive"));
    EXPECT_THAT(readFile(folder.path() / "all/curve.svg"), ::testing::StartsWith("<svg"));
}

TEST_F(ExperimentTest, TrainingLearnsTheSeenCategories) {
    // One validation at the end: what is measured is the trained head. The curve's first points
    // take next to nothing from the seen categories.
    config["schedule"]["steps"] = 300;
    config["schedule"]["evaluate_every"] = 300;
    (void)run("learned", {"lorentz"});
    const json stored = json::parse(readFile(folder.path() / "learned/runs/lorentz-1.json"));
    double best = 0;
    for (const json& point : stored["curve"])
        best = std::max(best, point[1].get<double>());
    EXPECT_GT(best, 0.6) << "chance is " << 1.0 / 15;
}

TEST_F(ExperimentTest, WordingCountsAsFarAsItsWeight) {
    const auto variant = [](const char* name, double weight) {
        return json{{"name", name},
                    {"head", {{"weight_wording", weight}, {"weight_arguments", 0}}}};
    };
    config["variants"] = {variant("none", 0), variant("some", 3), variant("all", 1e3)};
    config["variants"][1]["head"]["wording_in_loss"] = true;
    config["schedule"]["steps"] = 6;
    const auto figure = [&](std::uint32_t seed, std::size_t row) {
        return mean(run("seed" + std::to_string(seed), {}, {seed}), row, "ausuc");
    };
    EXPECT_NE(figure(1, 0), figure(1, 1));
    EXPECT_NEAR(figure(1, 2), figure(2, 2), 0.02) << "words alone decide, whatever the head says";
}

TEST_F(ExperimentTest, WordsOfExamplesTellTheirCategoriesApart) {
    const auto variant = [](const char* name, bool examples, bool inLoss) {
        return json{{"name", name},
                    {"head",
                     {{"weight_wording", 1e3},
                      {"weight_arguments", 0},
                      {"wording_in_loss", inLoss},
                      {"wording_examples", examples}}}};
    };
    config["variants"] = {variant("texts", false, false), variant("examples", true, false),
                          variant("learned", true, true)};
    config["schedule"]["steps"] = 6;
    const json report = run("examples");
    const auto seenAlone = [&](const char* name) {
        const json stored = json::parse(
            readFile(folder.path() / "examples/runs" / (std::string(name) + "-1.json")));
        double best = 0;
        for (const json& point : stored["curve"])
            best = std::max(best, point[1].get<double>());
        return best;
    };
    EXPECT_GT(seenAlone("examples"), seenAlone("texts") + 0.1);
    EXPECT_TRUE(std::isfinite(mean(report, 2, "ausuc")));
}

TEST_F(ExperimentTest, SaysHowWellPrototypesFollowTheTree) {
    EXPECT_FALSE(run("flat", {"lorentz"})["rows"][0].contains("children_in_cone"));
    for (int r = 1; r < 22; ++r)
        config["labels"]["r" + std::to_string(r)]["parent"] = "r0";
    config["variants"] = {{{"name", "tree"}, {"head", {{"weight_tree", 5}}}},
                          {{"name", "without"}, {"head", {{"weight_tree", 0}}}},
                          {{"name", "euclidean"}, {"head", {{"hyperbolic", false}}}}};
    const json report = run("tree");
    EXPECT_EQ(mean(report, 0, "children_farther"), 1);
    EXPECT_GT(mean(report, 0, "children_in_cone"), mean(report, 1, "children_in_cone") + 0.1);
    EXPECT_FALSE(report["rows"][2].contains("children_in_cone")) << "its space has none";
}

TEST_F(ExperimentTest, WithoutTextsAndPicturesNothingTellsSamplesApart) {
    // Here no sample has a picture, so that every one looks the same.
    config["variants"] = {{{"name", "none"}, {"texts", false}, {"head", {{"weight_wording", 0}}}}};
    config["schedule"]["steps"] = 6;
    const json report = run("none");
    const json stored = json::parse(readFile(folder.path() / "none/runs/none-1.json"));
    EXPECT_NEAR(mean(report, 0, "median_radius"), stored["geometry"]["radius_quantiles"][0], 1e-6);
    for (const json& point : stored["curve"])
        EXPECT_LE(point[1].get<double>(), 0.2) << "one category is right for an eighth of the seen";
}

TEST_F(ExperimentTest, TheSameSeedGivesTheSameFigures) {
    const json first = run("a", {"lorentz"});
    const json second = run("b", {"lorentz"});
    const json other = run("c", {"lorentz"}, {2});
    for (const char* key : {"seen_accuracy", "unseen_accuracy", "ausuc", "gamma", "median_radius"})
        EXPECT_EQ(mean(first, 0, key), mean(second, 0, key)) << key;
    EXPECT_NE(mean(first, 0, "median_radius"), mean(other, 0, "median_radius"));
}

TEST_F(ExperimentTest, FinishedRunsAreKeptUnlessTheirSettingsChange) {
    (void)run("kept", {"lorentz"});
    const fs::path file = folder.path() / "kept/runs/lorentz-1.json";
    json stored = json::parse(readFile(file));
    stored["test"]["harmonic_accuracy"] = 0.125;
    writeFileAtomically(file, stored.dump());
    EXPECT_EQ(mean(run("kept", {"lorentz"}), 0, "harmonic_accuracy"), 0.125);
    config["schedule"]["head_rate"] = 0.02;
    EXPECT_NE(mean(run("kept", {"lorentz"}), 0, "harmonic_accuracy"), 0.125);
    writeFileAtomically(file, "{ cut");
    EXPECT_NE(mean(run("kept", {"lorentz"}), 0, "harmonic_accuracy"), 0.125);
}

TEST_F(ExperimentTest, TheReferenceRunsWithItsMarkersAndPadding) {
    config["variants"] = {
        {{"name", "reference"},
         {"text_width", 32},
         {"head", {{"mode", "reference"}, {"text_length", 16}}},
         {"schedule", {{"steps", 6}, {"train_labels", true}, {"top_layers", 2}}}}};
    const json report = run("reference");
    EXPECT_EQ(report["rows"].size(), 1U);
    EXPECT_EQ(mean(report, 0, "curvature"), 1);
}

TEST_F(ExperimentTest, FaultsNameTheirPlace) {
    const auto fault = [&](std::vector<std::string> variants = {}) -> std::string {
        try {
            (void)run("faults", std::move(variants));
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    };
    EXPECT_THAT(fault({"nonsense"}), ::testing::HasSubstr("found \"nonsense\""));
    device = "gpu";
    EXPECT_THAT(fault(), ::testing::HasSubstr("expected cpu, cuda or cuda:N, found \"gpu\""));
    device = "cpu";
    config["variants"][0]["head"] = {{"latent", "wide"}};
    EXPECT_THAT(fault(), ::testing::HasSubstr("variants.lorentz.head.latent"));
    config["variants"][0]["head"] = {{"colour", 1}};
    EXPECT_THAT(fault(), ::testing::HasSubstr("unknown option \"colour\""));
    config["variants"] = json::array();
    EXPECT_THAT(fault(), ::testing::HasSubstr("variants"));
}

TEST_F(ExperimentTest, CancelStopsWithoutAReport) {
    writeFileAtomically(folder.path() / "config.json", config.dump());
    ExperimentRequest request;
    request.config = folder.path() / "config.json";
    request.protocol = {folder.path(), 0, false};
    request.out = folder.path() / "cancelled";
    request.cacheFolder = "off";
    Issues issues;
    CancelToken cancel;
    int seen = 0;
    EXPECT_THROW((void)runExperiment(request, issues, cancel,
                                     [&](const Progress& progress) {
                                         if (progress.stage.rfind("lorentz", 0) == 0 && ++seen == 3)
                                             cancel.cancel();
                                     }),
                 Cancelled);
    EXPECT_FALSE(fs::exists(request.out / "report.json"));
    EXPECT_FALSE(fs::exists(request.out / "runs/lorentz-1.json"));
}

TEST(Spread, MeanAndDeviation) {
    const json three = spreadOf({1, 2, 6});
    EXPECT_DOUBLE_EQ(three["mean"], 3);
    EXPECT_NEAR(three["sd"].get<double>(), std::sqrt(7.0), 1e-12);
    EXPECT_EQ(spreadOf({5})["sd"], 0);
}

} // namespace
} // namespace hmgrl
