#include "layout/Affinities.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace hmgrl::layout {

namespace {

constexpr std::size_t chunk = 256;

using Entry = std::pair<std::uint32_t, double>;

/// Entropy in nats of exp(-beta (d^2 - d_min^2)), normalised; the weights go to `out`.
double entropyAt(double beta, std::span<const double> distances, std::span<Entry> out) {
    const double least = distances.front() * distances.front();
    double sum = 0;
    double mean = 0;
    for (std::size_t j = 0; j < distances.size(); ++j) {
        const double excess = distances[j] * distances[j] - least;
        const double weight = std::exp(-beta * excess);
        out[j].second = weight;
        sum += weight;
        mean += weight * excess;
    }
    for (Entry& entry : out)
        entry.second /= sum;
    return std::log(sum) + beta * mean / sum;
}

/// Bisection on beta, in factors of two until it is bracketed.
void calibrate(std::span<const double> distances, double entropy, std::span<Entry> out) {
    constexpr int mostSteps = 64;
    const double reach =
        distances.back() * distances.back() - distances.front() * distances.front();
    double beta = reach > 0 ? 2 / reach : 1.0;
    double low = 0;
    double high = std::numeric_limits<double>::infinity();
    for (int step = 0; step < mostSteps; ++step) {
        const double found = entropyAt(beta, distances, out);
        if (std::abs(found - entropy) < 1e-6 || !std::isfinite(2 * beta) || beta < 1e-300)
            return;
        (found > entropy ? low : high) = beta;
        beta = std::isinf(high) ? 2 * beta : 0.5 * (low + high);
    }
}

/// Directed weights, each row ordered by column.
std::vector<Entry> directed(const NeighbourTable& neighbours, double perplexity, Workers& workers,
                            const CancelToken& cancel) {
    const std::size_t n = neighbours.size();
    const std::size_t k = neighbours.k;
    std::vector<Entry> out(n * k);
    const double entropy = std::log(std::clamp(perplexity, 1.0, static_cast<double>(k)));
    workers.run((n + chunk - 1) / chunk, [&](std::size_t task, std::size_t) {
        cancel.throwIfCancelled();
        for (std::size_t i = task * chunk; i < std::min(n, (task + 1) * chunk); ++i) {
            const auto row = std::span(out).subspan(i * k, k);
            calibrate(neighbours.distances(i), entropy, row);
            for (std::size_t j = 0; j < k; ++j)
                row[j].first = neighbours.rows(i)[j];
            std::sort(row.begin(), row.end());
        }
    });
    return out;
}

/// Rows of a sparse matrix that need not be equally long.
struct Ragged {
    std::vector<std::size_t> start;
    std::vector<Entry> entries;

    [[nodiscard]] std::span<const Entry> row(std::size_t i) const {
        return std::span(entries).subspan(start[i], start[i + 1] - start[i]);
    }
};

Ragged transposed(std::span<const Entry> rows, std::size_t n, std::size_t k) {
    Ragged out;
    out.start.assign(n + 1, 0);
    for (const Entry& entry : rows)
        ++out.start[entry.first + 1];
    for (std::size_t i = 0; i < n; ++i)
        out.start[i + 1] += out.start[i];
    out.entries.resize(rows.size());
    std::vector<std::size_t> next(out.start.begin(), out.start.end() - 1);
    for (std::size_t i = 0; i < n; ++i)
        for (const Entry& entry : rows.subspan(i * k, k))
            out.entries[next[entry.first]++] = {static_cast<std::uint32_t>(i), entry.second};
    return out;
}

/// Calls take(column, sum) for the union of two rows ordered by column.
template <typename Take>
void merge(std::span<const Entry> a, std::span<const Entry> b, Take take) {
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        if (j == b.size() || (i < a.size() && a[i].first < b[j].first)) {
            take(a[i].first, a[i].second);
            ++i;
        } else if (i == a.size() || b[j].first < a[i].first) {
            take(b[j].first, b[j].second);
            ++j;
        } else {
            take(a[i].first, a[i].second + b[j].second);
            ++i;
            ++j;
        }
    }
}

} // namespace

Affinities affinities(const NeighbourTable& neighbours, double perplexity, Workers& workers,
                      const CancelToken& cancel) {
    const std::size_t n = neighbours.size();
    const std::size_t k = neighbours.k;
    const std::vector<Entry> rows = directed(neighbours, perplexity, workers, cancel);
    const Ragged columns = transposed(rows, n, k);
    const auto rowOf = [&](std::size_t i) { return std::span(rows).subspan(i * k, k); };
    Affinities out;
    out.start.assign(n + 1, 0);
    for (std::size_t i = 0; i < n; ++i) {
        std::size_t count = 0;
        merge(rowOf(i), columns.row(i), [&](std::uint32_t, double) { ++count; });
        out.start[i + 1] = out.start[i] + (count + 7) / 8 * 8;
    }
    out.column.resize(out.start[n]);
    out.p.resize(out.start[n]);
    const double scale = 0.5 / static_cast<double>(std::max<std::size_t>(n, 1));
    workers.run((n + chunk - 1) / chunk, [&](std::size_t task, std::size_t) {
        for (std::size_t i = task * chunk; i < std::min(n, (task + 1) * chunk); ++i) {
            std::size_t at = out.start[i];
            merge(rowOf(i), columns.row(i), [&](std::uint32_t column, double weight) {
                out.column[at] = column;
                out.p[at++] = static_cast<float>(scale * weight);
            });
            for (; at < out.start[i + 1]; ++at)
                out.column[at] = static_cast<std::uint32_t>(i);
        }
    });
    return out;
}

} // namespace hmgrl::layout
