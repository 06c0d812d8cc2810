#include "picture/DiskPictureCanvas.h"

#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace hmgrl::picture {

namespace {

constexpr const char* families = "Inter, 'Segoe UI', 'Helvetica Neue', 'Noto Sans', 'DejaVu Sans', "
                                 "Arial, sans-serif";

/// Two decimals at most. std::to_chars knows no locale: a decimal comma would break the document.
std::string number(double value) {
    std::array<char, 48> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(),
                                   std::isfinite(value) ? value : 0.0, std::chars_format::fixed, 2);
    std::string text(buffer.data(), end.ptr);
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.')
        text.pop_back();
    return text == "-0" ? "0" : text;
}

std::string escaped(const std::string& text) {
    std::string out;
    for (char c : text)
        switch (c) {
        case '&':
            out += "&amp;";
            break;
        case '<':
            out += "&lt;";
            break;
        case '>':
            out += "&gt;";
            break;
        case '"':
            out += "&quot;";
            break;
        case '\'':
            out += "&apos;";
            break;
        default:
            out += c;
        }
    return out;
}

std::string colour(std::uint32_t rgb) {
    constexpr const char* digits = "0123456789abcdef";
    std::string text = "#";
    for (int shift = 20; shift >= 0; shift -= 4)
        text += digits[(rgb >> shift) & 0xF];
    return text;
}

std::string attribute(const char* name, const std::string& value) {
    return std::string(" ") + name + "=\"" + value + "\"";
}

std::string inkAttributes(const char* name, Ink ink) {
    if (ink.alpha <= 0)
        return attribute(name, "none");
    std::string text = attribute(name, colour(ink.rgb));
    if (ink.alpha < 1)
        text += attribute((std::string(name) + "-opacity").c_str(), number(ink.alpha));
    return text;
}

class SvgCanvas : public Canvas {
public:
    SvgCanvas(int width, int height, const std::string& title)
        : m_size(attribute("width", std::to_string(width)) +
                 attribute("height", std::to_string(height))) {
        m_out =
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\"" +
            m_size +
            attribute("viewBox", "0 0 " + std::to_string(width) + " " + std::to_string(height)) +
            attribute("font-family", families) + attribute("role", "img") + ">\n<title>" +
            escaped(title) + "</title>\n";
    }

    void beginGroup(const char* name) override {
        m_out += "<g class=\"" + std::string(name) + "\">\n";
        m_elements.push_back(1);
    }
    void endGroup() override {
        for (; m_elements.back() > 0; --m_elements.back())
            m_out += "</g>\n";
        m_elements.pop_back();
    }
    void clipTo(const Frame& frame) override {
        const std::string id = "clip" + std::to_string(++m_ids);
        m_out += "<defs><clipPath" + attribute("id", id) + "><rect" +
                 attribute("x", number(frame.x)) + attribute("y", number(frame.y)) +
                 attribute("width", number(frame.width)) +
                 attribute("height", number(frame.height)) + "/></clipPath></defs>\n<g" +
                 attribute("clip-path", "url(#" + id + ")") + ">\n";
        ++m_elements.back();
    }
    void background(std::uint32_t rgb) override {
        m_out += "<rect" + m_size + attribute("fill", colour(rgb)) + "/>\n";
    }
    void shadedDisk(Place centre, double radius, std::uint32_t inner,
                    std::uint32_t outer) override {
        const std::string id = "shade" + std::to_string(++m_ids);
        m_out += "<defs><radialGradient" + attribute("id", id) +
                 attribute("gradientUnits", "userSpaceOnUse") + attribute("cx", number(centre.x)) +
                 attribute("cy", number(centre.y)) + attribute("r", number(radius)) +
                 "><stop offset=\"0\"" + attribute("stop-color", colour(inner)) +
                 "/><stop offset=\"1\"" + attribute("stop-color", colour(outer)) +
                 "/></radialGradient></defs>\n<ellipse" + attribute("cx", number(centre.x)) +
                 attribute("cy", number(centre.y)) + attribute("rx", number(radius)) +
                 attribute("ry", number(radius)) + attribute("fill", "url(#" + id + ")") + "/>\n";
    }
    void circle(const Circle& circle, const char* name) override {
        m_out += "<circle";
        if (*name != '\0')
            m_out += attribute("class", name);
        m_out += attribute("cx", number(circle.centre.x)) +
                 attribute("cy", number(circle.centre.y)) + attribute("r", number(circle.radius)) +
                 inkAttributes("fill", circle.fill);
        if (circle.stroke.alpha > 0)
            m_out += inkAttributes("stroke", circle.stroke) +
                     attribute("stroke-width", number(circle.strokeWidth));
        m_out += "/>\n";
    }
    void line(std::span<const Place> points, Ink stroke, double width) override {
        std::string path;
        for (const Place& p : points)
            path.append(path.empty() ? "M" : " ")
                .append(number(p.x))
                .append(" ")
                .append(number(p.y));
        m_out += "<path" + attribute("d", path) + attribute("fill", "none") +
                 inkAttributes("stroke", stroke) + attribute("stroke-width", number(width)) +
                 attribute("stroke-linecap", "round") + attribute("stroke-linejoin", "round") +
                 "/>\n";
    }
    void text(Place baseline, const std::string& utf8, const TextStyle& style) override {
        // The halo is an element of its own: not every reader knows the attribute paint-order.
        if (style.halo.alpha > 0)
            textElement(baseline, utf8, style,
                        inkAttributes("fill", style.halo) + inkAttributes("stroke", style.halo) +
                            attribute("stroke-width", number(2 * style.haloWidth)) +
                            attribute("stroke-linejoin", "round") +
                            attribute("aria-hidden", "true"));
        textElement(baseline, utf8, style, inkAttributes("fill", style.ink));
    }
    std::string finish() override { return m_out + "</svg>\n"; }

private:
    void textElement(Place baseline, const std::string& utf8, const TextStyle& style,
                     const std::string& ink) {
        m_out += "<text" + attribute("x", number(baseline.x)) + attribute("y", number(baseline.y)) +
                 attribute("font-size", number(style.size));
        if (style.bold)
            m_out += attribute("font-weight", "600");
        if (style.anchor != Anchor::Begin)
            m_out += attribute("text-anchor", style.anchor == Anchor::End ? "end" : "middle");
        m_out.append(ink).append(">").append(escaped(utf8)).append("</text>\n");
    }

    std::string m_size;
    std::string m_out;
    int m_ids = 0;
    std::vector<int> m_elements; ///< open <g> of each open group: one more when it clips
};

} // namespace

std::unique_ptr<Canvas> svgCanvas(int width, int height, const std::string& title) {
    return std::make_unique<SvgCanvas>(width, height, title);
}

} // namespace hmgrl::picture
