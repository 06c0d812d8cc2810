#pragma once

#include "geometry/Disk.h"

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace hmgrl {

/// Where every point of the scene lies in the view, and which of them lies near a place or inside a
/// line. Disk units, float64 throughout. Searches look at every point: at a million that is one or
/// two milliseconds, and there is no index to keep right while the view moves.
class ViewPoints {
public:
    /// What a search may find.
    enum class Pickable : std::uint8_t { No, Sample, Prototype };

    void setLayout(std::span<const DiskPoint> points); ///< every point a sample, view = layout
    void setPickable(const std::function<Pickable(std::size_t)>& ofRow);
    /// Moves the view. Allocates nothing.
    void apply(const disk::Isometry& focus);

    [[nodiscard]] std::span<const disk::Complex> all() const { return m_view; }
    /// The layout, Cartesian, for who moves the points within it; apply() then.
    [[nodiscard]] std::span<double> layoutX() { return m_x; }
    [[nodiscard]] std::span<double> layoutY() { return m_y; }

    /// The nearest row within `reach` (Euclidean), the nearest prototype before any sample, the
    /// later of two equally near; -1: none.
    [[nodiscard]] int nearest(disk::Complex z, double reach) const;
    /// Rows inside the polygon by the even-odd rule, ascending.
    [[nodiscard]] std::vector<int> inside(std::span<const disk::Complex> polygon) const;

private:
    std::vector<double> m_x, m_y;      ///< layout, Cartesian: computed once a scene
    std::vector<disk::Complex> m_view; ///< written in place
    std::vector<Pickable> m_pickable;
};

} // namespace hmgrl
