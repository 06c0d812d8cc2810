#include "picture/LabelLayout.h"

#include <cmath>
#include <gtest/gtest.h>
#include <map>
#include <random>

namespace hmgrl {
namespace {

constexpr double width = 900, height = 700, settle = 100;

DiskScene prototypes(int count, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> share(0, 1);
    DiskScene scene;
    scene.categoryNames = {"c"};
    for (int i = 0; i < count; ++i) {
        scene.points.push_back({3 * share(random), 6.28 * share(random)});
        scene.kind.push_back(PointKind::EntityPrototype);
        scene.id.push_back(-1);
        scene.document.push_back(-1);
        scene.colour.push_back(0);
        scene.category.push_back(0);
        scene.labels.emplace_back("label");
    }
    return scene;
}

struct Setting {
    DiskController view;
    LabelLayout layout;
    std::vector<LabelLayout::Label> labels;

    explicit Setting(int count, unsigned seed = 1) {
        view.setViewport(width, height);
        view.setScene(prototypes(count, seed));
        for (int i = 0; i < count; ++i)
            labels.push_back({static_cast<std::uint32_t>(i), 40.0 + i % 5 * 15, 16, i % 3});
        layout.setLabels(labels);
    }
    [[nodiscard]] LabelLayout::Box box(const LabelLayout::Placed& place) const {
        const auto& label = labels[place.label];
        return {place.x, place.y, place.x + label.width, place.y + label.height};
    }
};

bool overlap(const LabelLayout::Box& a, const LabelLayout::Box& b) {
    return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

TEST(LabelLayout, LabelsCoverNeitherEachOtherNorMarks) {
    for (unsigned seed = 1; seed <= 12; ++seed) {
        Setting s(120, seed);
        s.layout.update(s.view, width, height, settle);
        const auto placed = s.layout.placed();
        ASSERT_GT(placed.size(), 8U);
        for (std::size_t i = 0; i < placed.size(); ++i) {
            const auto box = s.box(placed[i]);
            for (std::size_t j = 0; j < i; ++j)
                EXPECT_FALSE(overlap(box, s.box(placed[j])));
            for (std::uint32_t row = 0; row < s.labels.size(); ++row) {
                const auto z = s.view.viewPoints()[row];
                const auto [x, y] = s.view.toScreen(z);
                const bool seen = s.view.pixelsPerUnit() * (1 - std::norm(z)) / 2 > 8;
                EXPECT_FALSE(seen && overlap(box, {x - 4, y - 4, x + 4, y + 4})) << row;
            }
        }
    }
}

TEST(LabelLayout, LabelsStayInsideTheViewAndOffOverlays) {
    Setting s(120);
    const LabelLayout::Box overlay{600, 0, 900, 400};
    s.layout.setObstacles({overlay});
    s.layout.update(s.view, width, height, settle);
    for (const auto& place : s.layout.placed()) {
        const auto box = s.box(place);
        EXPECT_FALSE(overlap(box, overlay));
        EXPECT_GE(box.left, 0);
        EXPECT_GE(box.top, 0);
        EXPECT_LE(box.right, width);
        EXPECT_LE(box.bottom, height);
    }
}

TEST(LabelLayout, LabelsGiveWayToTheNumbersOfRings) {
    Setting s(120);
    std::vector<LabelLayout::Box> notes;
    for (int i = 0; i < 30; ++i)
        notes.push_back({300.0 + 10 * i, 350, 316.0 + 10 * i, 366});
    s.layout.update(s.view, width, height, settle);
    const std::size_t before = s.layout.placed().size();
    s.layout.setNotes(notes);
    s.layout.update(s.view, width, height, settle);
    for (const auto& place : s.layout.placed())
        for (const auto& note : notes)
            EXPECT_FALSE(overlap(s.box(place), note));
    s.layout.setNotes({});
    s.layout.update(s.view, width, height, settle);
    EXPECT_GE(s.layout.placed().size() + 3, before);
}

TEST(LabelLayout, SwitchedOffOnlyTheHoveredPrototypeHasALabel) {
    Setting s(60);
    const int chosen[]{3, 4};
    s.view.select(chosen, DiskController::SelectMode::Replace);
    DiskOverlay overlay;
    overlay.labels = false;
    s.view.setOverlay(overlay);
    s.layout.update(s.view, width, height, settle);
    EXPECT_TRUE(s.layout.placed().empty());
    s.view.setHover(9);
    s.layout.update(s.view, width, height, settle);
    ASSERT_EQ(s.layout.placed().size(), 1U);
    EXPECT_EQ(s.layout.placed()[0].row, 9U);
}

TEST(LabelLayout, MoreLabelsAppearWhenZoomingIn) {
    Setting s(300);
    s.layout.update(s.view, width, height, settle);
    const auto inView = [&] {
        int count = 0;
        for (const auto z : s.view.viewPoints()) {
            const auto [x, y] = s.view.toScreen(z);
            count += x > 0 && y > 0 && x < width && y < height;
        }
        return count;
    };
    const double before = static_cast<double>(s.layout.placed().size()) / inView();
    s.view.zoomAt(width / 2, height / 2, 6);
    s.layout.update(s.view, width, height, settle);
    EXPECT_GT(static_cast<double>(s.layout.placed().size()) / inView(), before);
}

TEST(LabelLayout, TheHoveredPrototypeAlwaysHasItsLabel) {
    Setting s(300);
    for (const int row : {7, 150, 299}) {
        s.view.setHover(row);
        s.layout.update(s.view, width, height, settle);
        bool found = false;
        for (const auto& place : s.layout.placed())
            found |= place.row == static_cast<std::uint32_t>(row);
        EXPECT_TRUE(found) << row;
    }
}

TEST(LabelLayout, SmallMovesKeepMostLabelsWhereTheyWere) {
    Setting s(120);
    s.layout.update(s.view, width, height, settle);
    std::map<std::uint32_t, std::pair<double, double>> before;
    for (const auto& p : s.layout.placed())
        before[p.row] = {p.x, p.y};
    s.view.beginDrag(450, 350);
    s.view.drag(453, 351);
    s.layout.update(s.view, width, height, settle);
    std::size_t kept = 0;
    for (const auto& p : s.layout.placed())
        if (const auto old = before.find(p.row); old != before.end())
            kept += std::abs(p.x - old->second.first) < 5 && std::abs(p.y - old->second.second) < 5;
    EXPECT_GE(kept * 10, before.size() * 9);
}

TEST(LabelLayout, OpacityChangesOverTimeAndSettles) {
    Setting s(10);
    s.layout.update(s.view, width, height, 0.02);
    ASSERT_FALSE(s.layout.placed().empty());
    EXPECT_LT(s.layout.placed().front().opacity, 0.5);
    EXPECT_FALSE(s.layout.settled());
    s.layout.update(s.view, width, height, 1);
    EXPECT_EQ(s.layout.placed().front().opacity, 1);
    EXPECT_TRUE(s.layout.settled());
}

} // namespace
} // namespace hmgrl
