#include "perception/FeatureCache.h"

#include "perception/TorchFiles.h"
#include "support/Error.h"
#include "support/Files.h"

#include <algorithm>
#include <cstdlib>
#include <string_view>
#include <utility>

namespace hmgrl {
namespace fs = std::filesystem;
namespace {

constexpr const char* tensorName = "features";
constexpr const char* checksumKey = "sha256";

std::string_view textOf(std::span<const std::byte> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Keys become file names, so anything but hexadecimal digits is refused.
bool isHash(const std::string& text) {
    constexpr std::string_view digits = "0123456789abcdef";
    return text.size() >= 8 && text.size() <= 128 &&
           text.find_first_not_of(digits) == std::string::npos;
}

} // namespace

FeatureCache::FeatureCache(fs::path folder)
    : m_folder(std::move(folder)) {}

fs::path FeatureCache::defaultFolder() {
    const char* cache = std::getenv("XDG_CACHE_HOME");
    if (cache && fs::path(cache).is_absolute())
        return fs::path(cache) / "hmgrl-studio" / "features";
    const char* home = std::getenv("HOME");
    return home && *home ? fs::path(home) / ".cache" / "hmgrl-studio" / "features" : fs::path();
}

fs::path FeatureCache::fileFor(const std::string& contentHash,
                               const std::string& encoderHash) const {
    if (m_folder.empty() || !isHash(contentHash) || !isHash(encoderHash))
        return {};
    return m_folder / encoderHash.substr(0, 16) / contentHash.substr(0, 2) /
           (contentHash + "-" + encoderHash + ".safetensors");
}

std::optional<torch::Tensor> FeatureCache::find(const std::string& contentHash,
                                                const std::string& encoderHash) const {
    const fs::path path = fileFor(contentHash, encoderHash);
    std::error_code failure;
    if (path.empty() || !fs::exists(path, failure))
        return std::nullopt;
    try {
        const auto file = SafetensorsFile::open(path);
        const TensorView& view = file.at(tensorName);
        const auto sum = file.metadata().find(checksumKey);
        if (view.type != DType::F16 || sum == file.metadata().end() ||
            sum->second != sha256(textOf(view.bytes)))
            return std::nullopt;
        return toTensor(view).to(torch::kFloat32);
    } catch (const Error&) {
        return std::nullopt; // damaged: computed anew and overwritten
    }
}

void FeatureCache::store(const std::string& contentHash, const std::string& encoderHash,
                         const torch::Tensor& features) const {
    const fs::path path = fileFor(contentHash, encoderHash);
    if (path.empty())
        return;
    std::error_code failure;
    fs::create_directories(path.parent_path(), failure);
    const auto half = features.detach().to(torch::kCPU).to(torch::kFloat16).contiguous();
    const std::span bytes(static_cast<const std::byte*>(half.data_ptr()), half.nbytes());
    try {
        writeSafetensors(path, {{tensorName, DType::F16, half.sizes().vec(), bytes}},
                         {{checksumKey, sha256(textOf(bytes))}});
    } catch (const Error&) {
        return; // the next run computes it again
    }
}

} // namespace hmgrl
