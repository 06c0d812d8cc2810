#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

namespace hmgrl {

/// Strict JSON. Nesting is bounded, because writing and comparing JSON recurse. The Error has no
/// file and no place. @throws Error
[[nodiscard]] nlohmann::json parseJson(std::string_view text);

/// What a value is, for messages: "a number", "an object".
[[nodiscard]] std::string kindOf(const nlohmann::json& value);

/// The field as text without NUL; empty when absent or null. @throws Error naming the field
[[nodiscard]] std::string textField(const nlohmann::json& object, const char* name);

/// `value` as a code point offset or an index. @throws Error naming `name`
[[nodiscard]] int integer(const nlohmann::json& value, const std::string& name);

/// The field as an integer. @throws Error naming the field when absent, not whole or too large
[[nodiscard]] int integerField(const nlohmann::json& object, const char* name);

} // namespace hmgrl
