#pragma once

// LibTorch header: for core rooms only.
#include "training/Team.h"

#include <vector>

namespace hmgrl {

/// Adds up the gradients of a step's micro-batches, those of the other processes too. Sums are
/// taken in float64: what rounding leaves there is far below a float32, so that the result does
/// not depend on which process made which micro-batch. One thread.
class GradientSum {
public:
    explicit GradientSum(std::vector<torch::Tensor> parameters);

    /// Takes the gradients of one micro-batch from the parameters.
    void add();

    /// What finish() tells.
    struct Outcome {
        bool any = false;  ///< some micro-batch of some process gave a gradient
        bool stop = false; ///< some process asked to stop
    };
    /// Sums over the team and gives the parameters total / micro-batches as their gradient, none
    /// where no micro-batch had one. The sum is then empty.
    [[nodiscard]] Outcome finish(Team& team, int microBatches, bool stop);

private:
    std::vector<torch::Tensor> m_parameters;
    /// One tensor, so that a step costs one exchange: all gradients, then for every parameter how
    /// often it had one, then how many processes want to stop.
    torch::Tensor m_total;
    std::vector<double> m_counts;
};

} // namespace hmgrl
