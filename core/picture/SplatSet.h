#pragma once

#include "picture/DiskColours.h"
#include "view/DiskController.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl {

/// The points of the disk as round or diamond marks, in drawing order (filtered points at the
/// bottom, prototypes and the hovered point on top). Looks change seldom and are kept apart from
/// places, which change with every frame. No toolkit; memory is reused from frame to frame.
class SplatSet {
public:
    struct Look {
        std::uint32_t fill, ring; ///< bytes R, G, B, A
        float radius;             ///< pixels at the centre of the disk
        float ringWidth;          ///< pixels
        float shrink;             ///< 0: same size everywhere, 1: shrinks with the metric
        float diamond;            ///< 0 circle, 1 diamond
    };
    struct Place {
        float x, y; ///< disk units
    };

    /// After a change of scene, selection, activity or colours.
    void restyle(const DiskController& view, const DiskColours& colours);
    /// After a change of hover: only the top mark is new. True when looks changed.
    void hover(const DiskController& view, const DiskColours& colours);
    /// After a change of view.
    void move(const DiskController& view);

    [[nodiscard]] std::span<const Look> looks() const { return m_looks; }
    [[nodiscard]] std::span<const Place> places() const { return m_places; }

    /// Radius in pixels of a mark with this look at |z|^2 = `norm`; the shader does the same.
    [[nodiscard]] static float radiusAt(const Look& look, float norm) {
        const float local = std::sqrt(std::max(1 - norm, 0.0F));
        return look.radius * (1 - look.shrink * (1 - local));
    }

private:
    enum Layer : std::uint8_t { Inactive, Ghost, Sample, Selected, Prototype, layerCount };
    [[nodiscard]] Layer layerOf(const DiskController& view, std::size_t row) const;
    void order(const DiskController& view);
    void append(std::uint32_t row, const Look& look);
    void appendSample(const DiskController& view, std::uint32_t row, Layer layer,
                      const DiskColours& colours);
    void appendPrototype(const DiskController& view, std::uint32_t row, const DiskColours& colours);

    std::vector<Look> m_looks;
    std::vector<Place> m_places;
    std::vector<std::uint32_t> m_rows;  ///< of each mark
    std::vector<std::uint32_t> m_order; ///< rows by layer
    std::size_t m_hoverStart = 0;       ///< marks from here on belong to the hovered point
    std::size_t m_layerEnd[layerCount] = {};
    float m_radius = 3;
    double m_opacity = 1;
    bool m_anySelected = false;
};

[[nodiscard]] constexpr bool isPrototype(PointKind kind) {
    return kind == PointKind::EntityPrototype || kind == PointKind::RelationPrototype;
}

} // namespace hmgrl
