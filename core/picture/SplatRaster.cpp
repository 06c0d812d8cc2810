#include "picture/SplatRaster.h"

#include "picture/DrawingThreads.h"
#include "picture/SplatBlend.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {

namespace {
constexpr unsigned bandHeight = 32; ///< rows: a band of a wide picture stays in a core's cache
constexpr int beyond = 2 * static_cast<int>(SplatStamps::largest); ///< no mark reaches farther
constexpr std::size_t chunkSize = 8192;
constexpr std::size_t worthThreads = 4096; ///< marks

} // namespace

SplatRaster::SplatRaster(int threads)
    : m_workers(drawingThreads(threads)) {}

void SplatRaster::draw(const SplatSet& splats, const Transform& transform, const Target& target) {
    begin(splats, transform, target);
    advance(Clock::time_point::max());
    Target over = target;
    over.clear = false;
    drawHovered(splats, transform, over);
}

void SplatRaster::drawHovered(const SplatSet& splats, const Transform& transform,
                              const Target& target) {
    const SplatSet::Range hovered = splats.hovered();
    if (hovered.size() == 0 && !target.clear)
        return;
    setUp(splats, transform, target);
    divide({&hovered, 1});
    advance(Clock::time_point::max());
}

void SplatRaster::begin(const SplatSet& splats, const Transform& transform, const Target& target) {
    setUp(splats, transform, target);
    divide(splats.ranges());
}

void SplatRaster::setUp(const SplatSet& splats, const Transform& transform, const Target& target) {
    m_splats = &splats;
    constexpr double quarters = SplatStamps::phases;
    m_ratio = static_cast<float>(transform.pixelRatio);
    m_quarters = {static_cast<float>(quarters * transform.scaleX),
                  static_cast<float>(quarters * transform.scaleY),
                  static_cast<float>(quarters * (transform.offsetX + beyond)),
                  static_cast<float>(quarters * (transform.offsetY + beyond))};
    m_target = target;
    m_stamps.prepare(transform.pixelRatio, transform.scaleY < 0);
    m_stage = Stage::Place;
    m_nextTask = 0;
}

void SplatRaster::divide(std::span<const SplatSet::Range> ranges) {
    m_bands = (static_cast<unsigned>(m_target.height) + bandHeight - 1) / bandHeight;
    m_chunks.clear();
    std::size_t items = 0;
    for (const SplatSet::Range& range : ranges)
        for (std::size_t mark = range.begin; mark < range.end; mark += chunkSize) {
            const std::size_t count = std::min(chunkSize, range.end - mark);
            m_chunks.push_back({mark, count, items});
            items += count;
        }
    m_items.resize(items);
    m_counts.assign(m_chunks.size() * m_bands, 0);
}

bool SplatRaster::advance(Clock::time_point until) {
    const bool all = until == Clock::time_point::max();
    while (m_stage != Stage::Done) {
        const std::size_t left = tasksOf(m_stage) - m_nextTask;
        runSome(all ? left : std::min(left, 2 * m_workers.count()));
        if (m_nextTask == tasksOf(m_stage)) {
            if (m_stage == Stage::Place)
                findStarts();
            m_stage = static_cast<Stage>(static_cast<int>(m_stage) + 1);
            m_nextTask = 0;
        }
        if (!all && Clock::now() >= until)
            break;
    }
    return m_stage == Stage::Done;
}

std::size_t SplatRaster::tasksOf(Stage stage) const {
    return stage == Stage::Blend ? m_bands : m_chunks.size();
}

void SplatRaster::runSome(std::size_t tasks) {
    if (m_items.size() < worthThreads)
        for (std::size_t i = 0; i < tasks; ++i)
            runOne(m_nextTask + i);
    else
        m_workers.run(tasks, [this](std::size_t i, std::size_t) { runOne(m_nextTask + i); });
    m_nextTask += tasks;
}

void SplatRaster::runOne(std::size_t task) {
    switch (m_stage) {
    case Stage::Place:
        return place(task);
    case Stage::Sort:
        return sort(task);
    case Stage::Blend:
        return blend(task);
    case Stage::Done:
        return;
    }
}

template <typename Visit>
void SplatRaster::eachBand(const Item& item, Visit visit) const {
    const auto first = static_cast<unsigned>(std::max<int>(item.top, 0));
    const auto last =
        static_cast<unsigned>(std::min(item.top + item.stamp->rows, m_target.height) - 1);
    for (unsigned band = first / bandHeight; band <= last / bandHeight; ++band)
        visit(band);
}

void SplatRaster::place(std::size_t chunk) {
    const Chunk& c = m_chunks[chunk];
    std::uint32_t* counts = &m_counts[chunk * m_bands];
    for (std::size_t i = 0; i < c.count; ++i) {
        const Item item = m_items[c.item + i] = placed(c.mark + i);
        if (item.stamp != nullptr)
            eachBand(item, [counts](unsigned band) { ++counts[band]; });
    }
}

