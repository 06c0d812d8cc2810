#pragma once

#include "bridge/Session.h"
#include "disk/HoverCard.h"

namespace hmgrl {

/// Everything the card of a sample needs from the project; runs on the project thread.
struct HoverSource {
    Document document;
    QImage thumbnail;
};
[[nodiscard]] HoverSource readHoverSource(const Project& project, std::int64_t document);

[[nodiscard]] HoverCard sampleCard(const Session& session, const SampleRow& sample,
                                   const HoverSource& source);
[[nodiscard]] HoverCard prototypeCard(const DiskData& disk, const Category& category);

} // namespace hmgrl
