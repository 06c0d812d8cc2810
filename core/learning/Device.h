#pragma once

// LibTorch header: for core rooms only.
#include <string>
#include <torch/types.h>

namespace hmgrl {

/// "cpu", "cuda" (GPU number `preferred`) or "cuda:N". @throws Error naming what was expected and
/// found, and when LibTorch or the machine has no such device
[[nodiscard]] torch::Device deviceNamed(const std::string& name, int preferred = 0);

} // namespace hmgrl
