#include "perception/ImageHeader.h"

#include "support/Error.h"

#include <cstddef>
#include <optional>

namespace hmgrl {
namespace {

using Bytes = std::string_view;
constexpr Bytes exifMark("Exif\0\0", 6);

/// Thrown inside this file when a header leaves its bounds.
struct Damaged {};

std::uint64_t number(Bytes bytes, std::size_t at, std::size_t size, bool bigEndian) {
    if (at > bytes.size() || bytes.size() - at < size)
        throw Damaged{};
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < size; ++i) {
        const std::size_t from = at + (bigEndian ? i : size - 1 - i);
        value = value << 8 | static_cast<unsigned char>(bytes[from]);
    }
    return value;
}

std::uint64_t big(Bytes bytes, std::size_t at, std::size_t size) {
    return number(bytes, at, size, true);
}

std::uint64_t little(Bytes bytes, std::size_t at, std::size_t size) {
    return number(bytes, at, size, false);
}

/// The first directory of a TIFF structure, which EXIF is too.
class TiffDirectory {
public:
    explicit TiffDirectory(Bytes bytes)
        : m_bytes(bytes)
        , m_bigEndian(bytes.starts_with("MM")) {
        m_begin = get(4, 4) + 2;
        m_count = get(m_begin - 2, 2);
    }

    [[nodiscard]] std::optional<std::uint64_t> value(std::uint64_t tag) const {
        for (std::uint64_t i = 0; i < m_count; ++i) {
            const std::uint64_t at = m_begin + 12 * i;
            if (get(at, 2) != tag)
                continue;
            const auto type = get(at + 2, 2);
            if (type == 3)
                return get(at + 8, 2);
            if (type == 4)
                return get(at + 8, 4);
        }
        return std::nullopt;
    }

private:
    [[nodiscard]] std::uint64_t get(std::uint64_t at, std::size_t size) const {
        return number(m_bytes, at, size, m_bigEndian);
    }

