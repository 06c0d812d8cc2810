#pragma once

#include "support/Random.h"
#include "view/DiskController.h"

#include <numbers>

namespace hmgrl::test {

/// Samples of all shapes and sizes, every tenth a ghost, and three prototypes at the end.
inline DiskScene marksScene(std::size_t samples, std::uint32_t seed = 3) {
    Random random(seed);
    DiskScene scene;
    scene.categoryNames = {"c"};
    const auto add = [&](PointKind kind, DiskPoint where) {
        const std::size_t row = scene.size();
        scene.points.push_back(where);
        scene.kind.push_back(kind);
        scene.id.push_back(static_cast<std::int64_t>(row));
        scene.document.push_back(0);
        scene.colour.push_back(random.upTo(0xFFFFFF));
        scene.category.push_back(0);
        scene.labels.emplace_back();
        scene.marker.push_back(static_cast<Marker>(row % markerCount));
        scene.scale.push_back(0.5F + 1.5F * static_cast<float>(random.uniform()));
    };
    const auto turn = [&] { return 2 * std::numbers::pi * random.uniform(); };
    for (std::size_t i = 0; i < samples; ++i)
        add(i % 10 == 9 ? PointKind::Generated : PointKind::Mention,
            {4 * random.uniform(), turn()});
    for (const PointKind kind :
         {PointKind::EntityPrototype, PointKind::RelationPrototype, PointKind::EntityPrototype})
        add(kind, {2 * random.uniform(), turn()});
    return scene;
}

} // namespace hmgrl::test
