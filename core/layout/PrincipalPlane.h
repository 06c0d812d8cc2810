#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

namespace hmgrl::layout {

/// Mean and the two directions of greatest variance of rows of numbers.
struct PrincipalPlane {
    std::vector<double> mean;
    std::array<std::vector<double>, 2> axis;
    std::array<double, 2> deviation{0, 0}; ///< standard deviation along each axis

    [[nodiscard]] std::array<double, 2> project(std::span<const double> row) const;
};

/// From at most `limit` rows, taken evenly. Deterministic, the sign of an axis too: its largest
/// entry is positive. With fewer than two rows or columns the missing axes are zero.
[[nodiscard]] PrincipalPlane principalPlane(std::span<const double> rows, std::size_t width,
                                            std::size_t limit = 1500);

} // namespace hmgrl::layout
