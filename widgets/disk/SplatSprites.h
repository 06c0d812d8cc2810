#pragma once

#include "scene/SplatSet.h"

#include <QImage>
#include <QPointF>
#include <unordered_map>

class QPainter;

namespace hmgrl {

/// Pictures of marks, drawn once for each look and size and then copied.
class SplatSprites {
public:
    void draw(QPainter& painter, const SplatSet::Look& look, double radius, QPointF centre);

private:
    [[nodiscard]] static QImage render(const SplatSet::Look& look, double radius, double ratio);

    std::unordered_map<std::uint64_t, QImage> m_sprites;
    double m_ratio = 1;
};

} // namespace hmgrl
