#pragma once

#include "layout/Layout.h"
#include "support/Random.h"

#include <cmath>
#include <numbers>
#include <string>
#include <vector>

namespace hmgrl {

/// Standard normal draw (Box-Muller), the same on every platform.
inline double normal(Random& random) {
    return std::sqrt(-2 * std::log(1 - random.uniform())) *
           std::cos(2 * std::numbers::pi * random.uniform());
}

/// exp_0 of a tangent vector as a row of the set.
inline void addPoint(EmbeddingSet& set, std::vector<double> tangent, PointKind kind,
                     std::int64_t id, std::string category) {
    double norm = 0;
    for (double x : tangent)
        norm += x * x;
    norm = std::sqrt(norm);
    const double scale = norm > 0 ? std::sinh(norm) / norm : 1;
    for (double x : tangent)
        set.space.push_back(static_cast<float>(scale * x / std::sqrt(set.curvature)));
    set.kind.push_back(kind);
    set.id.push_back(id);
    set.category.push_back(std::move(category));
}

/// A hierarchical mixture: `roots` coarse categories with `children` fine ones each, and normal
/// clouds of samples about the fine ones. Prototypes come first.
inline LayoutInput mixture(std::size_t roots, std::size_t children, std::size_t samples,
                           std::size_t width = 32, std::uint32_t seed = 3) {
    LayoutInput input;
    EmbeddingSet& set = input.points;
    set.width = width;
    Random random(seed);
    const auto direction = [&](double length) {
        std::vector<double> v(width);
        for (double& x : v)
            x = length * normal(random) / std::sqrt(static_cast<double>(width));
        return v;
    };
    std::vector<std::vector<double>> centres;
    std::vector<std::string> names;
    for (std::size_t r = 0; r < roots; ++r) {
        const std::vector<double> root = direction(1.2);
        const auto rootRow = static_cast<std::int32_t>(set.size());
        const std::string name = "root" + std::to_string(r);
        addPoint(set, root, PointKind::EntityPrototype, -1, name);
        input.parent.push_back(-1);
        for (std::size_t c = 0; c < children; ++c) {
            std::vector<double> child = direction(1.1);
            for (std::size_t k = 0; k < width; ++k)
                child[k] += 1.4 * root[k];
            centres.push_back(child);
            names.push_back(name + "/leaf" + std::to_string(c));
            addPoint(set, child, PointKind::EntityPrototype, -1, names.back());
            input.parent.push_back(rootRow);
        }
    }
    for (std::size_t i = 0; i < samples && !centres.empty(); ++i) {
        // Some categories are frequent, some rare.
        const double u = random.uniform();
        const auto pick = static_cast<std::size_t>(u * u * static_cast<double>(centres.size()));
        std::vector<double> sample = direction(0.7);
        for (std::size_t k = 0; k < width; ++k)
            sample[k] += centres[pick][k];
        addPoint(set, sample, PointKind::Mention, static_cast<std::int64_t>(i), names[pick]);
        input.parent.push_back(-1);
    }
    return input;
}

/// Features with labels, a row each.
struct Features {
    EmbeddingSet points;
    std::vector<std::int32_t> labels;
};

/// A hierarchical Gaussian mixture: a tree of `depth` levels with `branching` children each, whose
/// offsets halve in scale from level to level, and clouds about its leaves. With 3 levels of 5 it
/// is the data that the published hyperbolic t-SNE was timed on.
inline Features treeMixture(std::size_t n, std::size_t width = 64, std::uint32_t seed = 7,
                            std::size_t branching = 5, std::size_t depth = 3) {
    Random random(seed);
    const auto offset = [&](double scale) {
        return scale * 2 / std::sqrt(static_cast<double>(width)) * normal(random);
    };
    std::vector<std::vector<double>> centres{std::vector<double>(width, 0.0)};
    double scale = 8;
    for (std::size_t level = 0; level < depth; ++level, scale /= 2) {
        std::vector<std::vector<double>> children;
        for (const auto& centre : centres)
            for (std::size_t b = 0; b < branching; ++b) {
                children.push_back(centre);
                for (double& x : children.back())
                    x += offset(scale);
            }
        centres = std::move(children);
    }
    Features out;
    out.points.width = width;
    for (std::size_t i = 0; i < n; ++i) {
        const std::uint32_t leaf = random.upTo(static_cast<std::uint32_t>(centres.size() - 1));
        for (double x : centres[leaf])
            out.points.space.push_back(static_cast<float>(x + offset(0.6)));
        out.points.kind.push_back(PointKind::Mention);
        out.points.id.push_back(static_cast<std::int64_t>(i));
        out.points.category.emplace_back();
        out.labels.push_back(static_cast<std::int32_t>(leaf));
    }
    return out;
}

} // namespace hmgrl
