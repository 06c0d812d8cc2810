#include "view/SceneRows.h"

#include "support/Error.h"

#include <string_view>
#include <unordered_map>

namespace hmgrl {

namespace {

void expectLength(const char* column, std::size_t found, std::size_t expected) {
    if (found != expected)
        throw Error({}, "disk scene",
                    std::string(column) + ": expected " + std::to_string(expected) +
                        " entries, found " + std::to_string(found));
}

struct Identity {
    PointKind kind;
    std::int64_t id;
    std::string_view name; ///< of the category, where there is no id
    bool operator==(const Identity&) const = default;
};

struct IdentityHash {
    std::size_t operator()(const Identity& who) const {
        const std::size_t id = std::hash<std::int64_t>()(who.id) * 8;
        return (id + static_cast<std::size_t>(who.kind)) ^ std::hash<std::string_view>()(who.name);
    }
};

Identity identity(const DiskScene& scene, std::size_t row) {
    const std::int64_t id = scene.id[row];
    return {scene.kind[row], id,
            id < 0 ? std::string_view(scene.categoryNames[scene.category[row]])
                   : std::string_view()};
}

} // namespace

void checkScene(const DiskScene& scene) {
    const std::size_t n = scene.size();
    expectLength("kind", scene.kind.size(), n);
    expectLength("id", scene.id.size(), n);
    expectLength("document", scene.document.size(), n);
    expectLength("colour", scene.colour.size(), n);
    expectLength("category", scene.category.size(), n);
    expectLength("labels", scene.labels.size(), n);
    for (std::uint32_t category : scene.category)
        if (category >= scene.categoryNames.size())
            throw Error({}, "disk scene", "category " + std::to_string(category) + " has no name");
    for (const auto& [parent, child] : scene.treeEdges)
        if (parent >= n || child >= n)
            throw Error({}, "disk scene", "a tree edge leads to a point that is not there");
    if (!scene.marker.empty())
        expectLength("marker", scene.marker.size(), n);
    if (!scene.scale.empty())
        expectLength("scale", scene.scale.size(), n);
    for (const DiskArc& arc : scene.arcs)
        if (arc.head >= n || arc.tail >= n || arc.category >= scene.arcNames.size())
            throw Error({}, "disk scene", "an arc leads to a point or category that is not there");
}

std::vector<std::int32_t> matchRows(const DiskScene& from, const DiskScene& to) {
    // Rows of one identity form a chain in ascending order; each is handed out once.
    std::unordered_map<Identity, std::int32_t, IdentityHash> first;
    first.reserve(from.size());
    std::vector<std::int32_t> next(from.size(), -1);
    for (std::size_t row = from.size(); row-- > 0;) {
        const auto [place, isNew] =
            first.try_emplace(identity(from, row), static_cast<std::int32_t>(row));
        if (!isNew) {
            next[row] = place->second;
            place->second = static_cast<std::int32_t>(row);
        }
    }
    std::vector<std::int32_t> origin(to.size(), -1);
    for (std::size_t row = 0; row < to.size(); ++row) {
        const auto place = first.find(identity(to, row));
        if (place == first.end() || place->second < 0)
            continue;
        origin[row] = place->second;
        place->second = next[static_cast<std::size_t>(place->second)];
    }
    return origin;
}

} // namespace hmgrl
