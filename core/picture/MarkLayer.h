#pragma once

#include "picture/SplatRaster.h"
#include "picture/SplatSet.h"

#include <chrono>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace hmgrl {

/// The marks of a view, always as much of them as can be drawn at once: a coarse picture while very
/// many points move, and the full one, made in slices, when they rest. Up to SplatSet::fluent
/// points every picture is the full one. All members from one thread.
class MarkLayer {
public:
    using Clock = SplatRaster::Clock;
    struct Frame {
        int width = 0, height = 0; ///< device pixels
        SplatRaster::Transform transform;
        SplatRaster::ByteOrder order = SplatRaster::ByteOrder::Rgba;
        friend bool operator==(const Frame&, const Frame&) = default;
    };

    /// The controller outlives the layer. @param threads as SplatRaster's
    explicit MarkLayer(const DiskController& view, int threads = 0);

    /// Draws what lies beneath the marks into the cleared target; empty: nothing. It may be asked
    /// again at any time until beneathChanged().
    using Beneath = std::function<void(const SplatRaster::Transform&, const SplatRaster::Target&)>;
    void setBeneath(Beneath beneath);
    void beneathChanged() { m_beneathStale = true; }

    void setColours(const DiskColours& colours);
    void changed(DiskController::Change change);

    /// The picture as it can be shown now, premultiplied; nothing lies between the rows. Drawn only
    /// when it is no longer true. Valid until the next call.
    [[nodiscard]] std::span<const std::uint32_t> picture(const Frame& frame);
    /// In how long settle() is due, when the last picture() isn't the whole truth: at once, or once
    /// the view has rested.
    [[nodiscard]] std::optional<std::chrono::milliseconds> due() const;
    /// Works on the full picture until about then. True when it is ready: ask for picture() again.
    bool settle(Clock::time_point until);

    /// For who draws the marks otherwise: all of them, brought up to date.
    enum class Fresh { Nothing, Places, Looks };
    Fresh update();
    [[nodiscard]] const SplatSet& splats() const { return m_splats; }

private:
    struct Patch {
        int x = 0, y = 0, width = 0, height = 0;
        std::vector<std::uint32_t> pixels;
    };
    void beginOn(std::vector<std::uint32_t>& pixels);
    bool restyleOrMove(SplatSet::Detail detail); ///< whether looks changed
    void drawNow();
    void putHover();
    void takeHoverAway();
    void findPatch();
    [[nodiscard]] SplatRaster::Target target(std::vector<std::uint32_t>& pixels, bool clear) const;

    const DiskController& m_view;
    Beneath m_beneath;
    DiskColours m_colours = DiskColours::light();
    SplatSet m_splats;
    SplatRaster m_raster;
    SplatRaster m_top{1}; ///< for the hovered point, while the other is in the middle of its work
    Frame m_frame;
    std::vector<std::uint32_t> m_front, m_back;
    Patch m_under; ///< of the front: what the hovered point hides
    bool m_looksStale = true, m_placesStale = true, m_hoverStale = false, m_beneathStale = false;
    bool m_unfinished = false; ///< the front leaves marks out or shows former looks
    bool m_moved = false;      ///< since the last full picture
    bool m_settling = false;   ///< the raster is at work on the back
};

} // namespace hmgrl
