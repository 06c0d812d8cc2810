#pragma once

#include "layout/Affinities.h"
#include "layout/PolarTree.h"

#include <vector>

namespace hmgrl::layout {

/// The objective of hyperbolic t-SNE and its Riemannian gradient. With w_ij = 1 / (1 + d_ij^2 /
/// s^2), s the kernel's scale in hyperbolic length, q_ij = w_ij / sum of w, it is C = sum of p_ij
/// log(p_ij / q_ij) and dC/dy_i = -4 / s^2 sum over j of (p_ij - q_ij) w_ij log_{y_i}(y_j). Small
/// s is a flat picture (Euclidean t-SNE in the limit), s = 1 the strongly curved one.
class TsneGradient {
public:
    /// theta as in PolarTree; 0 sums over all pairs.
    TsneGradient(Affinities affinities, double theta, Workers& workers);

    [[nodiscard]] std::size_t size() const { return m_affinities.size(); }
    /// One tangent vector a point (see HalfPoint), with p multiplied by `exaggeration`.
    void compute(std::span<const HalfPoint> points, double scale, double exaggeration,
                 std::vector<disk::Complex>& gradient);
    /// C at the points of the last compute().
    [[nodiscard]] double divergence(std::span<const HalfPoint> points, double scale) const;
    /// The part of the last gradient by which points repel each other.
    [[nodiscard]] const std::vector<disk::Complex>& repulsion() const { return m_repulsion; }

    /// Renumbers the points in the order of the tree of the last compute(), so that neighbours lie
    /// side by side in memory. Returns the old number of each; the caller orders what it has alike.
    std::vector<std::uint32_t> renumber();

private:
    void attract(std::size_t task, std::span<const HalfPoint> points, double kappa);
    void repel(std::size_t task, std::size_t worker, std::span<const HalfPoint> points,
               double kappa);

    struct Scratch {
        PolarTree::Walk walk;
        std::vector<FarField> fields; ///< around the region at hand
        Targets targets;
    };

    Affinities m_affinities;
    Workers& m_workers;
    PolarTree m_tree;
    std::vector<Scratch> m_scratch;          ///< one a worker
    std::vector<disk::Complex> m_attraction; ///< sum of p w log
    std::vector<disk::Complex> m_repulsion;  ///< sum of w^2 log, later of q w log
    std::vector<double> m_normaliser;        ///< sum of w, a task
    double m_sum = 1;
};

} // namespace hmgrl::layout
