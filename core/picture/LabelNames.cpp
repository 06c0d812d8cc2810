#include "picture/LabelNames.h"

#include "picture/SplatSet.h"

namespace hmgrl {

namespace {

/// Trees with a fault (a cycle) end at a depth of their own.
std::vector<int> depths(const DiskScene& scene) {
    constexpr int deepest = 32;
    std::vector<int> parent(scene.size(), -1);
    for (const auto& [from, to] : scene.treeEdges)
        parent[to] = static_cast<int>(from);
    std::vector<int> result(scene.size(), 0);
    for (std::size_t row = 0; row < scene.size(); ++row)
        for (int up = parent[row]; up >= 0 && result[row] < deepest;
             up = parent[static_cast<std::size_t>(up)])
            ++result[row];
    return result;
}

} // namespace

std::vector<LabelName> labelNames(const DiskScene& scene) {
    const std::vector<int> depth = depths(scene);
    std::vector<LabelName> names;
    for (std::size_t row = 0; row < scene.size(); ++row)
        if (isPrototype(scene.kind[row]) && !scene.labels[row].empty())
            names.push_back({scene.labels[row], static_cast<std::uint32_t>(row), depth[row]});
    return names;
}

} // namespace hmgrl
