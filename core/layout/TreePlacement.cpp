#include "layout/TreePlacement.h"

#include "support/Error.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace hmgrl::layout {

namespace {

constexpr double elbowRoom = 0.75; ///< wanted hyperbolic distance between neighbouring leaves
constexpr double innerPull = 1.25;
constexpr double leastReach = 1.3; ///< a small tree still fills a good part of the disk

class Placement {
public:
    Placement(std::vector<TreeNode>& nodes, const Hyperboloid& points, double reach)
        : m_nodes(nodes)
        , m_points(points)
        , m_children(nodes.size())
        , m_weight(nodes.size(), 0.0)
        , m_centre(nodes.size()) {
        for (std::size_t i = 0; i < nodes.size(); ++i)
            (nodes[i].parent < 0 ? m_roots : m_children[static_cast<std::size_t>(nodes[i].parent)])
                .push_back(i);
        measure();
        m_leafRadius =
            std::min(reach, std::max(std::min(leastReach, reach),
                                     std::asinh(m_total * elbowRoom / (2 * std::numbers::pi))));
    }

    void run() {
        if (m_roots.size() == 1) {
            m_nodes[m_roots[0]].where = {};
            m_levels = std::max(1, m_levels - 1);
            order(m_children[m_roots[0]], true);
            divide(m_children[m_roots[0]], 0, 2 * std::numbers::pi, 1);
            return;
        }
        order(m_roots, true);
        divide(m_roots, 0, 2 * std::numbers::pi, 1);
    }

private:
    /// Weights, depths and centroids of subtrees, leaves first.
    void measure() {
        double samples = 0;
        for (const TreeNode& node : m_nodes)
            samples += node.samples;
        const double usual = samples / static_cast<double>(m_nodes.size());
        std::size_t visited = 0;
        for (std::size_t root : m_roots) {
            visited += measure(root, 1, usual);
            m_total += m_weight[root];
        }
        if (visited != m_nodes.size())
            throw Error({}, "layout", "the parents of the prototypes form a cycle");
    }

    std::size_t measure(std::size_t node, int depth, double usual) {
        m_levels = std::max(m_levels, depth);
        std::vector<std::size_t> rows{m_nodes[node].row};
        const double share = usual > 0 ? m_nodes[node].samples / usual : 1;
        const double own = 0.6 + 0.8 * std::min(2.0, std::sqrt(share));
        std::size_t visited = 1;
        m_weight[node] = m_children[node].empty() ? own : 0.25 * own;
        for (std::size_t child : m_children[node]) {
            visited += measure(child, depth + 1, usual);
            m_weight[node] += m_weight[child];
            rows.push_back(m_nodes[child].row);
        }
        m_centre[node] = m_points.centroid(rows);
        return visited;
    }

    /// Hyperbolic distance between the centroids of two subtrees.
    [[nodiscard]] double apart(std::size_t a, std::size_t b) const {
        double squared = 0;
        double timeA = 1;
        double timeB = 1;
        for (std::size_t k = 0; k < m_centre[a].size(); ++k) {
            const double x = m_centre[a][k];
            const double y = m_centre[b][k];
            squared += (x - y) * (x - y);
            timeA += x * x;
            timeB += y * y;
        }
        const double time = std::sqrt(timeA) - std::sqrt(timeB);
        return 2 * std::asinh(std::sqrt(std::max(0.0, squared - time * time)) / 2);
    }

    void order(std::vector<std::size_t>& siblings, bool closed) const {
        const std::size_t n = siblings.size();
        std::vector<double> distances(n * n, 0.0);
        for (std::size_t i = 0; i < n; ++i)
            for (std::size_t j = 0; j < i; ++j)
                distances[i * n + j] = distances[j * n + i] = apart(siblings[i], siblings[j]);
        std::vector<std::size_t> ordered;
        for (std::size_t i : seriate(distances, n, closed))
            ordered.push_back(siblings[i]);
        siblings = std::move(ordered);
    }

    /// Shares the wedge [begin, begin + width) among siblings by weight and goes down.
    void divide(const std::vector<std::size_t>& siblings, double begin, double width, int depth) {
        double total = 0;
        for (std::size_t node : siblings)
            total += m_weight[node];
        double at = begin;
        for (std::size_t k = 0; k < siblings.size(); ++k) {
            const std::size_t node = siblings[k];
            const double share = width * m_weight[node] / total;
            m_nodes[node].where = {radius(node, depth), at + share / 2};
            descend(siblings, k, at, share, depth);
            at += share;
        }
    }

    void descend(const std::vector<std::size_t>& siblings, std::size_t k, double begin,
                 double width, int depth) {
        std::vector<std::size_t>& children = m_children[siblings[k]];
        if (children.empty())
            return;
        order(children, false);
        const std::size_t n = siblings.size();
        if (n > 1) {
            // Of the two ways round, the one whose ends are like the neighbours there.
            const std::size_t before = siblings[(k + n - 1) % n];
            const std::size_t after = siblings[(k + 1) % n];
            if (apart(children.back(), before) + apart(children.front(), after) <
                apart(children.front(), before) + apart(children.back(), after))
                std::reverse(children.begin(), children.end());
        }
        // A gap between families, so that the eye sees them.
        divide(children, begin + 0.06 * width, 0.88 * width, depth + 1);
    }

    [[nodiscard]] double radius(std::size_t node, int depth) const {
        // Inner levels stand a little closer in than evenly: the middle would be empty otherwise.
        const double level =
            m_leafRadius * std::pow(static_cast<double>(depth) / m_levels, innerPull);
        return m_children[node].empty() ? level + 0.6 * (m_leafRadius - level) : level;
    }

    std::vector<TreeNode>& m_nodes;
    const Hyperboloid& m_points;
    std::vector<std::size_t> m_roots;
    std::vector<std::vector<std::size_t>> m_children;
    std::vector<double> m_weight;
    std::vector<std::vector<double>> m_centre;
    double m_total = 0;
    double m_leafRadius = 0;
    int m_levels = 1;
};

} // namespace

void placeTree(std::vector<TreeNode>& nodes, const Hyperboloid& points, double reach) {
    if (!nodes.empty())
        Placement(nodes, points, reach).run();
}

} // namespace hmgrl::layout
