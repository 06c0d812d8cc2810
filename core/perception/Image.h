#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hmgrl {

/// 8-bit RGB, row-major, 3 * width * height bytes.
struct Image {
    int width = 0;
    int height = 0;
    std::vector<std::uint8_t> rgb;
};

struct ImageLimits {
    std::uint64_t maxBytes = 64ULL << 20;     ///< of the file
    std::uint64_t maxPixels = 100'000'000ULL; ///< read from the header before anything is decoded
};

/// Decodes JPEG, PNG, WebP, GIF (first frame), BMP or TIFF, EXIF orientation applied. The header is
/// read first, so that a 30,000 x 30,000 picture is refused before memory is taken.
/// @throws Error naming the file and what was expected and found
[[nodiscard]] Image decodeImageFile(const std::filesystem::path& path,
                                    const ImageLimits& limits = {});
[[nodiscard]] Image decodeImage(std::string_view bytes, const std::string& name,
                                const ImageLimits& limits = {});

/// JPEG bytes of the picture scaled so that its longer side is at most `side` pixels.
[[nodiscard]] std::string thumbnailJpeg(const Image& image, int side = 192);

} // namespace hmgrl
