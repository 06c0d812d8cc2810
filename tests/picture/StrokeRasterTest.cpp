#include "picture/StrokeRaster.h"

#include <cmath>
#include <gtest/gtest.h>
#include <random>

namespace hmgrl {
namespace {

constexpr int side = 200;
using Pixels = std::vector<std::uint32_t>;

SplatRaster::Target target(Pixels& pixels, int width = side, int height = side) {
    return {pixels, width, height, SplatRaster::ByteOrder::Bgra, false};
}

constexpr SplatRaster::Transform plain{90, -90, 100, 100, 1};

double covered(const Pixels& pixels) {
    double sum = 0;
    for (const auto pixel : pixels)
        sum += (pixel >> 24) / 255.0;
    return sum;
}

TEST(StrokeRaster, ALineCoversItsLengthTimesItsWidthInAnyDirection) {
    for (const double width : {1.0, 1.7, 3.0, 6.0})
        for (int i = 0; i < 24; ++i) {
            StrokeRaster raster;
            const auto end = std::polar(0.8, 0.1 + 0.2617 * i);
            const auto w = static_cast<float>(width);
            const StrokePoint line[]{
                {-end, w, 0xFF204060}, {end * 0.1, w, 0xFF204060}, {end, w, 0xFF204060}};
            raster.polyline(line);
            Pixels pixels(side * side, 0);
            raster.draw(plain, target(pixels));
            EXPECT_NEAR(covered(pixels), 2 * 0.8 * 90 * width, 0.06 * 144 * width) << i;
        }
}

TEST(StrokeRaster, PiecesOfALineMeetWithoutABeadOrAGap) {
    StrokeRaster raster;
    std::vector<StrokePoint> line;
    for (int i = 0; i <= 40; ++i)
        line.push_back({{-0.9 + 0.045 * i, 0.3 * (-0.9 + 0.045 * i)}, 3, 0x80FF0000});
    raster.polyline(line);
    Pixels pixels(side * side, 0);
    raster.draw(plain, target(pixels));
    for (int x = 30; x < 170; ++x) {
        std::uint32_t most = 0;
        for (int y = 0; y < side; ++y)
            most = std::max(most, pixels[static_cast<std::size_t>(y * side + x)] >> 24);
        EXPECT_NEAR(most, 0x80, 2) << x;
    }
}

TEST(StrokeRaster, AnArrowheadIsATriangle) {
    for (int i = 0; i < 12; ++i) {
        StrokeRaster raster;
        const auto tip = std::polar(0.1, 0.5236 * i + 0.2);
        const StrokePoint head[]{{0, 8, 0xFF000000}, {tip, 0, 0xFF000000}};
        raster.polyline(head);
        Pixels pixels(side * side, 0);
        raster.draw(plain, target(pixels));
        EXPECT_NEAR(covered(pixels), 9 * 8 / 2.0, 6) << i;
    }
}

std::vector<std::complex<double>> circle(std::complex<double> middle, double radius) {
    std::vector<std::complex<double>> outline;
    for (int i = 0; i < 300; ++i)
        outline.push_back(middle + std::polar(radius, 6.283185307179586 * i / 300));
    return outline;
}

TEST(StrokeRaster, AnAreaIsCoveredEvenlyWithASoftRim) {
    for (const double radius : {0.01, 0.05, 0.3, 0.9}) {
        StrokeRaster raster;
        raster.area(circle({0.013, 0.021}, radius), 0, 0xFF336699);
        Pixels pixels(side * side, 0);
        raster.draw(plain, target(pixels));
        const double r = radius * 90;
        EXPECT_NEAR(covered(pixels), 3.14159265 * r * r, 0.02 * (1 + r * r)) << radius;
        const auto inside = pixels[97 * side + 101]; // where its middle is
        EXPECT_TRUE(radius < 0.04 || inside == 0xFF336699U) << radius;
    }
}

TEST(StrokeRaster, TwoHalvesMakeAWholeAndClippingChangesNothingInside) {
    // The same disc in two halves divided by a slanted line: their covers add up to one, so that
    // with full opacity the seam is hardly seen.
    StrokeRaster whole, cut;
    const auto outline = circle(0, 0.8);
    std::vector<std::complex<double>> right(outline.begin() + 20, outline.begin() + 171);
    whole.area(outline, 0, 0x80FF8000);
    cut.area(right, 0, 0x80FF8000);
    std::vector<std::complex<double>> left(outline.begin() + 170, outline.end());
    left.insert(left.end(), outline.begin(), outline.begin() + 21);
    cut.area(left, 0, 0x80FF8000);
    Pixels a(side * side, 0), b(side * side, 0);
    whole.draw(plain, target(a));
    cut.draw(plain, target(b));
    for (std::size_t i = 0; i < a.size(); ++i)
        EXPECT_NEAR(a[i] >> 24, b[i] >> 24, 34) << i % side << " " << i / side;
    EXPECT_NEAR(covered(a), covered(b), 0.012 * covered(a));
    Pixels small(80 * 60, 0);
    whole.draw({90, -90, 40, 30, 1}, target(small, 80, 60));
    for (int y = 0; y < 60; ++y)
        for (int x = 0; x < 80; ++x)
            EXPECT_EQ(small[static_cast<std::size_t>(y * 80 + x)],
                      a[static_cast<std::size_t>((y + 70) * side + x + 60)]);
}

std::vector<StrokePoint> randomLine(std::mt19937& random) {
    std::uniform_real_distribution<double> share(-1.6, 1.6);
    std::vector<StrokePoint> line;
    for (int k = 0; k < 6; ++k)
        line.push_back({{share(random), share(random)},
                        static_cast<float>(2 + share(random)),
                        static_cast<Argb>(random())});
    return line;
}

TEST(StrokeRaster, ThePictureIsTheSameForAnyNumberOfThreadsAndStaysPremultiplied) {
    std::mt19937 random(4);
    StrokeRaster one(1), three(3);
    for (int i = 0; i < 400; ++i) {
        const auto line = randomLine(random);
        one.polyline(line);
        three.polyline(line);
    }
    Pixels a(side * side, 0), b(side * side, 0);
    one.draw(plain, target(a));
    three.draw(plain, target(b));
    EXPECT_EQ(a, b);
    EXPECT_GT(covered(a), 5000);
    for (const auto pixel : a) {
        const auto alpha = (pixel >> 24) + 1; // rounding
        EXPECT_LE(pixel & 0xFF, alpha);
        EXPECT_LE(pixel >> 8 & 0xFF, alpha);
        EXPECT_LE(pixel >> 16 & 0xFF, alpha);
    }
    one.restart();
    EXPECT_TRUE(one.isEmpty());
}

TEST(StrokeRaster, LinesBeyondTheEdgesAreClipped) {
    std::mt19937 random(9);
    StrokeRaster raster(1);
    for (int i = 0; i < 300; ++i)
        raster.polyline(randomLine(random));
    const StrokePoint nowhere[]{{{0.1, 0.1}, 2, 0xFFFFFFFF}, {{0.1, 0.1}, 2, 0xFFFFFFFF}};
    raster.polyline(nowhere);
    Pixels pixels(60 * 40, 0);
    for (const double offset : {-800.0, -40.0, 0.0, 30.0, 900.0})
        raster.draw({90, -90, offset, 40 - offset, 2}, target(pixels, 60, 40));
    SUCCEED(); // a write outside is the sanitizers' to find
}

TEST(StrokeRaster, ClearsWhenAskedAndKnowsBothByteOrders) {
    StrokeRaster raster;
    const StrokePoint line[]{{-0.5, 4, 0xFF112233}, {0.5, 4, 0xFF112233}};
    raster.polyline(line);
    Pixels pixels(side * side, 0xFFFFFFFF);
    auto cleared = target(pixels);
    cleared.clear = true;
    raster.draw(plain, cleared);
    EXPECT_EQ(pixels[0], 0U);
    EXPECT_EQ(pixels[100 * side + 100], 0xFF112233U);
    cleared.order = SplatRaster::ByteOrder::Rgba;
    raster.draw(plain, cleared);
    EXPECT_EQ(pixels[100 * side + 100], 0xFF332211U);
}

} // namespace
} // namespace hmgrl
