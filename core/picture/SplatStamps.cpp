#include "picture/SplatStamps.h"

#include "picture/MarkShape.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {
constexpr std::size_t kinds = markerCount * 256 * 2;
constexpr double soft = 0.5; ///< pixels to either side of an edge

double coverage(double distance) {
    return std::clamp(soft - distance, 0.0, 1.0);
}

std::uint8_t byte(double cover) {
    return static_cast<std::uint8_t>(std::lround(255 * cover));
}
} // namespace

SplatStamps::SplatStamps()
    : m_tables(kinds) {}
SplatStamps::~SplatStamps() = default;

void SplatStamps::prepare(double pixelRatio, bool down) {
    if (pixelRatio == m_ratio && down == m_down)
        return;
    m_ratio = pixelRatio;
    m_down = down;
    for (auto& table : m_tables)
        table = nullptr;
    m_tableOwners.clear();
    m_owners.clear();
}

const SplatStamp& SplatStamps::made(std::size_t kind, std::size_t index) {
    const std::lock_guard lock(m_making);
    Table* table = m_tables[kind].load(std::memory_order_relaxed);
    if (table == nullptr) {
        m_tableOwners.push_back(std::make_unique<Table>());
        table = m_tableOwners.back().get();
        m_tables[kind].store(table, std::memory_order_release);
    }
    if (const SplatStamp* found = (*table)[index].load(std::memory_order_relaxed))
        return *found; // by another thread, in the meantime
    m_owners.push_back(make(kind, index));
    (*table)[index].store(m_owners.back().get(), std::memory_order_release);
    return *m_owners.back();
}

std::unique_ptr<SplatStamp> SplatStamps::make(std::size_t kind, std::size_t index) const {
    const bool hollow = kind % 2 == 1; // the ring ends where the fill begins
    const double rim = static_cast<double>(kind / 2 % 256) / 16 * m_ratio;
    const auto marker = static_cast<Marker>(kind / 512);
    const double middleX = (static_cast<double>(index % phases) + 0.5) / phases;
    const double middleY = (static_cast<double>(index / phases % phases) + 0.5) / phases;
    const double radius = static_cast<double>(index / (phases * phases)) / steps;
    const double bound = MarkShape::reach(marker) * radius;
    const double reach = bound + rim + soft;
    auto stamp = std::make_unique<SplatStamp>();
    stamp->left = static_cast<int>(std::floor(middleX - reach));
    stamp->top = static_cast<int>(std::floor(middleY - reach));
    stamp->rows = static_cast<int>(std::ceil(middleY + reach)) - stamp->top;
    const int columns = static_cast<int>(std::ceil(middleX + reach)) - stamp->left;
    stamp->blocks = (columns + SplatStamp::block - 1) / SplatStamp::block;
    const int stride = stamp->blocks * SplatStamp::block;
    stamp->fill.resize(static_cast<std::size_t>(stamp->rows * stride), 0);
    stamp->ring.resize(rim > 0 ? stamp->fill.size() : 0, 0);
    for (int row = 0; row < stamp->rows; ++row)
        for (int column = 0; column < columns; ++column) {
            const double dx = stamp->left + column + 0.5 - middleX;
            const double dy = stamp->top + row + 0.5 - middleY;
            const double away = std::hypot(dx, dy) - bound; // pointed corners end there
            const double edge = MarkShape::distance(marker, dx, m_down ? -dy : dy, radius);
            const double inner = coverage(std::max(edge, away));
            const double outer = coverage(std::max(edge, away) - rim);
            const auto at = static_cast<std::size_t>(row * stride + column);
            stamp->fill[at] = byte(inner);
            if (rim > 0)
                stamp->ring[at] = byte(hollow ? outer - inner : outer);
        }
    return stamp;
}

} // namespace hmgrl
