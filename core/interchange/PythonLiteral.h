#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

namespace hmgrl {

/// One Python literal of dict (text keys), list, str, int, float, None, True and False, as JSON. A
/// parser of its own: nothing is ever evaluated. Stricter than Python: unknown escapes, keys given
/// twice and nesting beyond 32 are errors. `text` is valid UTF-8.
/// @throws Error naming the byte where it stopped and what was expected
[[nodiscard]] nlohmann::json parsePythonLiteral(std::string_view text);

} // namespace hmgrl
