#pragma once

#include "project/Project.h"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace hmgrl {

/// Samples of one kind that are decided together, inside Project::edit. What can't be decided, for
/// an end of the relation is rejected, is left as it is; the others are decided all the same.

/// How many were given the status.
std::size_t setStatus(Editor& editor, CategoryKind kind, std::span<const std::int64_t> samples,
                      Status status);
/// How many were given the category, and so accepted.
std::size_t setType(Editor& editor, CategoryKind kind, std::span<const std::int64_t> samples,
                    const std::string& category);

} // namespace hmgrl
