#pragma once

#include "layout/Layout.h"
#include "layout/TsneGradient.h"

#include <vector>

namespace hmgrl::layout {

/// Gradient descent of t-SNE on the disk. A step goes along the exponential map, momentum is
/// carried to the new point, and each point has a gain that grows while it goes on downhill.
///
/// Points do not run to the rim: the disk has a size of its own, so the kernel's scale is what
/// gives. When the picture outgrows its share of the disk, it is drawn together and the scale
/// shrinks with it, which leaves the objective nearly as it was. The Lorentz centroid is moved to
/// the centre by an isometry, which leaves it exactly so. Stragglers are held by a spring and, at
/// the rim itself, by a wall.
class HyperbolicTsne {
public:
    /// `start` in any size. @throws Error when it doesn't fit the affinities
    HyperbolicTsne(Affinities affinities, const std::vector<DiskPoint>& start,
                   const LayoutOptions& options, Workers& workers);

    [[nodiscard]] int iterations() const { return m_options.tsne.iterations; }
    [[nodiscard]] int iteration() const { return m_iteration; } ///< steps done
    void step();
    [[nodiscard]] std::vector<DiskPoint> where() const;
    [[nodiscard]] double divergence() const { return m_gradient.divergence(m_points, m_scale); }
    [[nodiscard]] double scale() const { return m_scale; } ///< of the kernel

private:
    void place(const std::vector<DiskPoint>& start);
    void move(std::size_t i, double momentum, double rate);
    void recentre();
    void fit();
    void renumber();

    LayoutOptions m_options;
    Workers& m_workers;
    TsneGradient m_gradient;
    double m_target;      ///< radius within which nineteen in twenty shall lie
    double m_scale;       ///< of the kernel, hyperbolic length
    double m_knee;        ///< where the spring begins
    double m_kneeSquared; ///< sinh^2 of half the knee and of half the rim
    double m_rimSquared;
    int m_iteration = 0;
    std::vector<std::uint32_t> m_row; ///< of each point in the caller's numbers
    std::vector<HalfPoint> m_points;
    std::vector<disk::Complex> m_slope;    ///< gradient
    std::vector<disk::Complex> m_velocity; ///< in units of the kernel's scale
    std::vector<double> m_gain;
    std::vector<double> m_radii; ///< scratch
};

} // namespace hmgrl::layout
