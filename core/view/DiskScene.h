#pragma once

#include "data/EmbeddingSet.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hmgrl {

[[nodiscard]] constexpr bool isPrototype(PointKind kind) {
    return kind == PointKind::EntityPrototype || kind == PointKind::RelationPrototype;
}

/// The shape of a sample's mark: with it a legend tells more categories apart than hues alone do.
/// Prototypes have shapes of their own.
enum class Marker : std::uint8_t { Circle, Square, Triangle, Diamond, Plus, Star };
inline constexpr std::size_t markerCount = 6;

/// A relation between two points of the disk, drawn as the geodesic from head to tail.
struct DiskArc {
    std::uint32_t head = 0, tail = 0; ///< rows
    std::uint32_t colour = 0;         ///< 0xRRGGBB
    std::uint32_t category = 0;       ///< index into DiskScene::arcNames
    std::int64_t id = -1;             ///< project row of the relation
};

/// What the disk shows, row by row: where each point lies in the layout and what it stands for.
struct DiskScene {
    std::vector<DiskPoint> points;
    std::vector<PointKind> kind;
    std::vector<std::int64_t> id;           ///< project row of a sample, -1 for prototypes
    std::vector<std::int64_t> document;     ///< document row of a sample, -1 for prototypes
    std::vector<std::uint32_t> colour;      ///< 0xRRGGBB
    std::vector<std::uint32_t> category;    ///< index into categoryNames
    std::vector<std::string> categoryNames; ///< "entity: person/artist" style keys are the caller's
    std::vector<std::string> labels;        ///< of prototypes, empty for samples
    std::vector<std::pair<std::uint32_t, std::uint32_t>>
        treeEdges;              ///< parent, child prototype rows
    std::vector<Marker> marker; ///< one a row, or empty: circles
    std::vector<float> scale;   ///< factor on a sample's mark, 0.5 to 2, one a row, or empty: 1
    std::vector<DiskArc> arcs;
    std::vector<std::string> arcNames; ///< categories of the arcs
    [[nodiscard]] std::size_t size() const { return points.size(); }
};

} // namespace hmgrl
