#pragma once

#include "support/Cancel.h"
#include "support/Progress.h"
#include "workflow/DiskData.h"
#include "workflow/ProjectThread.h"

#include <filesystem>

namespace hmgrl {

/// Writes the latents and places of a placed disk as writeEmbeddings() does; rows are the samples,
/// then the prototypes. The metadata has their texts, read from the project in small transactions:
///   label     the mention, "head → tail" of a relation, the name of a prototype
///   row       sample or prototype
///   category, parent, seen, status, confidence
///   id, document, text   of the sample
/// @throws Error, Cancelled
void exportEmbeddings(const ProjectLink& project, const DiskData& disk,
                      const std::filesystem::path& folder, const CancelToken& cancel = {},
                      const ProgressSink& progress = {});

} // namespace hmgrl
