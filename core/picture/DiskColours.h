#pragma once

#include <cstdint>

namespace hmgrl {

/// A colour as 0xAARRGGBB, not premultiplied.
using Argb = std::uint32_t;

/// Everything the disk is painted with, except the colours of the points themselves.
struct DiskColours {
    Argb background;  ///< outside the disk
    Argb centre, rim; ///< the disk's fill, from the middle to the rim
    Argb boundary;    ///< the circle at infinity
    Argb shadow;      ///< a soft band outside the boundary
    Argb grid;        ///< lines of the hyperbolic grid
    Argb edge;        ///< tree edges
    Argb inactive;    ///< filtered points
    Argb outline;     ///< around prototypes and selected points
    Argb text, mutedText;
    Argb halo;               ///< behind labels
    Argb panel, panelBorder; ///< overlays
    Argb accent;             ///< lasso, focus, emphasised mention
    bool dark = false;

    [[nodiscard]] static DiskColours light();
    [[nodiscard]] static DiskColours darkTheme();
};

/// `colour` (alpha ignored) with alpha from 0 to 1.
[[nodiscard]] Argb withAlpha(Argb colour, double alpha);
/// `colour` with its alpha multiplied by `factor` from 0 to 1.
[[nodiscard]] Argb faded(Argb colour, double factor);
/// (1 - t) from + t to, channel by channel.
[[nodiscard]] Argb mixed(Argb from, Argb to, double t);

/// Whether two colours next to each other in a line look like one.
[[nodiscard]] bool alike(Argb a, Argb b);
/// 0xAARRGGBB as the bytes R, G, B, A on a little-endian machine.
[[nodiscard]] constexpr std::uint32_t toRgbaBytes(Argb c) {
    return (c & 0xFF00FF00u) | (c >> 16 & 0xFFu) | (c & 0xFFu) << 16;
}

} // namespace hmgrl
