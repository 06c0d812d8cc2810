#pragma once

#include "project/Connection.h"

#include <span>

namespace hmgrl {

/// "HMGR": the first thing a reader checks, so that no other program's database is taken for a
/// project.
inline constexpr std::int64_t kApplicationId = 0x484D4752;

/// One step of the schema; takes a file of version `from` to `from + 1`.
struct Migration {
    int from;
    const char* sql;
};

/// All steps in order, beginning with the one that makes an empty file a project.
[[nodiscard]] std::span<const Migration> migrations();

/// The schema this program writes.
[[nodiscard]] int currentSchema();

/// Takes the file through the steps it lacks, in one transaction: all or nothing.
void migrate(Connection& connection, std::span<const Migration> steps);

} // namespace hmgrl
