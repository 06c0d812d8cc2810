#include "interchange/HtmlImage.h"

#include "interchange/Urls.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace hmgrl {
namespace {

constexpr std::size_t tinyDataAddress = 600;

std::string compactLower(std::string_view text) {
    std::string out;
    for (const char c : text)
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r')
            out.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c);
    return out;
}

/// A declared length in pixels, -1 when none is.
double pixels(std::string_view text) {
    const auto from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos)
        return -1;
    double value = -1;
    const auto result = std::from_chars(text.data() + from, text.data() + text.size(), value);
    if (result.ec != std::errc())
        return -1;
    const std::string_view unit(result.ptr,
                                static_cast<std::size_t>(text.data() + text.size() - result.ptr));
    return unit.empty() || unit.starts_with("px") || unit.starts_with(' ') ? value : -1;
}

/// The length that a style without blanks gives `property`, -1 when none.
double styleLength(std::string_view style, std::string_view property) {
    for (auto at = style.find(property); at != std::string_view::npos;
         at = style.find(property, at + 1)) {
        if (at > 0 && style[at - 1] != ';')
            continue;
        const auto value = style.substr(at + property.size());
        return pixels(value.substr(0, value.find(';')));
    }
    return -1;
}

std::string fileNameOf(const std::string& reference) {
    const std::string path = localPathOf(reference);
    return compactLower(path.substr(path.rfind('/') + 1));
}

bool isPlaceholder(const std::string& reference) {
    if (reference.empty())
        return true;
    if (compactLower(reference.substr(0, 5)) == "data:")
        return true;
    const std::string name = fileNameOf(reference);
    static constexpr std::array<std::string_view, 7> hints = {
        "placeholder", "spacer", "blank", "loading", "lazy", "1x1", "transparent"};
    return std::any_of(hints.begin(), hints.end(),
                       [&](std::string_view hint) { return name.find(hint) != std::string::npos; });
}

} // namespace

std::string attribute(const GumboElement& element, const char* name) {
    const GumboAttribute* found = gumbo_get_attribute(&element.attributes, name);
    return found && found->value ? std::string(found->value) : std::string();
}

bool isHidden(const GumboElement& element) {
    if (gumbo_get_attribute(&element.attributes, "hidden") != nullptr)
        return true;
    const std::string style = compactLower(attribute(element, "style"));
    return style.find("display:none") != std::string::npos ||
           style.find("visibility:hidden") != std::string::npos;
}

bool isPixel(const GumboElement& image, const std::string& reference) {
    const std::string style = compactLower(attribute(image, "style"));
    for (const double length :
         {pixels(attribute(image, "width")), pixels(attribute(image, "height")),
          styleLength(style, "width:"), styleLength(style, "height:")})
        if (length >= 0 && length <= 2)
            return true;
    if (compactLower(reference.substr(0, 5)) == "data:")
        return reference.size() < tinyDataAddress;
    static constexpr std::array<std::string_view, 12> names = {
        "spacer.gif", "spacer.png", "pixel.gif", "pixel.png",       "1x1.gif",         "1x1.png",
        "blank.gif",  "blank.png",  "clear.gif", "transparent.gif", "transparent.png", "trans.gif"};
    const std::string name = fileNameOf(reference);
    return std::find(names.begin(), names.end(), name) != names.end();
}

std::string largestOf(std::string_view srcset) {
    static constexpr std::string_view blanks = " \t\r\n\f";
    std::string best;
    double bestSize = -1;
    std::size_t at = 0;
    while ((at = srcset.find_first_not_of(" \t\r\n\f,", at)) != std::string_view::npos) {
        const std::size_t end = std::min(srcset.find_first_of(blanks, at), srcset.size());
        std::string_view url = srcset.substr(at, end - at);
        at = end;
        double size = 1;
        if (url.ends_with(',')) {
            url.remove_suffix(url.size() - url.find_last_not_of(',') - 1);
        } else if (end < srcset.size()) {
            const std::size_t stop = std::min(srcset.find(',', end), srcset.size());
            const auto from = std::min(srcset.find_first_not_of(blanks, end), stop);
            std::from_chars(srcset.data() + from, srcset.data() + stop, size);
            at = stop;
        }
        if (size > bestSize) {
            best = std::string(url);
            bestSize = size;
        }
    }
    return best;
}

std::string imageReference(const GumboElement& image, const std::string& fallback) {
    const std::string source = trimmedReference(attribute(image, "src"));
    if (!isPlaceholder(source))
        return source;
    for (const char* lazy : {"data-src", "data-original", "data-lazy-src", "data-lazy"})
        if (const auto reference = trimmedReference(attribute(image, lazy)); !reference.empty())
            return reference;
    for (const char* set : {"srcset", "data-srcset", "data-lazy-srcset"})
        if (const auto reference = trimmedReference(largestOf(attribute(image, set)));
            !reference.empty())
            return reference;
    if (const auto reference = trimmedReference(largestOf(fallback)); !reference.empty())
        return reference;
    return source;
}

} // namespace hmgrl
