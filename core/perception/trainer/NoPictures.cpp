// In place of the decoders in a build that only trains: a picture whose features are not in the
// cache becomes an issue of its document.
#include "perception/Image.h"
#include "perception/ImageEncoder.h"
#include "perception/ImagePreparation.h"
#include "support/Error.h"

namespace hmgrl {
namespace {

[[noreturn]] void refuse(const std::string& name) {
    throw Error(name, {},
                "expected the picture's features in the cache: this build decodes no pictures");
}

} // namespace

Image decodeImageFile(const std::filesystem::path& path, const ImageLimits& /*limits*/) {
    refuse(path.string());
}

Image decodeImage(std::string_view /*bytes*/, const std::string& name,
                  const ImageLimits& /*limits*/) {
    refuse(name);
}

torch::Tensor imageToTensor(const Image& /*image*/) {
    refuse({});
}

torch::Tensor imageToTensor(const Image& /*image*/, const ImagePreparation& /*preparation*/) {
    refuse({});
}

} // namespace hmgrl
