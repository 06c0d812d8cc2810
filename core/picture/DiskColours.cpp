#include "picture/DiskColours.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {

DiskColours DiskColours::light() {
    DiskColours c{};
    c.background = 0xFFF3F5F8;
    c.centre = 0xFFFFFFFF;
    c.rim = 0xFFF6F8FB;
    c.boundary = 0xFFB9C2D0;
    c.shadow = 0x1E3B4A66;
    c.grid = 0x59A9B5C8;
    c.edge = 0x99808DA3;
    c.inactive = 0x66C3CAD5;
    c.outline = 0xFFFFFFFF;
    c.text = 0xFF1B2330;
    c.mutedText = 0xFF6A7587;
    c.halo = 0xE6FFFFFF;
    c.panel = 0xF5FFFFFF;
    c.panelBorder = 0xFFDCE1E9;
    c.accent = 0xFF2F6FED;
    return c;
}

DiskColours DiskColours::darkTheme() {
    DiskColours c{};
    c.background = 0xFF121419;
    c.centre = 0xFF20242D;
    c.rim = 0xFF181B22;
    c.boundary = 0xFF4A5365;
    c.shadow = 0x38000000;
    c.grid = 0x50586377;
    c.edge = 0x997C889E;
    c.inactive = 0x80404754;
    c.outline = 0xFFF4F6FA;
    c.text = 0xFFEDF0F5;
    c.mutedText = 0xFF929CAD;
    c.halo = 0xD9171A20;
    c.panel = 0xF51E222A;
    c.panelBorder = 0xFF343B48;
    c.accent = 0xFF6EA2FF;
    c.dark = true;
    return c;
}

namespace {
double channel(Argb colour, int shift) {
    return (colour >> shift) & 0xFFu;
}
Argb byte(double value) {
    return static_cast<Argb>(std::lround(std::clamp(value, 0.0, 255.0)));
}
} // namespace

Argb withAlpha(Argb colour, double alpha) {
    return (colour & 0x00FFFFFFu) | byte(alpha * 255) << 24;
}

Argb faded(Argb colour, double factor) {
    return withAlpha(colour, channel(colour, 24) / 255 * factor);
}

Argb mixed(Argb from, Argb to, double t) {
    Argb result = 0;
    for (const int shift : {0, 8, 16, 24})
        result |= byte(channel(from, shift) + t * (channel(to, shift) - channel(from, shift)))
                  << shift;
    return result;
}

bool alike(Argb a, Argb b) {
    constexpr double leastStep = 10; // of 255
    for (const int shift : {0, 8, 16, 24})
        if (std::abs(channel(a, shift) - channel(b, shift)) > leastStep)
            return false;
    return true;
}

} // namespace hmgrl
