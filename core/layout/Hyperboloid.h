#pragma once

#include "data/EmbeddingSet.h"

#include <cstddef>
#include <span>
#include <utility>
#include <vector>

namespace hmgrl::layout {

/// Points of an EmbeddingSet at curvature -1: space parts scaled by sqrt(c), time beside them.
/// Distances are in units of the unit hyperboloid, i.e. sqrt(c) times those of the set. Throws
/// Error on a set whose arrays don't fit together or hold a value that is not finite.
class Hyperboloid {
public:
    explicit Hyperboloid(const EmbeddingSet& set);

    [[nodiscard]] std::size_t size() const { return m_time.size(); }
    [[nodiscard]] std::size_t width() const { return m_width; }
    [[nodiscard]] std::span<const double> space(std::size_t i) const {
        return {m_space.data() + i * m_width, m_width};
    }
    [[nodiscard]] double time(std::size_t i) const { return m_time[i]; }

    /// 2 asinh(sqrt(|ds|^2 - dt^2) / 2): no acosh, so that near points keep their distance.
    [[nodiscard]] double distance(std::size_t i, std::size_t j) const {
        return distance(*this, i, *this, j);
    }
    [[nodiscard]] static double distance(const Hyperboloid& a, std::size_t i, const Hyperboloid& b,
                                         std::size_t j);
    /// |ds|^2 - dt^2 = 4 sinh^2(d / 2): orders points as their distance does, for less.
    [[nodiscard]] static double chord(const Hyperboloid& a, std::size_t i, const Hyperboloid& b,
                                      std::size_t j);

    /// Space part of the Lorentz centroid of rows.
    [[nodiscard]] std::vector<double> centroid(std::span<const std::size_t> rows) const;

    /// log of row i at `base` (a space part), carried to the centre: the boost that takes the base
    /// there, then log_0. Written to `out`, width() numbers.
    void logAt(std::span<const double> base, std::size_t i, std::span<double> out) const;

private:
    std::size_t m_width;
    std::vector<double> m_space;
    std::vector<double> m_time;
};

/// The k rows of `points` nearest to row `query` of `from`, leaving out row `except`: rows and
/// distances on the unit hyperboloid, nearest first, equal distances by row.
[[nodiscard]] std::vector<std::pair<std::size_t, double>>
nearestRows(const Hyperboloid& points, const Hyperboloid& from, std::size_t query, std::size_t k,
            std::size_t except);

} // namespace hmgrl::layout
