#include "document/Contrast.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

double luminance(const QColor& colour) {
    const auto linear = [](double v) {
        return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
           0.0722 * linear(colour.blueF());
}

} // namespace

double contrast(const QColor& a, const QColor& b) {
    const double la = luminance(a), lb = luminance(b);
    return (std::max(la, lb) + 0.05) / (std::min(la, lb) + 0.05);
}

QColor readableOn(const QColor& colour, const QColor& background, double ratio) {
    const bool isDark = luminance(background) < 0.18;
    float h = 0, s = 0, l = 0;
    colour.getHslF(&h, &s, &l);
    QColor out = colour;
    for (int step = 0; step < 50 && contrast(out, background) < ratio; ++step) {
        l = std::clamp(l + (isDark ? 0.02F : -0.02F), 0.0F, 1.0F);
        out = QColor::fromHslF(std::max(h, 0.0F), s, l, colour.alphaF());
    }
    return out;
}

} // namespace hmgrl