SplatRaster::Item SplatRaster::placed(std::size_t mark) {
    constexpr unsigned quarters = SplatStamps::phases;
    const SplatSet::Place z = m_splats->places()[mark];
    const float x = m_quarters.offsetX + m_quarters.scaleX * z.x;
    const float y = m_quarters.offsetY + m_quarters.scaleY * z.y;
    const auto reach = [](int side) {
        return static_cast<float>(quarters) * static_cast<float>(side + 2 * beyond);
    };
    const Item outside{nullptr, 0, 0, 0};
    if (!(x >= 0 && y >= 0 && x < reach(m_target.width) && y < reach(m_target.height)))
        return outside;
    const SplatSet::Look& look = m_splats->looks()[mark];
    const float radius = SplatSet::radiusAt(look, z.x * z.x + z.y * z.y) * m_ratio;
    const auto quarterX = static_cast<unsigned>(x), quarterY = static_cast<unsigned>(y);
    const SplatStamp& stamp = m_stamps.at(SplatStamps::kindOf(look), SplatStamps::sizeOf(radius),
                                          quarterX % quarters, quarterY % quarters);
    const int left = static_cast<int>(quarterX / quarters) - beyond + stamp.left;
    const int top = static_cast<int>(quarterY / quarters) - beyond + stamp.top;
    if (left >= m_target.width || top >= m_target.height || top + stamp.rows <= 0 ||
        left + stamp.blocks * SplatStamp::block <= 0)
        return outside;
    return {&stamp, stamp.ring.empty() ? ordered(look.fill) : static_cast<std::uint32_t>(mark),
            static_cast<std::int16_t>(left), static_cast<std::int16_t>(top)};
}

/// Bands follow one another, and within a band what each chunk has for it, in order.
void SplatRaster::findStarts() {
    m_bandEnd.resize(m_bands);
    std::uint32_t total = 0;
    for (std::size_t band = 0; band < m_bands; ++band) {
        for (std::size_t chunk = 0; chunk < m_chunks.size(); ++chunk)
            total += std::exchange(m_counts[chunk * m_bands + band], total);
        m_bandEnd[band] = total;
    }
    if (m_sorted.size() < total)
        m_sorted.resize(total + total / 8); // moves change it a little from frame to frame
}

void SplatRaster::sort(std::size_t chunk) {
    const Chunk& c = m_chunks[chunk];
    std::uint32_t* next = &m_counts[chunk * m_bands];
    for (std::size_t i = c.item; i < c.item + c.count; ++i)
        if (m_items[i].stamp != nullptr)
            eachBand(m_items[i], [&](unsigned band) { m_sorted[next[band]++] = m_items[i]; });
}

void SplatRaster::blend(std::size_t band) {
    const int firstRow = static_cast<int>(band * bandHeight);
    const int endRow = std::min(firstRow + static_cast<int>(bandHeight), m_target.height);
    if (m_target.clear) {
        const auto width = static_cast<std::size_t>(m_target.width);
        std::fill_n(m_target.pixels.begin() +
                        static_cast<std::ptrdiff_t>(firstRow) * m_target.width,
                    width * static_cast<std::size_t>(endRow - firstRow), 0U);
    }
    const std::size_t begin = band == 0 ? 0 : m_bandEnd[band - 1];
    for (std::size_t i = begin; i < m_bandEnd[band]; ++i)
        blendItem(m_sorted[i], firstRow, endRow);
}

std::uint32_t SplatRaster::ordered(std::uint32_t rgba) const {
    if (m_target.order == ByteOrder::Rgba)
        return rgba;
    return (rgba & 0xFF00FF00u) | (rgba >> 16 & 0xFFu) | (rgba & 0xFFu) << 16;
}

void SplatRaster::blendItem(const Item& item, int firstRow, int endRow) {
    if (item.stamp->ring.empty())
        return blendCover(item.stamp->fill, item.colourOrMark, item, firstRow, endRow);
    const SplatSet::Look& look = m_splats->looks()[item.colourOrMark];
    blendCover(item.stamp->ring, ordered(look.ring), item, firstRow, endRow);
    blendCover(item.stamp->fill, ordered(look.fill), item, firstRow, endRow);
}

void SplatRaster::blendCover(const std::vector<std::uint8_t>& cover, std::uint32_t colour,
                             const Item& item, int firstRow, int endRow) {
    const SplatBlend blend(colour);
    const int stride = item.stamp->blocks * SplatStamp::block;
    const int from = std::max<int>(item.top, firstRow);
    const int rows = std::min(item.top + item.stamp->rows, endRow) - from;
    const std::uint8_t* mask = cover.data() + static_cast<std::ptrdiff_t>(from - item.top) * stride;
    auto start = static_cast<std::ptrdiff_t>(from) * m_target.width + item.left;
    std::uint32_t* pixels = m_target.pixels.data();
    if (item.left >= 0 && item.left + stride <= m_target.width)
        return blend.rows(pixels + start, m_target.width, mask, item.stamp->blocks, rows);
    const int x0 = std::max(0, -item.left), x1 = std::min(stride, m_target.width - item.left);
    for (int row = 0; row < rows; ++row, mask += stride, start += m_target.width)
        for (int x = x0; x < x1; ++x)
            if (mask[x] != 0)
                pixels[start + x] = blend.pixel(pixels[start + x], mask[x]);
}

} // namespace hmgrl
