#include "layout/SamplePlacement.h"

#include "geometry/Disk.h"
#include "layout/PrincipalPlane.h"
#include "support/Random.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <numbers>
#include <string>
#include <unordered_map>

namespace hmgrl::layout {

using disk::Complex;
using disk::Isometry;

namespace {

constexpr std::size_t neighbours = 5;
constexpr double golden = 2.399963229728653; ///< golden angle, radians

/// Temperature of the softmax over prototypes: the usual gap between the best and the second then
/// leaves the second about a twelfth of the best.
double temperatureOf(const std::vector<Membership>& samples) {
    std::vector<double> gaps;
    for (const Membership& sample : samples)
        if (sample.around.size() > 1)
            gaps.push_back(sample.around[1].second - sample.around[0].second);
    if (gaps.empty())
        return 1;
    const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
    std::nth_element(gaps.begin(), middle, gaps.end());
    return std::max(1e-6, *middle / 2.5);
}

/// Everything one prototype needs to arrange its own samples.
class Cluster {
public:
    Cluster(const std::vector<TreeNode>& nodes, const Hyperboloid& points, std::size_t home)
        : m_nodes(nodes)
        , m_points(points)
        , m_home(home) {}

    void add(const Membership& sample) { m_members.push_back(&sample); }
    [[nodiscard]] bool empty() const { return m_members.empty(); }
    [[nodiscard]] std::size_t size() const { return m_members.size(); }

    /// Directions and lengths of all members in the tangent plane of the home on the disk.
    [[nodiscard]] std::vector<Complex> offsets(double radius, double phase) const {
        const std::vector<Complex> directions = flatten();
        const std::vector<double> quantile = distanceQuantiles();
        std::map<std::array<double, 3>, int> copies;
        std::vector<Complex> out;
        const double outward = m_nodes[m_home].where.theta;
        for (std::size_t i = 0; i < m_members.size(); ++i) {
            const Complex u = directions[i];
            const double length = radius * lengthAt(quantile[i]);
            const double angle = std::abs(u) > 1e-9 ? std::arg(u) : outward;
            // Equal samples would hide each other: the n-th steps aside on a sunflower spiral.
            const int copy = copies[{u.real(), u.imag(), quantile[i]}]++;
            const Complex aside =
                std::polar(0.035 * radius * std::sqrt(copy), phase + golden * copy);
            out.push_back(std::polar(length, angle) + aside);
        }
        return out;
    }

    [[nodiscard]] const std::vector<const Membership*>& members() const { return m_members; }

private:
    /// Radius of a two-dimensional normal cloud at a quantile, 1 at its edge; a little room is left
    /// around the prototype's own mark.
    static double lengthAt(double quantile) {
        return 0.12 + 0.88 * std::sqrt(std::log1p(-0.97 * quantile) / std::log1p(-0.97));
    }

    /// Rank of each member's distance to the home, in (0, 1); equal distances share one.
    [[nodiscard]] std::vector<double> distanceQuantiles() const {
        std::vector<std::size_t> order(m_members.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = i;
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return m_members[a]->distance < m_members[b]->distance;
        });
        std::vector<double> quantile(order.size());
        for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
            while (end < order.size() &&
                   m_members[order[end]]->distance == m_members[order[begin]]->distance)
                ++end;
            const double middle = 0.5 * static_cast<double>(begin + end);
            for (std::size_t k = begin; k < end; ++k)
                quantile[order[k]] = middle / static_cast<double>(order.size());
        }
        return quantile;
    }

    /// How principal coordinates are turned, after mirroring when asked, to agree with the disk.
    struct Orientation {
        Complex turn = 1;
        bool mirrored = false;
        [[nodiscard]] Complex apply(Complex u) const {
            return turn * (mirrored ? std::conj(u) : u);
        }
    };

    /// Principal coordinates of equal spread both ways.
    static Complex flat(const PrincipalPlane& plane, std::span<const double> row) {
        const auto [a, b] = plane.project(row);
        return {plane.deviation[0] > 0 ? a / plane.deviation[0] : 0,
                plane.deviation[1] > 0 ? b / plane.deviation[1] : 0};
    }

    /// Tangent vectors at the home in their principal plane, oriented.
    [[nodiscard]] std::vector<Complex> flatten() const {
        const std::size_t width = m_points.width();
        const auto base = m_points.space(m_nodes[m_home].row);
        std::vector<double> rows(m_members.size() * width);
        for (std::size_t i = 0; i < m_members.size(); ++i)
            m_points.logAt(base, m_members[i]->row, std::span(rows).subspan(i * width, width));
        const PrincipalPlane plane = principalPlane(rows, width);
        const Orientation orientation = orient(plane);
        std::vector<Complex> out;
        for (std::size_t i = 0; i < m_members.size(); ++i)
            out.push_back(
                orientation.apply(flat(plane, std::span(rows).subspan(i * width, width))));
        return out;
    }

    /// Sums over the other prototypes of where they lie on the disk times where they lie in the
    /// plane: the argument of the longer sum is the best turn, without or with a mirror.
    [[nodiscard]] Orientation orient(const PrincipalPlane& plane) const {
        Complex straight = 0;
        Complex mirrored = 0;
        std::vector<double> log(m_points.width());
        const Isometry toHome = Isometry::toOrigin(m_nodes[m_home].where);
        for (std::size_t other = 0; other < m_nodes.size(); ++other) {
            if (other == m_home)
                continue;
            m_points.logAt(m_points.space(m_nodes[m_home].row), m_nodes[other].row, log);
            const DiskPoint there = toHome.apply(m_nodes[other].where);
            const Complex towards = std::polar(1 / (0.1 + there.r * there.r), there.theta);
            straight += towards * std::conj(flat(plane, log));
            mirrored += towards * flat(plane, log);
        }
        const bool mirror = std::abs(mirrored) > std::abs(straight);
        const Complex best = mirror ? mirrored : straight;
        return {std::abs(best) > 0 ? best / std::abs(best) : Complex(1), mirror};
    }

