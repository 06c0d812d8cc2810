#include "picture/SplatSet.h"

#include "picture/MarksScene.h"

#include <gtest/gtest.h>
#include <set>

namespace hmgrl {
namespace {

using Detail = SplatSet::Detail;

struct Setting {
    DiskController view;
    SplatSet splats;
    explicit Setting(std::size_t samples) {
        view.setViewport(800, 600);
        view.setScene(test::marksScene(samples));
        restyle();
    }
    void restyle() { splats.restyle(view, DiskColours::light()); }
    [[nodiscard]] std::set<std::uint32_t> drawn() const {
        std::set<std::uint32_t> rows;
        for (const SplatSet::Range& range : splats.ranges())
            for (std::size_t i = range.begin; i < range.end; ++i)
                rows.insert(splats.rows()[i]);
        for (std::size_t i = splats.hovered().begin; i < splats.hovered().end; ++i)
            rows.insert(splats.rows()[i]);
        return rows;
    }
    [[nodiscard]] const SplatSet::Look& lookOf(std::size_t row) const {
        for (std::size_t i = splats.rows().size(); i-- > 0;)
            if (splats.rows()[i] == row)
                return splats.looks()[i];
        throw std::out_of_range("no such mark");
    }
};

TEST(SplatSet, SamplesHaveTheShapeAndSizeOfTheScene) {
    const Setting s(100);
    const DiskScene& scene = s.view.scene();
    for (const std::size_t row : {0U, 1U, 2U, 3U, 4U, 5U}) {
        EXPECT_EQ(s.lookOf(row).marker, scene.marker[row]);
        EXPECT_NEAR(s.lookOf(row).radius / s.lookOf(0).radius, scene.scale[row] / scene.scale[0],
                    1e-5);
    }
}

TEST(SplatSet, PrototypesAreRingedAndOfTheirOwnShapesAndLargerThanAnySample) {
    const Setting s(100);
    EXPECT_EQ(s.lookOf(100).marker, Marker::Circle);
    EXPECT_EQ(s.lookOf(101).marker, Marker::Diamond);
    for (std::size_t row = 0; row < 100; ++row) {
        const bool ghost = row % 10 == 9;
        EXPECT_EQ(s.lookOf(row).rim > 0, ghost) << "of samples only ghosts are outlines";
        if (ghost) {
            EXPECT_LT(s.lookOf(row).fill >> 24, 64U) << "and nearly empty";
        }
    }
    EXPECT_GT(s.lookOf(100).ringWidth(), 1.5F);
    EXPECT_EQ(s.lookOf(100).ring, toRgbaBytes(DiskColours::light().outline));
}

TEST(SplatSet, NewPointsOfATransitionAreAsOpaqueAsTheyAreThere) {
    Setting s(100);
    const DiskScene more = test::marksScene(120);
    Setting whole(120);
    s.view.beginTransition(more);
    s.restyle();
    const auto alphaOf = [](const Setting& setting, std::size_t row) {
        return setting.lookOf(row).fill >> 24;
    };
    const auto none = static_cast<std::size_t>(more.size() - 1); // a prototype with another id
    EXPECT_EQ(alphaOf(s, 0), alphaOf(whole, 0)) << "known";
    EXPECT_EQ(alphaOf(s, 110), 0U);
    s.view.stepTransition(0.5);
    EXPECT_TRUE(s.splats.move(s.view));
    EXPECT_NEAR(alphaOf(s, 110), alphaOf(whole, 110) / 2.0, 0.5);
    EXPECT_NEAR(s.lookOf(none).ring >> 24, (whole.lookOf(none).ring >> 24) / 2.0, 0.5);
    s.view.stepTransition(1);
    EXPECT_TRUE(s.splats.move(s.view));
    EXPECT_EQ(s.lookOf(110).fill, whole.lookOf(110).fill);
    EXPECT_EQ(s.lookOf(none).ring, whole.lookOf(none).ring);
    EXPECT_FALSE(s.splats.move(s.view)) << "that was the last change";
}

TEST(SplatSet, HiddenGhostsHaveNoMarks) {
    Setting s(100);
    EXPECT_EQ(s.drawn().size(), 103U);
    DiskOverlay overlay;
    overlay.ghosts = false;
    s.view.setOverlay(overlay);
    s.restyle();
    EXPECT_EQ(s.drawn().size(), 93U);
    EXPECT_FALSE(s.drawn().contains(9));
    const int all[]{9, 10};
    s.view.select(all, DiskController::SelectMode::Replace);
    s.restyle();
    EXPECT_FALSE(s.drawn().contains(9)) << "not even when selected";
    EXPECT_TRUE(s.drawn().contains(10));
}

TEST(SplatSet, FewPointsAreNeverLeftOut) {
    Setting s(1000);
    s.splats.move(s.view, Detail::Coarse);
    EXPECT_FALSE(s.splats.canBeCoarse());
    EXPECT_FALSE(s.splats.isCoarse());
    EXPECT_EQ(s.drawn().size(), 1003U);
}

TEST(SplatSet, TheCoarsePictureIsAlwaysTheSamePartAndKeepsWhatMatters) {
    constexpr std::size_t many = 2 * SplatSet::fluent;
    Setting s(many);
    const int chosen[]{5, 77, 4242};
    s.view.select(chosen, DiskController::SelectMode::Replace);
    s.view.setHover(4711);
    s.restyle();
    EXPECT_TRUE(s.splats.canBeCoarse());
    EXPECT_FALSE(s.splats.isCoarse());
    EXPECT_EQ(s.drawn().size(), many + 3);

    s.splats.move(s.view, Detail::Coarse);
    EXPECT_TRUE(s.splats.isCoarse());
    const auto coarse = s.drawn();
    EXPECT_NEAR(static_cast<double>(coarse.size()), SplatSet::fluent, 0.01 * SplatSet::fluent);
    for (const std::uint32_t row :
         {5U, 77U, 4242U, 4711U, static_cast<unsigned>(many), static_cast<unsigned>(many) + 2})
        EXPECT_TRUE(coarse.contains(row)) << row;

    s.view.beginDrag(400, 300);
    s.view.drag(430, 310);
    s.splats.move(s.view, Detail::Coarse);
    EXPECT_EQ(s.drawn(), coarse) << "no flicker while the view moves";
    s.splats.move(s.view, Detail::Full);
    EXPECT_EQ(s.drawn().size(), many + 3);
}

TEST(SplatSet, PlacesFollowTheView) {
    Setting s(300);
    s.view.rotate(1);
    s.splats.move(s.view);
    for (std::size_t i = 0; i < s.splats.rows().size(); ++i) {
        const auto z = s.view.viewPoints()[s.splats.rows()[i]];
        EXPECT_EQ(s.splats.places()[i].x, static_cast<float>(z.real()));
        EXPECT_EQ(s.splats.places()[i].y, static_cast<float>(z.imag()));
    }
}

} // namespace
} // namespace hmgrl
