#include "interchange/ImageStore.h"

#include "support/Base64.h"
#include "support/Files.h"

#include <array>
#include <cstdint>

namespace hmgrl {
namespace fs = std::filesystem;
namespace {

std::uint32_t byteAt(std::string_view bytes, std::size_t at) {
    return static_cast<unsigned char>(bytes[at]);
}

std::uint32_t bigEndian32(std::string_view bytes, std::size_t at) {
    return byteAt(bytes, at) << 24 | byteAt(bytes, at + 1) << 16 | byteAt(bytes, at + 2) << 8 |
           byteAt(bytes, at + 3);
}

} // namespace

std::string imageExtension(std::string_view bytes) {
    using namespace std::string_view_literals;
    static constexpr std::array<std::pair<std::string_view, const char*>, 6> signatures = {{
        {"\x89PNG\r\n\x1A\n"sv, ".png"},
        {"\xFF\xD8\xFF"sv, ".jpg"},
        {"GIF8"sv, ".gif"},
        {"BM"sv, ".bmp"},
        {"II*\0"sv, ".tif"},
        {"MM\0*"sv, ".tif"},
    }};
    for (const auto& [signature, extension] : signatures)
        if (bytes.starts_with(signature))
            return extension;
    if (bytes.starts_with("RIFF") && bytes.substr(0, 12).ends_with("WEBP"))
        return ".webp";
    return {};
}

bool isPixelImage(std::string_view bytes) {
    const std::string extension = imageExtension(bytes);
    if (extension == ".gif" && bytes.size() >= 10)
        return (byteAt(bytes, 6) | byteAt(bytes, 7) << 8) <= 2 &&
               (byteAt(bytes, 8) | byteAt(bytes, 9) << 8) <= 2;
    if (extension == ".png" && bytes.size() >= 24)
        return bigEndian32(bytes, 16) <= 2 && bigEndian32(bytes, 20) <= 2;
    return false;
}

std::string decodeDataImage(std::string_view address) {
    const auto comma = address.find(',');
    const std::string_view kind = address.substr(0, comma);
    if (comma == std::string_view::npos || !kind.starts_with("data:image/") ||
        !kind.ends_with(";base64"))
        throw Error("expected an image in base64 in a data: address");
    auto bytes = fromBase64(address.substr(comma + 1));
    if (!bytes)
        throw Error("expected base64 in a data: address");
    return *std::move(bytes);
}

ImageStore::ImageStore(const ImportOptions& options, Fetcher& fetcher)
    : m_folder(options.downloadFolder)
    , m_fetcher(fetcher) {}

std::optional<std::string> ImageStore::fetch(const std::string& url) {
    auto known = m_known.find(url);
    if (known == m_known.end()) {
        Outcome outcome;
        try {
            const Fetched fetched = m_fetcher.get(url);
            if (imageExtension(fetched.body).empty() && !fetched.contentType.empty())
                throw Error(url, {}, "expected an image, found " + fetched.contentType);
            outcome.path = keep(fetched.body);
        } catch (const Error& error) {
            outcome.failure = error;
        }
        known = m_known.emplace(url, std::move(outcome)).first;
    }
    if (known->second.failure)
        throw *known->second.failure;
    return known->second.path;
}

std::optional<std::string> ImageStore::keep(std::string_view bytes) {
    const std::string extension = imageExtension(bytes);
    if (extension.empty())
        throw Error("expected an image (PNG, JPEG, GIF, WebP, BMP or TIFF), found other content");
    if (isPixelImage(bytes))
        return std::nullopt;
    std::error_code failure;
    fs::create_directories(m_folder, failure);
    const fs::path path = fs::absolute(m_folder) / (sha256(bytes) + extension);
    if (!fs::exists(path, failure))
        writeFileAtomically(path, bytes);
    return path.string();
}

} // namespace hmgrl
