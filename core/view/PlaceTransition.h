#pragma once

#include "geometry/Geodesic.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl {

/// Points of a layout on their way to new places, each along its geodesic, and new ones that appear
/// meanwhile. Places are points of the disk, x and y apart.
class PlaceTransition {
public:
    /// `fromX` to `toX`: of equal length. `presence`: of each row when it begins, or empty: all are
    /// there.
    void begin(std::span<const double> fromX, std::span<const double> fromY,
               std::span<const double> toX, std::span<const double> toY,
               std::vector<float> presence);
    void end();
    [[nodiscard]] bool isRunning() const { return !m_moving.empty() || !m_presence.empty(); }
    /// Writes where the moving points are at t in [0, 1]; the others are left as they are. From 1
    /// on the places are exactly those that were given.
    void write(double t, std::span<double> x, std::span<double> y);
    /// From 0, not yet there, to 1; as of the last write().
    [[nodiscard]] float presence(std::size_t row) const {
        return m_presence.empty() ? 1 : m_presence[row] + (1 - m_presence[row]) * m_t;
    }

private:
    struct Way {
        std::uint32_t row;
        disk::Geodesic path;
        disk::Complex from, to;
    };
    std::vector<Way> m_moving;
    std::vector<float> m_presence; ///< of each row at the beginning; empty: all are there
    float m_t = 0;
};

} // namespace hmgrl
