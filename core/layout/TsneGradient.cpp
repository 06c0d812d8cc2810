#include "layout/TsneGradient.h"

#include <algorithm>
#include <cmath>

namespace hmgrl::layout {

using disk::Complex;

namespace {

constexpr std::size_t rowsATask = 128;

std::size_t tasksFor(std::size_t count, std::size_t each) {
    return (count + each - 1) / each;
}

/// A sum of points of the hyperboloid, (2 u v, 1 + 2 |u|^2) each, as a tangent vector at p:
/// weighted with d / sinh(d) it is the sum of their logs.
Complex tangentAt(const HalfPoint& p, double sx, double sy, double t) {
    const Complex u = p.u();
    const Complex s(sx, sy);
    return p.v * p.v * s - 2 * t * p.v * u + u * u * std::conj(s);
}

} // namespace

TsneGradient::TsneGradient(Affinities affinities, double theta, Workers& workers)
    : m_affinities(std::move(affinities))
    , m_workers(workers)
    , m_tree(theta)
    , m_scratch(workers.count())
    , m_attraction(m_affinities.size())
    , m_repulsion(m_affinities.size()) {}

void TsneGradient::compute(std::span<const HalfPoint> points, double scale, double exaggeration,
                           std::vector<Complex>& gradient) {
    const double kappa = 1 / (scale * scale);
    m_tree.build(points, m_workers);
    const std::size_t repelling = m_tree.outermost().size() - 1;
    const std::size_t attracting = tasksFor(points.size(), rowsATask);
    m_normaliser.assign(repelling, 0.0);
    m_workers.run(repelling + attracting, [&](std::size_t task, std::size_t worker) {
        if (task < repelling)
            repel(task, worker, points, kappa);
        else
            attract(task - repelling, points, kappa);
    });
    // Each point has met itself, with w = 1.
    double sum = -static_cast<double>(points.size());
    for (double part : m_normaliser)
        sum += part;
    m_sum = std::max(sum, 1e-300);
    gradient.resize(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        m_repulsion[i] *= 4 * kappa / m_sum;
        gradient[i] = m_repulsion[i] - 4 * kappa * exaggeration * m_attraction[i];
    }
}

void TsneGradient::attract(std::size_t task, std::span<const HalfPoint> points, double kappa) {
    const std::size_t end = std::min(points.size(), (task + 1) * rowsATask);
    for (std::size_t i = task * rowsATask; i < end; ++i) {
        const std::size_t start = m_affinities.start[i];
        Pull pull;
        kernels().attract(points.data(), points[i], m_affinities.column.data() + start,
                          m_affinities.p.data() + start, m_affinities.start[i + 1] - start, kappa,
                          pull);
        m_attraction[i] = tangentAt(points[i], pull.sx, pull.sy, pull.t);
    }
}

void TsneGradient::repel(std::size_t task, std::size_t worker, std::span<const HalfPoint> points,
                         double kappa) {
    auto& [walk, fields, targets] = m_scratch[worker];
    for (std::uint32_t r = m_tree.outermost()[task]; r < m_tree.outermost()[task + 1]; ++r) {
        const PolarTree::Region& region = m_tree.regions()[r];
        fields.resize(region.depth);
        const std::size_t far = m_tree.gatherField(region, walk);
        if (region.hasField) {
            fields.push_back({});
            fields.back().centre = region.ball.centre;
            kernels().expand(walk.sources.data(), far, kappa, fields.back());
        }
        for (std::uint32_t g = region.begin; g < region.end; ++g) {
            const PolarTree::Group& group = m_tree.groups()[g];
            const std::size_t count = group.end - group.begin;
            for (std::size_t i = 0; i < Targets::capacity; ++i) {
                const Source& self = m_tree.source(group.begin + std::min(i, count - 1));
                targets.x[i] = self.x;
                targets.y[i] = self.y;
                targets.v[i] = self.v;
            }
            const std::size_t near = m_tree.gatherNear(region, group, walk);
            kernels().repel(walk.sources.data(), near, count, kappa, targets);
            for (const FarField& field : fields)
                kernels().feel(field, count, kappa, targets);
            for (std::size_t i = 0; i < count; ++i) {
                const std::uint32_t row = m_tree.row(group.begin + i);
                m_repulsion[row] =
                    tangentAt(points[row], targets.sx[i], targets.sy[i], targets.t[i]);
                m_normaliser[task] += targets.z[i];
            }
        }
    }
}

std::vector<std::uint32_t> TsneGradient::renumber() {
    const std::size_t n = m_affinities.size();
    std::vector<std::uint32_t> order(n);
    std::vector<std::uint32_t> place(n);
    for (std::size_t i = 0; i < n; ++i) {
        order[i] = m_tree.row(i);
        place[order[i]] = static_cast<std::uint32_t>(i);
    }
    Affinities sorted;
    sorted.start.push_back(0);
    for (std::uint32_t old : order)
        sorted.start.push_back(sorted.start.back() + m_affinities.start[old + 1] -
                               m_affinities.start[old]);
    sorted.column.resize(m_affinities.column.size());
    sorted.p.resize(m_affinities.p.size());
    m_workers.run(tasksFor(n, rowsATask), [&](std::size_t task, std::size_t) {
        for (std::size_t i = task * rowsATask; i < std::min(n, (task + 1) * rowsATask); ++i) {
            const std::size_t from = m_affinities.start[order[i]];
            for (std::size_t e = sorted.start[i]; e < sorted.start[i + 1]; ++e) {
                sorted.column[e] = place[m_affinities.column[from + e - sorted.start[i]]];
                sorted.p[e] = m_affinities.p[from + e - sorted.start[i]];
            }
        }
    });
    m_affinities = std::move(sorted);
    m_tree.renumber();
    return order;
}

double TsneGradient::divergence(std::span<const HalfPoint> points, double scale) const {
    const double kappa = 1 / (scale * scale);
    std::vector<double> parts(tasksFor(points.size(), rowsATask), 0.0);
    m_workers.run(parts.size(), [&](std::size_t task, std::size_t) {
        const std::size_t end = std::min(points.size(), (task + 1) * rowsATask);
        for (std::size_t i = task * rowsATask; i < end; ++i)
            for (std::size_t e = m_affinities.start[i]; e < m_affinities.start[i + 1]; ++e) {
                const double p = static_cast<double>(m_affinities.p[e]);
                if (!(p > 0))
                    continue;
                const HalfPoint& other = points[m_affinities.column[e]];
                const double d = 2 * std::asinh(std::sqrt(halfChord(points[i], other)));
                parts[task] += p * std::log(p * m_sum * (1 + kappa * d * d));
            }
    });
    double sum = 0;
    for (double part : parts)
        sum += part;
    return sum;
}

} // namespace hmgrl::layout
