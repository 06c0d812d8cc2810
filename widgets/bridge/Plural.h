#pragma once

#include <QString>

namespace hmgrl {

/// "1 document" or "12 documents": both texts are translated by the caller, `many` carries %1.
[[nodiscard]] inline QString plural(qsizetype count, const QString& one, const QString& many) {
    return count == 1 ? one : many.arg(count);
}

} // namespace hmgrl
