#pragma once

#include "interchange/Fetcher.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace hmgrl {

/// File extension of the picture format these bytes begin like (".png"), or empty.
[[nodiscard]] std::string imageExtension(std::string_view bytes);

/// A GIF or PNG of at most 2 x 2 pixels: a spacer or a tracking pixel.
[[nodiscard]] bool isPixelImage(std::string_view bytes);

/// Bytes of a "data:image/...;base64,..." address. @throws Error when it is no such thing
[[nodiscard]] std::string decodeDataImage(std::string_view address);

/// Keeps images in ImportOptions::downloadFolder under the hash of their content, each once.
class ImageStore {
public:
    ImageStore(const ImportOptions& options, Fetcher& fetcher);

    [[nodiscard]] bool hasFolder() const { return !m_folder.empty(); }

    /// Absolute path of the stored image at a web address; nothing when it is a tracking pixel.
    /// Asked twice for one address, it is loaded once. @throws Error, Cancelled
    [[nodiscard]] std::optional<std::string> fetch(const std::string& url);

    /// The same for bytes that are here already.
    [[nodiscard]] std::optional<std::string> keep(std::string_view bytes);

private:
    struct Outcome {
        std::optional<std::string> path;
        std::optional<Error> failure;
    };

    std::filesystem::path m_folder;
    Fetcher& m_fetcher;
    std::map<std::string, Outcome> m_known;
};

} // namespace hmgrl
