#pragma once

#include <nlohmann/json.hpp>
#include <torch/nn/module.h>
#include <torch/types.h>

#include <functional>
#include <string>
#include <vector>

namespace hmgrl::test {

/// tests/learning/data/oracle.json, written by tests/oracle/learning_oracle.py.
[[nodiscard]] const nlohmann::json& oracle();
/// tests/learning/data/reference.json, written by tests/oracle/reference_oracle.py.
[[nodiscard]] const nlohmann::json& referenceOracle();
/// tests/learning/data/lorentz.json, written by tests/oracle/lorentz_oracle.py.
[[nodiscard]] const nlohmann::json& lorentzOracle();

/// {"shape": [...], "data": [...]} as a float64 tensor.
[[nodiscard]] torch::Tensor tensorOf(const nlohmann::json& value);

/// Sets every parameter of `module` from {"name": tensor}; names and shapes must agree exactly.
void setParameters(torch::nn::Module& module, const nlohmann::json& parameters);

/// Largest over rows (last dimension) of |actual - expected| / max(|expected|, floor).
[[nodiscard]] double rowError(const torch::Tensor& actual, const torch::Tensor& expected,
                              double floor = 1e-300);
/// Largest over entries of |actual - expected| / max(|expected|, floor).
[[nodiscard]] double entryError(const torch::Tensor& actual, const torch::Tensor& expected,
                                double floor = 1e-300);

[[nodiscard]] bool allFinite(const torch::Tensor& t);

using Function = std::function<torch::Tensor(const std::vector<torch::Tensor>&)>;

/// Largest difference between autograd and central differences of a weighted sum of `function`'s
/// values, relative to max(1, largest gradient entry). Inputs are float64; `step` is absolute.
[[nodiscard]] double gradientError(const Function& function,
                                   const std::vector<torch::Tensor>& inputs, double step = 1e-6);

/// Gradients of the sum of `function`'s values, one a float32 input; all values must be finite.
[[nodiscard]] std::vector<torch::Tensor> gradients(const Function& function,
                                                   const std::vector<torch::Tensor>& inputs);

/// n random directions of length radii[i] (cycled), float64.
[[nodiscard]] torch::Tensor vectorsOfNorm(const std::vector<double>& radii, std::int64_t n,
                                          std::int64_t dimension);

} // namespace hmgrl::test
