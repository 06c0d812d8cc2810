#pragma once

#include "data/Document.h"
#include "support/Error.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

namespace hmgrl {

// The program's own exchange format, one JSON object a line:
//   {"id", "text", "image"?, "url"?, "topic"?,
//    "mentions"?: [{"begin", "end", "type"?, "score"?, "candidates"?}],
//    "relations"?: [{"head", "tail", "type", "score"?}]}
// Offsets are code points, end exclusive; a "status" of "suggested" or "rejected" is written when
// it isn't accepted. Unknown fields of the object are kept.

/// @throws Error with `place` and the reason; faults of single mentions become issues and are left
/// out.
[[nodiscard]] Document documentFromJson(const nlohmann::json& json,
                                        const std::filesystem::path& folder,
                                        const std::string& file, const std::string& place,
                                        Issues& issues);
/// One line without the line feed; key order fixed, so equal documents give equal bytes.
[[nodiscard]] std::string documentToJsonLine(const Document& document);

} // namespace hmgrl
