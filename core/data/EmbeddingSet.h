#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace hmgrl {

/// What a point of an embedding stands for.
enum class PointKind : std::uint8_t {
    Mention,
    Relation,
    EntityPrototype,
    RelationPrototype,
    Generated
};

/// Points on the hyperboloid of curvature -c: row i is the space part s_i (width floats); its time
/// is sqrt(1/c + |s_i|^2). Parallel arrays; `id` is the project row of a sample, -1 for a
/// prototype.
struct EmbeddingSet {
    std::size_t width = 0;
    double curvature = 1; ///< c > 0
    std::vector<float> space;
    std::vector<PointKind> kind;
    std::vector<std::int64_t> id;
    std::vector<std::string> category; ///< of a sample its best, of a prototype its own

    [[nodiscard]] std::size_t size() const { return kind.size(); }
    [[nodiscard]] std::span<const float> row(std::size_t i) const {
        return {space.data() + i * width, width};
    }
};

/// A point of the unit disk, |(x, y)| < 1, in polar form: hyperbolic distance to the origin and
/// angle in radians. Polar float64 is the form that is stored and computed with; see
/// geometry/Disk.h.
struct DiskPoint {
    double r = 0;
    double theta = 0;
    friend bool operator==(const DiskPoint&, const DiskPoint&) = default;
};

} // namespace hmgrl
