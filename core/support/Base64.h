#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hmgrl {

/// RFC 4648, section 4, padded.
[[nodiscard]] std::string toBase64(std::string_view bytes);

/// Blanks and padding are skipped wherever they are; nothing for any other foreign character.
[[nodiscard]] std::optional<std::string> fromBase64(std::string_view text);

} // namespace hmgrl
