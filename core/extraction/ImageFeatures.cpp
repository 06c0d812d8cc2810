#include "extraction/ImageFeatures.h"

#include "perception/Image.h"
#include "support/Files.h"

namespace hmgrl {
namespace {

std::filesystem::path folderOf(const std::string& setting) {
    if (setting == "off")
        return {};
    return setting.empty() ? FeatureCache::defaultFolder() : std::filesystem::path(setting);
}

} // namespace

ImageFeatures::ImageFeatures(const Model& model, const std::string& cacheFolder)
    : m_model(model)
    , m_cache(folderOf(cacheFolder)) {}

torch::Tensor ImageFeatures::of(const std::string& path, Issues& issues) const {
    try {
        const std::string bytes = readFile(path, ImageLimits{}.maxBytes);
        const std::string hash = sha256(bytes);
        if (const auto cached = m_cache.find(hash, m_model.imageHash))
            return cached->to(torch::kFloat32);
        // Rounded to half precision as the cache does, so that a cached picture gives the same
        // result.
        const auto features = m_model.encodePicture(decodeImage(bytes, path)).to(torch::kFloat16);
        m_cache.store(hash, m_model.imageHash, features);
        return features.to(torch::kFloat32);
    } catch (const Error& fault) {
        issues.push_back(fault.issue());
        return {};
    }
}

} // namespace hmgrl
