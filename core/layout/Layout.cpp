#include "layout/Layout.h"

#include "geometry/Disk.h"
#include "layout/PrincipalPlane.h"
#include "layout/SamplePlacement.h"
#include "layout/TreePlacement.h"
#include "layout/TsneLayout.h"
#include "support/Error.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace hmgrl {

using layout::Hyperboloid;

namespace {

bool isPrototype(PointKind kind) {
    return kind == PointKind::EntityPrototype || kind == PointKind::RelationPrototype;
}

void checkInput(const LayoutInput& input, const LayoutOptions& options) {
    const std::size_t n = input.points.size();
    if (!(options.rimRadius > 0) || !std::isfinite(options.rimRadius))
        throw Error({}, "layout", "rim radius: expected a number above 0");
    validateOptions(options.tsne, "tsne");
    if (input.points.category.size() != n)
        throw Error({}, "layout",
                    "expected " + std::to_string(n) + " categories, found " +
                        std::to_string(input.points.category.size()));
    if (!input.parent.empty() && input.parent.size() != n)
        throw Error({}, "layout",
                    "expected " + std::to_string(n) + " parents, found " +
                        std::to_string(input.parent.size()));
    for (std::size_t i = 0; i < input.parent.size(); ++i) {
        const auto parent = input.parent[i];
        if (parent < 0 || !isPrototype(input.points.kind[i]))
            continue;
        if (static_cast<std::size_t>(parent) >= n ||
            !isPrototype(input.points.kind[static_cast<std::size_t>(parent)]))
            throw Error({}, "layout",
                        "row " + std::to_string(i) + ": its parent is not a prototype");
    }
}

/// Lengths beyond four fifths of the rim are pressed together, so that none reaches it.
double insideRim(double r, double rim) {
    const double knee = 0.8 * rim;
    const double room = rim - knee;
    return r <= knee ? r : knee + room * (1 - std::exp(-(r - knee) / room));
}

std::vector<DiskPoint> principalLayout(const Hyperboloid& points, const CancelToken& cancel) {
    constexpr double outer = 3.2; ///< where the outermost two in a hundred begin
    const std::size_t n = points.size();
    const std::size_t width = points.width();
    std::vector<std::size_t> all(n);
    for (std::size_t i = 0; i < n; ++i)
        all[i] = i;
    const std::vector<double> centre = points.centroid(all);
    std::vector<double> rows(n * width);
    for (std::size_t i = 0; i < n; ++i) {
        if (i % 1024 == 0)
            cancel.throwIfCancelled();
        points.logAt(centre, i, std::span(rows).subspan(i * width, width));
    }
    const layout::PrincipalPlane plane = layout::principalPlane(rows, width);
    std::vector<DiskPoint> where(n);
    std::vector<double> lengths(n);
    for (std::size_t i = 0; i < n; ++i) {
        const auto [x, y] = plane.project(std::span(rows).subspan(i * width, width));
        lengths[i] = where[i].r = std::hypot(x, y);
        where[i].theta = where[i].r > 0 ? std::atan2(y, x) : 0;
    }
    if (n == 0)
        return where;
    const auto high = lengths.begin() + static_cast<std::ptrdiff_t>((n - 1) * 98 / 100);
    std::nth_element(lengths.begin(), high, lengths.end());
    const double scale = *high > 1e-9 ? outer / *high : 1.0;
    for (DiskPoint& point : where)
        point.r *= scale;
    return where;
}

/// The principal plane of the rows as plain vectors, in any size.
std::vector<DiskPoint> flatPrincipalLayout(const Hyperboloid& points) {
    const std::size_t width = points.width();
    std::vector<double> rows;
    for (std::size_t i = 0; i < points.size(); ++i)
        rows.insert(rows.end(), points.space(i).begin(), points.space(i).end());
    const layout::PrincipalPlane plane = layout::principalPlane(rows, width);
    std::vector<DiskPoint> where(points.size());
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto [x, y] = plane.project(points.space(i));
        where[i].r = std::hypot(x, y);
        where[i].theta = where[i].r > 0 ? std::atan2(y, x) : 0;
    }
    return where;
}

/// A flat picture in the unit disk as it is: disk radii are proportional to its lengths, so that
/// angles and, the disk's metric being conformal, small neighbourhoods stay as they were.
void drawFlat(std::vector<DiskPoint>& where, double rim) {
    double longest = 0;
    for (const DiskPoint& point : where)
        longest = std::max(longest, point.r);
    const double edge = std::tanh(0.9 * rim / 2);
    for (DiskPoint& point : where)
        point.r = longest > 0 ? 2 * std::atanh(edge * point.r / longest) : 0.0;
}

std::vector<layout::TreeNode> treeOf(const LayoutInput& input) {
    std::vector<layout::TreeNode> nodes;
    std::vector<int> nodeOfRow(input.points.size(), -1);
    for (std::size_t row = 0; row < input.points.size(); ++row)
        if (isPrototype(input.points.kind[row])) {
            nodeOfRow[row] = static_cast<int>(nodes.size());
            nodes.push_back({row, -1, 0, {}});
        }
    if (!input.parent.empty())
        for (layout::TreeNode& node : nodes)
            if (const auto parent = input.parent[node.row]; parent >= 0)
                node.parent = nodeOfRow[static_cast<std::size_t>(parent)];
    return nodes;
}

