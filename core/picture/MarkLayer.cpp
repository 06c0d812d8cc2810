#include "picture/MarkLayer.h"

#include "picture/MarkShape.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace hmgrl {

namespace {
constexpr std::chrono::milliseconds rest{150};
}

MarkLayer::MarkLayer(const DiskController& view, int threads)
    : m_view(view)
    , m_raster(threads) {}

void MarkLayer::setBeneath(Beneath beneath) {
    m_beneathStale |= m_beneath || beneath;
    m_beneath = std::move(beneath);
}

void MarkLayer::setColours(const DiskColours& colours) {
    m_colours = colours;
    m_looksStale = true;
}

void MarkLayer::changed(DiskController::Change change) {
    using enum DiskController::Change;
    m_looksStale |= change == Scene || change == Selection || change == Active;
    m_hoverStale |= change == Hover;
    m_placesStale |= change == Scene || change == View || change == Places;
}

bool MarkLayer::restyleOrMove(SplatSet::Detail detail) {
    bool looks = m_looksStale || m_hoverStale;
    if (std::exchange(m_looksStale, false))
        m_splats.restyle(m_view, m_colours, detail);
    else
        looks |= m_splats.move(m_view, detail);
    if (std::exchange(m_hoverStale, false))
        m_splats.hover(m_view, m_colours);
    m_placesStale = m_settling = false;
    return looks;
}

MarkLayer::Fresh MarkLayer::update() {
    if (m_looksStale || m_placesStale)
        return restyleOrMove(SplatSet::Detail::Full) ? Fresh::Looks : Fresh::Places;
    if (!std::exchange(m_hoverStale, false))
        return Fresh::Nothing;
    m_splats.hover(m_view, m_colours);
    return Fresh::Looks;
}

SplatRaster::Target MarkLayer::target(std::vector<std::uint32_t>& pixels, bool clear) const {
    return {pixels, m_frame.width, m_frame.height, m_frame.order, clear};
}

std::span<const std::uint32_t> MarkLayer::picture(const Frame& frame) {
    const bool elsewhere = m_placesStale || frame != m_frame;
    const bool otherwise = m_looksStale || m_beneathStale;
    m_frame = frame;
    if (elsewhere || (otherwise && !m_splats.canBeCoarse())) {
        restyleOrMove(SplatSet::Detail::Coarse);
        drawNow();
    } else if (otherwise) {
        // Too many to be drawn at once: what is seen stays until the new picture is ready, for a
        // coarse one in between would flicker.
        if (std::exchange(m_looksStale, false))
            m_splats.restyle(m_view, m_colours, SplatSet::Detail::Full);
        m_beneathStale = m_settling = false;
        m_unfinished = true;
    }
    if (std::exchange(m_hoverStale, false)) {
        takeHoverAway();
        m_splats.hover(m_view, m_colours);
        putHover();
    }
    return m_front;
}

void MarkLayer::beginOn(std::vector<std::uint32_t>& pixels) {
    pixels.resize(static_cast<std::size_t>(m_frame.width) *
                  static_cast<std::size_t>(m_frame.height));
    if (m_beneath) {
        std::fill(pixels.begin(), pixels.end(), 0U);
        m_beneath(m_frame.transform, target(pixels, false));
    }
    m_raster.begin(m_splats, m_frame.transform, target(pixels, !m_beneath));
}

void MarkLayer::drawNow() {
    beginOn(m_front);
    m_beneathStale = false;
    m_raster.advance(Clock::time_point::max());
    m_unfinished = m_moved = m_splats.isCoarse();
    putHover();
}

std::optional<std::chrono::milliseconds> MarkLayer::due() const {
    if (!m_unfinished)
        return {};
    return m_moved && !m_settling ? rest : std::chrono::milliseconds(0);
}

bool MarkLayer::settle(Clock::time_point until) {
    if (m_placesStale || m_looksStale || m_beneathStale)
        return true; // the next picture() begins anew
    if (!m_unfinished)
        return true;
    if (!std::exchange(m_settling, true)) {
        m_splats.move(m_view, SplatSet::Detail::Full);
        beginOn(m_back);
        return false;
    }
    if (!m_raster.advance(until))
        return false;
    std::swap(m_front, m_back);
    m_unfinished = m_moved = m_settling = false;
    putHover();
    return true;
}

/// The pixels that the hovered point's marks may change.
void MarkLayer::findPatch() {
    m_under.width = m_under.height = 0;
    const SplatSet::Range marks = m_splats.hovered();
    if (marks.size() == 0)
        return;
    float reach = 0;
    for (std::size_t i = marks.begin; i < marks.end; ++i) {
        const SplatSet::Look& look = m_splats.looks()[i];
        reach = std::max(reach, look.radius * static_cast<float>(MarkShape::reach(look.marker)) +
                                    look.ringWidth());
    }
    const auto& t = m_frame.transform;
    const SplatSet::Place z = m_splats.places()[marks.begin];
    const double side = std::ceil(reach * t.pixelRatio) + SplatStamp::block;
    const auto within = [](double value, int most) {
        return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
    };
    const double x = t.offsetX + t.scaleX * z.x, y = t.offsetY + t.scaleY * z.y;
    m_under.x = within(x - side, m_frame.width);
    m_under.y = within(y - side, m_frame.height);
    m_under.width = within(x + side, m_frame.width) - m_under.x;
    m_under.height = within(y + side, m_frame.height) - m_under.y;
}

void MarkLayer::putHover() {
    findPatch();
    if (m_front.empty() || m_under.width == 0 || m_under.height == 0)
        return;
    m_under.pixels.clear();
    for (int row = 0; row < m_under.height; ++row) {
        const auto from = m_front.begin() + (m_under.y + row) * m_frame.width + m_under.x;
        m_under.pixels.insert(m_under.pixels.end(), from, from + m_under.width);
    }
    m_top.drawHovered(m_splats, m_frame.transform, target(m_front, false));
}

void MarkLayer::takeHoverAway() {
    if (m_front.empty())
        return;
    for (int row = 0; row < m_under.height; ++row)
        std::copy_n(m_under.pixels.begin() + row * m_under.width, m_under.width,
                    m_front.begin() + (m_under.y + row) * m_frame.width + m_under.x);
    m_under.width = m_under.height = 0;
}

} // namespace hmgrl
