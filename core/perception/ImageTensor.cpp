#include "perception/ImageEncoder.h"
#include "support/Error.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace hmgrl {

torch::Tensor imageToTensor(const Image& image) {
    constexpr int side = static_cast<int>(ImageEncoderImpl::inputSide);
    const std::size_t expected = 3 * static_cast<std::size_t>(std::max(image.width, 0)) *
                                 static_cast<std::size_t>(std::max(image.height, 0));
    if (expected == 0 || image.rgb.size() != expected)
        throw Error("expected a picture of " + std::to_string(expected) + " bytes, found " +
                    std::to_string(image.rgb.size()));
    cv::Mat pixels(image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.rgb.data()));
    const int shrinkX = std::max(1, image.width / (2 * side));
    const int shrinkY = std::max(1, image.height / (2 * side));
    if (shrinkX > 1 || shrinkY > 1) {
        cv::Mat smaller;
        cv::resize(pixels, smaller, {image.width / shrinkX, image.height / shrinkY}, 0, 0,
                   cv::INTER_AREA);
        pixels = smaller;
    }
    cv::Mat square;
    cv::resize(pixels, square, {side, side}, 0, 0, cv::INTER_LINEAR);
    square.convertTo(square, CV_32FC3, 1.0 / 128.0, -127.0 / 128.0);
    const auto tensor = torch::from_blob(square.ptr<float>(), {side, side, 3}, torch::kFloat32);
    return tensor.permute({2, 0, 1}).clone(at::MemoryFormat::Contiguous);
}

} // namespace hmgrl
