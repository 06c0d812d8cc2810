#pragma once

#include "bridge/Session.h"
#include "inspector/InspectorFacts.h"
#include "workflow/DiskData.h"

#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace hmgrl {

/// The reading half of the inspector: functions without state, called where they say.

/// Colours, paths and seen flags of a snapshot of the categories.
[[nodiscard]] CategoryFact categoryFact(const std::vector<Category>& categories, CategoryKind kind,
                                        const std::string& name);

/// Nothing when the document is gone. Project thread.
[[nodiscard]] std::optional<DocumentFacts>
readDocumentFacts(const Project& project, std::int64_t document,
                  const std::vector<Category>& categories);

/// Nothing when the sample is gone. Without distances and neighbours; `space` tells the reasons of
/// scores and may be null. Project thread.
[[nodiscard]] std::optional<SampleFacts> readSampleFacts(const Project& project,
                                                         const Selection& selection,
                                                         const std::vector<Category>& categories,
                                                         const CategorySpace* space);

/// Rows of the disk by distance to one sample.
struct Surroundings {
    std::vector<std::pair<std::string, double>> prototypes; ///< all, nearest first
    std::vector<std::pair<SampleRow, double>> samples; ///< the nearest few, without their latents
};

/// Exact hyperbolic distances. Any thread; takes some milliseconds at ten thousand samples.
[[nodiscard]] Surroundings surroundings(const DiskData& disk, std::int64_t sample,
                                        std::size_t count);

/// Words, thumbnails and names of the surroundings. Project thread.
void fillSurroundings(SampleFacts& facts, const Surroundings& around, const Project& project,
                      CategoryKind kind, const std::vector<Category>& categories);

} // namespace hmgrl
