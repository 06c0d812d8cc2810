#pragma once

// LibTorch header: for core rooms only.
#include "perception/TorchFiles.h"

#include <filesystem>
#include <string>
#include <vector>

namespace hmgrl {

/// The tensors of a Hugging Face-layout folder: those of model.safetensors or, where that is
/// absent, of the shards that model.safetensors.index.json lists. Opening maps the files and checks
/// their headers and the index; tensor data is read when a module is loaded. Pickled weights are
/// never read.
class EncoderTensors {
public:
    /// A shard is named by its plain file name, so an index cannot reach out of its folder. The
    /// index and the shards must agree both ways: a tensor that is missing, that lies in another
    /// shard than the index says, or that the index leaves out is an error.
    /// @throws Error naming file, tensor, what was expected and what was found
    [[nodiscard]] static EncoderTensors open(const std::filesystem::path& folder);

    /// Under the names that the files give them.
    [[nodiscard]] const std::vector<StoredTensor>& all() const { return m_all; }
    /// The file to name when a tensor is missing: the single file or the index.
    [[nodiscard]] const std::string& source() const { return m_source; }
    [[nodiscard]] double elementCount() const;
    /// SHA-256 over the names and contents of the files.
    [[nodiscard]] std::string hash() const;

private:
    void add(SafetensorsFile file);

    std::vector<SafetensorsFile> m_files; ///< keep the mappings alive
    std::vector<StoredTensor> m_all;
    std::string m_source;
};

} // namespace hmgrl
