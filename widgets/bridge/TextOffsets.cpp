#include "bridge/TextOffsets.h"

#include "support/Text.h"

#include <QList>
#include <algorithm>

namespace hmgrl {

QString toQString(const std::string& utf8) {
    return QString::fromStdString(utf8);
}

std::string fromQString(const QString& text) {
    // QString::toUtf8 would turn a lone surrogate into '?'; toUcs4 gives U+FFFD for it.
    const auto points = text.toUcs4();
    return encodeUtf8(std::u32string(points.begin(), points.end()));
}

TextOffsets::TextOffsets(const std::string& utf8) {
    const std::u32string points = decodeUtf8(utf8);
    m_text = QString::fromUcs4(points.data(), static_cast<qsizetype>(points.size()));
    m_units.clear();
    m_units.reserve(points.size() + 1);
    int unit = 0;
    for (const char32_t point : points) {
        m_units.push_back(unit);
        unit += point > 0xFFFF ? 2 : 1;
    }
    m_units.push_back(unit);
}

int TextOffsets::toUtf16(int codePoint) const {
    return m_units[static_cast<std::size_t>(std::clamp(codePoint, 0, codePoints()))];
}

int TextOffsets::toCodePoint(int utf16) const {
    const auto after = std::upper_bound(m_units.begin(), m_units.end(), std::max(utf16, 0));
    return static_cast<int>(after - m_units.begin()) - 1;
}

std::pair<int, int> TextOffsets::toUtf16(Span span) const {
    return {toUtf16(span.begin), toUtf16(span.end)};
}

Span TextOffsets::toSpan(int utf16Begin, int utf16End) const {
    const int last = toCodePoint(utf16End);
    return {toCodePoint(utf16Begin),
            toUtf16(last) < utf16End ? std::min(last + 1, codePoints()) : last};
}

} // namespace hmgrl
