#include "disk/CategoryLegend.h"

#include <QCoreApplication>
#include <algorithm>

namespace hmgrl {

DiskLegend categoryLegend(const DiskScene& scene, const QString& title) {
    std::vector<DiskLegend::Entry> all(scene.categoryNames.size());
    std::vector<bool> present(all.size(), false);
    for (std::size_t row = 0; row < scene.size(); ++row) {
        auto& entry = all[scene.category[row]];
        present[scene.category[row]] = true;
        entry.colour = scene.colour[row];
        const bool isSample =
            scene.kind[row] == PointKind::Mention || scene.kind[row] == PointKind::Relation;
        entry.count += isSample;
        if (isSample && !scene.marker.empty())
            entry.marker = scene.marker[row];
    }
    std::vector<std::uint32_t> order;
    for (std::uint32_t i = 0; i < all.size(); ++i)
        if (present[i])
            order.push_back(i);
    std::stable_sort(order.begin(), order.end(),
                     [&](auto a, auto b) { return all[a].count > all[b].count; });
    DiskLegend legend;
    legend.title = title;
    std::vector<std::uint32_t> place(all.size(), 0);
    for (const auto i : order) {
        place[i] = static_cast<std::uint32_t>(legend.entries.size());
        // An empty name would be nothing to read, and no entry to preview.
        all[i].name = scene.categoryNames[i].empty()
                          ? QCoreApplication::translate("CategoryLegend", "untyped")
                          : QString::fromStdString(scene.categoryNames[i]);
        legend.entries.push_back(all[i]);
    }
    for (const auto category : scene.category)
        legend.entryOfRow.push_back(place[category]);
    return legend;
}

} // namespace hmgrl
