#pragma once

#include "view/DiskScene.h"

#include <cstdint>
#include <vector>

namespace hmgrl {

/// @throws Error when the columns of the scene differ in length or point outside it
void checkScene(const DiskScene& scene);

/// Where each row of `to` was in `from`, -1 when it is new. A sample is known again by (kind, id),
/// whatever category it has now, a prototype by (kind, category name); the second of two rows that
/// share all of these is the second one there.
[[nodiscard]] std::vector<std::int32_t> matchRows(const DiskScene& from, const DiskScene& to);

} // namespace hmgrl
