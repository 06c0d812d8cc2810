#include "disk/CategoryLegend.h"

#include "picture/PictureLegend.h"

#include <QCoreApplication>

namespace hmgrl {

DiskLegend categoryLegend(const DiskScene& scene, const QString& title) {
    DiskLegend legend{title, {}, {}};
    std::vector<std::uint32_t> place(scene.categoryNames.size(), 0);
    for (const CategoryEntry& entry : categoryEntries(scene)) {
        place[entry.category] = static_cast<std::uint32_t>(legend.entries.size());
        const std::string& name = scene.categoryNames[entry.category];
        // An empty name would be nothing to read, and no entry to preview.
        legend.entries.push_back({name.empty()
                                      ? QCoreApplication::translate("CategoryLegend", "untyped")
                                      : QString::fromStdString(name),
                                  entry.colour, static_cast<int>(entry.samples), entry.marker});
    }
    for (const auto category : scene.category)
        legend.entryOfRow.push_back(place[category]);
    return legend;
}

} // namespace hmgrl
