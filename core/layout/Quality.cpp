#include "layout/HalfPoint.h"
#include "layout/Layout.h"
#include "layout/Neighbours.h"
#include "support/Error.h"
#include "support/Random.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace hmgrl {

using layout::Hyperboloid;
using layout::NeighbourTable;
using layout::PointSpace;

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

/// sinh^2(d / 2) between points of the disk, which orders as d does.
class DrawnPoints {
public:
    explicit DrawnPoints(const std::vector<DiskPoint>& where) {
        for (const DiskPoint& point : where)
            m_points.push_back(layout::toHalf(point));
    }
    [[nodiscard]] double apart(std::size_t i, std::size_t j) const {
        return layout::halfChord(m_points[i], m_points[j]);
    }

private:
    std::vector<layout::HalfPoint> m_points;
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

/// What trustworthiness, continuity and recall are sums of, for one point.
struct RankLoss {
    double kept = 0;
    double intruders = 0;
    double missing = 0;
};

RankLoss rankLoss(const Ranking& truth, const Ranking& drawn, std::size_t k) {
    RankLoss loss;
    for (std::size_t m = 0; m < k; ++m) {
        if (const std::size_t j = drawn.neighbour(m); truth.isNear(j, k))
            ++loss.kept;
        else
            loss.intruders += static_cast<double>(truth.rank(j) - k);
        if (const std::size_t j = truth.neighbour(m); !drawn.isNear(j, k))
            loss.missing += static_cast<double>(drawn.rank(j) - k);
    }
    return loss;
}

PointSpace spaceOf(const Hyperboloid& points, NeighbourMetric metric) {
    return metric == NeighbourMetric::Euclidean ? PointSpace::euclidean(points)
                                                : PointSpace::hyperbolic(points);
}

void checkSizes(const EmbeddingSet& points, const std::vector<DiskPoint>& where,
                const QualityOptions& options) {
    const auto check = [&](const char* what, std::size_t found) {
        if (found != points.size())
            throw Error({}, "layout quality",
                        "expected " + std::to_string(points.size()) + " " + what + ", found " +
                            std::to_string(found));
    };
    check("positions", where.size());
    if (!options.labels.empty())
        check("labels", options.labels.size());
}

EmbeddingSet rowsOf(const EmbeddingSet& points, const std::vector<std::size_t>& rows) {
    EmbeddingSet out;
    out.width = points.width;
    out.curvature = points.curvature;
    for (std::size_t row : rows) {
        const auto values = points.row(row);
        out.space.insert(out.space.end(), values.begin(), values.end());
        out.kind.push_back(points.kind[row]);
        out.id.push_back(points.id[row]);
        out.category.emplace_back();
    }
    return out;
}

template <typename Value>
std::vector<Value> rowsOf(const std::vector<Value>& values, const std::vector<std::size_t>& rows) {
    std::vector<Value> out;
    if (!values.empty())
        for (std::size_t row : rows)
            out.push_back(values[row]);
    return out;
}

void addRadii(const std::vector<DiskPoint>& where, LayoutQuality& quality) {
    constexpr std::array<double, 5> share{0.05, 0.25, 0.5, 0.75, 0.95};
    std::vector<double> radii;
    for (const DiskPoint& point : where)
        radii.push_back(point.r);
    std::sort(radii.begin(), radii.end());
    if (radii.empty())
        return;
    quality.maxRadius = radii.back();
    for (std::size_t i = 0; i < share.size(); ++i)
        quality.radius[i] =
            radii[static_cast<std::size_t>(share[i] * static_cast<double>(radii.size() - 1))];
}

/// Of the sample `points`, already drawn.
void addRanks(const Hyperboloid& points, const std::vector<DiskPoint>& where,
              const CancelToken& cancel, Workers& workers, LayoutQuality& quality) {
    const std::size_t n = points.size();
    const std::size_t k = std::min<std::size_t>(15, n > 0 ? (n - 1) / 2 : 0);
    quality.recall15 = quality.trustworthiness = quality.continuity = 1;
    if (k == 0)
        return; // no neighbourhood that could be lost
    const PointSpace space = spaceOf(points, quality.metric);
    const DrawnPoints picture(where);
    std::vector<Ranking> truth(workers.count(), Ranking(n));
    std::vector<Ranking> drawn(workers.count(), Ranking(n));
    std::vector<RankLoss> losses(n);
    const bool plain = quality.metric == NeighbourMetric::Euclidean;
    workers.run(n, [&](std::size_t i, std::size_t worker) {
        if (i % 64 == 0)
            cancel.throwIfCancelled();
        truth[worker].fill(i, k, [&](std::size_t j) {
            return plain ? space.distance(i, j) : Hyperboloid::chord(points, i, points, j);
        });
        drawn[worker].fill(i, k, [&](std::size_t j) { return picture.apart(i, j); });
        losses[i] = rankLoss(truth[worker], drawn[worker], k);
    });
    RankLoss sum;
    for (const RankLoss& loss : losses) {
        sum.kept += loss.kept;
        sum.intruders += loss.intruders;
        sum.missing += loss.missing;
    }
    const auto count = static_cast<double>(n);
    const auto size = static_cast<double>(k);
    const double worst = count * size * (2 * count - 3 * size - 1) / 2;
    quality.recall15 = sum.kept / (count * size);
    quality.trustworthiness = 1 - sum.intruders / worst;
    quality.continuity = 1 - sum.missing / worst;
}

/// Place of each drawn neighbour among the true ones, K when it is none of them.
std::vector<std::size_t> placesAmong(std::span<const std::uint32_t> drawn,
                                     std::span<const std::uint32_t> truth) {
    std::vector<std::size_t> places;
    for (std::uint32_t row : drawn)
        places.push_back(
            static_cast<std::size_t>(std::find(truth.begin(), truth.end(), row) - truth.begin()));
    return places;
}

NeighbourhoodCurve curveOf(const NeighbourTable& truth, const NeighbourTable& drawn,
                           const std::vector<std::int32_t>& labels) {
    const std::size_t size = truth.k;
    // A neighbour at drawn place a and true place b is kept from k = max(a, b) + 1 on.
    std::vector<double> found(size, 0.0);
    std::vector<double> both(size, 0.0);
    double wrong = 0;
    for (std::size_t i = 0; i < truth.size(); ++i) {
        const auto places = placesAmong(drawn.rows(i), truth.rows(i));
        for (std::size_t k = 0; k < size; ++k)
            if (places[k] < size) {
                ++found[k];
                ++both[std::max(k, places[k])];
            }
        wrong += !labels.empty() && labels[drawn.rows(i)[0]] != labels[i];
    }
    NeighbourhoodCurve curve;
    const auto n = static_cast<double>(truth.size());
    double foundSoFar = 0;
    double bothSoFar = 0;
    for (std::size_t k = 0; k < size; ++k) {
        foundSoFar += found[k];
        bothSoFar += both[k];
        curve.precision.push_back(foundSoFar / (n * static_cast<double>(k + 1)));
        curve.recall.push_back(foundSoFar / (n * static_cast<double>(size)));
        curve.kept.push_back(bothSoFar / (n * static_cast<double>(k + 1)));
    }
    if (!labels.empty() && size > 0)
        curve.nearestError = wrong / n;
    return curve;
}

/// Ratios of drawn to true distances from one row to the anchors.
class Ratios {
public:
    Ratios(const Hyperboloid& points, NeighbourMetric metric, const std::vector<DiskPoint>& where,
           const std::vector<std::size_t>& anchors)
        : m_truth(spaceOf(points, metric))
        , m_drawn(PointSpace::drawn(where))
        , m_anchors(anchors) {}

