#include "extraction/Engine.h"
#include "extraction/TinyModel.h"
#include "perception/Image.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace hmgrl {
namespace {

using test::tinyDocument;

EngineOptions options(int batch, int threads) {
    EngineOptions out;
    out.batchSize = batch;
    out.threads = threads;
    out.mentionThreshold = 0.01; // random weights: keep everything they say
    out.relationThreshold = 0.01;
    out.cacheFolder = "off";
    return out;
}

std::vector<Document> mixedDocuments() {
    std::vector<Document> out = {
        tinyDocument("short", "the king", {{{4, 8}, "person/king"}}),
        tinyDocument("empty", ""),
        tinyDocument("emoji", "👑 the queen of Paris 😀 é", {{{6, 11}, ""}, {{15, 20}, ""}}),
        tinyDocument("rtl", "מלך the king ملك of the city", {{{8, 12}, ""}}),
    };
    for (int i = 0; i < 36; ++i) {
        std::string text = "the king of paris";
        for (int k = 0; k < i; ++k)
            text += k % 3 == 0 ? " ruled the city" : " near the river Nile,";
        out.push_back(
            tinyDocument("long" + std::to_string(i), text, {{{4, 8}, ""}, {{12, 17}, ""}}));
        out.back().relations.push_back({0, 0, 1, "ruler_of", 1, Status::Accepted, {}});
    }
    return out;
}

std::vector<Extraction> extractAll(const Model& model, const std::vector<Document>& documents,
                                   const EngineOptions& engineOptions) {
    const auto engine = Engine::over(model, engineOptions);
    const auto space = engine->space(engine->categories());
    std::vector<Extraction> out;
    engine->extract(documents, *space, [&](std::size_t i, Extraction extraction) {
        EXPECT_EQ(i, out.size()) << "results come in document order";
        out.push_back(std::move(extraction));
    });
    return out;
}

void expectSame(const std::vector<Extraction>& a, const std::vector<Extraction>& b) {
    ASSERT_EQ(a.size(), b.size());
    for (std::size_t d = 0; d < a.size(); ++d) {
        ASSERT_EQ(a[d].mentions.size(), b[d].mentions.size()) << "document " << d;
        for (std::size_t m = 0; m < a[d].mentions.size(); ++m) {
            EXPECT_EQ(a[d].mentions[m].span, b[d].mentions[m].span);
            ASSERT_EQ(a[d].mentions[m].latent.size(), b[d].mentions[m].latent.size());
            for (std::size_t k = 0; k < a[d].mentions[m].latent.size(); ++k)
                EXPECT_NEAR(a[d].mentions[m].latent[k], b[d].mentions[m].latent[k], 1e-5);
        }
        ASSERT_EQ(a[d].relations.size(), b[d].relations.size()) << "document " << d;
        for (std::size_t r = 0; r < a[d].relations.size(); ++r)
            EXPECT_NEAR(a[d].relations[r].noRelation, b[d].relations[r].noRelation, 1e-5);
    }
}

class EngineModes : public ::testing::TestWithParam<std::string> {
protected:
    test::TemporaryFolder folder;
};

TEST_P(EngineModes, ResultDoesNotDependOnBatchOrThreads) {
    const Model model = test::tinyModel(folder, GetParam());
    const auto documents = mixedDocuments();
    const auto one = extractAll(model, documents, options(1, 1));
    expectSame(one, extractAll(model, documents, options(32, 1)));
    expectSame(one, extractAll(model, documents, options(8, 2)));
    expectSame(one, extractAll(model, documents, options(2, 2)));
}

TEST_P(EngineModes, GivenMentionsComeFirstAndAreTyped) {
    const Model model = test::tinyModel(folder, GetParam());
    const auto documents = mixedDocuments();
    const auto results = extractAll(model, documents, options(16, 2));
    for (std::size_t d = 0; d < documents.size(); ++d)
        for (std::size_t m = 0; m < documents[d].mentions.size(); ++m) {
            EXPECT_TRUE(results[d].mentions[m].given);
            EXPECT_EQ(results[d].mentions[m].span, documents[d].mentions[m].span);
            EXPECT_EQ(results[d].mentions[m].candidates.size(), 4U)
                << "every leaf of the tiny tree";
            for (const float x : results[d].mentions[m].latent)
                EXPECT_TRUE(std::isfinite(x));
        }
    EXPECT_TRUE(results[1].mentions.empty());
}

INSTANTIATE_TEST_SUITE_P(Both, EngineModes, ::testing::Values("lorentz", "reference"));

TEST(Engine, MissingAndBrokenImagesAreLegal) {
    const test::TemporaryFolder folder;
    const Model model = test::tinyModel(folder);
    Image picture{16, 16, std::vector<std::uint8_t>(16 * 16 * 3, 90)};
    const auto good = folder.path() / "good.jpg";
    const auto bad = folder.path() / "bad.jpg";
    writeFileAtomically(good, thumbnailJpeg(picture));
    writeFileAtomically(bad, "not a picture");
    auto documents =
        std::vector<Document>(3, tinyDocument("d", "the king of paris", {{{4, 8}, ""}}));
    documents[0].imagePath = good.string();
    documents[1].imagePath = bad.string();
    const auto results = extractAll(model, documents, options(4, 1));
    EXPECT_TRUE(results[0].usedImage);
    EXPECT_TRUE(results[0].issues.empty());
    ASSERT_EQ(results[1].issues.size(), 1U);
    EXPECT_NE(results[1].issues[0].text().find("bad.jpg"), std::string::npos);
    // A picture that can't be read counts as none.
    const auto apart = [&](std::size_t a, std::size_t b) {
        double most = 0;
        for (std::size_t i = 0; i < results[a].mentions[0].latent.size(); ++i)
            most = std::max(most, std::abs(double{results[a].mentions[0].latent[i]} -
                                           results[b].mentions[0].latent[i]));
        return most;
    };
    EXPECT_LT(apart(1, 2), 1e-6);
    EXPECT_GT(apart(0, 2), 1e-4);
}

TEST(Engine, OneMegabyteLineIsReadInWindowsAndSaysWhenItIsCut) {
    const test::TemporaryFolder folder;
    const Model model = test::tinyModel(folder);
    std::string text = "the king";
    while (text.size() < (1U << 20))
        text += " ruled the city near the river nile and";
    const auto documents = std::vector<Document>{
        tinyDocument("huge", text, {{{4, 8}, ""}, {{1'000'000, 1'000'010}, ""}})};
    auto quiet = options(1, 1);
    quiet.mentionThreshold = 1;
    const auto results = extractAll(model, documents, quiet);
    EXPECT_TRUE(results[0].truncated);
    EXPECT_FALSE(results[0].mentions[0].candidates.empty());
    EXPECT_TRUE(results[0].mentions[1].candidates.empty()) << "beyond what was read";
}

TEST(Engine, StopsSoonAfterCancel) {
    const test::TemporaryFolder folder;
    const auto engine = Engine::over(test::tinyModel(folder), options(1, 1));
    const auto space = engine->space(engine->categories());
    const std::vector<Document> documents(5000,
                                          tinyDocument("d", "the king of paris", {{{4, 8}, ""}}));
    CancelToken cancel;
    std::size_t seen = 0;
    EXPECT_THROW(engine->extract(
                     documents, *space,
                     [&](std::size_t, const Extraction&) {
                         if (++seen == 10)
                             cancel.cancel();
                     },
                     cancel),
                 Cancelled);
    EXPECT_EQ(seen, 10U);
}

TEST(Engine, WordsAreReadBesideTheLatentByLayersThatStayAsTheyWere) {
    const test::TemporaryFolder folder;
    const Model model = test::tinyModel(folder);
    auto documents = mixedDocuments();
    const auto before = extractAll(model, documents, options(8, 1));
    {
        const torch::NoGradGuard guard;
        for (auto& item : model.text->named_parameters())
            if (item.key().rfind("encoder.layer.1.", 0) == 0)
                item.value().add_(torch::randn_like(item.value()) * 0.3);
    }
    const auto after = extractAll(model, documents, options(8, 1));
    const auto place = static_cast<std::size_t>(model.config.entity.latentWidth);
    const auto width = static_cast<std::size_t>(model.wording->width());
    double moved = 0;
    for (std::size_t d = 0; d < documents.size(); ++d)
        for (std::size_t m = 0; m < documents[d].mentions.size(); ++m) {
            const auto& a = before[d].mentions[m].latent;
            const auto& b = after[d].mentions[m].latent;
            ASSERT_EQ(a.size(), place + width);
            for (std::size_t i = 0; i < place; ++i)
                moved = std::max(moved, std::abs(double{a[i]} - b[i]));
            for (std::size_t i = place; i < a.size(); ++i)
                EXPECT_NEAR(a[i], b[i], 1e-6);
        }
    EXPECT_GT(moved, 1e-3);
}

TEST(Engine, TemperatureChangesHowSureARankingIsAndNothingElse) {
    const test::TemporaryFolder folder;
    Model model = test::tinyModel(folder);
    model.config.entityCalibration.gamma = 0.3;
    const std::vector<float> latent(14, 0.4F);
    const auto ranked = [&](double temperature) {
        model.config.entityCalibration.temperature = temperature;
        const auto engine = Engine::over(model, options(1, 1));
        return engine->space(engine->categories())->rank(CategoryKind::Entity, latent, 4);
    };
    const auto sure = ranked(1), unsure = ranked(4);
    ASSERT_EQ(sure.size(), unsure.size());
    for (std::size_t i = 0; i < sure.size(); ++i) {
        EXPECT_EQ(sure[i].category, unsure[i].category);
        EXPECT_EQ(sure[i].distance, unsure[i].distance);
        EXPECT_NEAR(std::log(sure[0].score / sure[i].score),
                    4 * std::log(unsure[0].score / unsure[i].score), 1e-5);
    }
}

TEST(Engine, WordsOfExamplesDrawTheirCategoryTowardsThem) {
    const test::TemporaryFolder folder;
    Model model = test::tinyModel(folder);
    model.config.entity.wordingExamples = true;
    const auto words = [&] {
        const auto engine = Engine::over(model, options(1, 1));
        const auto space = engine->space(engine->categories());
        return space->part(CategoryKind::Entity).wording;
    };
    const auto before = words();
    const auto example = torch::full({6}, 0.4F);
    for (int i = 0; i < 3; ++i) // as much as the text
        Examples::add(model.examples.entity.taught, "person/queen", example);
    const auto after = words();
    const auto& categories = model.config.categories;
    for (std::size_t c = 0; c < 6; ++c)
        for (std::size_t i = c * 6; i < (c + 1) * 6; ++i)
            EXPECT_NEAR(after[i],
                        categories[c].name == "person/queen" ? (before[i] + 0.4F) / 2 : before[i],
                        1e-6);
}

TEST(Engine, PrototypesOfNewCategoriesNeedNoTraining) {
    const test::TemporaryFolder folder;
    const auto engine = Engine::over(test::tinyModel(folder), options(1, 1));
    auto categories = engine->categories();
    categories.push_back(
        {CategoryKind::Entity, "person/ruler", "a ruler of the city", "person", false, 0});
    const auto space = engine->space(categories);
    const auto& part = space->part(CategoryKind::Entity);
    ASSERT_EQ(part.categories.back().name, "person/ruler");
    EXPECT_TRUE(part.assignable.back());
    // The others stay where they were.
    const auto before = engine->space(engine->categories());
    const auto& old = before->part(CategoryKind::Entity).prototypes;
    for (std::size_t i = 0; i < old.size(); ++i)
        EXPECT_NEAR(part.prototypes[i], old[i], 1e-5);
}

TEST_P(EngineModes, TheGeneratorImaginesUnseenCategoriesTheSameEveryTime) {
    const auto engine = Engine::over(test::tinyModel(folder, GetParam()), options(1, 1));
    const auto before = engine->space(engine->categories());
    const EmbeddingSet ghosts = before->generated(CategoryKind::Entity);
    EXPECT_EQ(std::set(ghosts.category.begin(), ghosts.category.end()),
              (std::set<std::string>{"person/queen", "location/river"}));
    EXPECT_EQ(ghosts.kind, std::vector(ghosts.size(), PointKind::Generated));
    // A further category brings its own and leaves the others where they are.
    auto categories = engine->categories();
    categories.push_back(
        {CategoryKind::Entity, "person/ruler", "a ruler of the city", "person", false, 0});
    const EmbeddingSet after = engine->space(categories)->generated(CategoryKind::Entity);
    ASSERT_EQ(after.size(), ghosts.size() / 2 * 3);
    for (std::size_t i = 0; i < ghosts.space.size(); ++i)
        EXPECT_NEAR(after.space[i], ghosts.space[i], 1e-5);
}

} // namespace
} // namespace hmgrl
