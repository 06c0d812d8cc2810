#include "interchange/Charset.h"

#include "support/Text.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <iconv.h>
#include <memory>
#include <optional>
#include <uchardet/uchardet.h>
#include <vector>

namespace hmgrl {
namespace {

std::string lowered(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    return out;
}

/// The converter's name for a label, or empty. Only charsets that pages are written in: converters
/// have a history of faults in their rarer members, and pages are hostile.
std::string knownCharset(const std::string& label) {
    struct Alias {
        std::string_view label;
        const char* charset;
    };
    static constexpr std::array<Alias, 23> aliases = {{
        {"utf8", "UTF-8"},
        {"utf-8", "UTF-8"},
        {"ascii", "WINDOWS-1252"},
        {"us-ascii", "WINDOWS-1252"},
        {"latin1", "WINDOWS-1252"},
        {"iso-8859-1", "WINDOWS-1252"},
        {"iso-8859-9", "WINDOWS-1254"},
        {"gb2312", "GB18030"},
        {"gbk", "GB18030"},
        {"gb18030", "GB18030"},
        {"big5", "BIG5-HKSCS"},
        {"big5-hkscs", "BIG5-HKSCS"},
        {"shift_jis", "CP932"},
        {"shift-jis", "CP932"},
        {"sjis", "CP932"},
        {"euc-jp", "EUC-JP"},
        {"iso-2022-jp", "ISO-2022-JP"},
        {"euc-kr", "CP949"},
        {"koi8-r", "KOI8-R"},
        {"koi8-u", "KOI8-U"},
        {"macintosh", "MACINTOSH"},
        {"utf-16le", "UTF-16LE"},
        {"utf-16be", "UTF-16BE"},
    }};
    for (const Alias& alias : aliases)
        if (label == alias.label)
            return alias.charset;
    const bool numbered = label.starts_with("windows-125") || label.starts_with("iso-8859-");
    const auto digits = label.substr(std::min(label.size(), label.rfind('-') + 1));
    const bool plain =
        !digits.empty() && digits.size() <= 4 &&
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    return numbered && plain ? label : std::string();
}

/// Converts; `replace` false gives up at the first sequence that means nothing.
std::optional<DecodedText> convert(std::string_view bytes, const std::string& charset,
                                   bool replace) {
    const iconv_t converter = iconv_open("UTF-8", charset.c_str());
    if (converter == reinterpret_cast<iconv_t>(-1))
        return std::nullopt;
    const std::unique_ptr<void, int (*)(void*)> owner(converter, &iconv_close);
    DecodedText out{{}, charset, 0};
    char* from = const_cast<char*>(bytes.data()); // iconv's signature; it only reads
    std::size_t left = bytes.size();
    std::vector<char> buffer(1 << 16);
    while (left > 0) {
        char* to = buffer.data();
        std::size_t room = buffer.size();
        const auto result = iconv(converter, &from, &left, &to, &room);
        const int fault = errno;
        out.text.append(buffer.data(), buffer.size() - room);
        if (result != static_cast<std::size_t>(-1) || fault == E2BIG)
            continue;
        if (!replace)
            return std::nullopt;
        out.text += "\xEF\xBF\xBD";
        ++out.replaced;
        ++from;
        --left;
    }
    if (firstInvalidUtf8(out.text))
        return std::nullopt;
    return out;
}

/// Label after `key` within `text`, which is lower case: charset="utf-8", charset=utf-8;
std::string labelAfter(std::string_view text, std::string_view key) {
    auto at = text.find(key);
    if (at == std::string_view::npos)
        return {};
    at = text.find_first_not_of(" \t\r\n", at + key.size());
    if (at == std::string_view::npos || text[at] != '=')
        return {};
    at = text.find_first_not_of(" \t\r\n\"'", at + 1);
    if (at == std::string_view::npos)
        return {};
    const auto end = text.find_first_of(" \t\r\n\"';/>?", at);
    return std::string(text.substr(at, std::min<std::size_t>(end, at + 40) - at));
}

std::string declaredIn(std::string_view bytes) {
    const std::string head = lowered(bytes.substr(0, 4096));
    const std::string label = labelAfter(head, "charset");
    if (label.empty() && head.starts_with("<?xml"))
        return labelAfter(head, "encoding");
    return label.starts_with("utf-16") ? "utf-8"
                                       : label; // the declaration itself was read as ASCII
}

std::string guessed(std::string_view bytes) {
    const std::unique_ptr<std::remove_pointer_t<uchardet_t>, decltype(&uchardet_delete)> detector(
        uchardet_new(), &uchardet_delete);
    if (!detector || uchardet_handle_data(detector.get(), bytes.data(),
                                          std::min<std::size_t>(bytes.size(), 1 << 18)) != 0)
        return {};
    uchardet_data_end(detector.get());
    return lowered(uchardet_get_charset(detector.get()));
}

} // namespace

DecodedText decodePage(std::string_view bytes, const std::string& contentType) {
    std::vector<std::string> labels;
    if (bytes.starts_with("\xEF\xBB\xBF")) {
        bytes.remove_prefix(3);
        labels = {"utf-8"};
    } else if (bytes.starts_with("\xFF\xFE") || bytes.starts_with("\xFE\xFF")) {
        labels = {bytes[0] == '\xFF' ? "utf-16le" : "utf-16be"};
        bytes.remove_prefix(2);
    }
    labels.push_back(labelAfter(lowered(contentType), "charset"));
    labels.push_back(declaredIn(bytes));
    std::string first;
    for (const bool guess : {false, true}) {
        if (guess)
            labels = {"utf-8", guessed(bytes)};
        for (const std::string& label : labels) {
            const std::string charset = knownCharset(label);
            if (charset.empty())
                continue;
            if (first.empty() && !guess)
                first = charset;
            if (auto text = convert(bytes, charset, false))
                return *text;
        }
    }
    if (auto text = convert(bytes, first.empty() ? "WINDOWS-1252" : first, true))
        return *text;
    return {convert(bytes, "UTF-8", true).value_or(DecodedText{}).text, "UTF-8", 1};
}

} // namespace hmgrl
