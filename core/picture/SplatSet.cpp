#include "picture/SplatSet.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {

/// What is left of a sample's opacity while others are selected; on dark ground less would be mud.
double besideSelected(const DiskColours& colours) {
    return colours.dark ? 0.75 : 0.55;
}
constexpr float prototypeRadius = 5.1F;
constexpr float greyPrototypeRadius = 3.6F;
constexpr float prototypeRing = 1.9F;
constexpr float sampleShrink = 0.62F;

/// Few points are drawn large and nearly opaque; many small and translucent, so that density shows.
float sampleRadius(std::size_t count) {
    const double decades = std::log10(std::max<double>(static_cast<double>(count), 100));
    return static_cast<float>(std::clamp(6.0 - 0.75 * decades, 1.9, 4.5));
}

double sampleOpacity(std::size_t count) {
    const double decades = std::log10(std::max<double>(static_cast<double>(count), 100));
    return std::clamp(1.1 - 0.08 * decades, 0.62, 0.92);
}

/// Prototypes are large, ringed in the colour of the ground, and of two shapes only.
Marker prototypeMarker(PointKind kind) {
    return kind == PointKind::RelationPrototype ? Marker::Diamond : Marker::Circle;
}

SplatSet::Look ringed(Argb fill, Argb ring, float radius, float ringWidth, float shrink,
                      Marker marker) {
    return {toRgbaBytes(fill),
            toRgbaBytes(ring),
            radius,
            static_cast<std::uint8_t>(std::lround(ringWidth * 16)),
            static_cast<std::uint8_t>(std::lround(shrink * 255)),
            marker};
}

SplatSet::Look plain(Argb fill, float radius, float shrink, Marker marker) {
    return ringed(fill, fill, radius, 0, shrink, marker);
}

Marker markerOf(const DiskScene& scene, std::size_t row) {
    return scene.marker.empty() ? Marker::Circle : scene.marker[row];
}

float scaleOf(const DiskScene& scene, std::size_t row) {
    return scene.scale.empty() ? 1.0F : std::clamp(scene.scale[row], 0.5F, 2.0F);
}

/// A number from 0 to 1 that looks like chance but belongs to the row.
double chance(std::uint32_t row) {
    std::uint32_t x = row * 0x9E3779B9U + 0x7F4A7C15U;
    x = (x ^ x >> 16) * 0x85EBCA6BU;
    x = (x ^ x >> 13) * 0xC2B2AE35U;
    return static_cast<double>(x ^ x >> 16) / 4294967296.0;
}
} // namespace

SplatSet::Layer SplatSet::layerOf(const DiskController& view, std::size_t row) {
    const PointKind kind = view.scene().kind[row];
    if (isPrototype(kind))
        return Prototype;
    if (!view.isShown(row))
        return Hidden;
    if (!view.isActive(row))
        return Inactive;
    if (view.selected()[row])
        return Selected;
    return kind == PointKind::Generated ? Ghost : Sample;
}

/// A counting sort by layer and, within, into what the coarse picture leaves out and what stays;
/// stable within these.
void SplatSet::order(const DiskController& view) {
    const std::size_t count = view.scene().size();
    m_part.resize(count);
    std::size_t inLayer[layerCount] = {};
    for (std::size_t row = 0; row < count; ++row)
        ++inLayer[m_part[row] = layerOf(view, row)];
    m_anySelected = inLayer[Selected] > 0;
    const auto share = [](std::size_t many) {
        return std::min(1.0, static_cast<double>(fluent) /
                                 static_cast<double>(std::max<std::size_t>(many, 1)));
    };
    const double ofSamples = share(inLayer[Inactive] + inLayer[Ghost] + inLayer[Sample]);
    const double stays[layerCount] = {ofSamples, ofSamples, ofSamples, share(inLayer[Selected]),
                                      1,         1};
    std::size_t next[partCount] = {};
    for (std::size_t row = 0; row < count; ++row) {
        const auto layer = m_part[row];
        const bool coarse =
            stays[layer] >= 1 || chance(static_cast<std::uint32_t>(row)) < stays[layer];
        ++next[m_part[row] = static_cast<std::uint8_t>(2 * layer + (coarse ? 1 : 0))];
    }
    std::size_t total = 0;
    for (std::size_t part = 0; part < partCount; ++part) {
        total += std::exchange(next[part], total);
        m_rowsUpTo[part] = total;
    }
    m_order.resize(count);
    for (std::size_t row = 0; row < count; ++row)
        m_order[next[m_part[row]]++] = static_cast<std::uint32_t>(row);
}

