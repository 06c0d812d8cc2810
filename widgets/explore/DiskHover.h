#pragma once

#include "bridge/Session.h"
#include "disk/HoverCard.h"

#include <optional>
#include <vector>

namespace hmgrl {

/// Everything the card of a sample needs from the project.
struct HoverSource {
    Document document;
    QImage thumbnail;
};
/// On the project thread; nothing when the document was removed since the disk was made.
[[nodiscard]] std::optional<HoverSource> readHoverSource(const Project& project,
                                                         std::int64_t document);

/// The card of a sample's row.
[[nodiscard]] HoverCard sampleCard(const Session& session, const DiskData& disk, int row,
                                   const HoverSource& source);
[[nodiscard]] HoverCard prototypeCard(const DiskData& disk, const Category& category);

/// Hyperbolic distance of two rows in latent space, not on the disk, at the model's curvature.
[[nodiscard]] double latentDistance(const EmbeddingSet& points, std::size_t a, std::size_t b);

/// From a sample to the prototypes of its candidates, as heavy as their scores. Empty for other
/// rows.
[[nodiscard]] std::vector<DiskLink> candidateLinks(const DiskData& disk, int row);

} // namespace hmgrl
