#pragma once

#include <QStringView>

namespace hmgrl {

/// A range of UTF-16 units, end exclusive.
struct TextRange {
    int begin = 0;
    int end = 0;

    [[nodiscard]] bool isEmpty() const { return begin >= end; }
    friend bool operator==(const TextRange&, const TextRange&) = default;
};

/// The words from the one that holds character `a` to the one that holds `b`, in either order,
/// without blanks and punctuation around them. Empty when there is nothing but blanks.
[[nodiscard]] TextRange snapToWords(QStringView text, int a, int b);

/// The characters from `a` to `b` as a reader counts them: emoji sequences, combining marks and
/// surrogate pairs stay whole.
[[nodiscard]] TextRange snapToCharacters(QStringView text, int a, int b);

/// The first word that begins at `from` or after it, the last that ends at `from` or before. Empty
/// at the ends of the text.
[[nodiscard]] TextRange wordAfter(QStringView text, int from);
[[nodiscard]] TextRange wordBefore(QStringView text, int from);

/// The next character boundary after or before `position`.
[[nodiscard]] int characterAfter(QStringView text, int position);
[[nodiscard]] int characterBefore(QStringView text, int position);

} // namespace hmgrl
