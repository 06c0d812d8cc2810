#include "view/Glide.h"

#include <cmath>

namespace hmgrl {

void Glide::begin(double x, double y, double time) {
    m_isGliding = false;
    m_samples.assign(1, {x, y, time});
}

void Glide::move(double x, double y, double time) {
    std::erase_if(m_samples, [&](const Sample& s) { return s.time < time - memory; });
    m_samples.push_back({x, y, time});
}

bool Glide::release(double time) {
    std::erase_if(m_samples, [&](const Sample& s) { return s.time < time - memory; });
    m_isGliding = false;
    if (m_samples.size() < 2 || !(time > m_samples.front().time))
        return false;
    const double elapsed = time - m_samples.front().time;
    m_start = {m_samples.back().x, m_samples.back().y, time};
    m_speedX = (m_start.x - m_samples.front().x) / elapsed;
    m_speedY = (m_start.y - m_samples.front().y) / elapsed;
    const double speed = std::hypot(m_speedX, m_speedY);
    if (speed > mostSpeed) {
        m_speedX *= mostSpeed / speed;
        m_speedY *= mostSpeed / speed;
    }
    m_isGliding = speed > 4 * leastSpeed;
    return m_isGliding;
}

std::optional<std::pair<double, double>> Glide::at(double time) const {
    const double fade = std::exp(-(time - m_start.time) / fadeTime);
    if (!m_isGliding || std::hypot(m_speedX, m_speedY) * fade < leastSpeed)
        return {};
    const double reach = fadeTime * (1 - fade);
    return std::pair(m_start.x + m_speedX * reach, m_start.y + m_speedY * reach);
}

} // namespace hmgrl
