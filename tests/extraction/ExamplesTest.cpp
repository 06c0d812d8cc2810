#include "extraction/Examples.h"

#include "TemporaryFolder.h"
#include "perception/TorchFiles.h"
#include "support/Error.h"

#include <gtest/gtest.h>
#include <torch/torch.h>

namespace hmgrl {
namespace {

Category named(const char* name) {
    return {CategoryKind::Entity, name, "", "", true, 0};
}

class ExamplesTest : public ::testing::Test {
protected:
    void SetUp() override {
        Examples::add(given.entity.trained, "person/king", torch::tensor({1.0F, 2.0F}));
        Examples::add(given.entity.trained, "person/king", torch::tensor({3.0F, -2.0F}));
        Examples::add(given.entity.taught, "person/king", torch::tensor({0.5F, 0.5F}));
        Examples::add(given.entity.taught, "山 \"quoted\"", torch::tensor({0.0F, 1.0F}));
        given.entity.shift = torch::tensor({0.25F, 0.5F});
        saveExamples(given, file);
    }
    [[nodiscard]] std::string failure(std::int64_t width = 2) const {
        try {
            (void)loadExamples(file, width);
        } catch (const Error& error) {
            return error.what();
        }
        return {};
    }
    /// The file with some tensors and lists replaced.
    void rewrite(const std::map<std::string, torch::Tensor>& tensors,
                 const std::map<std::string, std::string>& lists) const {
        saveTensors(tensors, file, lists);
    }

    test::TemporaryFolder folder;
    std::filesystem::path file = folder.path() / "examples.safetensors";
    ModelExamples given;
};

TEST_F(ExamplesTest, LoadWhatWasSaved) {
    const ModelExamples found = loadExamples(file, 2);
    ASSERT_EQ(found.entity.trained.size(), 1U);
    EXPECT_EQ(found.entity.trained.at("person/king").count, 2);
    EXPECT_TRUE(
        torch::equal(found.entity.trained.at("person/king").sum, torch::tensor({4.0F, 0.0F})));
    ASSERT_EQ(found.entity.taught.size(), 2U);
    EXPECT_EQ(found.entity.taught.at("山 \"quoted\"").count, 1);
    EXPECT_TRUE(torch::equal(found.entity.shift, given.entity.shift));
    EXPECT_TRUE(found.relation.empty());
    EXPECT_FALSE(found.relation.shift.defined());
}

TEST_F(ExamplesTest, BothSortsCountForTheCategoriesAskedFor) {
    const std::vector<Category> categories{named("group"), named("person/king")};
    const auto found = given.entity.of(categories, torch::zeros({2, 2}));
    EXPECT_TRUE(torch::equal(found.counts, torch::tensor({0.0F, 3.0F})));
    EXPECT_TRUE(torch::equal(found.sums, torch::tensor({{0.0F, 0.0F}, {4.5F, 0.5F}})));
    EXPECT_TRUE(torch::equal(found.shift, given.entity.shift));
    EXPECT_EQ(given.relation.of(categories, torch::zeros({2, 2})).counts.sum().item<float>(), 0);
}

TEST_F(ExamplesTest, BadFilesAreNamedWithThePlace) {
    EXPECT_NE(failure(3).find("entity.trained.sums: expected F32 [1,3], found F32 [1,2]"),
              std::string::npos)
        << failure(3);
    const auto sums = torch::zeros({1, 2});
    rewrite({{"entity.trained.sums", sums}, {"entity.trained.counts", torch::ones({1})}}, {});
    EXPECT_NE(failure().find("entity.trained: expected a list of categories"), std::string::npos)
        << failure();
    const std::map<std::string, std::string> list{{"entity.trained", "[\"a\"]"}};
    rewrite({{"entity.trained.sums", sums}}, list);
    EXPECT_NE(failure().find("entity.trained.counts"), std::string::npos) << failure();
    rewrite({{"entity.trained.sums", sums}, {"entity.trained.counts", torch::zeros({1})}}, list);
    EXPECT_NE(failure().find("expected at least one sample"), std::string::npos) << failure();
    rewrite({{"entity.trained.sums", sums / 0}, {"entity.trained.counts", torch::ones({1})}}, list);
    EXPECT_NE(failure().find("expected finite numbers"), std::string::npos) << failure();
    rewrite({{"entity.trained.sums", sums.to(torch::kFloat64)},
             {"entity.trained.counts", torch::ones({1})}},
            list);
    EXPECT_NE(failure().find("expected F32 [1,2], found F64 [1,2]"), std::string::npos)
        << failure();
    rewrite({{"entity.trained.sums", sums}, {"entity.trained.counts", torch::ones({1})}},
            {{"entity.trained", "[\"a\", 7]"}});
    EXPECT_NE(failure().find("expected a list of categories"), std::string::npos) << failure();
}

} // namespace
} // namespace hmgrl
