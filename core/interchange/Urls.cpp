#include "interchange/Urls.h"

#include <cctype>

namespace hmgrl {
namespace {

bool isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool isDigit(char c) {
    return c >= '0' && c <= '9';
}

/// The scheme in lower case without its colon, or empty.
std::string schemeOf(std::string_view reference) {
    std::string scheme;
    for (const char c : reference) {
        if (c == ':')
            return scheme.size() > 1 ? scheme : std::string();
        const bool fits =
            isLetter(c) || (!scheme.empty() && (isDigit(c) || c == '+' || c == '-' || c == '.'));
        if (!fits || scheme.size() > 32)
            return {};
        scheme.push_back(static_cast<char>(std::tolower(static_cast<unsigned char>(c))));
    }
    return {};
}

int hexValue(char c) {
    if (isDigit(c))
        return c - '0';
    const int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

} // namespace

bool hasScheme(std::string_view reference) {
    return !schemeOf(reference).empty();
}

bool isWebAddress(std::string_view reference) {
    const std::string scheme = schemeOf(reference);
    return (scheme == "http" || scheme == "https") && reference.substr(scheme.size(), 3) == "://";
}

std::string localPathOf(std::string_view reference) {
    reference = reference.substr(0, reference.find_first_of("?#"));
    std::string out;
    for (std::size_t i = 0; i < reference.size(); ++i) {
        const bool escaped = reference[i] == '%' && i + 2 < reference.size() &&
                             hexValue(reference[i + 1]) >= 0 && hexValue(reference[i + 2]) >= 0;
        if (!escaped) {
            out.push_back(reference[i]);
            continue;
        }
        out.push_back(
            static_cast<char>(hexValue(reference[i + 1]) * 16 + hexValue(reference[i + 2])));
        i += 2;
    }
    return out;
}

std::string trimmedReference(std::string_view reference) {
    std::string out;
    for (const char c : reference)
        if (c != '\t' && c != '\n' && c != '\r')
            out.push_back(c);
    const auto first = out.find_first_not_of(" \f");
    if (first == std::string::npos)
        return {};
    return out.substr(first, out.find_last_not_of(" \f") - first + 1);
}

} // namespace hmgrl
