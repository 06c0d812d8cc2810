#pragma once

#include <optional>
#include <string>

namespace hmgrl {

/// Why a text can't be stored (a NUL character, invalid UTF-8), or nothing.
[[nodiscard]] std::optional<std::string> textFault(const std::string& text);

/// @throws Error "`what`: reason"
void requireSoundText(const std::string& text, const std::string& what);

} // namespace hmgrl
