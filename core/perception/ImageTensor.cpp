#include "perception/ImageEncoder.h"
#include "perception/ImagePreparation.h"
#include "support/Error.h"

#include <algorithm>
#include <opencv2/imgproc.hpp>

namespace hmgrl {
namespace {

/// @throws Error unless the bytes fit the sides
cv::Mat viewOf(const Image& image) {
    const std::size_t expected = 3 * static_cast<std::size_t>(std::max(image.width, 0)) *
                                 static_cast<std::size_t>(std::max(image.height, 0));
    if (expected == 0 || image.rgb.size() != expected)
        throw Error("expected a picture of " + std::to_string(expected) + " bytes, found " +
                    std::to_string(image.rgb.size()));
    return {image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.rgb.data())};
}

cv::Mat bilinear(cv::Mat pixels, int side) {
    const int shrinkX = std::max(1, pixels.cols / (2 * side));
    const int shrinkY = std::max(1, pixels.rows / (2 * side));
    if (shrinkX > 1 || shrinkY > 1) {
        cv::Mat smaller;
        cv::resize(pixels, smaller, {pixels.cols / shrinkX, pixels.rows / shrinkY}, 0, 0,
                   cv::INTER_AREA);
        pixels = smaller;
    }
    cv::Mat square;
    cv::resize(pixels, square, {side, side}, 0, 0, cv::INTER_LINEAR);
    return square;
}

/// In whole numbers, because cv::INTER_NEAREST_EXACT takes the pixel before where a centre falls
/// between two (OpenCV 4.6, every even factor) and the reference's library the one after.
cv::Mat nearest(const cv::Mat& pixels, int side) {
    const auto under = [side](int i, int length) {
        return static_cast<int>((2LL * i + 1) * length / (2LL * side));
    };
    cv::Mat square(side, side, CV_8UC3);
    for (int y = 0; y < side; ++y) {
        const auto* from = pixels.ptr<cv::Vec3b>(under(y, pixels.rows));
        auto* to = square.ptr<cv::Vec3b>(y);
        for (int x = 0; x < side; ++x)
            to[x] = from[under(x, pixels.cols)];
    }
    return square;
}

/// (S, S) pixels of 3 floats -> (3, S, S)
torch::Tensor channelsFirst(cv::Mat& square) {
    const auto tensor =
        torch::from_blob(square.ptr<float>(), {square.rows, square.cols, 3}, torch::kFloat32);
    return tensor.permute({2, 0, 1}).clone(at::MemoryFormat::Contiguous);
}

} // namespace

torch::Tensor imageToTensor(const Image& image) {
    cv::Mat square = bilinear(viewOf(image), static_cast<int>(ImageEncoderImpl::inputSide));
    square.convertTo(square, CV_32FC3, 1.0 / 128.0, -127.0 / 128.0);
    return channelsFirst(square);
}

torch::Tensor imageToTensor(const Image& image, const ImagePreparation& preparation) {
    const cv::Mat pixels = viewOf(image);
    cv::Mat square = preparation.resample == Resample::Nearest ? nearest(pixels, preparation.side)
                                                               : bilinear(pixels, preparation.side);
    square.convertTo(square, CV_32FC3);
    auto out = channelsFirst(square);
    for (std::int64_t c = 0; c < 3; ++c) {
        const auto at = static_cast<std::size_t>(c);
        const double scale = 1.0 / (255.0 * preparation.deviation[at]);
        out[c].mul_(scale).sub_(preparation.mean[at] / preparation.deviation[at]);
    }
    return out;
}

} // namespace hmgrl
