#include "experiment/CurvePlot.h"

#include "data/Category.h"
#include "support/Text.h"

#include <algorithm>
#include <cstdio>

namespace hmgrl {
namespace {

constexpr double left = 56, top = 24, size = 420;
constexpr double letterWidth = 6.4; ///< of 12 px sans-serif, on average

std::string format(const char* pattern, double a, double b = 0, double c = 0, double d = 0) {
    char text[256];
    std::snprintf(text, sizeof text, pattern, a, b, c, d);
    return text;
}

double xOf(double unseen) {
    return left + unseen * size;
}
double yOf(double seen) {
    return top + (1 - seen) * size;
}

double legendWidth(const std::vector<Curve>& curves) {
    std::size_t longest = 0;
    for (const Curve& curve : curves)
        longest = std::max(longest, curve.title.size());
    return 70 + letterWidth * static_cast<double>(longest);
}

std::string axes() {
    std::string out;
    for (int i = 0; i <= 5; ++i) {
        const double v = i / 5.0;
        out += format("<path d='M%.1f %.1fV%.1f' class='g'/>", xOf(v), top, top + size);
        out += format("<path d='M%.1f %.1fH%.1f' class='g'/>", left, yOf(v), left + size);
        out += format("<text x='%.1f' y='%.1f' text-anchor='middle'>%.0f</text>", xOf(v),
                      top + size + 18, 100 * v);
        out += format("<text x='%.1f' y='%.1f' text-anchor='end'>%.0f</text>", left - 8, yOf(v) + 4,
                      100 * v);
    }
    out += format("<text x='%.1f' y='%.1f' text-anchor='middle'>unseen accuracy, %%</text>",
                  left + size / 2, top + size + 38);
    out += format("<text transform='translate(%.1f %.1f) rotate(-90)' text-anchor='middle'>"
                  "seen accuracy, %%</text>",
                  left - 38, top + size / 2);
    return out;
}

/// Points of equal harmonic mean h: seen = h u / (2 u - h).
std::string contours() {
    std::string out;
    for (int i = 2; i <= 8; i += 2) {
        const double h = i / 10.0;
        std::string path;
        for (int k = 0; k <= 60; ++k) {
            const double u = h / (2 - h) + (1 - h / (2 - h)) * k / 60;
            path += format(k == 0 ? "M%.1f %.1f" : "L%.1f %.1f", xOf(u), yOf(h * u / (2 * u - h)));
        }
        out += "<path d='" + path + "' class='h'/>";
        out += format("<text x='%.1f' y='%.1f' class='s'>H %.0f</text>", xOf(h) + 3, yOf(h) - 3,
                      100 * h);
    }
    return out;
}

} // namespace

std::string curvePlot(const std::vector<Curve>& curves) {
    std::string out =
        format("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 %.0f %.0f'>",
               left + size + legendWidth(curves), top + size + 56) +
        "<style>text{font:12px sans-serif;fill:#33415c}.s{font-size:10px;fill:#8d99ae}"
        ".g{stroke:#e5e9f0;fill:none}.h{stroke:#cbd5e1;stroke-dasharray:3 3;fill:none}"
        ".c{fill:none;stroke-width:2;stroke-linejoin:round}</style>"
        "<rect width='100%' height='100%' fill='#ffffff'/>" +
        axes() + contours();
    for (std::size_t i = 0; i < curves.size(); ++i) {
        char colour[16];
        std::snprintf(colour, sizeof colour, "#%06x", static_cast<unsigned>(paletteColour(i)));
        std::string path;
        for (const auto& [unseen, seen] : curves[i].points)
            path += format(path.empty() ? "M%.1f %.1f" : "L%.1f %.1f", xOf(unseen), yOf(seen));
        out += "<path class='c' stroke='" + std::string(colour) + "' d='" + path + "'/>";
        const double y = top + 10 + 20 * static_cast<double>(i);
        out += format("<path class='c' d='M%.1f %.1fh18' stroke='", left + size + 24, y) + colour +
               "'/>";
        out += format("<text x='%.1f' y='%.1f'>", left + size + 50, y + 4) +
               escapeMarkup(curves[i].title) + "</text>";
    }
    return out + "</svg>\n";
}

} // namespace hmgrl
