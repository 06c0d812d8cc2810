#pragma once

#include "data/Document.h"

#include <QString>
#include <string>
#include <vector>

namespace hmgrl {

/// The one border between the core's UTF-8 with code-point offsets and Qt's UTF-16: every
/// conversion of a text or of an offset in the widgets goes through here.
[[nodiscard]] QString toQString(const std::string& utf8);
/// Lone surrogates, which UTF-8 can't hold, become U+FFFD.
[[nodiscard]] std::string fromQString(const QString& text);

/// One text and the map between its code points and its UTF-16 units. Out-of-range offsets are
/// clamped.
class TextOffsets {
public:
    TextOffsets() = default;
    /// @throws Error when the text is not valid UTF-8
    explicit TextOffsets(const std::string& utf8);

    [[nodiscard]] const QString& text() const { return m_text; }
    [[nodiscard]] int codePoints() const { return static_cast<int>(m_units.size()) - 1; }

    [[nodiscard]] int toUtf16(int codePoint) const;
    /// Of a unit inside a surrogate pair: the code point the pair stands for.
    [[nodiscard]] int toCodePoint(int utf16) const;
    /// The UTF-16 range [first, second) of a span and back; a range that cuts a pair grows to hold
    /// it.
    [[nodiscard]] std::pair<int, int> toUtf16(Span span) const;
    [[nodiscard]] Span toSpan(int utf16Begin, int utf16End) const;

private:
    QString m_text;
    std::vector<int> m_units{0}; ///< UTF-16 offset of every code point, and of the end
};

} // namespace hmgrl
