#pragma once

#include "geometry/Geodesic.h"

#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl {

/// Points of a layout on their way to new places, each along its geodesic. Places are points of the
/// disk, x and y apart.
class PlaceTransition {
public:
    /// `fromX` to `toX`: of equal length.
    void begin(std::span<const double> fromX, std::span<const double> fromY,
               std::span<const double> toX, std::span<const double> toY);
    void end() { m_moving.clear(); }
    [[nodiscard]] bool isRunning() const { return !m_moving.empty(); }
    /// Writes where the moving points are at t in [0, 1]; the others are left as they are. From 1
    /// on the places are exactly those that were given.
    void write(double t, std::span<double> x, std::span<double> y) const;

private:
    struct Way {
        std::uint32_t row;
        disk::Geodesic path;
        disk::Complex from, to;
    };
    std::vector<Way> m_moving;
};

} // namespace hmgrl
