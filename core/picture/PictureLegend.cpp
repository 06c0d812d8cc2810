#include "picture/PictureLegend.h"

#include "data/Category.h"
#include "picture/SplatSet.h"

#include <algorithm>

namespace hmgrl {

namespace {

std::string nameOf(const std::string& category, const PictureWords& words) {
    const std::string name = displayName(category);
    return name.empty() ? words.untyped : name;
}

} // namespace

PictureLegend markLegend(const DiskController& view, const PictureWords& words) {
    using enum PictureLegend::Sign;
    const std::vector<PointKind>& kinds = view.scene().kind;
    std::size_t samples = 0, prototypes = 0, ghosts = 0, selected = 0;
    for (std::size_t row = 0; row < kinds.size(); ++row) {
        const PointKind kind = kinds[row];
        ++(isPrototype(kind) ? prototypes : kind == PointKind::Generated ? ghosts : samples);
        selected += view.selected()[row];
    }
    PictureLegend legend;
    const auto add = [&](const std::string& name, std::size_t count, PictureLegend::Sign sign) {
        legend.entries.push_back({name, 0, count, Marker::Circle, sign});
    };
    add(words.samples, samples, Mark);
    add(words.selected, selected, Selected);
    add(words.generated, view.overlay().ghosts ? ghosts : 0, Ghost);
    add(words.prototypes, prototypes, Prototype);
    if (std::find(kinds.begin(), kinds.end(), PointKind::RelationPrototype) != kinds.end())
        legend.entries.back().marker = Marker::Diamond;
    std::erase_if(legend.entries, [](const auto& entry) { return entry.count == 0; });
    return legend;
}

std::vector<CategoryEntry> categoryEntries(const DiskScene& scene) {
    std::vector<CategoryEntry> all(scene.categoryNames.size());
    std::vector<bool> present(all.size(), false);
    for (std::size_t row = 0; row < scene.size(); ++row) {
        const std::uint32_t category = scene.category[row];
        CategoryEntry& entry = all[category];
        entry.category = category;
        const bool prototype = isPrototype(scene.kind[row]);
        if (prototype || !present[category])
            entry.colour = scene.colour[row];
        present[category] = true;
        if (prototype || scene.kind[row] == PointKind::Generated)
            continue;
        ++entry.samples;
        if (!scene.marker.empty())
            entry.marker = scene.marker[row];
    }
    std::vector<CategoryEntry> entries;
    for (std::size_t category = 0; category < all.size(); ++category)
        if (present[category])
            entries.push_back(all[category]);
    std::stable_sort(entries.begin(), entries.end(),
                     [](const auto& a, const auto& b) { return a.samples > b.samples; });
    return entries;
}

PictureLegend categoryLegend(const DiskScene& scene, const PictureWords& words) {
    PictureLegend legend;
    for (const CategoryEntry& entry : categoryEntries(scene)) {
        auto& shown = legend.entries.emplace_back();
        shown.name = nameOf(scene.categoryNames[entry.category], words);
        shown.colour = entry.colour;
        shown.marker = entry.marker;
        if (entry.samples > 0)
            shown.count = entry.samples;
    }
    return legend;
}

PictureLegend arcLegend(const DiskController& view, const PictureWords& words) {
    PictureLegend legend;
    const DiskScene& scene = view.scene();
    for (const std::string& category : scene.arcNames)
        legend.entries.push_back(
            {nameOf(category, words), 0, 0, Marker::Circle, PictureLegend::Sign::Line});
    for (std::size_t i = 0; i < scene.arcs.size(); ++i)
        if (view.isArcShown(i)) {
            auto& entry = legend.entries[scene.arcs[i].category];
            entry.colour = scene.arcs[i].colour;
            ++*entry.count;
        }
    std::erase_if(legend.entries, [](const auto& entry) { return entry.count == 0; });
    std::stable_sort(legend.entries.begin(), legend.entries.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
    if (!legend.entries.empty())
        legend.title = words.relations;
    return legend;
}

} // namespace hmgrl
