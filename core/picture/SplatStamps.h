#pragma once

#include "picture/SplatSet.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <memory>
#include <mutex>
#include <vector>

namespace hmgrl {

/// Coverage of one mark, 0 to 255, row by row in blocks of eight pixels.
struct SplatStamp {
    static constexpr int block = 8;
    int left = 0, top = 0; ///< of the first pixel, from the pixel in which the mark's middle lies
    int rows = 0, blocks = 0;
    std::vector<std::uint8_t> fill; ///< rows * blocks * 8
    std::vector<std::uint8_t> ring; ///< the same, or empty
};

/// Stamps for marks of every shape, size and position within a pixel, made when first asked for and
/// kept. Sizes are in steps of an eighth of a pixel and positions of a quarter. Any thread.
class SplatStamps {
public:
    SplatStamps();
    ~SplatStamps();

    /// Forgets all stamps unless they were made for the same. Rings scale with the ratio; `down`
    /// tells whether rows run down the screen. No other thread may be using stamps.
    void prepare(double pixelRatio, bool down);

    static constexpr int steps = 8;      ///< sizes a pixel
    static constexpr int phases = 4;     ///< positions a pixel, each way
    static constexpr float largest = 64; ///< pixels; no radius is more
    static constexpr std::size_t sizes = static_cast<std::size_t>(largest) * steps + 1;

    /// Which stamps a look needs.
    [[nodiscard]] static std::size_t kindOf(const SplatSet::Look& look) {
        const bool hollow = look.rim > 0 && look.fill >> 24 != 0xFF;
        return (static_cast<std::size_t>(look.marker) * 256 + look.rim) * 2 + (hollow ? 1 : 0);
    }
    [[nodiscard]] static std::size_t sizeOf(float radius) {
        return static_cast<std::size_t>(std::clamp(radius, 0.0F, largest) * steps + 0.5F);
    }
    /// @param size of sizeOf(); phases from 0 to phases - 1
    [[nodiscard]] const SplatStamp& at(std::size_t kind, std::size_t size, unsigned phaseX,
                                       unsigned phaseY) {
        const Table* table = m_tables[kind].load(std::memory_order_acquire);
        const std::size_t index = (size * phases + phaseY) * phases + phaseX;
        if (table != nullptr)
            if (const auto* found = (*table)[index].load(std::memory_order_acquire))
                return *found;
        return made(kind, index);
    }

private:
    using Table = std::array<std::atomic<const SplatStamp*>, sizes * phases * phases>;
    [[nodiscard]] const SplatStamp& made(std::size_t kind, std::size_t index);
    [[nodiscard]] std::unique_ptr<SplatStamp> make(std::size_t kind, std::size_t index) const;

    std::vector<std::atomic<Table*>> m_tables; ///< by kind; null where none was needed yet
    std::mutex m_making;
    std::vector<std::unique_ptr<Table>> m_tableOwners;
    std::vector<std::unique_ptr<const SplatStamp>> m_owners;
    double m_ratio = 0;
    bool m_down = true;
};

} // namespace hmgrl
