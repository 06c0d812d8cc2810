#include "disk/SplatSprites.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {
constexpr std::size_t mostSprites = 20000; // a zoom through all sizes can't fill the memory

QColor fromBytes(std::uint32_t rgba) {
    return {static_cast<int>(rgba & 0xFF), static_cast<int>(rgba >> 8 & 0xFF),
            static_cast<int>(rgba >> 16 & 0xFF), static_cast<int>(rgba >> 24)};
}

QPainterPath outline(const SplatSet::Look& look, QPointF c, double radius) {
    QPainterPath path;
    if (look.diamond > 0) {
        const double reach = radius / 0.8;
        path.addPolygon(QPolygonF({c + QPointF(0, -reach), c + QPointF(reach, 0),
                                   c + QPointF(0, reach), c + QPointF(-reach, 0)}));
        path.closeSubpath();
    } else {
        path.addEllipse(c, radius, radius);
    }
    return path;
}

std::uint64_t keyOf(const SplatSet::Look& look, double radius) {
    std::uint64_t key = look.fill;
    for (const std::uint64_t part :
         {std::uint64_t{look.ring}, static_cast<std::uint64_t>(std::lround(radius * 4)),
          static_cast<std::uint64_t>(std::lround(look.ringWidth * 8)),
          static_cast<std::uint64_t>(look.diamond > 0)})
        key = (key ^ part) * 0x9E3779B97F4A7C15ULL + (key >> 29);
    return key;
}
} // namespace

QImage SplatSprites::render(const SplatSet::Look& look, double radius, double ratio) {
    const int side = 2 * static_cast<int>(std::ceil(radius * 1.3 + 1));
    QImage image(QSize(side, side) * ratio, QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(ratio);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    painter.setRenderHint(QPainter::Antialiasing);
    const QPointF middle(side / 2.0, side / 2.0);
    const QPainterPath outer = outline(look, middle, radius);
    const QPainterPath inner = outline(look, middle, std::max(radius - look.ringWidth, 0.0));
    if (look.ringWidth > 0)
        painter.fillPath(outer.subtracted(inner), fromBytes(look.ring));
    painter.fillPath(inner, fromBytes(look.fill));
    return image;
}

void SplatSprites::draw(QPainter& painter, const SplatSet::Look& look, double radius,
                        QPointF centre) {
    const double ratio = painter.device()->devicePixelRatioF();
    if (ratio != m_ratio || m_sprites.size() > mostSprites)
        m_sprites.clear();
    m_ratio = ratio;
    const double stepped = std::round(radius * 4) / 4;
    auto [place, isNew] = m_sprites.try_emplace(keyOf(look, stepped));
    if (isNew)
        place->second = render(look, std::max(stepped, 0.5), ratio);
    const QImage& image = place->second;
    const double half = image.width() / ratio / 2;
    painter.drawImage(QPointF(std::round(centre.x() - half), std::round(centre.y() - half)), image);
}

} // namespace hmgrl