    const std::vector<TreeNode>& m_nodes;
    const Hyperboloid& m_points;
    std::size_t m_home;
    std::vector<const Membership*> m_members;
};

/// Where a sample would be by its prototypes alone.
DiskPoint baseOf(const Membership& sample, const std::vector<TreeNode>& nodes, double temperature) {
    std::array<DiskPoint, neighbours + 1> points{};
    std::array<double, neighbours + 1> weights{};
    std::size_t count = 0;
    points[count] = nodes[sample.home].where;
    weights[count++] = 1; // the home counts as the nearest, whatever the category was chosen by
    for (const auto& [node, distance] : sample.around) {
        if (node == sample.home || count == points.size())
            continue;
        points[count] = nodes[node].where;
        weights[count++] = std::min(0.6, std::exp((sample.distance - distance) / temperature));
    }
    return disk::centroid(std::span(points).first(count), std::span(weights).first(count));
}

/// Half the way to the nearest other prototype and a little more; small clusters take less room.
double clusterRadius(const std::vector<TreeNode>& nodes, std::size_t home, double fill) {
    double nearest = 2;
    for (std::size_t other = 0; other < nodes.size(); ++other)
        if (other != home)
            nearest = std::min(nearest, disk::distance(nodes[home].where, nodes[other].where));
    return std::clamp(0.75 * nearest, 0.2, 1.2) * (0.4 + 0.6 * fill);
}

} // namespace

std::vector<Membership> memberships(const EmbeddingSet& set, const Hyperboloid& points,
                                    const std::vector<TreeNode>& nodes, const CancelToken& cancel,
                                    const ProgressSink& progress) {
    std::unordered_map<std::string, std::size_t> byName;
    std::vector<bool> isNode(points.size(), false);
    for (std::size_t node = 0; node < nodes.size(); ++node) {
        isNode[nodes[node].row] = true;
        byName.emplace(set.category[nodes[node].row], node);
    }
    std::vector<Membership> samples;
    std::vector<std::pair<double, std::size_t>> all(nodes.size());
    for (std::size_t row = 0; row < points.size(); ++row) {
        if (row % 1024 == 0) {
            cancel.throwIfCancelled();
            if (progress)
                progress({"Placing samples",
                          static_cast<double>(row),
                          static_cast<double>(points.size()),
                          {}});
        }
        if (isNode[row])
            continue;
        for (std::size_t node = 0; node < nodes.size(); ++node)
            all[node] = {points.distance(row, nodes[node].row), node};
        const auto found = byName.find(set.category[row]);
        Membership sample;
        sample.row = row;
        if (found != byName.end())
            sample.distance = all[sample.home = found->second].first;
        const std::size_t k = std::min(neighbours, all.size());
        std::partial_sort(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(k), all.end());
        if (found == byName.end()) {
            sample.home = all[0].second;
            sample.distance = all[0].first;
        }
        for (std::size_t i = 0; i < k; ++i)
            sample.around.emplace_back(all[i].second, all[i].first);
        samples.push_back(std::move(sample));
    }
    return samples;
}

void placeSamples(const std::vector<Membership>& samples, const Hyperboloid& points,
                  const std::vector<TreeNode>& nodes, std::uint32_t seed, const CancelToken& cancel,
                  std::vector<DiskPoint>& where) {
    const double temperature = temperatureOf(samples);
    std::vector<Cluster> clusters;
    for (std::size_t node = 0; node < nodes.size(); ++node)
        clusters.emplace_back(nodes, points, node);
    for (const Membership& sample : samples)
        clusters[sample.home].add(sample);
    std::size_t largest = 1;
    for (const Cluster& cluster : clusters)
        largest = std::max(largest, cluster.size());
    Random random(seed);
    for (std::size_t home = 0; home < clusters.size(); ++home) {
        cancel.throwIfCancelled();
        const Cluster& cluster = clusters[home];
        if (cluster.empty())
            continue;
        const double fill =
            std::sqrt(static_cast<double>(cluster.size()) / static_cast<double>(largest));
        const double radius = clusterRadius(nodes, home, fill);
        const std::vector<Complex> offsets =
            cluster.offsets(radius, 2 * std::numbers::pi * random.uniform());
        const DiskPoint centre = nodes[home].where;
        const Isometry fromHome = Isometry::fromOrigin(centre);
        // Samples are the leaves of the tree: their cloud opens outwards from the prototype.
        const Complex outward =
            centre.r > 0.1 ? std::polar(0.45 * radius, centre.theta) : Complex(0);
        for (std::size_t i = 0; i < offsets.size(); ++i) {
            const Membership& sample = *cluster.members()[i];
            const Complex tangent = offsets[i] + outward;
            const DiskPoint around =
                fromHome.apply(DiskPoint{std::abs(tangent), std::arg(tangent)});
            const DiskPoint base = baseOf(sample, nodes, temperature);
            where[sample.row] = Isometry::translation(centre, base).apply(around);
        }
    }
}

} // namespace hmgrl::layout