void SplatSet::append(std::uint32_t row, const Look& look) {
    m_rows.push_back(row);
    m_looks.push_back(look);
}

SplatSet::SampleStyle SplatSet::styleOf(Layer layer, const DiskColours& colours) const {
    const auto see = [](double alpha) { return withAlpha(0, alpha); };
    switch (layer) {
    case Inactive:
        return {plain(colours.inactive, 0, sampleShrink, {}), false, false, 0.85F, 0};
    case Ghost:
        return {ringed(see(0.12), see(0.5), 0, 0.9F, sampleShrink, {}), true, true, 1, -0.4F};
    case Selected:
        // Not white, where prototypes have white rings.
        return {ringed(see(1), colours.dark ? colours.accent : colours.text, 0, 1.2F, 0.5F, {}),
                true, false, 1, 0.4F};
    default:
        const double alpha = m_anySelected ? m_opacity * besideSelected(colours) : m_opacity;
        return {plain(see(alpha), 0, sampleShrink, {}), true, true, 1, 0};
    }
}

void SplatSet::appendSamples(const DiskScene& scene, std::span<const std::uint32_t> rows,
                             const SampleStyle& style) {
    std::size_t i = m_looks.size();
    m_looks.resize(i + rows.size(), style.look);
    m_rows.insert(m_rows.end(), rows.begin(), rows.end());
    for (const std::uint32_t row : rows) {
        Look& look = m_looks[i++];
        const std::uint32_t own = toRgbaBytes(scene.colour[row]) & 0x00FFFFFFU;
        if (style.ownFill)
            look.fill |= own;
        if (style.ownRing)
            look.ring |= own;
        look.radius = std::max(1.0F, style.grown * m_radius * scaleOf(scene, row) + style.more);
        look.marker = markerOf(scene, row);
    }
}

void SplatSet::appendPrototype(const DiskController& view, std::uint32_t row,
                               const DiskColours& colours) {
    const bool active = view.isActive(row);
    const bool selected = view.selected()[row];
    const Marker marker = prototypeMarker(view.scene().kind[row]);
    const Argb own =
        active ? withAlpha(view.scene().colour[row], 1) : withAlpha(colours.inactive, 1);
    const float radius = (active ? prototypeRadius : greyPrototypeRadius) + (selected ? 1.5F : 0);
    const Argb around =
        selected ? colours.accent : withAlpha(0xFF0B1220, colours.dark ? 0.75 : 0.28);
    const float reach = prototypeRing + (selected ? 2.2F : 1.1F);
    append(row, ringed(around, around, radius, reach, 0.5F, marker));
    append(row, ringed(own, active ? colours.outline : colours.boundary, radius, prototypeRing,
                       0.5F, marker));
}

void SplatSet::restyle(const DiskController& view, const DiskColours& colours, Detail detail) {
    order(view);
    m_radius = sampleRadius(view.scene().size());
    m_opacity = sampleOpacity(view.scene().size());
    m_looks.clear();
    m_rows.clear();
    for (std::size_t part = 0, i = 0; part < partCount; i = m_rowsUpTo[part++]) {
        const auto layer = static_cast<Layer>(part / 2);
        const auto rows = std::span(m_order).subspan(i, m_rowsUpTo[part] - i);
        if (layer == Prototype)
            for (const std::uint32_t row : rows)
                appendPrototype(view, row, colours);
        else if (layer != Hidden)
            appendSamples(view.scene(), rows, styleOf(layer, colours));
        m_marksUpTo[part] = m_looks.size();
    }
    m_hoverStart = m_looks.size();
    findArriving(view);
    hover(view, colours);
    move(view, detail);
}

