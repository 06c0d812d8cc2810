#pragma once

#include "support/Random.h"
#include "view/DiskController.h"

#include <cmath>
#include <numbers>
#include <utility>

namespace hmgrl::test {

inline constexpr double pi = std::numbers::pi;

inline void addPoint(DiskScene& scene, DiskPoint point, PointKind kind, std::int64_t id,
                     std::uint32_t category) {
    scene.points.push_back(point);
    scene.kind.push_back(kind);
    scene.id.push_back(id);
    scene.document.push_back(id < 0 ? -1 : id / 2);
    scene.colour.push_back(0x4477aa);
    scene.category.push_back(category);
    scene.labels.push_back(id < 0 ? "prototype" : "");
}

/// Two prototypes and mentions, even in radius up to `most`.
inline DiskScene scatteredScene(std::size_t n, double most, std::uint32_t seed = 1) {
    DiskScene scene;
    scene.categoryNames = {"person", "place"};
    addPoint(scene, {1, 0.5}, PointKind::EntityPrototype, -1, 0);
    addPoint(scene, {1, 2.5}, PointKind::EntityPrototype, -1, 1);
    scene.treeEdges = {{0, 1}};
    Random random(seed);
    for (std::size_t i = scene.size(); i < n; ++i)
        addPoint(scene, {most * random.uniform(), pi * (2 * random.uniform() - 1)},
                 PointKind::Mention, static_cast<std::int64_t>(i), random.upTo(1));
    return scene;
}

inline DiskController shownScene(std::size_t n = 50, double most = 4) {
    DiskController view;
    view.setViewport(800, 600);
    view.setScene(scatteredScene(n, most));
    return view;
}

inline double apart(std::pair<double, double> a, std::pair<double, double> b) {
    return std::hypot(a.first - b.first, a.second - b.second);
}

} // namespace hmgrl::test
