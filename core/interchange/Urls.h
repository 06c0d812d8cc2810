#pragma once

#include <string>
#include <string_view>

namespace hmgrl {

/// Begins with a URL scheme of two letters or more ("http:", "data:", "javascript:").
[[nodiscard]] bool hasScheme(std::string_view reference);
/// Begins with "http://" or "https://", in any case.
[[nodiscard]] bool isWebAddress(std::string_view reference);

/// `reference` as a page at `base` means it, without its fragment. Empty when the result is no http
/// or https address. `base` may be empty when `reference` is complete.
[[nodiscard]] std::string resolveUrl(const std::string& base, const std::string& reference);

/// A relative reference as a file name: query and fragment cut, %XX decoded.
[[nodiscard]] std::string localPathOf(std::string_view reference);

/// Without the white space that HTML allows around (and, tabs and line feeds, within) an address.
[[nodiscard]] std::string trimmedReference(std::string_view reference);

} // namespace hmgrl
