#pragma once

#include "picture/SplatSet.h"
#include "picture/SplatStamps.h"
#include "support/Workers.h"

#include <chrono>
#include <cstdint>
#include <span>
#include <vector>

namespace hmgrl {

/// Draws a SplatSet into plain memory, far faster than software OpenGL draws sprites: stamps of the
/// soft shapes are made once for each size and position within a pixel and then blended by a small
/// loop. The picture is the one that SplatProp's shader makes, and the same for any number of
/// threads: they share horizontal bands, and within a band marks keep their order.
class SplatRaster {
public:
    enum class ByteOrder { Rgba, Bgra }; ///< in memory, premultiplied
    struct Target {
        std::span<std::uint32_t> pixels; ///< width * height
        int width = 0, height = 0;
        ByteOrder order = ByteOrder::Rgba;
        bool clear = false; ///< what was there goes, rather than lying beneath
    };
    /// pixel = offset + scale * disk position, in device pixels.
    struct Transform {
        double scaleX = 1, scaleY = 1, offsetX = 0, offsetY = 0;
        double pixelRatio = 1;
        friend bool operator==(const Transform&, const Transform&) = default;
    };
    using Clock = std::chrono::steady_clock;

    explicit SplatRaster(int threads = 0); ///< the caller's among them; 0: one a core, up to eight

    /// Allocates nothing once the memory for so many marks and the stamps are there.
    void draw(const SplatSet& splats, const Transform& transform, const Target& target);
    /// Only the marks of the hovered point.
    void drawHovered(const SplatSet& splats, const Transform& transform, const Target& target);

    /// The same in slices: advance() works until about the time given and says whether the picture
    /// is finished. It leaves out the hovered point, which alone may change meanwhile.
    void begin(const SplatSet& splats, const Transform& transform, const Target& target);
    bool advance(Clock::time_point until);

private:
    enum class Stage { Place, Sort, Blend, Done };
    /// Marks that one task places and sorts.
    struct Chunk {
        std::size_t mark, count; ///< first in the splats
        std::size_t item;        ///< first in m_items
    };
    struct Item {
        const SplatStamp* stamp;    ///< null: outside the target
        std::uint32_t colourOrMark; ///< bytes as in the target; where there is a ring, whose looks
        std::int16_t left, top;
    };
    /// pixel = offset + scale * disk position, in quarters of a pixel from a far corner, so that
    /// nothing is negative.
    struct Quarters {
        float scaleX, scaleY, offsetX, offsetY;
    };
    void setUp(const SplatSet& splats, const Transform& transform, const Target& target);
    void divide(std::span<const SplatSet::Range> ranges);
    void findStarts();
    void runSome(std::size_t tasks);
    void runOne(std::size_t task);
    void place(std::size_t chunk);
    [[nodiscard]] Item placed(std::size_t mark);
    void sort(std::size_t chunk);
    void blend(std::size_t band);
    void blendItem(const Item& item, int firstRow, int endRow);
    void blendCover(const std::vector<std::uint8_t>& cover, std::uint32_t colour, const Item& item,
                    int firstRow, int endRow);
    [[nodiscard]] std::size_t tasksOf(Stage stage) const;
    [[nodiscard]] std::uint32_t ordered(std::uint32_t rgba) const;
    template <typename Visit>
    void eachBand(const Item& item, Visit visit) const;

    Workers m_workers;
    SplatStamps m_stamps;
    const SplatSet* m_splats = nullptr;
    float m_ratio = 1;
    Quarters m_quarters{};
    Target m_target;
    Stage m_stage = Stage::Done;
    std::size_t m_nextTask = 0;
    std::size_t m_bands = 0;
    std::vector<Chunk> m_chunks;
    std::vector<Item> m_items; ///< one a mark, in drawing order
    std::vector<std::uint32_t>
        m_counts; ///< by chunk and band; then where the chunk's next one goes
    std::vector<std::size_t> m_bandEnd;
    /// By band; some stand in several. Copies, for a band's marks lie far apart in m_items.
    std::vector<Item> m_sorted;
};

} // namespace hmgrl
