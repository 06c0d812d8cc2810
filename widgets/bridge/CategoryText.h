#pragma once

#include "data/Category.h"

#include <QString>
#include <string>
#include <vector>

namespace hmgrl {

/// "person, group", or "any" for none.
[[nodiscard]] QString typesText(const std::vector<std::string>& types);

/// What a relation goes between: "person → location, group"; empty where anything may be.
[[nodiscard]] QString argumentText(const Category& relation);

} // namespace hmgrl
