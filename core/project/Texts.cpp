#include "project/Texts.h"

#include "support/Error.h"
#include "support/Text.h"

namespace hmgrl {

std::optional<std::string> textFault(const std::string& text) {
    if (const auto at = text.find('\0'); at != std::string::npos)
        return "expected text, found a NUL character at byte " + std::to_string(at);
    if (const auto at = firstInvalidUtf8(text))
        return "expected UTF-8, found an invalid sequence at byte " + std::to_string(*at);
    return std::nullopt;
}

void requireSoundText(const std::string& text, const std::string& what) {
    if (const auto fault = textFault(text))
        throw Error(what + ": " + *fault);
}

} // namespace hmgrl
