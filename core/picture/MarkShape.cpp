#include "picture/MarkShape.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hmgrl {

namespace {
constexpr double pi = std::numbers::pi;

// Sizes at radius 1, each from the area pi.
constexpr double squareHalf = 0.886227;     // sqrt(pi) / 2
constexpr double triangleInside = 0.777560; // of the inscribed circle; sqrt(pi / (3 sqrt(3)))
constexpr double diamondReach = 1.253314;   // sqrt(pi / 2)
constexpr double plusReach = 1.153378, plusHalf = 0.36 * plusReach;
constexpr double starReach = 1.541254, starNotch = 0.45 * starReach; // 5 sin(36°) reach notch = pi

double starDistance(double x, double y, double radius) {
    // Folded into a tenth: from the tip, straight up, to the notch 36° beside it.
    const double sector = 2 * pi / 5;
    const double angle = std::atan2(x, y);
    const double within = std::abs(angle - sector * std::round(angle / sector));
    const double away = std::hypot(x, y);
    const double edgeX = starNotch * std::sin(sector / 2);
    const double edgeY = starNotch * std::cos(sector / 2) - starReach;
    const double length = std::hypot(edgeX, edgeY);
    return (-edgeY * away * std::sin(within) +
            edgeX * (away * std::cos(within) - starReach * radius)) /
           length;
}

double box(double x, double y, double halfWidth, double halfHeight) {
    return std::max(x - halfWidth, y - halfHeight);
}

/// Corners at equal angles, the first one straight up; two radii in turn.
std::vector<MarkShape::Corner> around(int corners, double even, double odd) {
    std::vector<MarkShape::Corner> all;
    for (int i = 0; i < corners; ++i) {
        const double angle = 2 * pi * i / corners, radius = i % 2 == 0 ? even : odd;
        all.push_back({radius * std::sin(angle), radius * std::cos(angle)});
    }
    return all;
}
} // namespace

double MarkShape::distance(Marker marker, double x, double y, double radius) {
    const double ax = std::abs(x), ay = std::abs(y);
    switch (marker) {
    case Marker::Square:
        return box(ax, ay, squareHalf * radius, squareHalf * radius);
    case Marker::Triangle:
        return std::max(-y, 0.5 * y + std::sqrt(0.75) * ax) - triangleInside * radius;
    case Marker::Diamond:
        return (ax + ay - diamondReach * radius) * std::sqrt(0.5);
    case Marker::Plus:
        return std::min(box(ax, ay, plusReach * radius, plusHalf * radius),
                        box(ax, ay, plusHalf * radius, plusReach * radius));
    case Marker::Star:
        return starDistance(x, y, radius);
    case Marker::Circle:
        break;
    }
    return std::hypot(x, y) - radius;
}

double MarkShape::reach(Marker marker) {
    switch (marker) {
    case Marker::Square:
        return squareHalf * std::numbers::sqrt2;
    case Marker::Triangle:
        return 2 * triangleInside;
    case Marker::Diamond:
        return diamondReach;
    case Marker::Plus:
        return std::hypot(plusReach, plusHalf);
    case Marker::Star:
        return starReach;
    case Marker::Circle:
        break;
    }
    return 1;
}

std::vector<MarkShape::Corner> MarkShape::outline(Marker marker, double r) {
    const double a = plusReach * r, b = plusHalf * r, s = squareHalf * r;
    switch (marker) {
    case Marker::Square:
        return {{-s, s}, {s, s}, {s, -s}, {-s, -s}};
    case Marker::Triangle:
        return around(3, 2 * triangleInside * r, 2 * triangleInside * r);
    case Marker::Diamond:
        return around(4, diamondReach * r, diamondReach * r);
    case Marker::Plus:
        return {{-b, a}, {b, a},   {b, b},   {a, b},   {a, -b}, {b, -b},
                {b, -a}, {-b, -a}, {-b, -b}, {-a, -b}, {-a, b}, {-b, b}};
    case Marker::Star:
        return around(10, starReach * r, starNotch * r);
    case Marker::Circle:
        break;
    }
    return {};
}

} // namespace hmgrl
