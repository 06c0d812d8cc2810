#pragma once

#include <QColor>

namespace hmgrl {

/// WCAG contrast ratio of two opaque colours, 1 to 21.
[[nodiscard]] double contrast(const QColor& a, const QColor& b);

/// `colour`, darkened or lightened as little as needed to be read as small text on `background`.
[[nodiscard]] QColor readableOn(const QColor& colour, const QColor& background, double ratio = 4.5);

} // namespace hmgrl
