#include "picture/SplatSet.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {

/// What is left of a sample's opacity while others are selected; on dark ground less would be mud.
double besideSelected(const DiskColours& colours) {
    return colours.dark ? 0.75 : 0.55;
}
constexpr float prototypeRadius = 7.0F;
constexpr float childRadius = 5.5F;

/// Few points are drawn large and nearly opaque; many small and translucent, so that density shows.
float sampleRadius(std::size_t count) {
    const double decades = std::log10(std::max<double>(static_cast<double>(count), 100));
    return static_cast<float>(std::clamp(6.0 - 0.75 * decades, 1.9, 4.5));
}

double sampleOpacity(std::size_t count) {
    const double decades = std::log10(std::max<double>(static_cast<double>(count), 100));
    return std::clamp(1.1 - 0.08 * decades, 0.62, 0.92);
}

float diamondOf(PointKind kind) {
    return kind == PointKind::RelationPrototype ? 1.0F : 0.0F;
}
} // namespace

SplatSet::Layer SplatSet::layerOf(const DiskController& view, std::size_t row) const {
    const PointKind kind = view.scene().kind[row];
    if (isPrototype(kind))
        return Prototype;
    if (!view.isActive(row))
        return Inactive;
    if (view.selected()[row])
        return Selected;
    return kind == PointKind::Generated ? Ghost : Sample;
}

/// A counting sort by layer, stable within.
void SplatSet::order(const DiskController& view) {
    const std::size_t count = view.scene().size();
    std::size_t counts[layerCount] = {};
    for (std::size_t row = 0; row < count; ++row)
        ++counts[layerOf(view, row)];
    std::size_t next[layerCount] = {};
    std::size_t total = 0;
    for (int layer = 0; layer < layerCount; ++layer) {
        next[layer] = total;
        total += counts[layer];
        m_layerEnd[layer] = total;
    }
    m_order.resize(count);
    for (std::size_t row = 0; row < count; ++row)
        m_order[next[layerOf(view, row)]++] = static_cast<std::uint32_t>(row);
    m_anySelected = counts[Selected] > 0;
}

void SplatSet::append(std::uint32_t row, const Look& look) {
    m_rows.push_back(row);
    m_looks.push_back(look);
}

void SplatSet::appendSample(const DiskController& view, std::uint32_t row, Layer layer,
                            const DiskColours& colours) {
    const Argb own = view.scene().colour[row];
    const auto plain = [&](Argb colour, float radius) {
        append(row, {toRgbaBytes(colour), toRgbaBytes(colour), radius, 0, 0.62F, 0});
    };
    switch (layer) {
    case Inactive:
        plain(colours.inactive, m_radius * 0.85F);
        return;
    case Ghost:
        append(row, {toRgbaBytes(withAlpha(own, 0.10)), toRgbaBytes(withAlpha(own, 0.42)),
                     m_radius + 0.6F, 0.9F, 0.62F, 0});
        return;
    case Selected:
        append(row, {toRgbaBytes(withAlpha(own, 1)), toRgbaBytes(colours.text), m_radius + 1.6F,
                     1.2F, 0.5F, 0});
        return;
    default:
        plain(withAlpha(own, m_anySelected ? m_opacity * besideSelected(colours) : m_opacity),
              m_radius);
        return;
    }
}

void SplatSet::appendPrototype(const DiskController& view, std::uint32_t row,
                               const DiskColours& colours) {
    const bool active = view.isActive(row);
    const bool selected = view.selected()[row];
    const float diamond = diamondOf(view.scene().kind[row]);
    const Argb own =
        active ? withAlpha(view.scene().colour[row], 1) : withAlpha(colours.inactive, 1);
    const float radius = (active ? prototypeRadius : childRadius) + (selected ? 1.5F : 0);
    const Argb around =
        selected ? colours.accent : withAlpha(0xFF0B1220, colours.dark ? 0.75 : 0.28);
    const float reach = selected ? 2.2F : 1.1F;
    append(row, {toRgbaBytes(around), toRgbaBytes(around), radius + reach, 0, 0.5F, diamond});
    append(row, {toRgbaBytes(own), toRgbaBytes(active ? colours.outline : colours.boundary), radius,
                 1.9F, 0.5F, diamond});
}

void SplatSet::restyle(const DiskController& view, const DiskColours& colours) {
    order(view);
    m_radius = sampleRadius(view.scene().size());
    m_opacity = sampleOpacity(view.scene().size());
    m_looks.clear();
    m_rows.clear();
    for (int layer = 0, i = 0; layer < layerCount; ++layer)
        for (; static_cast<std::size_t>(i) < m_layerEnd[layer]; ++i) {
            const auto row = m_order[static_cast<std::size_t>(i)];
            if (layer == Prototype)
                appendPrototype(view, row, colours);
            else
                appendSample(view, row, static_cast<Layer>(layer), colours);
        }
    m_hoverStart = m_looks.size();
    hover(view, colours);
}

void SplatSet::hover(const DiskController& view, const DiskColours& colours) {
    m_looks.resize(m_hoverStart);
    m_rows.resize(m_hoverStart);
    const int row = view.hover();
    if (row >= 0 && static_cast<std::size_t>(row) < view.scene().size()) {
        const auto index = static_cast<std::size_t>(row);
        const Argb own = withAlpha(view.scene().colour[index], 1);
        const bool prototype = isPrototype(view.scene().kind[index]);
        const float radius = prototype ? prototypeRadius + 1.5F : m_radius + 2.6F;
        const float shrink = prototype ? 0.4F : 0.3F;
        const float diamond = diamondOf(view.scene().kind[index]);
        const auto glow = toRgbaBytes(faded(own, 0.28));
        append(static_cast<std::uint32_t>(row), {glow, glow, radius + 5, 0, shrink, diamond});
        append(static_cast<std::uint32_t>(row),
               {toRgbaBytes(own), toRgbaBytes(colours.text), radius, 1.6F, shrink, diamond});
    }
    move(view);
}

void SplatSet::move(const DiskController& view) {
    const auto points = view.viewPoints();
    m_places.resize(m_rows.size());
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        const auto z = points[m_rows[i]];
        m_places[i] = {static_cast<float>(z.real()), static_cast<float>(z.imag())};
    }
}

} // namespace hmgrl
