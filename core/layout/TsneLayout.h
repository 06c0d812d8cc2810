#pragma once

#include "layout/Hyperboloid.h"
#include "layout/Layout.h"

namespace hmgrl::layout {

/// From neighbours to the finished picture: exact nearest neighbours in options.metric,
/// affinities, descent. `start` is the first picture, in any size; cancelled before the descent it
/// is what is kept.
[[nodiscard]] LayoutRun tsneLayout(const Hyperboloid& points, const std::vector<DiskPoint>& start,
                                   const LayoutOptions& options, const CancelToken& cancel,
                                   const PictureSink& pictures, const ProgressSink& progress);

} // namespace hmgrl::layout
