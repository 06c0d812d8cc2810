#include "view/PlaceTransition.h"

namespace hmgrl {

using disk::Complex;

void PlaceTransition::begin(std::span<const double> fromX, std::span<const double> fromY,
                            std::span<const double> toX, std::span<const double> toY) {
    m_moving.clear();
    for (std::size_t i = 0; i < toX.size(); ++i) {
        const Complex from(fromX[i], fromY[i]);
        const Complex to(toX[i], toY[i]);
        if (from != to)
            m_moving.push_back({static_cast<std::uint32_t>(i), disk::Geodesic(from, to), from, to});
    }
}

void PlaceTransition::write(double t, std::span<double> x, std::span<double> y) const {
    for (const Way& way : m_moving) {
        const Complex z = t >= 1 ? way.to : t > 0 ? way.path.at(t) : way.from;
        x[way.row] = z.real();
        y[way.row] = z.imag();
    }
}

} // namespace hmgrl
