#include "workflow/DiskData.h"
#include "explore/DiskColouring.h"

#include <cmath>
#include <gtest/gtest.h>

namespace hmgrl {
namespace {

CategorySpace makeSpace() {
    CategorySpace::Part entities;
    entities.categories = {{CategoryKind::Entity, "person", "", "", true, 0x112233},
                           {CategoryKind::Entity, "person/artist", "", "person", false, 0x445566}};
    entities.prototypes = {1.0F, 0.0F, 0.0F, 1.0F};
    entities.width = 2;
    entities.assignable = {true, true};
    return {entities, {}};
}

SampleRow sample(std::int64_t id, std::vector<float> latent, std::optional<DiskPoint> where = {}) {
    SampleRow row;
    row.id = id;
    row.document = id * 10;
    row.type = id % 2 == 0 ? "person" : "person/artist";
    row.candidates = {{row.type, 0.9, 0.1}};
    row.latent = std::move(latent);
    row.where = where;
    return row;
}

TEST(DiskDataTest, RowsAreSamplesThenPrototypes) {
    const DiskData disk = makeDiskData(
        CategoryKind::Entity, {sample(1, {0.1F, 0.9F}), sample(2, {}), sample(3, {0.2F, 0.8F})},
        makeSpace());
    ASSERT_EQ(disk.samples.size(), 2U); // the one without a latent is left out
    EXPECT_EQ(disk.points.size(), 4U);
    EXPECT_EQ(disk.sampleRow(3), 1);
    EXPECT_EQ(disk.sampleRow(2), -1);
    EXPECT_EQ(disk.prototypeRow("person/artist"), 3);
    EXPECT_EQ(disk.parent, (std::vector<std::int32_t>{-1, -1, -1, 2}));
    EXPECT_FALSE(disk.isPlaced());
}

TEST(DiskDataTest, StoredPlacesAreKeptAndTheNewPrototypeJoinsThem) {
    std::vector<SampleRow> samples;
    for (int i = 1; i <= 8; ++i)
        samples.push_back(sample(i, {0.1F * static_cast<float>(i), 1.0F}, DiskPoint{1.0, 0.1 * i}));
    DiskData disk = makeDiskData(CategoryKind::Entity, samples, makeSpace());
    ASSERT_TRUE(placeFromStored(disk, {{"person", {0.5, 1.0}}}));
    ASSERT_TRUE(disk.isPlaced());
    EXPECT_EQ(disk.where[2], (DiskPoint{1.0, 0.1 * 3}));
    EXPECT_EQ(disk.where[8], (DiskPoint{0.5, 1.0}));
    EXPECT_TRUE(std::isfinite(disk.where[9].r) && std::isfinite(disk.where[9].theta));
    const DiskScene scene = disk.scene();
    EXPECT_EQ(scene.size(), 10U);
    EXPECT_EQ(scene.treeEdges, (std::vector<std::pair<std::uint32_t, std::uint32_t>>{{8, 9}}));
    EXPECT_EQ(scene.labels[9], "artist");
    EXPECT_EQ(scene.document[9], -1);
    EXPECT_EQ(scene.colour[9], 0x445566U);
}

TEST(DiskDataTest, ANewLayoutTurnsToWhereThePrototypesWere) {
    DiskData disk = makeDiskData(CategoryKind::Entity, {sample(1, {0.1F, 1.0F})}, makeSpace());
    disk.where = {{0.5, 0.25}, {1.0, 0.5}, {2.0, 1.5}}; // the sample, person, artist
    turnTowards(disk, {{"person", {1.1, -0.5 + 2.0}}, {"person/artist", {2.0, -1.5 + 2.0}}});
    // Mirrored (0.5 -> -0.5) and turned by two radians; radii stay.
    EXPECT_DOUBLE_EQ(disk.where[1].r, 1.0);
    EXPECT_NEAR(std::remainder(disk.where[1].theta - 1.5, 2 * M_PI), 0, 0.05);
    EXPECT_NEAR(std::remainder(disk.where[2].theta - 0.5, 2 * M_PI), 0, 0.05);
    EXPECT_NEAR(std::remainder(disk.where[0].theta - 1.75, 2 * M_PI), 0, 0.05);
    const auto placed = disk.where;
    turnTowards(disk, {});
    EXPECT_NEAR(disk.where[0].theta, placed[0].theta, 1e-12) << "nothing to turn to";
}

TEST(DiskDataTest, TooManyMissingPlacesAskForALayout) {
    DiskData disk = makeDiskData(CategoryKind::Entity,
                                 {sample(1, {0.1F, 1.0F}, DiskPoint{1, 1}), sample(2, {0.1F, 1.0F}),
                                  sample(3, {0.1F, 1.0F})},
                                 makeSpace());
    EXPECT_FALSE(placeFromStored(disk, {}));
    EXPECT_TRUE(disk.where.empty());
}

TEST(DiskDataTest, PlacesSurviveTheFileAndBadTextIsNone) {
    const PrototypePlaces places = {{"a \"b\"", {1.25, -2.5}}, {"c", {0, 3}}};
    EXPECT_EQ(prototypePlaces(toJson(places)), places);
    EXPECT_TRUE(prototypePlaces("").empty());
    EXPECT_TRUE(prototypePlaces("[1,2]").empty());
    EXPECT_TRUE(prototypePlaces(R"({"a":[1],"b":"x"})").empty());
}

TEST(DiskColouringTest, EveryPointBelongsToAnEntry) {
    DiskData disk = makeDiskData(CategoryKind::Entity,
                                 {sample(1, {0.1F, 1.0F}, DiskPoint{1, 1}),
                                  sample(2, {0.3F, 1.0F}, DiskPoint{1, 2}),
                                  sample(4, {0.2F, 1.0F}, DiskPoint{1, 3})},
                                 makeSpace());
    ASSERT_TRUE(placeFromStored(disk, {{"person", {0, 0}}, {"person/artist", {0, 1}}}));
    DiskScene scene = disk.scene();
    EXPECT_FALSE(colourScene(scene, disk, ColourBy::Category));
    for (const ColourBy by : {ColourBy::Confidence, ColourBy::Seen, ColourBy::Status}) {
        const auto legend = colourScene(scene, disk, by);
        ASSERT_TRUE(legend);
        ASSERT_EQ(legend->entryOfRow.size(), scene.size());
        int total = 0;
        for (const auto& entry : legend->entries)
            total += entry.count;
        EXPECT_EQ(total, 5); // two of them prototypes
    }
    const auto seen = colourScene(scene, disk, ColourBy::Seen);
    EXPECT_EQ(seen->entries[0].count, 2);
    EXPECT_EQ(seen->entries[1].count, 1);
    EXPECT_EQ(scene.colour[0], seen->entries[1].colour);
}

} // namespace
} // namespace hmgrl
