#include "layout/HyperbolicTsne.h"

#include "support/Error.h"
#include "support/Random.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>
#include <string>

namespace hmgrl::layout {

using disk::Complex;

namespace {

constexpr std::size_t chunk = 512;
constexpr double startSize = 1.0;   ///< of the first picture, in units of the kernel's scale
constexpr double startShare = 0.04; ///< the first scale, of the target radius
constexpr double mostStep = 0.5;    ///< hyperbolic length
constexpr double leastGain = 0.01;
constexpr int fitEvery = 5;
constexpr double mostShrinking = 0.8; ///< at once
constexpr double mostGrowing = 1.05;
constexpr double spring = 0.1;       ///< share of a straggler's excess that is taken back in a step
constexpr int firstRenumbering = 20; ///< by now neighbours have found each other

} // namespace

HyperbolicTsne::HyperbolicTsne(Affinities affinities, const std::vector<DiskPoint>& start,
                               const LayoutOptions& options, Workers& workers)
    : m_options(options)
    , m_workers(workers)
    , m_gradient(std::move(affinities), options.tsne.theta, workers)
    , m_target(options.tsne.spread * options.rimRadius)
    , m_scale(startShare * m_target)
    , m_knee(0.5 * (m_target + options.rimRadius))
    , m_kneeSquared(std::pow(std::sinh(m_knee / 2), 2))
    , m_rimSquared(std::pow(std::sinh(options.rimRadius / 2), 2))
    , m_velocity(start.size())
    , m_gain(start.size(), 1.0) {
    if (start.size() != m_gradient.size())
        throw Error({}, "layout",
                    "expected " + std::to_string(m_gradient.size()) + " starting points, found " +
                        std::to_string(start.size()));
    m_row.resize(start.size());
    std::iota(m_row.begin(), m_row.end(), 0U);
    place(start);
}

/// In the starting picture's shape; a hair of noise parts what coincides.
void HyperbolicTsne::place(const std::vector<DiskPoint>& start) {
    double square = 0;
    for (const DiskPoint& p : start)
        square += p.r * p.r / static_cast<double>(start.size());
    const double size = square > 0 ? startSize * m_scale / std::sqrt(square) : 0;
    Random random(m_options.seed);
    for (const DiskPoint& p : start) {
        const double far = 1e-2 * m_scale * std::sqrt(random.uniform());
        const Complex noise = std::polar(far, 2 * std::numbers::pi * random.uniform());
        m_points.push_back(expAt(toHalf({size * p.r, p.theta}), noise).point);
    }
}

void HyperbolicTsne::step() {
    const TsneOptions& tsne = m_options.tsne;
    const bool early = m_iteration < tsne.exaggerationIterations;
    const double exaggeration = early ? tsne.exaggeration : 1.0;
    const double momentum = early ? 0.5 : 0.8;
    const auto n = static_cast<double>(m_points.size());
    const double rate = tsne.rate > 0 ? tsne.rate : std::max(n / tsne.exaggeration, 8.0);
    m_gradient.compute(m_points, m_scale, exaggeration, m_slope);
    m_workers.run((m_points.size() + chunk - 1) / chunk, [&](std::size_t task, std::size_t) {
        const std::size_t end = std::min(m_points.size(), (task + 1) * chunk);
        for (std::size_t i = task * chunk; i < end; ++i)
            move(i, momentum, rate);
    });
    ++m_iteration;
    if (m_iteration == firstRenumbering || m_iteration == tsne.exaggerationIterations)
        renumber();
    if (m_iteration % fitEvery == 0) {
        recentre();
        fit();
    }
}

void HyperbolicTsne::move(std::size_t i, double momentum, double rate) {
    HalfPoint& point = m_points[i];
    Complex& velocity = m_velocity[i];
    const Complex slope = m_scale * m_slope[i];
    const bool onward = (slope * std::conj(velocity)).real() < 0;
    m_gain[i] = std::max(leastGain, onward ? m_gain[i] + 0.2 : m_gain[i] * 0.8);
    velocity = momentum * velocity - rate * m_gain[i] * slope;
    if (squared(point) > m_kneeSquared)
        velocity -=
            spring * (radius(point) - m_knee) / m_scale * point.u() / std::sqrt(squared(point));
    const double length = m_scale * std::sqrt(std::norm(velocity));
    if (length > mostStep)
        velocity *= mostStep / length;
    const Moved moved = expAt(point, m_scale * velocity);
    point = moved.point;
    velocity *= moved.turn;
    if (squared(point) > m_rimSquared) {
        point = atRadius(point, m_options.rimRadius);
        velocity = 0;
    }
}

void HyperbolicTsne::renumber() {
    const std::vector<std::uint32_t> order = m_gradient.renumber();
    const auto sort = [&](auto& values) {
        auto sorted = values;
        for (std::size_t i = 0; i < order.size(); ++i)
            sorted[i] = values[order[i]];
        values = std::move(sorted);
    };
    sort(m_row);
    sort(m_points);
    sort(m_velocity);
    sort(m_gain);
}

/// The Lorentz centroid is where the sum of cosh r is least: no other centre draws far points in
/// more.
void HyperbolicTsne::recentre() {
    Complex space = 0;
    double time = 0;
    for (const HalfPoint& p : m_points) {
        space += 2 * p.v * p.u();
        time += 1 + 2 * std::norm(p.u());
    }
    const double modulus = std::abs(space);
    if (!(modulus > 0))
        return;
    const DiskPoint centre{std::atanh(std::min(modulus / time, 1 - 1e-12)), std::arg(space)};
    const disk::Isometry motion = disk::Isometry::toOrigin(centre);
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const Moved moved = apply(motion, m_points[i]);
        m_points[i] = moved.point;
        m_velocity[i] *= moved.turn;
    }
}

/// Draws the picture and the kernel's scale together until nineteen points in twenty lie within the
/// target radius. A picture of few points is stretched likewise, once its groups have formed.
void HyperbolicTsne::fit() {
    m_radii.clear();
    for (const HalfPoint& p : m_points)
        m_radii.push_back(squared(p));
    const auto most = m_radii.begin() + static_cast<std::ptrdiff_t>(m_radii.size() * 19 / 20);
    if (most == m_radii.end())
        return;
    std::nth_element(m_radii.begin(), most, m_radii.end());
    const double reach = 2 * std::asinh(std::sqrt(*most));
    const double roomy = 0.9 * m_target;
    const bool late = m_iteration > m_options.tsne.exaggerationIterations;
    double factor = 1;
    if (reach > m_target)
        factor = std::max(mostShrinking, m_target / reach);
    else if (late && reach < roomy)
        factor = std::min(mostGrowing, roomy / std::max(reach, 1e-9));
    if (factor == 1)
        return;
    m_scale *= factor;
    for (HalfPoint& p : m_points)
        p = atRadius(p, factor * radius(p));
}

std::vector<DiskPoint> HyperbolicTsne::where() const {
    std::vector<DiskPoint> out(m_points.size());
    for (std::size_t i = 0; i < m_points.size(); ++i) {
        const DiskPoint polar = toPolar(m_points[i]);
        out[m_row[i]] = {std::min(polar.r, m_options.rimRadius), polar.theta};
    }
    return out;
}

} // namespace hmgrl::layout
