#pragma once

#include "cli/ProjectAccess.h"
#include "picture/DiskPicture.h"
#include "workflow/DiskData.h"

namespace hmgrl::cli {

/// The placed disk of a project; `fresh` computes a new layout.
[[nodiscard]] DiskData readDisk(const ProjectAccess& project, CategoryKind kind,
                                const Context& context, bool fresh);
/// A view of it as it first appears.
[[nodiscard]] DiskController controllerFor(const DiskData& disk, int side);

} // namespace hmgrl::cli
