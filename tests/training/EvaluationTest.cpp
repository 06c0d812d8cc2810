#include "training/Evaluation.h"

#include "extraction/TinyModel.h"
#include "support/Error.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

class EvaluationTest : public ::testing::Test {
protected:
    void SetUp() override {
        for (int i = 0; i < 6; ++i) {
            documents.push_back(
                test::tinyDocument("d" + std::to_string(i), "the king ruled the city of paris",
                                   {{{4, 8}, "person/king"},
                                    {{19, 23}, "location/city"},
                                    {{27, 32}, i % 2 == 0 ? "location/city" : "location/river"}}));
            documents.back().relations.push_back({0, 0, 2, "ruler_of", 1, Status::Accepted, {}});
            documents.back().relations.push_back({0, 1, 2, "located_in", 1, Status::Accepted, {}});
        }
    }
    [[nodiscard]] nlohmann::json figures(CategoryKind kind, const EvaluateOptions& options) const {
        return evaluate(*Engine::over(model), documents, kind, options).toJson();
    }

    test::TemporaryFolder folder;
    Model model = test::tinyModel(folder);
    std::vector<Document> documents;
};

TEST_F(EvaluationTest, OneReadingServesEverySetting) {
    const auto given = readGiven(*Engine::over(model), documents, true);
    ASSERT_EQ(given.size(), documents.size());
    for (const double weight : {0.0, 5.0})
        for (const double gamma : {0.0, 0.7})
            for (const bool givenTypes : {false, true}) {
                model.config.entity.weightWording = model.config.relation.weightWording = weight;
                model.config.entityCalibration.gamma = model.config.relationCalibration.gamma =
                    gamma;
                EvaluateOptions anew, stored;
                anew.givenTypes = stored.givenTypes = givenTypes;
                stored.given = given;
                for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation}) {
                    const auto expected = figures(kind, anew);
                    EXPECT_EQ(expected["seen"]["count"].get<int>() +
                                  expected["unseen"]["count"].get<int>(),
                              kind == CategoryKind::Entity ? 18 : 12);
                    EXPECT_EQ(figures(kind, stored), expected);
                }
            }
}

TEST_F(EvaluationTest, AReadingOfOtherDocumentsIsRefused) {
    const auto given = readGiven(*Engine::over(model), documents, true);
    EvaluateOptions options;
    options.given = given;
    documents.pop_back();
    EXPECT_THROW((void)figures(CategoryKind::Entity, options), Error);
}

TEST_F(EvaluationTest, EachHalfAloneGivesItsFigures) {
    const auto both = figures(CategoryKind::Entity, {});
    EvaluateOptions typing, detection;
    typing.detection = false;
    detection.typing = false;
    const auto typed = figures(CategoryKind::Entity, typing);
    const auto detected = figures(CategoryKind::Entity, detection);
    EXPECT_EQ(typed["ausuc"], both["ausuc"]);
    EXPECT_EQ(typed["detection"]["truth"], 0);
    EXPECT_EQ(detected["detection"], both["detection"]);
    EXPECT_EQ(detected["seen"]["count"], 0);
}

} // namespace
} // namespace hmgrl
