#pragma once

// LibTorch header: for core rooms only.
#include "support/Safetensors.h"

#include <filesystem>
#include <map>
#include <string>
#include <torch/nn.h>

namespace hmgrl {

/// Copies every tensor of `file` whose name starts with `prefix` into the parameter or buffer of
/// the same name. Strict: each parameter must be present with its shape and a floating type
/// (converted to the module's), and no tensor may be left over. @throws Error naming file, tensor,
/// expected and found.
void loadModule(torch::nn::Module& module, const SafetensorsFile& file,
                const std::string& prefix = {});

/// A tensor and the file that it lies in, for messages. The bytes are borrowed from that file.
struct StoredTensor {
    TensorView view;
    std::string file;
};

/// The same for tensors gathered from several files, by the name that the module gives them;
/// `source` is the file to name when one is missing.
void loadModule(torch::nn::Module& module, const std::map<std::string, StoredTensor>& tensors,
                const std::string& source);

/// Parameters and buffers in `type` (F32, F16 or BF16).
void saveModule(const torch::nn::Module& module, const std::filesystem::path& path, DType type,
                const std::map<std::string, std::string>& metadata = {});

/// Tensors in their own type, by name. Inverse of SafetensorsFile + toTensor.
void saveTensors(const std::map<std::string, torch::Tensor>& tensors,
                 const std::filesystem::path& path,
                 const std::map<std::string, std::string>& metadata = {});

/// A copy of one tensor in its stored type.
[[nodiscard]] torch::Tensor toTensor(const TensorView& view);

} // namespace hmgrl
