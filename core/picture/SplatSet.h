#pragma once

#include "picture/DiskColours.h"
#include "view/DiskController.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl {

/// The points of the disk as marks, in drawing order (filtered points at the bottom, prototypes and
/// the hovered point on top). Looks change seldom and are kept apart from places, which change with
/// every frame. No toolkit; memory is reused from frame to frame.
class SplatSet {
public:
    /// Also the layout of a vertex in the sprites' shader.
    struct Look {
        std::uint32_t fill, ring; ///< bytes R, G, B, A
        float radius;             ///< pixels at the centre of the disk, without the ring
        std::uint8_t rim;         ///< width of the ring around the mark, in sixteenths of a pixel
        std::uint8_t shrink;      ///< 0: same size everywhere, 255: shrinks with the metric
        Marker marker;
        std::uint8_t unused = 0;
        [[nodiscard]] float ringWidth() const { return static_cast<float>(rim) / 16; }
    };
    struct Place {
        float x, y; ///< disk units
    };
    /// Marks from `begin` up to, not including, `end`.
    struct Range {
        std::size_t begin, end;
        [[nodiscard]] std::size_t size() const { return end - begin; }
    };
    /// Coarse: when there are more points than can be drawn fluently, a part of them, always the
    /// same and spread evenly over the rows. Prototypes, the hovered point and, unless they are too
    /// many by themselves, the selected ones are never left out. The others lie under those that
    /// stay, so that the full picture only fills in what is missing.
    enum class Detail { Full, Coarse };
    static constexpr std::size_t fluent = 250'000; ///< samples drawn in the coarse picture

    /// After a change of scene, selection, activity, overlay or colours.
    void restyle(const DiskController& view, const DiskColours& colours,
                 Detail detail = Detail::Full);
    /// After a change of hover: only the top marks are new.
    void hover(const DiskController& view, const DiskColours& colours);
    /// After a change of view. Allocates nothing. True when looks changed as well: points that are
    /// new in a transition come up.
    bool move(const DiskController& view, Detail detail = Detail::Full);

    [[nodiscard]] std::span<const Look> looks() const { return m_looks; }
    /// Up to date for the marks in ranges() only.
    [[nodiscard]] std::span<const Place> places() const { return m_places; }
    /// Of each mark; the marks of a row follow one another, the last one is the point itself.
    [[nodiscard]] std::span<const std::uint32_t> rows() const { return m_rows; }
    /// The marks to be drawn, ascending: all, unless the detail is coarse. Those of the hovered
    /// point come after.
    [[nodiscard]] std::span<const Range> ranges() const { return m_ranges; }
    [[nodiscard]] Range hovered() const { return {m_hoverStart, m_looks.size()}; }
    /// Whether marks are left out.
    [[nodiscard]] bool isCoarse() const { return m_detail == Detail::Coarse && m_anyFine; }
    /// Whether Detail::Coarse would leave marks out.
    [[nodiscard]] bool canBeCoarse() const { return m_anyFine; }

    /// Radius in pixels of a mark with this look at |z|^2 = `norm`; the shader does the same.
    [[nodiscard]] static float radiusAt(const Look& look, float norm) {
        const float local = std::sqrt(std::max(1 - norm, 0.0F));
        return look.radius * (1 - static_cast<float>(look.shrink) / 255 * (1 - local));
    }

private:
    enum Layer : std::uint8_t { Inactive, Ghost, Sample, Selected, Prototype, Hidden, layerCount };
    /// Each layer in two parts: what the coarse picture leaves out, and above it what stays.
    static constexpr std::size_t partCount = 2 * layerCount;
    [[nodiscard]] static Layer layerOf(const DiskController& view, std::size_t row);
    void order(const DiskController& view);
    /// What the samples of a layer have in common.
    struct SampleStyle {
        Look look;                           ///< with the alphas of fill and ring
        bool ownFill = true, ownRing = true; ///< in the colour of the point
        float grown = 1, more = 0;           ///< radius = grown * the point's own + more
    };
    [[nodiscard]] SampleStyle styleOf(Layer layer, const DiskColours& colours) const;
    void append(std::uint32_t row, const Look& look);
    void appendSamples(const DiskScene& scene, std::span<const std::uint32_t> rows,
                       const SampleStyle& style);
    void appendPrototype(const DiskController& view, std::uint32_t row, const DiskColours& colours);
    void findRanges();
    void findArriving(const DiskController& view);
    bool fadeIn(const DiskController& view);
    void place(const DiskController& view, Range range);

    std::vector<Look> m_looks;
    std::vector<Place> m_places;
    std::vector<std::uint32_t> m_rows;  ///< of each mark
    std::vector<std::uint8_t> m_part;   ///< of each row, while they are sorted
    std::vector<std::uint32_t> m_order; ///< rows by part
    std::vector<Range> m_ranges;
    /// A mark of a point that is new in a transition, with the alphas that it will have.
    struct Arriving {
        std::size_t mark;
        std::uint32_t fill, ring;
    };
    std::vector<Arriving> m_arriving;
    std::size_t m_rowsUpTo[partCount] = {};  ///< ends of the parts in m_order
    std::size_t m_marksUpTo[partCount] = {}; ///< and in m_looks
    std::size_t m_hoverStart = 0;            ///< marks from here on belong to the hovered point
    float m_radius = 3;
    double m_opacity = 1;
    bool m_anySelected = false, m_anyFine = false;
    Detail m_detail = Detail::Full;
};

} // namespace hmgrl
