#include "extraction/Retrainer.h"
#include "extraction/Engine.h"
#include "extraction/TinyModel.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

namespace fs = std::filesystem;
using test::tinyDocument;

class RetrainerTest : public ::testing::Test {
protected:
    void SetUp() override {
        saveCheckpoint(test::tinyModel(folder), base, "# card\n");
        baseHash = checkpointHash(base);
        for (int i = 0; i < 40; ++i) {
            const bool king = i % 2 == 0;
            documents.push_back(
                king ? tinyDocument("k" + std::to_string(i), "the king of paris",
                                    {{{4, 8}, "person/king"}, {{12, 17}, "location/city"}})
                     : tinyDocument("q" + std::to_string(i), "a river near the nile",
                                    {{{2, 7}, "location/river"}, {{17, 21}, "location/river"}}));
            documents.back().relations.push_back(
                {0, 0, 1, king ? "ruler_of" : "near", 1, Status::Accepted, {}});
        }
    }
    [[nodiscard]] RetrainReport run(const fs::path& out, const CancelToken& cancel = {},
                                    const ProgressSink& progress = {}) const {
        RetrainOptions options;
        options.steps = 60;
        options.learningRate = 5e-3;
        options.generated = 4;
        return retrain(base, documents, test::tinyCategories(), options, out, cancel, progress);
    }
    static double figure(const RetrainReport& report, CategoryKind kind, const std::string& group,
                         bool after) {
        for (const RetrainFigure& f : report.figures)
            if (f.group == group && f.kind == kind)
                return after ? f.after : f.before;
        ADD_FAILURE() << "no figure for " << group;
        return -1;
    }

    test::TemporaryFolder folder;
    fs::path base = folder.path() / "base";
    std::string baseHash;
    std::vector<Document> documents;
};

TEST_F(RetrainerTest, LearnsLabelsAndLeavesTheBaseAlone) {
    const RetrainReport report = run(folder.path() / "candidate");
    EXPECT_GE(figure(report, CategoryKind::Entity, "all", true), 0.95);
    EXPECT_GE(figure(report, CategoryKind::Relation, "all", true), 0.95);
    EXPECT_GE(figure(report, CategoryKind::Entity, "location/river", true), 0.9);
    EXPECT_EQ(checkpointHash(base), baseHash);
    EXPECT_EQ(checkpointHash(report.checkpoint), report.modelHash);
    const ModelConfig config = readModelConfig(report.checkpoint);
    for (const Category& category : config.categories)
        if (category.name == "location/river") {
            EXPECT_TRUE(category.seen) << "its examples were in training now";
        }
}

TEST_F(RetrainerTest, TheSavedModelPredictsWhatTheReportSaysInSpiteOfCalibration) {
    Model model = test::tinyModel(folder);
    model.config.entityCalibration.gamma = 1; // a category that becomes seen loses this lead
    base = folder.path() / "calibrated";
    saveCheckpoint(model, base, "# card\n");
    const RetrainReport report = run(folder.path() / "candidate");
    EXPECT_GE(figure(report, CategoryKind::Entity, "all", true), 0.95);
    const auto engine = Engine::load(report.checkpoint);
    std::size_t right = 0, all = 0;
    engine->extract(documents, *engine->space(engine->categories()),
                    [&](std::size_t i, const Extraction& extraction) {
                        for (std::size_t m = 0; m < documents[i].mentions.size(); ++m, ++all)
                            right += extraction.mentions[m].candidates.front().category ==
                                     documents[i].mentions[m].type;
                    });
    EXPECT_EQ(all, 80U);
    EXPECT_GE(right, 76U);
}

TEST_F(RetrainerTest, WordsOfLabelsReplaceThoseOfLabelsBefore) {
    Model model = test::tinyModel(folder);
    model.config.entity.wordingExamples = true;
    Examples::add(model.examples.entity.trained, "person/king", torch::full({6}, 0.1F));
    model.examples.entity.shift = torch::zeros({6});
    base = folder.path() / "worded";
    saveCheckpoint(model, base, "# card\n");
    const RetrainReport first = run(folder.path() / "first");
    EXPECT_GE(figure(first, CategoryKind::Entity, "all", true), 0.95);
    const ModelExamples taught = loadCheckpoint(first.checkpoint).examples;
    EXPECT_EQ(taught.entity.trained.at("person/king").count, 1);
    // Of 20 kings, 20 cities and 40 rivers a fifth is held out.
    EXPECT_EQ(taught.entity.taught.at("person/king").count, 16);
    EXPECT_EQ(taught.entity.taught.at("location/river").count, 32);
    EXPECT_TRUE(taught.relation.empty()) << "their texts alone count";
    base = first.checkpoint;
    const RetrainReport second = run(folder.path() / "second");
    EXPECT_EQ(loadCheckpoint(second.checkpoint).examples.entity.taught.at("location/river").count,
              32);
}

TEST_F(RetrainerTest, ACategoryOfFewLabelsKeepsALead) {
    const RetrainReport first = run(folder.path() / "first");
    const ModelConfig config = readModelConfig(first.checkpoint);
    // The base has seen kings; rivers came with these labels, of which a fifth is held out.
    EXPECT_FALSE(config.learned(CategoryKind::Entity).count("person/king"));
    EXPECT_EQ(config.learned(CategoryKind::Entity).at("location/river"), 32);
    std::map<std::string, double> share;
    for (const Category& category : config.categories)
        share[category.name] = config.leadShare(category);
    EXPECT_DOUBLE_EQ(share.at("location/river"), 10.0 / 42);
    EXPECT_EQ(share.at("person/king"), 0);
    base = first.checkpoint;
    documents.resize(20);
    const RetrainReport second = run(folder.path() / "second");
    EXPECT_EQ(readModelConfig(second.checkpoint).learned(CategoryKind::Entity).at("location/river"),
              16)
        << "counts of labels replace those of before";
}

TEST_F(RetrainerTest, SameSeedGivesTheSameModel) {
    EXPECT_EQ(run(folder.path() / "a").modelHash, run(folder.path() / "b").modelHash);
}

TEST_F(RetrainerTest, CancelLeavesNoTrace) {
    CancelToken cancel;
    const fs::path out = folder.path() / "candidate";
    EXPECT_THROW((void)run(out, cancel,
                           [&](const Progress& progress) {
                               if (progress.stage == "Retraining" && progress.done > 20)
                                   cancel.cancel();
                           }),
                 Cancelled);
    EXPECT_FALSE(fs::exists(out));
    EXPECT_EQ(checkpointHash(base), baseHash);
}

TEST_F(RetrainerTest, SaysWhenThereIsNothingToLearnFrom) {
    for (Document& document : documents) {
        for (Mention& mention : document.mentions)
            mention.status = Status::Suggested;
        document.relations.clear();
    }
    EXPECT_THROW((void)run(folder.path() / "candidate"), Error);
    EXPECT_FALSE(fs::exists(folder.path() / "candidate"));
    EXPECT_THROW((void)run(base), Error) << "an existing folder is not overwritten";
    EXPECT_EQ(checkpointHash(base), baseHash);
}

} // namespace
} // namespace hmgrl
