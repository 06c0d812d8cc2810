#pragma once

#include <map>
#include <string>
#include <torch/types.h>
#include <utility>
#include <vector>

namespace hmgrl {

/// A running mean of weights over the steps of a run (Polyak averaging with exponential decay). It
/// is steadier than the weights of any one step, which helps categories that training did not see.
/// Decay 0 keeps no average: then the weights themselves are evaluated. One thread.
class WeightAverage {
public:
    using Parameters = std::vector<std::pair<std::string, torch::Tensor>>;

    /// Starts at the parameters' values; these are trained further by the caller.
    WeightAverage(Parameters parameters, double decay);

    /// After a step; the first steps count more, so that the start is soon forgotten.
    void update(int step);

    /// Exchanges weights and average: before and after an evaluation. Nothing without a decay.
    void swap();

    /// For resuming: tensors named "a.<name>"; empty without a decay.
    [[nodiscard]] std::map<std::string, torch::Tensor> state() const;
    void loadState(const std::map<std::string, torch::Tensor>& state);

private:
    Parameters m_parameters;
    std::vector<torch::Tensor> m_mean; ///< in the order of m_parameters, empty without a decay
    double m_decay;
};

} // namespace hmgrl
