#include "data/Category.h"
#include "support/Error.h"

#include <gtest/gtest.h>
#include <set>

namespace hmgrl {
namespace {

Category entity(const std::string& name, const std::string& parent = {}) {
    return {CategoryKind::Entity, name, "", parent, false, 0};
}

TEST(CategoryTest, NamesAreShownWithoutTheirPath) {
    EXPECT_EQ(displayName("person/military_leader"), "military leader");
    EXPECT_EQ(displayName("located_in"), "located in");
    EXPECT_EQ(displayName("person"), "person");
    EXPECT_EQ(displayName("odd/"), "odd/");
    EXPECT_EQ(displayName(""), "");
}

TEST(CategoryTest, TheRestOfABranchIsShownWithItsBranch) {
    EXPECT_EQ(displayName("person/other"), "other person");
    EXPECT_EQ(displayName("product/food_crop/other"), "other food crop");
    EXPECT_EQ(displayName("other"), "other");
}

TEST(CategoryTest, TheTextForTheEncoderHasNameParentAndDescription) {
    Category category = entity("person/military_leader", "person");
    category.description = "a person who commands armed forces";
    EXPECT_EQ(labelText(category), "military leader (person): a person who commands armed forces");
    EXPECT_EQ(labelText(entity("person/other", "person")), "other (person)");
    EXPECT_EQ(labelText(entity("city")), "city");
}

TEST(CategoryTest, KindsAreReadStrictly) {
    for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation})
        EXPECT_EQ(categoryKindFromString(toString(kind)), kind);
    EXPECT_THROW((void)categoryKindFromString("Entity"), Error);
}

TEST(CategoryTest, NeighboursInThePaletteDiffer) {
    std::set<std::uint32_t> colours;
    for (std::size_t i = 0; i < 100; ++i) {
        EXPECT_LE(paletteColour(i), 0xFFFFFFU);
        EXPECT_EQ(paletteColour(i), paletteColour(i));
        colours.insert(paletteColour(i));
    }
    EXPECT_EQ(colours.size(), 100U);
}

TEST(CategoryTest, FaultsOfATaxonomyAreNamed) {
    EXPECT_TRUE(taxonomyFaults({entity("a"), entity("a/b", "a")}).empty());
    EXPECT_EQ(taxonomyFaults({entity("a"), entity("a")}).size(), 1U);
    EXPECT_EQ(taxonomyFaults({entity("")}).size(), 1U);
    const auto unknown = taxonomyFaults({entity("a/b", "nowhere")});
    ASSERT_EQ(unknown.size(), 1U);
    EXPECT_NE(unknown.front().find("nowhere"), std::string::npos);
    EXPECT_FALSE(taxonomyFaults({entity("a", "b"), entity("b", "a")}).empty());
}

TEST(CategoryTest, AParentIsOfTheSameKind) {
    Category relation{CategoryKind::Relation, "rules", "", "a", false, 0};
    EXPECT_EQ(taxonomyFaults({entity("a"), relation}).size(), 1U);
}

TEST(CategoryTest, ArgumentsOfARelationAreEntityTypes) {
    Category relation{CategoryKind::Relation, "rules", "", "", false, 0, {"a"}, {"a/b"}};
    EXPECT_TRUE(taxonomyFaults({entity("a"), entity("a/b", "a"), relation}).empty());
    const auto faults = taxonomyFaults({entity("a"), relation});
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_NE(faults.front().find("its tail is the unknown entity type \"a/b\""), std::string::npos)
        << faults.front();
    Category thing = entity("b");
    thing.heads = {"a"};
    EXPECT_EQ(taxonomyFaults({entity("a"), thing}).size(), 1U);
}

} // namespace
} // namespace hmgrl