std::vector<DiskPoint> treeLayout(const LayoutInput& input, const Hyperboloid& points,
                                  const LayoutOptions& options, const CancelToken& cancel,
                                  const ProgressSink& progress) {
    std::vector<layout::TreeNode> nodes = treeOf(input);
    if (nodes.empty())
        return principalLayout(points, cancel);
    const auto samples = layout::memberships(input.points, points, nodes, cancel, progress);
    for (const layout::Membership& sample : samples)
        nodes[sample.home].samples += 1;
    layout::placeTree(nodes, points, 0.7 * options.rimRadius);
    std::vector<DiskPoint> where(points.size());
    for (const layout::TreeNode& node : nodes)
        where[node.row] = node.where;
    layout::placeSamples(samples, points, nodes, options.seed, cancel, where);
    return where;
}

} // namespace

LayoutRun layoutProgressively(const LayoutInput& input, const LayoutOptions& options,
                              const CancelToken& cancel, const PictureSink& pictures,
                              const ProgressSink& progress) {
    checkInput(input, options);
    const Hyperboloid points(input.points);
    LayoutRun run;
    switch (options.method) {
    case LayoutMethod::HorosphericalPca:
        run.where = principalLayout(points, cancel);
        break;
    case LayoutMethod::TreeFirst:
        run.where = treeLayout(input, points, options, cancel, progress);
        break;
    case LayoutMethod::EuclideanPca:
        run.where = flatPrincipalLayout(points);
        run.metric = NeighbourMetric::Euclidean;
        drawFlat(run.where, options.rimRadius);
        return run;
    case LayoutMethod::HyperbolicTsne: {
        const bool plain = options.metric == NeighbourMetric::Euclidean;
        const auto start = plain ? flatPrincipalLayout(points) : principalLayout(points, cancel);
        return layout::tsneLayout(points, start, options, cancel, pictures, progress);
    }
    case LayoutMethod::EuclideanTsne: {
        // So small a part of the disk is flat to four digits; the picture is then drawn at its
        // size.
        LayoutOptions flat = options;
        flat.rimRadius = 0.05;
        flat.metric = NeighbourMetric::Euclidean;
        const PictureSink drawn = [&](LayoutPicture picture) {
            drawFlat(picture.where, options.rimRadius);
            pictures(std::move(picture));
        };
        run = layout::tsneLayout(points, flatPrincipalLayout(points), flat, cancel,
                                 pictures ? drawn : PictureSink{}, progress);
        drawFlat(run.where, options.rimRadius);
        return run;
    }
    }
    for (DiskPoint& point : run.where)
        point.r = insideRim(point.r, options.rimRadius);
    return run;
}

std::vector<DiskPoint> layoutOnDisk(const LayoutInput& input, const LayoutOptions& options,
                                    const CancelToken& cancel, const ProgressSink& progress) {
    LayoutRun run = layoutProgressively(input, options, cancel, {}, progress);
    if (!run.finished)
        throw Cancelled();
    return std::move(run.where);
}

const std::vector<std::string>& layoutMethodNames() {
    static const std::vector<std::string> names{"pca", "tree", "tsne", "euclidean",
                                                "euclidean-pca"};
    return names;
}

const char* toString(LayoutMethod method) {
    return layoutMethodNames().at(static_cast<std::size_t>(method)).c_str();
}

LayoutMethod layoutMethodFromString(const std::string& name) {
    const auto& names = layoutMethodNames();
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end())
        throw Error({}, "layout method",
                    "expected pca, tree, tsne, euclidean or euclidean-pca, found \"" + name + "\"");
    return static_cast<LayoutMethod>(found - names.begin());
}

const char* toString(NeighbourMetric metric) {
    return metric == NeighbourMetric::Euclidean ? "euclidean" : "hyperbolic";
}

std::vector<DiskPoint> placeMore(const EmbeddingSet& placed, const std::vector<DiskPoint>& where,
                                 const EmbeddingSet& more) {
    constexpr std::size_t k = 8;
    if (where.size() != placed.size())
        throw Error({}, "layout",
                    "expected " + std::to_string(placed.size()) + " placed points, found " +
                        std::to_string(where.size()));
    if (more.size() > 0 && placed.size() > 0 &&
        (more.width != placed.width || more.curvature != placed.curvature))
        throw Error({}, "layout", "the new points live in another space than the placed ones");
    const Hyperboloid points(placed);
    const Hyperboloid added(more);
    std::vector<DiskPoint> out(added.size());
    for (std::size_t i = 0; i < added.size(); ++i) {
        const auto around = layout::nearestRows(points, added, i, k, points.size());
        std::vector<DiskPoint> positions;
        std::vector<double> weights;
        for (const auto& [row, distance] : around) {
            const double spread = around.back().second - around.front().second;
            const double gap = (distance - around.front().second) / std::max(spread, 1e-12);
            positions.push_back(where[row]);
            weights.push_back(std::exp(-5 * gap));
        }
        out[i] = disk::centroid(positions, weights);
    }
    return out;
}

std::vector<std::pair<std::size_t, double>> nearest(const EmbeddingSet& points, std::size_t query,
                                                    std::size_t k) {
    if (query >= points.size())
        throw Error({}, "layout", "no row " + std::to_string(query) + " to find neighbours of");
    const Hyperboloid set(points);
    auto rows = layout::nearestRows(set, set, query, k, query);
    for (auto& [row, distance] : rows)
        distance /= std::sqrt(points.curvature);
    return rows;
}

} // namespace hmgrl
