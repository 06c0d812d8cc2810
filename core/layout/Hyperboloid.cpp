#include "layout/Hyperboloid.h"

#include "support/Error.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace hmgrl::layout {

namespace {

void checkSet(const EmbeddingSet& set) {
    const std::size_t n = set.size();
    if (set.space.size() != n * set.width)
        throw Error({}, "embedding",
                    "expected " + std::to_string(n) + " rows of " + std::to_string(set.width) +
                        " numbers, found " + std::to_string(set.space.size()));
    if (!(set.curvature > 0) || !std::isfinite(set.curvature))
        throw Error({}, "embedding",
                    "expected a curvature above 0, found " + std::to_string(set.curvature));
    for (std::size_t i = 0; i < set.space.size(); ++i)
        if (!std::isfinite(set.space[i]))
            throw Error({}, "embedding", "row " + std::to_string(i / set.width) + " is not finite");
}

double dot(std::span<const double> a, std::span<const double> b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i)
        sum += a[i] * b[i];
    return sum;
}

} // namespace

Hyperboloid::Hyperboloid(const EmbeddingSet& set)
    : m_width(set.width) {
    checkSet(set);
    const double scale = std::sqrt(set.curvature);
    m_space.reserve(set.space.size());
    for (float value : set.space)
        m_space.push_back(scale * static_cast<double>(value));
    m_time.reserve(set.size());
    for (std::size_t i = 0; i < set.size(); ++i)
        m_time.push_back(std::sqrt(1 + dot(space(i), space(i))));
}

double Hyperboloid::distance(const Hyperboloid& a, std::size_t i, const Hyperboloid& b,
                             std::size_t j) {
    return 2 * std::asinh(std::sqrt(chord(a, i, b, j)) / 2);
}

double Hyperboloid::chord(const Hyperboloid& a, std::size_t i, const Hyperboloid& b,
                          std::size_t j) {
    const double* x = a.m_space.data() + i * a.m_width;
    const double* y = b.m_space.data() + j * b.m_width;
    // Four sums side by side, so that the compiler may use vector registers without reordering.
    double squared[4] = {0, 0, 0, 0};
    double mixed[4] = {0, 0, 0, 0};
    std::size_t k = 0;
    for (; k + 4 <= a.m_width; k += 4)
        for (std::size_t lane = 0; lane < 4; ++lane) {
            const double delta = x[k + lane] - y[k + lane];
            squared[lane] += delta * delta;
            mixed[lane] += delta * (x[k + lane] + y[k + lane]);
        }
    for (; k < a.m_width; ++k) {
        const double delta = x[k] - y[k];
        squared[0] += delta * delta;
        mixed[0] += delta * (x[k] + y[k]);
    }
    const double deltaTime =
        (mixed[0] + mixed[1] + mixed[2] + mixed[3]) / (a.m_time[i] + b.m_time[j]);
    return std::max(0.0, squared[0] + squared[1] + squared[2] + squared[3] - deltaTime * deltaTime);
}

std::vector<double> Hyperboloid::centroid(std::span<const std::size_t> rows) const {
    std::vector<double> sum(m_width, 0.0);
    double time = 0;
    for (std::size_t row : rows) {
        const auto s = space(row);
        for (std::size_t k = 0; k < m_width; ++k)
            sum[k] += s[k];
        time += m_time[row];
    }
    const double norm = time * time - dot(sum, sum);
    for (double& value : sum)
        value = norm > 0 ? value / std::sqrt(norm) : 0.0;
    return sum;
}

void Hyperboloid::logAt(std::span<const double> base, std::size_t i, std::span<double> out) const {
    const auto s = space(i);
    const double baseTime = std::sqrt(1 + dot(base, base));
    const double along = dot(base, s) / (1 + baseTime) - m_time[i];
    for (std::size_t k = 0; k < m_width; ++k)
        out[k] = s[k] + along * base[k];
    const double modulus = std::sqrt(dot(out, out));
    const double scale = modulus > 1e-9 ? std::asinh(modulus) / modulus : 1.0;
    for (double& value : out)
        value *= scale;
}

std::vector<std::pair<std::size_t, double>> nearestRows(const Hyperboloid& points,
                                                        const Hyperboloid& from, std::size_t query,
                                                        std::size_t k, std::size_t except) {
    using Entry = std::pair<double, std::size_t>;
    std::vector<Entry> heap; // the farthest of the k best on top
    for (std::size_t row = 0; k > 0 && row < points.size(); ++row) {
        if (row == except)
            continue;
        const Entry entry{Hyperboloid::chord(points, row, from, query), row};
        if (heap.size() == k) {
            if (!(entry < heap.front()))
                continue;
            std::pop_heap(heap.begin(), heap.end());
            heap.pop_back();
        }
        heap.push_back(entry);
        std::push_heap(heap.begin(), heap.end());
    }
    std::sort_heap(heap.begin(), heap.end());
    std::vector<std::pair<std::size_t, double>> rows;
    for (const auto& [chord, row] : heap)
        rows.emplace_back(row, 2 * std::asinh(std::sqrt(chord) / 2));
    return rows;
}

} // namespace hmgrl::layout
