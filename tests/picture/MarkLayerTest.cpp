#include "picture/MarkLayer.h"

#include "picture/MarksScene.h"

#include <gtest/gtest.h>

namespace hmgrl {
namespace {

using Pixels = std::vector<std::uint32_t>;
constexpr int width = 400, height = 300;

struct Setting {
    DiskController view;
    MarkLayer layer{view, 2};

    explicit Setting(std::size_t samples) {
        view.onChange([this](DiskController::Change change) { layer.changed(change); });
        view.setViewport(width, height);
        view.setScene(test::marksScene(samples));
    }
    [[nodiscard]] MarkLayer::Frame frame() const {
        const auto [x, y] = view.toScreen({0, 0});
        return {width,
                height,
                {view.pixelsPerUnit(), -view.pixelsPerUnit(), x, y, 1},
                SplatRaster::ByteOrder::Rgba};
    }
    [[nodiscard]] Pixels picture() {
        const auto pixels = layer.picture(frame());
        return {pixels.begin(), pixels.end()};
    }
    void settle() {
        while (!layer.settle(MarkLayer::Clock::now()))
            ++slices;
    }
    /// All marks as they now are, without any memory of what was drawn before.
    [[nodiscard]] Pixels truth() const {
        SplatSet splats;
        splats.restyle(view, DiskColours::light());
        Pixels pixels(width * height);
        SplatRaster(1).draw(splats, frame().transform,
                            {pixels, width, height, SplatRaster::ByteOrder::Rgba, true});
        return pixels;
    }
    int slices = 0;
};

TEST(MarkLayer, FewPointsAreAlwaysAllThere) {
    Setting s(2000);
    EXPECT_EQ(s.picture(), s.truth());
    s.view.rotate(0.3);
    EXPECT_EQ(s.picture(), s.truth());
    s.view.zoomAt(100, 100, 2);
    EXPECT_EQ(s.picture(), s.truth());
    const int rows[]{3, 4, 5};
    s.view.select(rows, DiskController::SelectMode::Replace);
    EXPECT_EQ(s.picture(), s.truth());
    s.view.setActive(std::vector<bool>(2003, false));
    EXPECT_EQ(s.picture(), s.truth());
    EXPECT_FALSE(s.layer.due());
}

TEST(MarkLayer, HoverComesAndGoesWithoutATrace) {
    Setting s(2000);
    const Pixels before = s.picture();
    for (const int row : {7, 8, 2001, 7, 1999}) {
        s.view.setHover(row);
        EXPECT_EQ(s.picture(), s.truth()) << row;
    }
    s.view.rotate(0.2);
    EXPECT_EQ(s.picture(), s.truth());
    s.view.rotate(-0.2);
    s.view.setHover(-1);
    EXPECT_EQ(s.picture(), before);
}

TEST(MarkLayer, NewPointsFadeInOverATransition) {
    Setting s(1000);
    const DiskScene more = test::marksScene(1500, 4);
    const Pixels empty(width * height);
    s.view.beginTransition(more);
    Pixels last = s.picture();
    for (const double t : {0.3, 0.6, 1.0}) {
        s.view.stepTransition(t);
        const Pixels now = s.picture();
        EXPECT_EQ(now, s.truth()) << t;
        EXPECT_NE(now, last) << t;
        last = now;
    }
    s.view.setScene(more);
    EXPECT_EQ(last, s.picture()) << "in the end nothing is left of it";

    s.view.setScene({});
    EXPECT_EQ(s.picture(), empty);
    s.view.beginTransition(more);
    EXPECT_EQ(s.picture(), empty) << "all are new: none is to be seen yet";
}

TEST(MarkLayer, WhoDrawsMarksOtherwiseHearsThatTheirLooksChange) {
    using enum MarkLayer::Fresh;
    Setting s(100);
    EXPECT_EQ(s.layer.update(), Looks);
    EXPECT_EQ(s.layer.update(), Nothing);
    s.view.beginTransition(test::marksScene(120));
    EXPECT_EQ(s.layer.update(), Looks);
    s.view.stepTransition(0.5);
    EXPECT_EQ(s.layer.update(), Looks);
    EXPECT_EQ(s.layer.update(), Nothing);
    s.view.stepTransition(1);
    EXPECT_EQ(s.layer.update(), Looks) << "full at last";
    s.view.rotate(0.1);
    EXPECT_EQ(s.layer.update(), Places);
}

TEST(MarkLayer, VeryManyPointsAreCoarseWhileTheyMoveAndAllThereAtRest) {
    Setting s(SplatSet::fluent + 150'000);
    const Pixels first = s.picture();
    EXPECT_NE(first, s.truth());
    ASSERT_TRUE(s.layer.due());
    EXPECT_EQ(s.layer.due()->count(), 150);
    s.settle();
    EXPECT_GT(s.slices, 3);
    EXPECT_EQ(s.picture(), s.truth());
    EXPECT_FALSE(s.layer.due());

    s.view.rotate(0.1);
    s.view.rotate(-0.1);
    EXPECT_EQ(s.picture(), first) << "the same part of the points whenever the view moves";
    EXPECT_FALSE(s.layer.settle(MarkLayer::Clock::now())) << "begun";
    s.view.setHover(42);
    EXPECT_NE(s.picture(), first) << "hover shows while the full picture is in the making";
    s.settle();
    EXPECT_EQ(s.picture(), s.truth());
}

TEST(MarkLayer, ANewViewStopsTheFullPictureOfTheFormerOne) {
    Setting s(SplatSet::fluent + 50'000);
    static_cast<void>(s.picture());
    EXPECT_FALSE(s.layer.settle(MarkLayer::Clock::now()));
    s.view.rotate(1);
    EXPECT_TRUE(s.layer.settle(MarkLayer::Clock::now())) << "ask for the picture again";
    const Pixels coarse = s.picture();
    EXPECT_TRUE(s.layer.due());
    EXPECT_NE(coarse, s.truth());
    s.settle();
    EXPECT_EQ(s.picture(), s.truth());
}

TEST(MarkLayer, NewLooksOfVeryManyPointsComeInOneStep) {
    Setting s(SplatSet::fluent + 50'000);
    static_cast<void>(s.picture());
    s.settle();
    const Pixels before = s.picture();
    const int rows[]{1, 2, 3};
    s.view.select(rows, DiskController::SelectMode::Replace);
    EXPECT_EQ(s.picture(), before) << "no coarse picture in between";
    ASSERT_TRUE(s.layer.due());
    EXPECT_EQ(s.layer.due()->count(), 0) << "at once";
    s.settle();
    EXPECT_EQ(s.picture(), s.truth());
    EXPECT_NE(s.picture(), before);
}

TEST(MarkLayer, WhatLiesBeneathIsDrawnFirst) {
    Setting s(500);
    std::uint32_t colour = 0xFF112233;
    s.layer.setBeneath([&](const auto&, const SplatRaster::Target& target) {
        std::fill(target.pixels.begin(), target.pixels.end(), colour);
    });
    EXPECT_EQ(s.picture().front(), 0xFF112233U);
    colour = 0xFF445566;
    s.layer.beneathChanged();
    EXPECT_EQ(s.picture().front(), 0xFF445566U);
    s.layer.setBeneath({});
    EXPECT_EQ(s.picture(), s.truth());
}

TEST(MarkLayer, NewLinesBeneathVeryManyPointsDontMakeThemCoarse) {
    Setting s(SplatSet::fluent + 50'000);
    static_cast<void>(s.picture());
    s.settle();
    const Pixels before = s.picture();
    s.layer.setBeneath({});
    EXPECT_EQ(s.picture(), before);
    EXPECT_FALSE(s.layer.due()) << "nothing beneath, before as after";
    s.layer.setBeneath([](const auto&, const SplatRaster::Target& target) {
        std::fill(target.pixels.begin(), target.pixels.end(), 0xFF112233);
    });
    EXPECT_EQ(s.picture(), before);
    ASSERT_TRUE(s.layer.due());
    s.settle();
    EXPECT_EQ(s.picture().front(), 0xFF112233U);
    EXPECT_FALSE(s.layer.due());
}

TEST(MarkLayer, ForOthersAllMarksAreBroughtUpToDate) {
    Setting s(SplatSet::fluent + 1000);
    using Fresh = MarkLayer::Fresh;
    EXPECT_EQ(s.layer.update(), Fresh::Looks);
    EXPECT_FALSE(s.layer.splats().isCoarse());
    EXPECT_EQ(s.layer.update(), Fresh::Nothing);
    s.view.rotate(1);
    EXPECT_EQ(s.layer.update(), Fresh::Places);
    s.view.setHover(3);
    EXPECT_EQ(s.layer.update(), Fresh::Looks);
    EXPECT_EQ(s.layer.splats().hovered().size(), 2U);
}

} // namespace
} // namespace hmgrl
