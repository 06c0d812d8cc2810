#include "view/PlaceTransition.h"

#include <algorithm>
#include <utility>

namespace hmgrl {

using disk::Complex;

void PlaceTransition::begin(std::span<const double> fromX, std::span<const double> fromY,
                            std::span<const double> toX, std::span<const double> toY,
                            std::vector<float> presence) {
    end();
    if (std::any_of(presence.begin(), presence.end(), [](float there) { return there < 1; }))
        m_presence = std::move(presence);
    for (std::size_t i = 0; i < toX.size(); ++i) {
        const Complex from(fromX[i], fromY[i]);
        const Complex to(toX[i], toY[i]);
        if (from != to)
            m_moving.push_back({static_cast<std::uint32_t>(i), disk::Geodesic(from, to), from, to});
    }
}

void PlaceTransition::end() {
    m_moving.clear();
    m_presence.clear();
    m_t = 0;
}

void PlaceTransition::write(double t, std::span<double> x, std::span<double> y) {
    m_t = static_cast<float>(std::clamp(t, 0.0, 1.0));
    for (const Way& way : m_moving) {
        const Complex z = t >= 1 ? way.to : t > 0 ? way.path.at(t) : way.from;
        x[way.row] = z.real();
        y[way.row] = z.imag();
    }
}

} // namespace hmgrl
