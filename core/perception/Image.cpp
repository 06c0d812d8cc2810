#include "perception/Image.h"

#include "perception/ImageHeader.h"
#include "support/Error.h"
#include "support/Files.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

namespace hmgrl {
namespace {

constexpr int jpegQuality = 85;

void checkSize(const ImageHeader& header, const std::string& name, const ImageLimits& limits) {
    // Both sides are below 2^32, so the product fits.
    if (header.width * header.height > limits.maxPixels)
        throw Error(name, {},
                    "expected at most " + std::to_string(limits.maxPixels) + " pixels, found " +
                        std::to_string(header.width) + " x " + std::to_string(header.height));
    if (!header.complete)
        throw Error(name, {},
                    std::string("expected a whole ") + toString(header.format) +
                        " picture, found a truncated one");
}

/// 8 bits a channel, whatever the file had.
cv::Mat toEightBits(const cv::Mat& pixels) {
    cv::Mat out;
    if (pixels.depth() == CV_8U)
        return pixels;
    if (pixels.depth() == CV_16U)
        pixels.convertTo(out, CV_8U, 1.0 / 257.0);
    else
        cv::normalize(pixels, out, 0, 255, cv::NORM_MINMAX, CV_8U);
    return out;
}

/// BGRA over white, as a page would show it.
cv::Mat overWhite(const cv::Mat& bgra) {
    cv::Mat out(bgra.size(), CV_8UC3);
    for (int y = 0; y < bgra.rows; ++y) {
        const auto* from = bgra.ptr<cv::Vec4b>(y);
        auto* to = out.ptr<cv::Vec3b>(y);
        for (int x = 0; x < bgra.cols; ++x)
            for (int c = 0; c < 3; ++c)
                to[x][c] = static_cast<std::uint8_t>(
                    (from[x][c] * from[x][3] + 255 * (255 - from[x][3]) + 127) / 255);
    }
    return out;
}

cv::Mat toRgb(const cv::Mat& decoded) {
    cv::Mat pixels = toEightBits(decoded);
    cv::Mat out;
    if (pixels.channels() == 1) {
        cv::cvtColor(pixels, out, cv::COLOR_GRAY2RGB);
        return out;
    }
    if (pixels.channels() == 4)
        pixels = overWhite(pixels);
    cv::cvtColor(pixels, out, cv::COLOR_BGR2RGB);
    return out;
}

/// The picture turned and mirrored so that EXIF orientation `code` becomes upright.
cv::Mat upright(const cv::Mat& stored, int code) {
    cv::Mat pixels = stored;
    if (code >= 5)
        pixels = pixels.t();
    const bool mirrorX = code == 2 || code == 3 || code == 6 || code == 7;
    const bool mirrorY = code == 3 || code == 4 || code == 7 || code == 8;
    if (mirrorX || mirrorY) {
        cv::Mat out;
        cv::flip(pixels, out, mirrorX && mirrorY ? -1 : (mirrorX ? 1 : 0));
        return out;
    }
    return pixels;
}

cv::Mat decodeWithOpenCv(std::string_view bytes, const ImageHeader& header) {
    // A const buffer goes in by copy of the header only; imdecode doesn't write to it.
    const cv::Mat buffer(1, static_cast<int>(bytes.size()), CV_8U, const_cast<char*>(bytes.data()));
    const bool mayHaveAlpha =
        header.format == ImageFormat::Png || header.format == ImageFormat::WebP;
    const int mode = mayHaveAlpha ? cv::IMREAD_UNCHANGED : cv::IMREAD_COLOR;
    return cv::imdecode(buffer, mode | cv::IMREAD_IGNORE_ORIENTATION);
}

Image toImage(const cv::Mat& rgb) {
    Image image{rgb.cols, rgb.rows, {}};
    const std::size_t stride = 3 * static_cast<std::size_t>(rgb.cols);
    image.rgb.reserve(stride * static_cast<std::size_t>(rgb.rows));
    for (int y = 0; y < rgb.rows; ++y)
        image.rgb.insert(image.rgb.end(), rgb.ptr(y), rgb.ptr(y) + stride);
    return image;
}

cv::Mat viewOf(const Image& image) {
    return {image.height, image.width, CV_8UC3, const_cast<std::uint8_t*>(image.rgb.data())};
}

void checkImage(const Image& image) {
    const auto expected = 3 * static_cast<std::size_t>(std::max(image.width, 0)) *
                          static_cast<std::size_t>(std::max(image.height, 0));
    if (expected == 0 || image.rgb.size() != expected)
        throw Error("expected a picture of " + std::to_string(expected) + " bytes, found " +
                    std::to_string(image.rgb.size()));
}

} // namespace

Image decodeImageFile(const std::filesystem::path& path, const ImageLimits& limits) {
    return decodeImage(readFile(path, limits.maxBytes), path.string(), limits);
}

Image decodeImage(std::string_view bytes, const std::string& name, const ImageLimits& limits) {
    if (bytes.empty() || bytes.size() > limits.maxBytes || bytes.size() > (1ULL << 30))
        throw Error(name, {},
                    "expected a picture of 1 to " + std::to_string(limits.maxBytes) +
                        " bytes, found " + std::to_string(bytes.size()));
    const ImageHeader header = readImageHeader(bytes, name);
    checkSize(header, name, limits);
    if (header.format == ImageFormat::Gif)
        return decodeGif(bytes, name);
    try {
        const cv::Mat decoded = decodeWithOpenCv(bytes, header);
        if (!decoded.empty())
            return toImage(upright(toRgb(decoded), header.orientation));
    } catch (const cv::Exception&) {
        // reported below, in our own words
    }
    throw Error(name, {},
                std::string("cannot decode the ") + toString(header.format) +
                    " picture: damaged, truncated or of an unsupported kind");
}

std::string thumbnailJpeg(const Image& image, int side) {
    checkImage(image);
    const double scale =
        std::min(1.0, static_cast<double>(side) / std::max(image.width, image.height));
    const auto scaled = [&](int length) {
        return std::max(1, static_cast<int>(std::lround(length * scale)));
    };
    cv::Mat small;
    cv::resize(viewOf(image), small, {scaled(image.width), scaled(image.height)}, 0, 0,
               cv::INTER_AREA);
    cv::cvtColor(small, small, cv::COLOR_RGB2BGR);
    std::vector<unsigned char> jpeg;
    cv::imencode(".jpg", small, jpeg, {cv::IMWRITE_JPEG_QUALITY, jpegQuality});
    return {jpeg.begin(), jpeg.end()};
}

} // namespace hmgrl
