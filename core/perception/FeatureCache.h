#pragma once

// LibTorch header: for core rooms only.
#include <filesystem>
#include <optional>
#include <string>
#include <torch/types.h>

namespace hmgrl {

/// Image features on disk, one file an image, keyed by the image's content hash and the encoder's
/// hash, float16. Safe for several threads and processes (atomic writes); a damaged entry counts as
/// absent.
class FeatureCache {
public:
    /// An empty folder switches the cache off. The folder is made when first written to.
    explicit FeatureCache(std::filesystem::path folder);

    /// $XDG_CACHE_HOME/hmgrl-studio/features or ~/.cache/...
    [[nodiscard]] static std::filesystem::path defaultFolder();

    /// The features as float32 (of float16 precision: whoever wants equal results with and without
    /// the cache rounds fresh features too).
    [[nodiscard]] std::optional<torch::Tensor> find(const std::string& contentHash,
                                                    const std::string& encoderHash) const;
    /// Failures to write (disk full, read-only) are ignored: the cache is only a speed-up.
    void store(const std::string& contentHash, const std::string& encoderHash,
               const torch::Tensor& features) const;

private:
    [[nodiscard]] std::filesystem::path fileFor(const std::string& contentHash,
                                                const std::string& encoderHash) const;

    std::filesystem::path m_folder;
};

} // namespace hmgrl
