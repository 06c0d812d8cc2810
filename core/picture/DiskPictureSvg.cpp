#include "picture/DiskPictureCanvas.h"

#include "support/Text.h"

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace hmgrl::picture {

namespace {

/// std::to_chars knows no locale: a decimal comma would break the document.
std::string number(double value, int decimals = 2) {
    std::array<char, 48> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                      std::isfinite(value) ? value : 0.0, std::chars_format::fixed, decimals);
    std::string text(buffer.data(), end.ptr);
    while (text.find('.') != std::string::npos && text.back() == '0')
        text.pop_back();
    if (text.back() == '.')
        text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string colour(Argb rgb) {
    constexpr const char* digits = "0123456789abcdef";
    std::string text = "#";
    for (int shift = 20; shift >= 0; shift -= 4)
        text += digits[(rgb >> shift) & 0xF];
    return text;
}

double opacity(Argb colour) {
    return (colour >> 24) / 255.0;
}

std::string attribute(const char* name, const std::string& value) {
    return std::string(" ") + name + "=\"" + value + "\"";
}

std::string ink(const char* name, Argb value) {
    if (value >> 24 == 0)
        return attribute(name, "none");
    std::string text = attribute(name, colour(value));
    if (value >> 24 < 255)
        text += attribute((std::string(name) + "-opacity").c_str(), number(opacity(value)));
    return text;
}

std::string paint(const Paint& with) {
    std::string text = ink("fill", with.fill);
    if (with.stroke >> 24 != 0)
        text += ink("stroke", with.stroke) + attribute("stroke-width", number(with.strokeWidth));
    return text;
}

std::string classOf(const char* name) {
    return *name == '\0' ? "" : attribute("class", name);
}

std::string place(const Frame& frame) {
    return attribute("x", number(frame.x)) + attribute("y", number(frame.y)) +
           attribute("width", number(frame.width)) + attribute("height", number(frame.height));
}

/// "M1 2 3 4": what follows the first pair is lines.
std::string pathOf(std::span<const Place> points) {
    std::string path;
    for (const Place& p : points)
        path.append(path.empty() ? "M" : " ").append(number(p.x)).append(" ").append(number(p.y));
    return path;
}

std::string circlePath(Place centre, double radius) {
    const std::string r = number(radius);
    const std::string y = number(centre.y);
    std::string path;
    path.append("M").append(number(centre.x - radius)).append(" ").append(y);
    for (const double to : {centre.x + radius, centre.x - radius})
        path.append("A")
            .append(r)
            .append(" ")
            .append(r)
            .append(" 0 1 0 ")
            .append(number(to))
            .append(" ")
            .append(y);
    return path + "Z";
}

const char* weightOf(Weight weight) {
    return weight == Weight::Bold ? "600" : weight == Weight::Medium ? "500" : "400";
}

class SvgCanvas : public Canvas {
public:
    explicit SvgCanvas(const Sheet& sheet) {
        m_out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                "<svg xmlns=\"http://www.w3.org/2000/svg\"" +
                attribute("width", number(sheet.width * sheet.scale)) +
                attribute("height", number(sheet.height * sheet.scale)) +
                attribute("viewBox", "0 0 " + number(sheet.width) + " " + number(sheet.height)) +
                attribute("font-family", Font::families) + attribute("stroke-linejoin", "round") +
                attribute("role", "img") + ">\n<title>" + escapeMarkup(sheet.title) + "</title>\n";
    }

    void beginGroup(const char* name) override {
        m_out += "<g" + classOf(name) + ">\n";
        m_elements.push_back(1);
    }
    void endGroup() override {
        for (; m_elements.back() > 0; --m_elements.back())
            m_out += "</g>\n";
        m_elements.pop_back();
    }
    void clipTo(const Frame& frame) override {
        const std::string id = "clip" + std::to_string(++m_ids);
        m_out += "<defs><clipPath" + attribute("id", id) + "><rect" + place(frame) +
                 "/></clipPath></defs>\n<g" + attribute("clip-path", "url(#" + id + ")") + ">\n";
        ++m_elements.back();
    }
    void box(const Frame& frame, double rounding, const Paint& with) override {
        m_out += "<rect" + place(frame) + (rounding > 0 ? attribute("rx", number(rounding)) : "") +
                 paint(with) + "/>\n";
    }
    void rings(Place centre, std::span<const Stop> stops) override {
        const std::string id = "shade" + std::to_string(++m_ids);
        const double inner = stops.front().radius;
        const double outer = stops.back().radius;
        m_out += "<defs><radialGradient" + attribute("id", id) +
                 attribute("gradientUnits", "userSpaceOnUse") + attribute("cx", number(centre.x)) +
                 attribute("cy", number(centre.y)) + attribute("r", number(outer)) + ">";
        for (const Stop& stop : stops) {
            m_out += "<stop" + attribute("offset", number(stop.radius / outer, 6)) +
                     attribute("stop-color", colour(stop.colour));
            if (stop.colour >> 24 < 255)
                m_out += attribute("stop-opacity", number(opacity(stop.colour), 3));
            m_out += "/>";
        }
        m_out += "</radialGradient></defs>\n<path" +
                 attribute("d", circlePath(centre, outer) +
                                    (inner > 0 ? circlePath(centre, inner) : "")) +
                 attribute("fill-rule", "evenodd") + attribute("fill", "url(#" + id + ")") + "/>\n";
    }
    void circle(Place centre, double radius, const Paint& with, const char* name) override {
        m_out += "<circle" + classOf(name) + attribute("cx", number(centre.x)) +
                 attribute("cy", number(centre.y)) + attribute("r", number(radius)) + paint(with) +
                 "/>\n";
    }
    void polygon(std::span<const Place> corners, const Paint& with, const char* name) override {
        m_out +=
            "<path" + classOf(name) + attribute("d", pathOf(corners) + "Z") + paint(with) + "/>\n";
    }
    void line(std::span<const Place> points, Argb value, double width) override {
        m_out += "<path" + attribute("d", pathOf(points)) + paint({0, value, width}) + "/>\n";
    }
    void text(Place baseline, const std::string& utf8, const TextStyle& style) override {
        // The halo is an element of its own: not every reader knows the attribute paint-order.
        if (style.halo >> 24 != 0)
            textElement(baseline, utf8, style,
                        ink("stroke", style.halo) + ink("fill", style.halo) +
                            attribute("stroke-width", number(2 * style.haloWidth)) +
                            attribute("aria-hidden", "true"));
        textElement(baseline, utf8, style, ink("fill", style.ink));
    }
    std::string finish() override { return m_out + "</svg>\n"; }

private:
    void textElement(Place baseline, const std::string& utf8, const TextStyle& style,
                     const std::string& look) {
        m_out += "<text" + attribute("x", number(baseline.x)) + attribute("y", number(baseline.y)) +
                 attribute("font-size", number(style.size)) +
                 attribute("font-weight", weightOf(style.weight));
        if (style.anchor != Anchor::Begin)
            m_out += attribute("text-anchor", style.anchor == Anchor::End ? "end" : "middle");
        m_out.append(look).append(">").append(escapeMarkup(utf8)).append("</text>\n");
    }

    std::string m_out;
    int m_ids = 0;
    std::vector<int> m_elements; ///< open <g> of each open group: one more when it clips
};

} // namespace

std::unique_ptr<Canvas> svgCanvas(const Sheet& sheet) {
    return std::make_unique<SvgCanvas>(sheet);
}

} // namespace hmgrl::picture
