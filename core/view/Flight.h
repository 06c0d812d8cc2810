#pragma once

#include "view/Viewpoint.h"

namespace hmgrl {

/// The way from one viewpoint to another: the view's centre walks the geodesic at an even pace, a
/// difference in rotation is spread over it, the zoom changes by an even factor. Both ends are
/// exact: what is returned there is what was given.
class Flight {
public:
    Flight() = default;
    Flight(const Viewpoint& from, const Viewpoint& to);
    [[nodiscard]] Viewpoint at(double t) const; ///< t is taken as within [0, 1]
    [[nodiscard]] const Viewpoint& destination() const { return m_to; }

private:
    Viewpoint m_from, m_to;
    disk::Isometry m_step; ///< in the view: takes the destination's centre to the middle
    double m_turn = 0;     ///< radians left to turn once it is there
};

} // namespace hmgrl
