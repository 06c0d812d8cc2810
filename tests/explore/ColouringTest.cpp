#include "data/Palette.h"
#include "explore/DiskColouring.h"
#include "explore/ExploreSamples.h"

#include <QSet>
#include <cmath>
#include <gtest/gtest.h>
#include <numeric>

namespace hmgrl {
namespace {

constexpr ColourBy meanings[] = {
    ColourBy::Parent,       ColourBy::Agreement, ColourBy::Confidence, ColourBy::Uncertainty,
    ColourBy::Disagreement, ColourBy::Seen,      ColourBy::Status,     ColourBy::Distortion};

SampleRow withScores(std::vector<double> scores) {
    SampleRow sample;
    for (std::size_t i = 0; i < scores.size(); ++i)
        sample.candidates.push_back({std::string(1, static_cast<char>('a' + i)), scores[i], 1});
    return sample;
}

TEST(Colouring, EveryMeaningHasALegendThatFits) {
    const DiskData disk = test::exploreDisk(40);
    const DiskQuality quality = judgeDisk(disk);
    EXPECT_EQ(colourNames().size(), 9);
    EXPECT_EQ(sizeNames().size(), 3);
    for (const ColourBy by : meanings) {
        DiskScene scene = disk.scene();
        const auto legend = colourScene(scene, disk, by, &quality);
        ASSERT_TRUE(legend);
        ASSERT_EQ(legend->entryOfRow.size(), scene.size());
        int count = 0;
        QSet<QString> names;
        for (const auto& entry : legend->entries) {
            count += entry.count;
            names.insert(entry.name);
        }
        const bool onlySamples = by == ColourBy::Parent;
        EXPECT_EQ(count, onlySamples ? 40 : 43) << static_cast<int>(by);
        EXPECT_EQ(names.size(), static_cast<qsizetype>(legend->entries.size()));
        for (std::size_t row = 0; row < scene.size(); ++row)
            EXPECT_EQ(scene.colour[row], legend->entries[legend->entryOfRow[row]].colour);
        EXPECT_TRUE(scene.marker.empty()) << "one shape where colours mean no category";
        EXPECT_FALSE(explanation(by).isEmpty());
    }
}

TEST(Colouring, CategoriesKeepTheirColoursAndMarks) {
    const DiskData disk = test::exploreDisk(9);
    DiskScene scene = disk.scene();
    EXPECT_FALSE(colourScene(scene, disk, ColourBy::Category));
    ASSERT_EQ(scene.marker.size(), scene.size());
    EXPECT_EQ(scene.colour[0], 0x26795FU);
}

TEST(Colouring, AgreementIsAboutAcceptedLabelsOnly) {
    DiskData disk = test::exploreDisk(4);
    disk.samples[0].status = Status::Accepted;
    disk.samples[0].type = disk.samples[0].candidates.front().category;
    disk.samples[1].status = Status::Accepted;
    disk.samples[1].type = "place/other";
    disk.samples[2].status = Status::Suggested;
    disk.samples[3].status = Status::Rejected;
    DiskScene scene = disk.scene();
    const auto legend = colourScene(scene, disk, ColourBy::Agreement);
    ASSERT_TRUE(legend);
    EXPECT_EQ(legend->entryOfRow[0], 0U);
    EXPECT_EQ(legend->entryOfRow[1], 1U);
    EXPECT_EQ(legend->entryOfRow[2], 2U);
    EXPECT_EQ(legend->entryOfRow[3], 2U);
}

TEST(Colouring, DisagreementSeesAnotherTypeAndACloseSecond) {
    DiskData disk = test::exploreDisk(4);
    const auto set = [&](std::size_t i, const char* type, double first, double second) {
        disk.samples[i].type = type;
        disk.samples[i].candidates = {{"place/city", first, 1}, {"place/river", second, 1}};
    };
    set(0, "place/river", 0.9, 0.1);
    set(1, "place/city", 0.5, 0.45);
    set(2, "place/city", 0.6, 0.4);
    set(3, "place/city", 0.9, 0.1);
    DiskScene scene = disk.scene();
    const auto legend = colourScene(scene, disk, ColourBy::Disagreement);
    for (std::uint32_t i = 0; i < 4; ++i)
        EXPECT_EQ(legend->entryOfRow[i], i);
}

TEST(Colouring, ParentsGatherTheirChildren) {
    const DiskData disk = test::exploreDisk(12);
    DiskScene scene = disk.scene();
    const auto legend = colourScene(scene, disk, ColourBy::Parent);
    ASSERT_EQ(legend->entries.size(), 1U); // the root and its two children
    EXPECT_EQ(legend->entries[0].name, "place");
    EXPECT_EQ(legend->entries[0].count, 12);
    EXPECT_EQ(scene.colour[3], 0x1689D7U);
}

TEST(Colouring, UncertaintyIsEntropyWithWhatIsMissing) {
    EXPECT_DOUBLE_EQ(uncertaintyOf(withScores({1, 0, 0})), 0);
    EXPECT_DOUBLE_EQ(uncertaintyOf(withScores({0.25, 0.25, 0.25})), 1); // a quarter is missing
    EXPECT_DOUBLE_EQ(uncertaintyOf(withScores({})), 0);
    const double half = uncertaintyOf(withScores({0.5, 0.5}));
    EXPECT_NEAR(half, std::log(2) / std::log(3), 1e-12);
    EXPECT_DOUBLE_EQ(marginOf(withScores({0.7, 0.2, 0.1})), 0.5);
    EXPECT_DOUBLE_EQ(marginOf(withScores({0.7})), 1);
    EXPECT_DOUBLE_EQ(confidenceOf(withScores({0.7, 0.2})), 0.7);
}

TEST(Colouring, DistortionWaitsForItsMeasure) {
    const DiskData disk = test::exploreDisk(20);
    DiskScene scene = disk.scene();
    const auto none = colourScene(scene, disk, ColourBy::Distortion, nullptr);
    EXPECT_EQ(none->entries[0].count, 20);
    DiskQuality stale;
    stale.distortion.point.assign(3, 0.1);
    EXPECT_EQ(colourScene(scene, disk, ColourBy::Distortion, &stale)->entries[0].count, 20);
    DiskQuality known;
    known.distortion.point.assign(disk.points.size(), 0.05);
    known.distortion.point[7] = 0.9;
    known.distortion.point[8] = 0.3;
    const auto legend = colourScene(scene, disk, ColourBy::Distortion, &known);
    EXPECT_EQ(legend->entryOfRow[0], 0U);
    EXPECT_EQ(legend->entryOfRow[7], 4U);
    EXPECT_EQ(legend->entryOfRow[8], 3U);
    EXPECT_EQ(scene.colour[7], scaleColour(1));
}

TEST(Colouring, SizesGrowWithTheirMeasureWithinBounds) {
    DiskData disk = test::exploreDisk(3);
    disk.samples[0].candidates = {{"place/city", 1.0, 1}};
    disk.samples[1].candidates = {{"place/city", 0.0, 1}};
    DiskScene scene = disk.scene();
    sizeScene(scene, disk, SizeBy::Confidence);
    ASSERT_EQ(scene.scale.size(), scene.size());
    EXPECT_GT(scene.scale[0], scene.scale[1]);
    for (const float scale : scene.scale) {
        EXPECT_GE(scale, 0.5F);
        EXPECT_LE(scale, 2.0F);
    }
    sizeScene(scene, disk, SizeBy::None);
    EXPECT_TRUE(scene.scale.empty());
}

} // namespace
} // namespace hmgrl
