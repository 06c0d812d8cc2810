#pragma once

#include "view/DiskScene.h"

#include <QString>
#include <cstdint>
#include <vector>

namespace hmgrl {

/// What the colours of the points mean. Every row belongs to one entry.
struct DiskLegend {
    struct Entry {
        QString name; ///< unique: an isolated entry stays isolated in the next legend by its name
        std::uint32_t colour = 0; ///< 0xRRGGBB
        int count = 0;            ///< samples; prototypes where an entry is theirs alone
        Marker marker = Marker::Circle;
    };
    QString title;
    std::vector<Entry> entries;
    std::vector<std::uint32_t> entryOfRow;
};

} // namespace hmgrl
