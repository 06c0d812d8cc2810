#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hmgrl {

/// UTF-8 and code points. Offsets in files and in `data` are code points, end exclusive;
/// std::string always holds UTF-8. QString's UTF-16 is converted in widgets/bridge and nowhere
/// else.

/// Byte offset of the first invalid sequence, or nothing when `bytes` is valid UTF-8 (no
/// surrogates, no overlong forms, at most U+10FFFF).
[[nodiscard]] std::optional<std::size_t> firstInvalidUtf8(std::string_view bytes);

/// Code points of valid UTF-8. @throws Error naming the byte offset when invalid.
[[nodiscard]] std::u32string decodeUtf8(std::string_view bytes);

[[nodiscard]] std::string encodeUtf8(std::u32string_view codePoints);

/// Number of code points of valid UTF-8.
[[nodiscard]] int codePointCount(std::string_view bytes);

/// Byte offsets of each code point plus the end: size codePointCount()+1.
[[nodiscard]] std::vector<std::size_t> codePointOffsets(std::string_view bytes);

/// Code points [begin, end) of valid UTF-8, clamped to the text.
[[nodiscard]] std::string substring(std::string_view bytes, int begin, int end);

/// Runs of white space become one blank; ends are trimmed.
[[nodiscard]] std::string collapseSpace(std::string_view bytes);

/// Lower case by Unicode's default mapping, canonical composition (NFC).
[[nodiscard]] std::string lowerCase(std::string_view bytes);

/// As text or a quoted attribute of HTML, SVG or XML.
[[nodiscard]] std::string escapeMarkup(std::string_view text);

} // namespace hmgrl
