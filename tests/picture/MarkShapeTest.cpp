#include "picture/MarkShape.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <gtest/gtest.h>
#include <numbers>

namespace hmgrl {
namespace {

constexpr std::array all{Marker::Circle,  Marker::Square, Marker::Triangle,
                         Marker::Diamond, Marker::Plus,   Marker::Star};
static_assert(all.size() == markerCount);

TEST(MarkShape, AllShapesHaveTheAreaOfTheCircle) {
    constexpr double radius = 20, step = 0.05;
    for (const Marker marker : all) {
        double area = 0;
        for (double y = -35; y < 35; y += step)
            for (double x = -35; x < 35; x += step)
                area += MarkShape::distance(marker, x, y, radius) < 0 ? step * step : 0;
        EXPECT_NEAR(area / (std::numbers::pi * radius * radius), 1, 0.01)
            << "shape " << static_cast<int>(marker);
    }
}

TEST(MarkShape, OutlinesAreWhereTheDistanceIsZero) {
    for (const Marker marker : all) {
        const auto corners = MarkShape::outline(marker, 7);
        double farthest = marker == Marker::Circle ? 7 : 0;
        for (std::size_t i = 0; i < corners.size(); ++i) {
            const auto a = corners[i], b = corners[(i + 1) % corners.size()];
            for (const double t : {0.0, 0.3, 0.5, 0.9})
                EXPECT_NEAR(
                    MarkShape::distance(marker, a.x + t * (b.x - a.x), a.y + t * (b.y - a.y), 7), 0,
                    1e-4)
                    << "shape " << static_cast<int>(marker);
            farthest = std::max(farthest, std::hypot(a.x, a.y));
        }
        EXPECT_NEAR(farthest, 7 * MarkShape::reach(marker), 1e-4);
    }
}

TEST(MarkShape, StandUpright) {
    EXPECT_LT(MarkShape::distance(Marker::Triangle, 0, 1.4, 1), 0) << "the tip is up";
    EXPECT_GT(MarkShape::distance(Marker::Triangle, 0, -1.4, 1), 0);
    EXPECT_LT(MarkShape::distance(Marker::Star, 0, 1.5, 1), 0);
    EXPECT_GT(MarkShape::distance(Marker::Star, 0, -1.5, 1), 0);
}

} // namespace
} // namespace hmgrl