    template <typename Take>
    void each(std::size_t row, Take take) const {
        for (std::size_t anchor : m_anchors)
            if (const double truth = anchor == row ? 0.0 : m_truth.distance(row, anchor); truth > 0)
                take(m_drawn.distance(row, anchor) / truth);
    }

private:
    PointSpace m_truth;
    PointSpace m_drawn;
    const std::vector<std::size_t>& m_anchors;
};

} // namespace

NeighbourhoodCurve neighbourhoodCurve(const EmbeddingSet& points,
                                      const std::vector<DiskPoint>& where, std::size_t neighbours,
                                      const QualityOptions& options, const CancelToken& cancel) {
    checkSizes(points, where, options);
    const Hyperboloid set(points);
    Workers workers(options.threads);
    const auto truth =
        layout::neighbourTable(spaceOf(set, options.metric), neighbours, workers, cancel);
    const auto drawn =
        layout::neighbourTable(PointSpace::drawn(where), neighbours, workers, cancel);
    return curveOf(truth, drawn, options.labels);
}

LayoutDistortion layoutDistortion(const EmbeddingSet& points, const std::vector<DiskPoint>& where,
                                  const QualityOptions& options, std::size_t anchors,
                                  const CancelToken& cancel) {
    checkSizes(points, where, options);
    const Hyperboloid set(points);
    const std::vector<std::size_t> chosen = drawRows(points.size(), anchors, options.seed);
    const Ratios ratios(set, options.metric, where, chosen);
    struct Sums {
        double count = 0, first = 0, second = 0, off = 0;
    };
    std::vector<Sums> rows(points.size());
    Workers workers(options.threads);
    const auto forRows = [&](auto act) {
        constexpr std::size_t chunk = 64;
        workers.run((rows.size() + chunk - 1) / chunk, [&](std::size_t task, std::size_t) {
            cancel.throwIfCancelled();
            for (std::size_t i = task * chunk; i < std::min(rows.size(), (task + 1) * chunk); ++i)
                ratios.each(i, [&](double ratio) { act(rows[i], ratio); });
        });
    };
    forRows([](Sums& sums, double ratio) {
        ++sums.count;
        sums.first += ratio;
        sums.second += ratio * ratio;
    });
    Sums all;
    for (const Sums& sums : rows) {
        all.count += sums.count;
        all.first += sums.first;
        all.second += sums.second;
    }
    LayoutDistortion out;
    out.scale = all.second > 0 ? all.first / all.second : 1;
    forRows([&](Sums& sums, double ratio) { sums.off += std::abs(out.scale * ratio - 1); });
    for (const Sums& sums : rows) {
        all.off += sums.off;
        out.point.push_back(sums.count > 0 ? sums.off / sums.count : 0.0);
    }
    out.average = all.count > 0 ? all.off / all.count : 0.0;
    return out;
}

LayoutQuality layoutQuality(const EmbeddingSet& points, const std::vector<DiskPoint>& where,
                            const QualityOptions& options, const CancelToken& cancel) {
    checkSizes(points, where, options);
    LayoutQuality quality;
    quality.metric = options.metric;
    addRadii(where, quality);
    const std::vector<std::size_t> rows = drawRows(points.size(), options.limit, options.seed);
    const EmbeddingSet sample = rowsOf(points, rows);
    const std::vector<DiskPoint> places = rowsOf(where, rows);
    QualityOptions inner = options;
    inner.labels = rowsOf(options.labels, rows);
    quality.sampled = rows.size();
    quality.curve = neighbourhoodCurve(sample, places, 30, inner, cancel);
    quality.distortion = layoutDistortion(sample, places, inner, 256, cancel).average;
    Workers workers(options.threads);
    addRanks(Hyperboloid(sample), places, cancel, workers, quality);
    return quality;
}

LayoutQuality layoutQuality(const EmbeddingSet& points, const std::vector<DiskPoint>& where,
                            std::size_t limit, std::uint32_t seed) {
    QualityOptions options;
    options.limit = limit;
    options.seed = seed;
    return layoutQuality(points, where, options);
}

} // namespace hmgrl
