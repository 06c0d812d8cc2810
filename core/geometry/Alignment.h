#pragma once

#include "geometry/Disk.h"

#include <span>
#include <vector>

namespace hmgrl::disk {

/// An isometry of the disk that may mirror it: first (when mirrored) across the real axis, then
/// moved.
struct Alignment {
    bool mirrored = false;
    Isometry motion;
    [[nodiscard]] DiskPoint apply(DiskPoint p) const;
};

/// The isometry that brings points `from` nearest to their partners in `to`: least sum of
/// sinh^2(d / 2), weighted when `weights` is not empty. One eigenvalue problem of size four;
/// partners that can be met exactly are met to 1e-5. The identity without points. @throws Error
/// when the lengths differ
[[nodiscard]] Alignment align(std::span<const DiskPoint> from, std::span<const DiskPoint> to,
                              std::span<const double> weights = {});

/// The same among turns and mirrors about the centre: a layout stays centred.
[[nodiscard]] Alignment alignAboutCentre(std::span<const DiskPoint> from,
                                         std::span<const DiskPoint> to,
                                         std::span<const double> weights = {});

} // namespace hmgrl::disk
