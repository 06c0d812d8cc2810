#include "picture/OverlayText.h"

#include "geometry/GeodesicArc.h"
#include "picture/RingLayer.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <numbers>
#include <optional>

namespace hmgrl {

namespace {
constexpr double leastGap = 17; ///< pixels between rings that have numbers
constexpr double border = 12;   ///< pixels that stay free at the picture's edges

class Texts {
public:
    Texts(const DiskController& view, double width, double height)
        : m_view(view)
        , m_width(width)
        , m_height(height) {}

    void addRings() {
        for (int distance = 1; ringGap(distance, m_view.pixelsPerUnit()) >= leastGap; ++distance)
            if (const auto angle = angleOf(std::tanh(distance / 2.0)))
                add(std::to_string(distance), std::polar(std::tanh(distance / 2.0), *angle),
                    OverlayText::Style::Ring);
    }

    void addRuler(const DiskRuler& ruler) {
        char text[32];
        std::snprintf(text, sizeof text, "%.2f", disk::distance(ruler.from, ruler.to));
        const disk::GeodesicArc line(disk::toCartesian(m_view.focus().apply(ruler.from)),
                                     disk::toCartesian(m_view.focus().apply(ruler.to)));
        add(text, line.at(0.5), OverlayText::Style::Ruler);
    }

    std::vector<OverlayText> take() { return std::move(m_texts); }

private:
    [[nodiscard]] bool isInside(disk::Complex z) const {
        const auto [x, y] = m_view.toScreen(z);
        return x > border && y > border && x < m_width - border && y < m_height - border;
    }

    /// Where on a ring its number stands: up and to the right where that can be seen, as all
    /// numbers in a row read best; else towards what is seen.
    [[nodiscard]] std::optional<double> angleOf(double radius) const {
        constexpr double pi = std::numbers::pi;
        constexpr double usual = 0.3 * pi;
        const double pan = std::arg(m_view.pan());
        for (const double angle :
             {usual, pan, pi - usual, -usual, usual - pi, pan + 0.2, pan - 0.2})
            if (isInside(std::polar(radius, angle)))
                return angle;
        return std::nullopt;
    }

    void add(std::string text, disk::Complex z, OverlayText::Style style) {
        if (!isInside(z))
            return;
        const auto [x, y] = m_view.toScreen(z);
        m_texts.push_back({std::move(text), x, y, style});
    }

    const DiskController& m_view;
    double m_width, m_height;
    std::vector<OverlayText> m_texts;
};
} // namespace

std::vector<OverlayText> overlayTexts(const DiskController& view, double width, double height) {
    Texts texts(view, width, height);
    if (view.overlay().rings)
        texts.addRings();
    if (view.overlay().ruler)
        texts.addRuler(*view.overlay().ruler);
    return texts.take();
}

} // namespace hmgrl