void SplatSet::hover(const DiskController& view, const DiskColours& colours) {
    m_looks.resize(m_hoverStart);
    m_rows.resize(m_hoverStart);
    const int row = view.hover();
    if (row >= 0 && static_cast<std::size_t>(row) < view.scene().size()) {
        const auto index = static_cast<std::uint32_t>(row);
        const DiskScene& scene = view.scene();
        const Argb own = withAlpha(scene.colour[index], 1);
        const bool prototype = isPrototype(scene.kind[index]);
        const Marker marker =
            prototype ? prototypeMarker(scene.kind[index]) : markerOf(scene, index);
        const float radius =
            prototype ? prototypeRadius + 1.8F : m_radius * scaleOf(scene, index) + 1;
        const float shrink = prototype ? 0.4F : 0.3F;
        append(index, plain(faded(own, 0.28), radius + 6.6F, shrink, marker));
        append(index, ringed(own, colours.text, radius, 1.6F, shrink, marker));
    }
    m_places.resize(m_looks.size());
    place(view, hovered());
}

/// The parts to be drawn; those that lie side by side become one range.
void SplatSet::findRanges() {
    m_ranges.clear();
    m_anyFine = false;
    const auto add = [this](std::size_t begin, std::size_t end) {
        if (begin == end)
            return;
        if (!m_ranges.empty() && m_ranges.back().end == begin)
            m_ranges.back().end = end;
        else
            m_ranges.push_back({begin, end});
    };
    for (std::size_t part = 0, begin = 0; part < partCount; begin = m_marksUpTo[part++]) {
        const bool fine = part % 2 == 0;
        m_anyFine |= fine && m_marksUpTo[part] > begin;
        if (!fine || m_detail == Detail::Full)
            add(begin, m_marksUpTo[part]);
    }
}

void SplatSet::place(const DiskController& view, Range range) {
    const disk::Complex* points = view.viewPoints().data();
    const std::uint32_t* rows = m_rows.data();
    Place* places = m_places.data();
    for (std::size_t i = range.begin; i < range.end; ++i) {
        const disk::Complex z = points[rows[i]];
        places[i] = {static_cast<float>(z.real()), static_cast<float>(z.imag())};
    }
}

void SplatSet::findArriving(const DiskController& view) {
    m_arriving.clear();
    for (std::size_t mark = 0; view.isInTransition() && mark < m_hoverStart; ++mark)
        if (view.presence(m_rows[mark]) < 1)
            m_arriving.push_back({mark, m_looks[mark].fill >> 24, m_looks[mark].ring >> 24});
}

bool SplatSet::fadeIn(const DiskController& view) {
    const bool any = !m_arriving.empty();
    for (const Arriving& arriving : m_arriving) {
        Look& look = m_looks[arriving.mark];
        const float presence = view.presence(m_rows[arriving.mark]);
        const auto faint = [presence](std::uint32_t colour, std::uint32_t alpha) {
            const float now = presence * static_cast<float>(alpha) + 0.5F;
            return (colour & 0x00FFFFFFU) | static_cast<std::uint32_t>(now) << 24;
        };
        look.fill = faint(look.fill, arriving.fill);
        look.ring = faint(look.ring, arriving.ring);
    }
    if (!view.isInTransition())
        m_arriving.clear();
    return any;
}

bool SplatSet::move(const DiskController& view, Detail detail) {
    m_detail = detail;
    findRanges();
    m_places.resize(m_looks.size());
    for (const Range& range : m_ranges)
        place(view, range);
    place(view, hovered());
    return fadeIn(view);
}

} // namespace hmgrl
