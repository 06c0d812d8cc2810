#pragma once

#include "perception/Image.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace hmgrl {

enum class ImageFormat { Jpeg, Png, WebP, Gif, Bmp, Tiff };

[[nodiscard]] const char* toString(ImageFormat format);

/// What a picture's header says, read without decoding anything.
struct ImageHeader {
    ImageFormat format = ImageFormat::Jpeg;
    std::uint64_t width = 0; ///< as stored, before orientation
    std::uint64_t height = 0;
    int orientation = 1;  ///< EXIF, 1..8
    bool complete = true; ///< false when the file ends before the picture does
};

/// @throws Error naming the picture when it is of no known format or its header is damaged
[[nodiscard]] ImageHeader readImageHeader(std::string_view bytes, const std::string& name);

/// The first frame of a GIF on white; width and height are the header's.
/// @throws Error when it can't be decoded
[[nodiscard]] Image decodeGif(std::string_view bytes, const std::string& name);

} // namespace hmgrl
