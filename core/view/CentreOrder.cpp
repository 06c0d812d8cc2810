#include "view/CentreOrder.h"

#include <utility>

namespace hmgrl {

namespace {

using Key = std::pair<double, int>; ///< rows at one distance follow each other by number

/// The first row by `isBefore` among those that come after `from`; without one, the first of all.
template <typename Before>
int following(const DiskController& view, int from, Before isBefore) {
    const auto points = view.viewPoints();
    const disk::Complex middle = view.pan();
    const auto keyOf = [&](int row) {
        return Key{std::norm(points[static_cast<std::size_t>(row)] - middle), row};
    };
    const bool begun = from >= 0 && static_cast<std::size_t>(from) < points.size();
    const Key start = begun ? keyOf(from) : Key{};
    Key first{0, -1}, next{0, -1};
    for (int row = 0; static_cast<std::size_t>(row) < points.size(); ++row) {
        const auto index = static_cast<std::size_t>(row);
        if (!view.isActive(index) || !view.isShown(index))
            continue;
        const Key key = keyOf(row);
        if (first.second < 0 || isBefore(key, first))
            first = key;
        if (begun && isBefore(start, key) && (next.second < 0 || isBefore(key, next)))
            next = key;
    }
    return next.second >= 0 ? next.second : first.second;
}

} // namespace

int nextFromCentre(const DiskController& view, int row) {
    return following(view, row, [](const Key& a, const Key& b) { return a < b; });
}

int previousFromCentre(const DiskController& view, int row) {
    return following(view, row, [](const Key& a, const Key& b) { return a > b; });
}

} // namespace hmgrl
