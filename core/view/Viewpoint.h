#pragma once

#include "geometry/Disk.h"

namespace hmgrl {

/// From where the disk is looked at: what a history remembers and an animation leads to.
struct Viewpoint {
    disk::Isometry focus;    ///< from layout to view
    double zoom = 1;         ///< 1: the whole disk fills the viewport
    disk::Complex pan{0, 0}; ///< disk point at the viewport's centre
};

/// The same to the eye and far beyond: nothing moves by more than 1e-7.
[[nodiscard]] bool isSameView(const Viewpoint& a, const Viewpoint& b);

} // namespace hmgrl
