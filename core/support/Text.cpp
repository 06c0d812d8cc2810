#include "support/Text.h"

#include "support/Error.h"

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <utf8proc.h>

namespace hmgrl {
namespace {

/// Calls visit(codePoint, byteOffset) for each code point; returns the offset of the first fault.
template <typename Visit>
std::optional<std::size_t> forEachCodePoint(std::string_view bytes, Visit&& visit) {
    std::size_t at = 0;
    while (at < bytes.size()) {
        utf8proc_int32_t codePoint = 0;
        const auto used =
            utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(bytes.data()) + at,
                             static_cast<utf8proc_ssize_t>(bytes.size() - at), &codePoint);
        if (used <= 0)
            return at;
        visit(static_cast<char32_t>(codePoint), at);
        at += static_cast<std::size_t>(used);
    }
    return std::nullopt;
}

bool isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

} // namespace

std::optional<std::size_t> firstInvalidUtf8(std::string_view bytes) {
    return forEachCodePoint(bytes, [](char32_t, std::size_t) {});
}

std::u32string decodeUtf8(std::string_view bytes) {
    std::u32string out;
    out.reserve(bytes.size());
    const auto fault = forEachCodePoint(bytes, [&](char32_t c, std::size_t) { out.push_back(c); });
    if (fault)
        throw Error("invalid UTF-8 at byte " + std::to_string(*fault));
    return out;
}

std::string encodeUtf8(std::u32string_view codePoints) {
    std::string out;
    out.reserve(codePoints.size());
    for (const char32_t c : codePoints) {
        utf8proc_uint8_t buffer[4];
        const auto n = utf8proc_encode_char(static_cast<utf8proc_int32_t>(c), buffer);
        out.append(reinterpret_cast<const char*>(buffer), static_cast<std::size_t>(n));
    }
    return out;
}

int codePointCount(std::string_view bytes) {
    return static_cast<int>(
        std::count_if(bytes.begin(), bytes.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::vector<std::size_t> codePointOffsets(std::string_view bytes) {
    std::vector<std::size_t> out;
    out.reserve(bytes.size() + 1);
    for (std::size_t i = 0; i < bytes.size(); ++i)
        if ((bytes[i] & 0xC0) != 0x80)
            out.push_back(i);
    out.push_back(bytes.size());
    return out;
}

std::string substring(std::string_view bytes, int begin, int end) {
    const auto offsets = codePointOffsets(bytes);
    const int last = static_cast<int>(offsets.size()) - 1;
    begin = std::clamp(begin, 0, last);
    end = std::clamp(end, begin, last);
    const auto from = offsets[static_cast<std::size_t>(begin)];
    return std::string(bytes.substr(from, offsets[static_cast<std::size_t>(end)] - from));
}

std::string collapseSpace(std::string_view bytes) {
    std::string out;
    for (const char c : bytes) {
        if (!isSpace(c))
            out.push_back(c);
        else if (!out.empty() && out.back() != ' ')
            out.push_back(' ');
    }
    if (!out.empty() && out.back() == ' ')
        out.pop_back();
    return out;
}

std::string lowerCase(std::string_view bytes) {
    std::u32string points = decodeUtf8(bytes);
    for (char32_t& c : points)
        c = static_cast<char32_t>(utf8proc_tolower(static_cast<utf8proc_int32_t>(c)));
    const std::string lowered = encodeUtf8(points);
    utf8proc_uint8_t* mapped = nullptr;
    const auto n = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(lowered.data()),
                                static_cast<utf8proc_ssize_t>(lowered.size()), &mapped,
                                static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
    return n < 0 ? lowered
                 : std::string(reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(n));
}

std::string escapeMarkup(std::string_view text) {
    std::string out;
    for (const char c : text)
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
            out += "&#39;"; // HTML 4 knows no &apos;
            break;
        default:
            out += c;
        }
    return out;
}

} // namespace hmgrl
