#include "view/Flight.h"

#include <cmath>
#include <numbers>

namespace hmgrl {

using disk::Isometry;

bool isSameView(const Viewpoint& a, const Viewpoint& b) {
    constexpr double tolerance = 1e-7;
    const Isometry between = a.focus.inverse() * b.focus;
    return std::abs(a.zoom / b.zoom - 1) < tolerance && std::abs(a.pan - b.pan) < tolerance &&
           std::abs(between.b()) < tolerance && std::abs(between.a().imag()) < tolerance;
}

Flight::Flight(const Viewpoint& from, const Viewpoint& to)
    : m_from(from)
    , m_to(to)
    , m_step(Isometry::toOrigin(from.focus.apply(to.focus.inverse().apply(DiskPoint{})))) {
    const Isometry turn = to.focus * (m_step * from.focus).inverse();
    m_turn = std::remainder(2 * std::arg(turn.a()), 2 * std::numbers::pi);
}

Viewpoint Flight::at(double t) const {
    if (!(t > 0))
        return m_from;
    if (t >= 1)
        return m_to;
    return {Isometry::rotation(t * m_turn) * m_step.power(t) * m_from.focus,
            m_from.zoom * std::pow(m_to.zoom / m_from.zoom, t),
            (1 - t) * m_from.pan + t * m_to.pan};
}

} // namespace hmgrl
