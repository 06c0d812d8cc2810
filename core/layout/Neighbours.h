#pragma once

#include "layout/Hyperboloid.h"
#include "support/Cancel.h"
#include "support/Progress.h"
#include "support/Workers.h"

#include <cstdint>
#include <functional>
#include <vector>

namespace hmgrl::layout {

/// Points among which neighbours are sought, as vectors whose inner products order them: on the
/// hyperboloid cosh d = t t' - <s, s'>, which is the inner product with the query's space part
/// negated; in the plain space |x - y|^2 = |x|^2 + (-2 x, 1) . (y, |y|^2).
class PointSpace {
public:
    [[nodiscard]] static PointSpace hyperbolic(const Hyperboloid& points);
    /// The space parts as plain vectors.
    [[nodiscard]] static PointSpace euclidean(const Hyperboloid& points);
    [[nodiscard]] static PointSpace drawn(const std::vector<DiskPoint>& where);

    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] std::size_t width() const { return m_width; } ///< of the vectors
    [[nodiscard]] const double* point(std::size_t i) const { return m_points.data() + i * m_width; }
    /// The vector whose inner products with the points are least for the nearest.
    void query(std::size_t i, double* out) const;
    /// Distance without cancellation. The points that the space was made of must still exist.
    [[nodiscard]] double distance(std::size_t i, std::size_t j) const { return m_distance(i, j); }

private:
    std::size_t m_size = 0;
    std::size_t m_width = 0;
    std::vector<double> m_points;
    double m_factor = -1;     ///< of all but the last number of a query
    bool m_lastIsOne = false; ///< else the point's own
    std::function<double(std::size_t, std::size_t)> m_distance;
};

/// k nearest neighbours of every point, itself left out: nearest first, equal ones by row.
struct NeighbourTable {
    std::size_t k = 0;
    std::vector<std::uint32_t> row; ///< size() x k
    std::vector<double> distance;   ///< size() x k

    [[nodiscard]] std::size_t size() const { return k == 0 ? 0 : row.size() / k; }
    [[nodiscard]] std::span<const std::uint32_t> rows(std::size_t i) const {
        return {row.data() + i * k, k};
    }
    [[nodiscard]] std::span<const double> distances(std::size_t i) const {
        return {distance.data() + i * k, k};
    }
};

/// Exact: all pairs, as blocked inner products. k is cut to size() - 1. @throws Cancelled
[[nodiscard]] NeighbourTable neighbourTable(const PointSpace& points, std::size_t k,
                                            Workers& workers, const CancelToken& cancel = {},
                                            const ProgressSink& progress = {});

} // namespace hmgrl::layout
