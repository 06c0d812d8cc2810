#include "layout/Neighbours.h"

#include "layout/HalfPoint.h"
#include "layout/Kernels.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <mutex>

namespace hmgrl::layout {

namespace {

constexpr std::size_t blockQueries = 64;
constexpr std::size_t tilePoints = 128;
/// Beyond k, so that the rounding of inner products cannot cost a neighbour.
constexpr std::size_t spare = 8;

using Candidate = std::pair<double, std::uint32_t>;

/// The smallest so far, kept in a buffer that is cut in half when it is full.
class Smallest {
public:
    void begin(std::size_t wanted) {
        m_wanted = wanted;
        m_items.clear();
        m_items.reserve(2 * wanted + tilePoints);
        m_limit = std::numeric_limits<double>::infinity();
    }

    void offer(const double* values, std::size_t count, std::size_t first, std::size_t except) {
        for (std::size_t i = 0; i < count; ++i)
            if (values[i] <= m_limit && first + i != except)
                m_items.emplace_back(values[i], static_cast<std::uint32_t>(first + i));
        if (m_items.size() >= 2 * m_wanted)
            cut();
    }

    [[nodiscard]] std::vector<Candidate>& finish() {
        cut();
        return m_items;
    }

private:
    void cut() {
        if (m_items.size() <= m_wanted)
            return;
        const auto last = m_items.begin() + static_cast<std::ptrdiff_t>(m_wanted);
        std::nth_element(m_items.begin(), last - 1, m_items.end());
        m_limit = (last - 1)->first;
        m_items.erase(last, m_items.end());
    }

    std::size_t m_wanted = 0;
    double m_limit = 0;
    std::vector<Candidate> m_items;
};

/// Points packed by eights, zero where there are none.
std::vector<double> packed(const PointSpace& points) {
    const std::size_t blocks = (points.size() + 7) / 8;
    std::vector<double> out(blocks * 8 * points.width(), 0.0);
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t k = 0; k < points.width(); ++k)
            out[(i / 8 * points.width() + k) * 8 + i % 8] = points.point(i)[k];
    return out;
}

/// Finds the neighbours of one block of queries at a time; one for each worker.
class Finder {
public:
    Finder(const PointSpace& points, const std::vector<double>& packedPoints, std::size_t k)
        : m_points(points)
        , m_packed(packedPoints)
        , m_k(k)
        , m_queries(blockQueries * points.width())
        , m_products(blockQueries * tilePoints)
        , m_best(blockQueries) {}

    void find(std::size_t first, const CancelToken& cancel, NeighbourTable& table) {
        const std::size_t n = m_points.size();
        const std::size_t width = m_points.width();
        const std::size_t count = std::min(blockQueries, n - first);
        for (std::size_t q = 0; q < blockQueries; ++q) {
            m_points.query(first + std::min(q, count - 1), m_queries.data() + q * width);
            m_best[q].begin(std::min(m_k + spare, n - 1));
        }
        for (std::size_t tile = 0; tile < n; tile += tilePoints) {
            if (tile % (64 * tilePoints) == 0)
                cancel.throwIfCancelled();
            const std::size_t points = std::min(tilePoints, n - tile);
            kernels().multiply(m_queries.data(), (count + 7) / 8 * 8,
                               m_packed.data() + tile * width, (points + 7) / 8, width,
                               m_products.data(), tilePoints);
            for (std::size_t q = 0; q < count; ++q)
                m_best[q].offer(m_products.data() + q * tilePoints, points, tile, first + q);
        }
        for (std::size_t q = 0; q < count; ++q)
            finish(first + q, m_best[q].finish(), table);
    }

private:
    /// Candidates are ranked again by distances that do not cancel.
    void finish(std::size_t query, std::vector<Candidate>& candidates,
                NeighbourTable& table) const {
        for (auto& [value, row] : candidates)
            value = m_points.distance(query, row);
        std::sort(candidates.begin(), candidates.end());
        for (std::size_t i = 0; i < m_k; ++i) {
            table.distance[query * m_k + i] = candidates[i].first;
            table.row[query * m_k + i] = candidates[i].second;
        }
    }

