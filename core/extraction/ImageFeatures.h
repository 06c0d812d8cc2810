#pragma once

// LibTorch header: for core rooms only.
#include "extraction/Checkpoint.h"
#include "perception/FeatureCache.h"
#include "support/Error.h"

#include <string>

namespace hmgrl {

/// Regions of a picture: from the cache when its content was seen before, else decoded and encoded.
class ImageFeatures {
public:
    /// cacheFolder: a path, "" for the default, "off" for none.
    ImageFeatures(const Model& model, const std::string& cacheFolder);

    /// (K, I) float32, or undefined with an Issue added when the picture can't be read.
    [[nodiscard]] torch::Tensor of(const std::string& path, Issues& issues) const;

private:
    const Model& m_model;
    FeatureCache m_cache;
};

} // namespace hmgrl
