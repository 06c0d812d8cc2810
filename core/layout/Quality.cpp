#include "geometry/Disk.h"
#include "layout/Hyperboloid.h"
#include "layout/Layout.h"
#include "support/Error.h"
#include "support/Random.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace hmgrl {

namespace {

std::vector<std::size_t> drawRows(std::size_t n, std::size_t limit, std::uint32_t seed) {
    std::vector<std::size_t> rows(n);
    for (std::size_t i = 0; i < n; ++i)
        rows[i] = i;
    if (n > limit) {
        Random random(seed);
        random.shuffle(rows);
        rows.resize(limit);
        std::sort(rows.begin(), rows.end());
    }
    return rows;
}

/// sinh^2(d / 2) between points of the disk, which orders as d does: |z - w|^2 cosh^2(r/2)
/// cosh^2(s/2).
class DrawnPoints {
public:
    DrawnPoints(const std::vector<DiskPoint>& where, const std::vector<std::size_t>& rows) {
        for (std::size_t row : rows) {
            m_place.push_back(disk::toCartesian(where[row]));
            m_scale.push_back(std::pow(std::cosh(where[row].r / 2), 2));
        }
    }
    [[nodiscard]] double apart(std::size_t i, std::size_t j) const {
        return std::norm(m_place[i] - m_place[j]) * m_scale[i] * m_scale[j];
    }

private:
    std::vector<disk::Complex> m_place;
    std::vector<double> m_scale;
};

/// Distances of one point to all, itself included, with its neighbours and their ranks.
class Ranking {
public:
    explicit Ranking(std::size_t n)
        : m_distance(n)
        , m_order(n) {}

    template <typename Distance>
    void fill(std::size_t self, std::size_t k, Distance distance) {
        for (std::size_t j = 0; j < m_distance.size(); ++j) {
            m_distance[j] = j == self ? -1.0 : distance(j);
            m_order[j] = j;
        }
        std::partial_sort(m_order.begin(), m_order.begin() + static_cast<std::ptrdiff_t>(k + 1),
                          m_order.end(),
                          [&](std::size_t a, std::size_t b) { return before(a, b); });
    }
    /// The k nearest; position 0 is the point itself.
    [[nodiscard]] std::size_t neighbour(std::size_t i) const { return m_order[i + 1]; }
    /// 1 for the nearest.
    [[nodiscard]] std::size_t rank(std::size_t j) const {
        std::size_t rank = 0;
        for (std::size_t other = 0; other < m_distance.size(); ++other)
            rank += before(other, j);
        return rank;
    }
    [[nodiscard]] bool isNear(std::size_t j, std::size_t k) const { return !before(m_order[k], j); }

private:
    [[nodiscard]] bool before(std::size_t a, std::size_t b) const {
        return m_distance[a] < m_distance[b] || (m_distance[a] == m_distance[b] && a < b);
    }

    std::vector<double> m_distance;
    std::vector<std::size_t> m_order;
};

} // namespace

LayoutQuality layoutQuality(const EmbeddingSet& points, const std::vector<DiskPoint>& where,
                            std::size_t limit, std::uint32_t seed) {
    if (where.size() != points.size())
        throw Error({}, "layout quality",
                    "expected " + std::to_string(points.size()) + " positions, found " +
                        std::to_string(where.size()));
    LayoutQuality quality;
    for (const DiskPoint& point : where)
        quality.maxRadius = std::max(quality.maxRadius, point.r);
    const std::vector<std::size_t> rows = drawRows(points.size(), limit, seed);
    const std::size_t n = rows.size();
    quality.sampled = n;
    quality.recall15 = quality.trustworthiness = quality.continuity = 1;
    const std::size_t k = std::min<std::size_t>(15, n > 0 ? (n - 1) / 2 : 0);
    if (k == 0)
        return quality; // no neighbourhood that could be lost
    const layout::Hyperboloid set(points);
    const DrawnPoints picture(where, rows);
    Ranking truth(n);
    Ranking drawn(n);
    double kept = 0;
    double intruders = 0;
    double missing = 0;
    for (std::size_t i = 0; i < n; ++i) {
        truth.fill(i, k, [&](std::size_t j) {
            return layout::Hyperboloid::chord(set, rows[i], set, rows[j]);
        });
        drawn.fill(i, k, [&](std::size_t j) { return picture.apart(i, j); });
        for (std::size_t m = 0; m < k; ++m) {
            if (const std::size_t j = drawn.neighbour(m); truth.isNear(j, k))
                ++kept;
            else
                intruders += static_cast<double>(truth.rank(j) - k);
            if (const std::size_t j = truth.neighbour(m); !drawn.isNear(j, k))
                missing += static_cast<double>(drawn.rank(j) - k);
        }
    }
    const auto count = static_cast<double>(n);
    const auto size = static_cast<double>(k);
    const double worst = count * size * (2 * count - 3 * size - 1) / 2;
    quality.recall15 = kept / (count * size);
    quality.trustworthiness = 1 - intruders / worst;
    quality.continuity = 1 - missing / worst;
    return quality;
}

} // namespace hmgrl
