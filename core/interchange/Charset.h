#pragma once

#include <string>
#include <string_view>

namespace hmgrl {

struct DecodedText {
    std::string text;    ///< valid UTF-8
    std::string charset; ///< what it was read as
    int replaced = 0;    ///< sequences that meant nothing and became U+FFFD
};

/// Bytes of a web page as UTF-8. Tried in order: byte order mark, the charset of `contentType`, the
/// one the page declares, what uchardet guesses, windows-1252. A declaration the bytes contradict
/// loses.
[[nodiscard]] DecodedText decodePage(std::string_view bytes, const std::string& contentType);

} // namespace hmgrl