    const PointSpace& m_points;
    const std::vector<double>& m_packed;
    std::size_t m_k;
    std::vector<double> m_queries;
    std::vector<double> m_products;
    std::vector<Smallest> m_best;
};

} // namespace

PointSpace PointSpace::hyperbolic(const Hyperboloid& points) {
    PointSpace out;
    out.m_size = points.size();
    out.m_width = points.width() + 1;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto s = points.space(i);
        out.m_points.insert(out.m_points.end(), s.begin(), s.end());
        out.m_points.push_back(points.time(i));
    }
    out.m_distance = [&points](std::size_t i, std::size_t j) { return points.distance(i, j); };
    return out;
}

PointSpace PointSpace::euclidean(const Hyperboloid& points) {
    PointSpace out;
    const std::size_t width = points.width();
    out.m_size = points.size();
    out.m_width = width + 1;
    out.m_factor = -2;
    out.m_lastIsOne = true;
    // About their mean, lest a common offset eat the digits.
    std::vector<double> mean(width, 0.0);
    for (std::size_t i = 0; i < points.size(); ++i)
        for (std::size_t k = 0; k < width; ++k)
            mean[k] += points.space(i)[k] / static_cast<double>(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        double square = 0;
        for (std::size_t k = 0; k < width; ++k) {
            out.m_points.push_back(points.space(i)[k] - mean[k]);
            square += out.m_points.back() * out.m_points.back();
        }
        out.m_points.push_back(square);
    }
    out.m_distance = [&points](std::size_t i, std::size_t j) {
        double sum = 0;
        for (std::size_t k = 0; k < points.width(); ++k) {
            const double delta = points.space(i)[k] - points.space(j)[k];
            sum += delta * delta;
        }
        return std::sqrt(sum);
    };
    return out;
}

PointSpace PointSpace::drawn(const std::vector<DiskPoint>& where) {
    PointSpace out;
    out.m_size = where.size();
    out.m_width = 3;
    auto half = std::make_shared<std::vector<HalfPoint>>();
    for (const DiskPoint& p : where) {
        const Source on = Source::at(half->emplace_back(toHalf(p)), 1);
        out.m_points.insert(out.m_points.end(), {on.sx, on.sy, on.t});
    }
    out.m_distance = [half](std::size_t i, std::size_t j) {
        return 2 * std::asinh(std::sqrt(halfChord((*half)[i], (*half)[j])));
    };
    return out;
}

void PointSpace::query(std::size_t i, double* out) const {
    const double* from = point(i);
    for (std::size_t k = 0; k + 1 < m_width; ++k)
        out[k] = m_factor * from[k];
    out[m_width - 1] = m_lastIsOne ? 1.0 : from[m_width - 1];
}

NeighbourTable neighbourTable(const PointSpace& points, std::size_t k, Workers& workers,
                              const CancelToken& cancel, const ProgressSink& progress) {
    const std::size_t n = points.size();
    NeighbourTable table;
    table.k = std::min(k, n > 0 ? n - 1 : 0);
    table.row.resize(n * table.k);
    table.distance.resize(n * table.k);
    if (table.k == 0)
        return table;
    const std::vector<double> packedPoints = packed(points);
    std::vector<Finder> finders(workers.count(), Finder(points, packedPoints, table.k));
    std::mutex mutex;
    std::size_t done = 0;
    workers.run((n + blockQueries - 1) / blockQueries, [&](std::size_t block, std::size_t worker) {
        finders[worker].find(block * blockQueries, cancel, table);
        if (!progress)
            return;
        const std::lock_guard lock(mutex);
        done = std::min(n, done + blockQueries);
        progress({"Finding neighbours", static_cast<double>(done), static_cast<double>(n), {}});
    });
    return table;
}

} // namespace hmgrl::layout
