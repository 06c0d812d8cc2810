#include "data/Palette.h"

#include <cmath>
#include <gtest/gtest.h>
#include <set>

namespace hmgrl {
namespace {

constexpr ColourVision eyes[] = {ColourVision::Full, ColourVision::Protanopia,
                                 ColourVision::Deuteranopia, ColourVision::Tritanopia};

Category entity(std::string name, std::string parent = {}) {
    return {CategoryKind::Entity, std::move(name), {}, std::move(parent), true, 0};
}

/// `roots` branches, members dealt out in turn as an import would.
std::vector<Category> tree(std::size_t roots, std::size_t count) {
    std::vector<Category> all;
    for (std::size_t i = 0; i < count; ++i) {
        const std::string root = "root" + std::to_string(i % roots);
        all.push_back(i < roots ? entity(root) : entity(root + "/" + std::to_string(i), root));
    }
    assignPalette(all);
    return all;
}

double hueApart(std::uint32_t a, std::uint32_t b) {
    const Oklab x = toOklab(a), y = toOklab(b);
    return std::abs(std::remainder(std::atan2(x.b, x.a) - std::atan2(y.b, y.a), 2 * M_PI));
}

TEST(PaletteTest, OklabKnowsItsReferenceColours) {
    const Oklab white = toOklab(0xFFFFFF), red = toOklab(0xFF0000);
    EXPECT_NEAR(white.lightness, 1, 1e-4);
    EXPECT_NEAR(white.a, 0, 1e-4);
    EXPECT_NEAR(red.lightness, 0.62796, 1e-4);
    EXPECT_NEAR(red.a, 0.22486, 1e-4);
    EXPECT_NEAR(red.b, 0.12585, 1e-4);
    for (const std::uint32_t rgb : {0x000000U, 0xFFFFFFU, 0x1689D7U, 0xAC430EU, 0x123456U})
        EXPECT_EQ(toRgb(toOklab(rgb)), rgb);
    EXPECT_EQ(seenBy(ColourVision::Full, 0x4080C0), 0x4080C0U);
    EXPECT_LT(colourDistance(seenBy(ColourVision::Deuteranopia, 0xC04040),
                             seenBy(ColourVision::Deuteranopia, 0x707020)),
              colourDistance(0xC04040, 0x707020) / 2)
        << "red and green draw together";
}

TEST(PaletteTest, TenHuesAreApartForEveryEye) {
    for (const ColourVision eye : eyes)
        for (std::size_t i = 0; i < paletteHues; ++i)
            for (std::size_t j = 0; j < i; ++j)
                EXPECT_GE(
                    colourDistance(seenBy(eye, paletteColour(i)), seenBy(eye, paletteColour(j))),
                    eye == ColourVision::Full ? 0.12 : 0.08)
                    << i << " and " << j << " for eye " << static_cast<int>(eye);
}

TEST(PaletteTest, SixtyCategoriesHaveSixtyLooks) {
    for (const std::size_t roots : {1U, 3U, 10U, 25U, 60U}) {
        const auto all = tree(roots, 60);
        const auto marks = categoryMarks(all);
        std::set<std::pair<std::uint32_t, int>> looks;
        for (std::size_t i = 0; i < all.size(); ++i) {
            EXPECT_LT(marks[i], markCount);
            looks.emplace(all[i].colour, marks[i]);
        }
        EXPECT_EQ(looks.size(), 60U) << roots << " roots";
        for (std::size_t i = 0; i < all.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) {
                const double apart = colourDistance(all[i].colour, all[j].colour);
                EXPECT_TRUE(marks[i] != marks[j] || apart >= 0.05)
                    << roots << " roots, " << i << " and " << j << ": " << apart;
            }
    }
}

TEST(PaletteTest, ABranchSharesItsHue) {
    const auto all = tree(10, 60);
    for (std::size_t i = 10; i < all.size(); ++i) {
        EXPECT_LT(hueApart(all[i].colour, all[i % 10].colour), 0.15) << i;
        EXPECT_EQ(all[i % 10].colour, paletteColour(i % 10));
    }
    const auto one = tree(1, 60);
    std::set<std::uint32_t> colours;
    for (const Category& category : one)
        colours.insert(category.colour);
    EXPECT_GE(colours.size(), 25U) << "one large branch takes all the hues";
}

TEST(PaletteTest, ChosenColoursKeepAndStillDiffer) {
    auto all = tree(4, 12);
    for (Category& category : all)
        category.colour = 0x336699; // as a user may
    const auto marks = categoryMarks(all);
    EXPECT_EQ(std::set(marks.begin(), marks.begin() + 6).size(), 6U);
    EXPECT_TRUE(categoryMarks({}).empty());
}

TEST(PaletteTest, KindsAreColouredApartAndFaultyTreesEnd) {
    std::vector<Category> all = {entity("a", "b"), entity("b", "a"), entity("c", "nowhere")};
    all.push_back({CategoryKind::Relation, "visited", {}, {}, true, 0});
    assignPalette(all);
    EXPECT_EQ(all[3].colour, paletteColour(0));
    EXPECT_EQ(categoryMarks(all).size(), 4U);
}

TEST(PaletteTest, TheScaleGrowsLighterForEveryEye) {
    for (const ColourVision eye : eyes)
        for (int i = 1; i <= 10; ++i) {
            const double step = toOklab(seenBy(eye, scaleColour(i / 10.0))).lightness -
                                toOklab(seenBy(eye, scaleColour((i - 1) / 10.0))).lightness;
            EXPECT_GT(step, 0.02) << i << " for eye " << static_cast<int>(eye);
        }
    EXPECT_EQ(scaleColour(-1), scaleColour(0));
    EXPECT_EQ(scaleColour(2), scaleColour(1));
}

TEST(Palette, ANewcomerTakesAFreeShadeOfItsParentsHue) {
    std::vector<Category> all{{CategoryKind::Entity, "place", "", "", true, 0},
                              {CategoryKind::Entity, "place/city", "", "place", true, 0},
                              {CategoryKind::Entity, "person", "", "", true, 0}};
    assignPalette(all);
    const Oklab parent = toOklab(all[0].colour);
    for (const char* name : {"place/fort", "place/bridge", "place/river"}) {
        Category newcomer{CategoryKind::Entity, name, "", "place", false, 0};
        newcomer.colour = newcomerColour(newcomer, all);
        for (const Category& other : all)
            EXPECT_NE(newcomer.colour, other.colour) << name;
        const Oklab own = toOklab(newcomer.colour);
        EXPECT_NEAR(
            std::remainder(std::atan2(own.b, own.a) - std::atan2(parent.b, parent.a), 6.2832), 0,
            0.2)
            << name;
        all.push_back(newcomer);
    }
    const Category root{CategoryKind::Entity, "event", "", "", false, 0};
    for (const Category& other : all)
        EXPECT_NE(newcomerColour(root, all), other.colour);
    EXPECT_EQ(newcomerColour({CategoryKind::Relation, "near", "", "", false, 0}, all),
              paletteColour(0))
        << "the other kind has colours of its own";
}

} // namespace
} // namespace hmgrl
