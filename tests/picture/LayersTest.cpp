#include "geometry/Geodesic.h"
#include "geometry/GeodesicArc.h"
#include "picture/ArcLayer.h"
#include "picture/DiskBackdrop.h"
#include "picture/LinkLayer.h"
#include "picture/OverlayText.h"
#include "picture/RegionLayer.h"
#include "picture/RingLayer.h"
#include "picture/RulerLine.h"

#include <algorithm>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>
#include <random>
#include <set>

namespace hmgrl {
namespace {

using disk::Complex;
constexpr double width = 900, height = 700;

struct Recorder : StrokeSink {
    struct Area {
        std::vector<Complex> outline;
        Complex inside;
        Argb colour;
    };
    std::vector<std::vector<StrokePoint>> lines;
    std::vector<Area> areas;
    void polyline(std::span<const StrokePoint> points) override {
        lines.emplace_back(points.begin(), points.end());
    }
    void band(double, double, Argb, Argb) override {}
    void area(std::span<const Complex> outline, Complex inside, Argb colour) override {
        areas.push_back({{outline.begin(), outline.end()}, inside, colour});
    }
};

DiskScene scene(std::size_t prototypes, std::size_t samples, double farthest, unsigned seed = 1) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> share(0, 1);
    DiskScene scene;
    scene.categoryNames = {"c"};
    scene.arcNames = {"a", "b"};
    for (std::size_t i = 0; i < prototypes + samples; ++i) {
        scene.points.push_back({farthest * share(random), 6.28 * share(random)});
        scene.kind.push_back(i < prototypes ? PointKind::EntityPrototype : PointKind::Mention);
        scene.id.push_back(i < prototypes ? -1 : static_cast<std::int64_t>(i));
        scene.document.push_back(-1);
        scene.colour.push_back(static_cast<std::uint32_t>(random()) & 0xFFFFFF);
        scene.category.push_back(0);
        scene.labels.emplace_back("p");
    }
    return scene;
}

struct Setting {
    DiskController view;
    Recorder sink;
    explicit Setting(DiskScene shown) {
        view.setViewport(width, height);
        view.setScene(std::move(shown));
        change([](DiskOverlay& overlay) { overlay.arcs = true; });
    }
    void look(DiskPoint at) {
        view.beginRecentre(at);
        view.stepRecentre(1);
    }
    void change(void (*edit)(DiskOverlay&)) {
        DiskOverlay overlay = view.overlay();
        edit(overlay);
        view.setOverlay(std::move(overlay));
    }
};

double enclosed(const std::vector<Complex>& outline) {
    double twice = 0;
    for (std::size_t i = 0, j = outline.size() - 1; i < outline.size(); j = i++)
        twice += (std::conj(outline[j]) * outline[i]).imag();
    return twice / 2;
}

double alphaOf(Argb colour) {
    return static_cast<double>(colour >> 24) / 255;
}

TEST(RegionLayer, RegionsDivideTheDiskWithoutGapOrOverlapFromAnyPointOfView) {
    RegionLayer layer;
    for (const std::size_t count : {1U, 2U, 3U, 12U, 60U})
        for (const double r : {0.0, 1.0, 4.0, 9.0, 14.0})
            for (const double farthest : {2.0, 6.0, 12.0}) {
                Setting s(scene(count, 0, farthest, static_cast<unsigned>(count)));
                s.look({r, 0.9});
                layer.draw(s.sink, s.view, DiskColours::light());
                double sum = 0;
                for (const auto& area : s.sink.areas) {
                    EXPECT_GE(enclosed(area.outline), 0) << "counterclockwise";
                    sum += enclosed(area.outline);
                }
                EXPECT_NEAR(sum, std::numbers::pi, 0.01)
                    << count << " prototypes to " << farthest << " seen from " << r;
            }
}

TEST(RegionLayer, OnlyActivePrototypesShareTheDiskAndTheHoveredOneIsStronger) {
    Setting s(scene(10, 50, 3));
    RegionLayer layer;
    layer.draw(s.sink, s.view, DiskColours::light());
    EXPECT_EQ(s.sink.areas.size(), 10U);
    std::vector<bool> active(60, true);
    active[2] = active[5] = false;
    s.view.setActive(active);
    s.view.setHover(7);
    s.sink = {};
    layer.draw(s.sink, s.view, DiskColours::light());
    ASSERT_EQ(s.sink.areas.size(), 8U);
    std::size_t strong = 0;
    for (const auto& area : s.sink.areas)
        if (alphaOf(area.colour) > 1.5 * alphaOf(s.sink.areas[0].colour)) {
            ++strong;
            EXPECT_EQ(area.colour & 0xFFFFFF, s.view.scene().colour[7]);
        }
    EXPECT_EQ(strong, 1U);
}

TEST(RegionLayer, WithoutPrototypesThereIsNothing) {
    Setting s(scene(0, 50, 3));
    RegionLayer().draw(s.sink, s.view, DiskColours::light());
    EXPECT_TRUE(s.sink.areas.empty());
    EXPECT_TRUE(s.sink.lines.empty());
}

DiskScene withArcs(std::size_t arcs) {
    DiskScene s = scene(5, 100, 3);
    for (std::uint32_t i = 0; i < arcs; ++i)
        s.arcs.push_back({5 + i, 104 - i, 0x102030 + i, i % 2, i});
    return s;
}

TEST(ArcLayer, RunsFromHeadToTailAlongTheGeodesicWithAnArrowheadAtTheTail) {
    Setting s(withArcs(40));
    ArcLayer().draw(s.sink, s.view, DiskColours::light());
    std::size_t lines = 0, arrows = 0;
    for (const auto& line : s.sink.lines) {
        if (line.size() == 2 && line[0].width > 3 * line[1].width) {
            ++arrows;
            continue;
        }
        ASSERT_LT(lines, 40U);
        const DiskArc& arc = s.view.scene().arcs[lines++];
        const Complex head = s.view.viewPoints()[arc.head], tail = s.view.viewPoints()[arc.tail];
        EXPECT_LT(std::abs(line.front().z - head), 1e-12);
        EXPECT_LT(std::abs(line.back().z - tail) * s.view.pixelsPerUnit(), 16);
        const double whole = disk::distance(disk::toPolar(head), disk::toPolar(tail));
        for (const auto& point : line)
            EXPECT_NEAR(disk::distance(disk::toPolar(head), disk::toPolar(point.z)) +
                            disk::distance(disk::toPolar(point.z), disk::toPolar(tail)),
                        whole, 1e-6);
        EXPECT_LE(line.size(), 60U);
    }
    EXPECT_EQ(lines, 40U);
    EXPECT_GE(arrows, 30U) << "all but the shortest";
}

TEST(ArcLayer, TheHoveredArcOrPointIsolates) {
    Setting s(withArcs(40));
    ArcLayer layer;
    const auto strongest = [&](std::uint32_t colour) {
        double alpha = 0;
        for (const auto& line : s.sink.lines)
            for (const auto& point : line)
                if ((point.colour & 0xFFFFFF) == colour)
                    alpha = std::max(alpha, alphaOf(point.colour));
        return alpha;
    };
    layer.draw(s.sink, s.view, DiskColours::light());
    const double usual = strongest(0x102030 + 4);
    s.view.setHoverArc(3);
    s.sink = {};
    layer.draw(s.sink, s.view, DiskColours::light());
    EXPECT_GT(strongest(0x102030 + 3), 0.5);
    EXPECT_LT(strongest(0x102030 + 4), 0.3 * usual);
    s.view.setHoverArc(-1);
    s.view.setHover(static_cast<int>(s.view.scene().arcs[9].tail));
    s.sink = {};
    layer.draw(s.sink, s.view, DiskColours::light());
    EXPECT_GT(strongest(0x102030 + 9), 0.5);
    EXPECT_LT(strongest(0x102030 + 4), 0.3 * usual);
    s.view.setHover(60); // a sample that no arc touches
    s.sink = {};
    layer.draw(s.sink, s.view, DiskColours::light());
    EXPECT_EQ(strongest(0x102030 + 4), usual);
}

TEST(ArcLayer, AHoveredPrototypeIsolatesWhatCategoriesBelowItTakePartIn) {
    DiskScene shown = withArcs(10);
    shown.categoryNames = {"c", "d", "e"};
    shown.category[2] = 2;
    shown.category[3] = shown.category[shown.arcs[4].tail] = 1;
    shown.treeEdges = {{2, 3}};
    Setting s(shown);
    s.view.setHover(2);
    ArcLayer().draw(s.sink, s.view, DiskColours::light());
    double own = 0, others = 0;
    for (const auto& line : s.sink.lines)
        for (const auto& point : line) {
            double& most = (point.colour & 0xFFFFFF) == 0x102030 + 4 ? own : others;
            most = std::max(most, alphaOf(point.colour));
        }
    EXPECT_GT(own, 4 * others);
}

TEST(ArcLayer, InactiveArcsAreLeftOut) {
    Setting s(withArcs(10));
    s.change([](DiskOverlay& overlay) { overlay.hiddenArcs = {1}; });
    ArcLayer().draw(s.sink, s.view, DiskColours::light());
    ASSERT_FALSE(s.sink.lines.empty());
    for (const auto& line : s.sink.lines)
        EXPECT_EQ(((line[0].colour & 0xFFFFFF) - 0x102030) % 2, 0U);
    const auto arcLines = [&] {
        s.sink = {};
        DiskBackdrop().draw(s.sink, s.view, DiskColours::light());
        return std::count_if(s.sink.lines.begin(), s.sink.lines.end(), [](const auto& line) {
            const Argb colour = line[0].colour & 0xFFFFFF;
            return colour >= 0x102030 && colour < 0x102030 + 10;
        });
    };
    s.change([](DiskOverlay& overlay) { overlay.hiddenArcs.clear(); });
    EXPECT_GE(arcLines(), 10);
    s.change([](DiskOverlay& overlay) { overlay.arcs = false; });
    EXPECT_EQ(arcLines(), 0);
}

TEST(DiskBackdrop, IsDrawnAgainForAHoverOnlyWhereThatChangesIt) {
    using enum DiskController::Change;
    Setting s(withArcs(10));
    DiskBackdrop backdrop;
    const auto hover = [&](int row) {
        s.view.setHover(row);
        return backdrop.shows(Hover, s.view);
    };
    EXPECT_TRUE(backdrop.shows(View, s.view));
    EXPECT_FALSE(hover(60)) << "no relation touches it";
    EXPECT_TRUE(hover(static_cast<int>(s.view.scene().arcs[3].head)));
    EXPECT_TRUE(hover(61)) << "what stood out no longer does";
    EXPECT_FALSE(hover(62));
    s.view.setHoverArc(4);
    EXPECT_TRUE(backdrop.shows(Hover, s.view));
    s.view.setHoverArc(-1);
    EXPECT_TRUE(hover(-1));
    s.change([](DiskOverlay& overlay) { overlay.arcs = false; });
    EXPECT_TRUE(backdrop.shows(Overlay, s.view));
    EXPECT_TRUE(backdrop.shows(Selection, s.view)) << "relations of what is selected are drawn";
    EXPECT_FALSE(hover(2)) << "a prototype's are as many as all";
    EXPECT_TRUE(hover(static_cast<int>(s.view.scene().arcs[3].head)));
    EXPECT_TRUE(hover(60));
    s.view.setScene(scene(10, 20, 2));
    EXPECT_FALSE(backdrop.shows(Selection, s.view)) << "no relations, no regions";
    s.change([](DiskOverlay& overlay) { overlay.regions = true; });
    EXPECT_TRUE(backdrop.shows(Overlay, s.view));
    EXPECT_TRUE(backdrop.shows(Selection, s.view));
}

TEST(ArcLayer, WithoutTheLayerSelectedAndHoveredPointsShowTheirs) {
    Setting s(withArcs(10));
    s.change([](DiskOverlay& overlay) { overlay.arcs = false; });
    const auto drawn = [&] {
        std::set<Argb> colours;
        s.sink = {};
        ArcLayer().draw(s.sink, s.view, DiskColours::light());
        for (const auto& line : s.sink.lines)
            colours.insert(line[0].colour & 0xFFFFFF);
        return colours;
    };
    EXPECT_TRUE(drawn().empty());
    const int tail = static_cast<int>(s.view.scene().arcs[4].tail);
    s.view.select({&tail, 1}, DiskController::SelectMode::Replace);
    EXPECT_EQ(drawn(), std::set<Argb>{0x102030 + 4});
    s.view.setHover(static_cast<int>(s.view.scene().arcs[7].head));
    EXPECT_EQ(drawn(), (std::set<Argb>{0x102030 + 4, 0x102030 + 7}));
    const auto middle = [&](std::size_t arc) {
        const auto points = s.view.viewPoints();
        const DiskArc& relation = s.view.scene().arcs[arc];
        return s.view.toScreen(
            disk::Geodesic(points[relation.head], points[relation.tail]).at(0.5));
    };
    const auto [x, y] = middle(4);
    EXPECT_EQ(s.view.pickArc(x, y), 4);
    const auto [u, v] = middle(2);
    EXPECT_NE(s.view.pickArc(u, v), 2) << "what is not drawn is not picked";
}

TEST(LinkLayer, DashesLieOnTheGeodesicAndTheStrongerAreWider) {
    Setting s(scene(5, 20, 2));
    DiskOverlay overlay;
    overlay.links = {{6, 1, 0xFF0000, 1.0}, {6, 2, 0x00FF00, 0.1}};
    s.view.setOverlay(overlay);
    std::vector<StrokePoint> scratch;
    drawLinks(s.sink, s.view, DiskColours::light(), scratch);
    ASSERT_GT(s.sink.lines.size(), 4U);
    const Complex from = s.view.viewPoints()[6], to = s.view.viewPoints()[1];
    EXPECT_LT(std::abs(s.sink.lines.front().front().z - from), 1e-9);
    const double whole = disk::distance(disk::toPolar(from), disk::toPolar(to));
    double drawn = 0, red = 0, green = 0;
    for (const auto& line : s.sink.lines) {
        const bool strong = (line[0].colour >> 16 & 0xFF) > (line[0].colour >> 8 & 0xFF);
        (strong ? red : green) = line[0].width;
        for (std::size_t i = 0; strong && i < line.size(); ++i) {
            EXPECT_NEAR(disk::distance(disk::toPolar(from), disk::toPolar(line[i].z)) +
                            disk::distance(disk::toPolar(line[i].z), disk::toPolar(to)),
                        whole, 1e-6);
            drawn += i > 0 ? std::abs(line[i].z - line[i - 1].z) : 0;
        }
    }
    EXPECT_GT(red, 2 * green);
    const double length = disk::GeodesicArc(from, to).length();
    EXPECT_GT(drawn, 0.45 * length);
    EXPECT_LT(drawn, 0.75 * length) << "dashes, not a line";
}

TEST(LinkLayer, HiddenGhostsHaveNoLinks) {
    DiskScene shown = scene(5, 20, 2);
    shown.kind[6] = PointKind::Generated;
    Setting s(shown);
    DiskOverlay overlay;
    overlay.links = {{6, 1, 0xFF0000, 1.0}};
    overlay.ghosts = false;
    s.view.setOverlay(overlay);
    std::vector<StrokePoint> scratch;
    drawLinks(s.sink, s.view, DiskColours::light(), scratch);
    EXPECT_TRUE(s.sink.lines.empty());
}

TEST(RingLayer, RingsAreAtWholeDistancesOfTheViewsCentre) {
    Setting s(scene(5, 20, 3));
    std::vector<StrokePoint> scratch;
    drawRings(s.sink, s.view, DiskColours::light(), scratch);
    ASSERT_GE(s.sink.lines.size(), 3U);
    for (std::size_t ring = 0; ring < s.sink.lines.size(); ++ring)
        for (const auto& point : s.sink.lines[ring])
            EXPECT_NEAR(disk::toPolar(point.z).r, static_cast<double>(ring) + 1, 1e-9);
    EXPECT_GT(s.sink.lines.size(), 4U) << "and as far out as they can be told apart";
    EXPECT_LT(s.sink.lines.size(), 12U);
}

TEST(OverlayText, NumbersStandOnTheirRingsInsideThePicture) {
    Setting s(scene(5, 20, 3));
    s.change([](DiskOverlay& overlay) { overlay.rings = true; });
    for (const double zoom : {1.0, 3.0, 20.0}) {
        s.view.zoomAt(700, 200, zoom);
        const auto texts = overlayTexts(s.view, width, height);
        EXPECT_GE(texts.size(), zoom == 1 ? 3U : zoom == 3 ? 1U : 0U);
        for (const auto& text : texts) {
            EXPECT_EQ(text.style, OverlayText::Style::Ring);
            EXPECT_NEAR(disk::toPolar(s.view.toDisk(text.x, text.y)).r, std::stod(text.text), 1e-6);
            EXPECT_TRUE(text.x > 0 && text.y > 0 && text.x < width && text.y < height);
        }
    }
}

TEST(RulerLine, TheLengthIsTheDistanceAndStandsOnTheLine) {
    Setting s(scene(5, 20, 3));
    s.change([](DiskOverlay& overlay) { overlay.ruler = DiskRuler{{1.4, 2.4}, {2.2, -0.3}}; });
    s.look({1, 1});
    std::vector<StrokePoint> scratch;
    drawRuler(s.sink, s.view, DiskColours::light(), scratch);
    ASSERT_EQ(s.sink.lines.size(), 6U) << "line and two ticks, and their edges";
    const auto texts = overlayTexts(s.view, width, height);
    ASSERT_EQ(texts.size(), 1U);
    EXPECT_EQ(texts[0].style, OverlayText::Style::Ruler);
    EXPECT_NEAR(std::stod(texts[0].text), disk::distance({1.4, 2.4}, {2.2, -0.3}), 0.00501);
    EXPECT_EQ(texts[0].text.size(), 4U);
    double nearest = 1;
    for (const auto& point : s.sink.lines[3])
        nearest = std::min(nearest, std::abs(point.z - s.view.toDisk(texts[0].x, texts[0].y)));
    EXPECT_LT(nearest * s.view.pixelsPerUnit(), 30);
    s.change([](DiskOverlay& overlay) { overlay.ruler.reset(); });
    EXPECT_TRUE(overlayTexts(s.view, width, height).empty());
    s.sink = {};
    drawRuler(s.sink, s.view, DiskColours::light(), scratch);
    EXPECT_TRUE(s.sink.lines.empty());
}

} // namespace
} // namespace hmgrl