    Bytes m_bytes;
    bool m_bigEndian;
    std::uint64_t m_begin = 0;
    std::uint64_t m_count = 0;
};

bool isTiff(Bytes bytes) {
    return bytes.starts_with(Bytes("II*\0", 4)) || bytes.starts_with(Bytes("MM\0*", 4));
}

/// The orientation in an EXIF block; a damaged block counts as upright, as every viewer does.
int orientationOf(Bytes exif) {
    if (exif.starts_with(exifMark))
        exif.remove_prefix(exifMark.size());
    if (!isTiff(exif))
        return 1;
    try {
        const auto value = TiffDirectory(exif).value(0x0112).value_or(1);
        return value >= 1 && value <= 8 ? static_cast<int>(value) : 1;
    } catch (const Damaged&) {
        return 1;
    }
}

/// Where the next marker after entropy-coded data stands; the end when there is none.
std::size_t nextJpegMarker(Bytes bytes, std::size_t at) {
    while ((at = bytes.find('\xFF', at)) != Bytes::npos && at + 1 < bytes.size()) {
        const auto code = static_cast<unsigned char>(bytes[at + 1]);
        if (code != 0 && code != 0xFF && (code < 0xD0 || code > 0xD7))
            return at;
        at += code == 0xFF ? 1 : 2;
    }
    return bytes.size();
}

bool isFrameHeader(std::uint64_t marker) {
    return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

ImageHeader readJpeg(Bytes bytes) {
    ImageHeader header;
    std::size_t at = nextJpegMarker(bytes, 2);
    while (at + 4 <= bytes.size()) {
        const auto marker = big(bytes, at + 1, 1);
        if (marker == 0xD9)
            return header;
        const auto length = big(bytes, at + 2, 2);
        if (isFrameHeader(marker)) {
            header.height = big(bytes, at + 5, 2);
            header.width = big(bytes, at + 7, 2);
        } else if (marker == 0xE1 && bytes.substr(at + 4).starts_with(exifMark)) {
            header.orientation = orientationOf(bytes.substr(at + 4, length > 2 ? length - 2 : 0));
        }
        at = nextJpegMarker(bytes, at + 2 + length);
    }
    header.complete = at + 2 <= bytes.size() && big(bytes, at + 1, 1) == 0xD9;
    return header;
}

ImageHeader readPng(Bytes bytes) {
    ImageHeader header{ImageFormat::Png, big(bytes, 16, 4), big(bytes, 20, 4)};
    std::uint64_t at = 8;
    while (at + 12 <= bytes.size()) {
        const auto length = big(bytes, at, 4);
        const Bytes type = bytes.substr(at + 4, 4);
        if (at + 12 + length > bytes.size())
            break;
        if (type == "IEND")
            return header;
        if (type == "eXIf")
            header.orientation = orientationOf(bytes.substr(at + 8, length));
        at += 12 + length;
    }
    header.complete = false;
    return header;
}

void readWebPChunk(Bytes type, Bytes data, ImageHeader& header) {
    if (type == "VP8X") {
        header.width = little(data, 4, 3) + 1;
        header.height = little(data, 7, 3) + 1;
    } else if (type == "VP8L" && header.width == 0) {
        const auto packed = little(data, 1, 4);
        header.width = (packed & 0x3FFF) + 1;
        header.height = (packed >> 14 & 0x3FFF) + 1;
    } else if (type == "VP8 " && header.width == 0) {
        header.width = little(data, 6, 2) & 0x3FFF;
        header.height = little(data, 8, 2) & 0x3FFF;
    } else if (type == "EXIF") {
        header.orientation = orientationOf(data);
    }
}

ImageHeader readWebP(Bytes bytes) {
    ImageHeader header{ImageFormat::WebP};
    header.complete = little(bytes, 4, 4) + 8 <= bytes.size();
    std::uint64_t at = 12;
    while (at + 8 <= bytes.size()) {
        const auto length = little(bytes, at + 4, 4);
        readWebPChunk(bytes.substr(at, 4), bytes.substr(at + 8, length), header);
        at += 8 + length + length % 2;
    }
    return header;
}

ImageHeader readBmp(Bytes bytes) {
    if (little(bytes, 14, 4) == 12)
        return {ImageFormat::Bmp, little(bytes, 18, 2), little(bytes, 20, 2)};
    const auto height = static_cast<std::int32_t>(little(bytes, 22, 4)); // negative: top row first
    return {ImageFormat::Bmp, little(bytes, 18, 4),
            height < 0 ? -static_cast<std::uint64_t>(static_cast<std::int64_t>(height))
                       : static_cast<std::uint64_t>(height)};
}

/// Orientation stays 1: OpenCV's TIFF decoder turns the picture itself, whatever it is asked.
ImageHeader readTiff(Bytes bytes) {
    const TiffDirectory directory(bytes);
    return {ImageFormat::Tiff, directory.value(256).value_or(0), directory.value(257).value_or(0)};
}

std::optional<ImageHeader> readAny(Bytes bytes) {
    if (bytes.starts_with("\xFF\xD8\xFF"))
        return readJpeg(bytes);
    if (bytes.starts_with("\x89PNG\r\n\x1A\n"))
        return readPng(bytes);
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP"))
        return readWebP(bytes);
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a"))
        return ImageHeader{ImageFormat::Gif, little(bytes, 6, 2), little(bytes, 8, 2)};
    if (bytes.starts_with("BM"))
        return readBmp(bytes);
    if (isTiff(bytes))
        return readTiff(bytes);
    return std::nullopt;
}

} // namespace

const char* toString(ImageFormat format) {
    switch (format) {
    case ImageFormat::Jpeg:
        return "JPEG";
    case ImageFormat::Png:
        return "PNG";
    case ImageFormat::WebP:
        return "WebP";
    case ImageFormat::Gif:
        return "GIF";
    case ImageFormat::Bmp:
        return "BMP";
    case ImageFormat::Tiff:
        return "TIFF";
    }
    return "";
}

ImageHeader readImageHeader(std::string_view bytes, const std::string& name) {
    try {
        const auto header = readAny(bytes);
        if (!header)
            throw Error(name, {}, "expected a JPEG, PNG, WebP, GIF, BMP or TIFF picture");
        if (header->width > 0 && header->height > 0)
            return *header;
    } catch (const Damaged&) {
        // reported below: the header ends too early
    }
    throw Error(name, {}, "expected a picture, found a damaged or truncated header");
}

} // namespace hmgrl
