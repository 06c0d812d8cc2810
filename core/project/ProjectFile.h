#pragma once

#include "project/Connection.h"

namespace hmgrl {

/// A new, empty project file, open for writing. @throws Error when it exists or can't be made
[[nodiscard]] std::unique_ptr<Connection> createProjectFile(const std::filesystem::path& path);

/// Checks whose file it is and which schema it has before anything is believed or written, migrates
/// an older one. @throws Error as Project::open
[[nodiscard]] std::unique_ptr<Connection> openProjectFile(const std::filesystem::path& path);

} // namespace hmgrl
