#include "picture/PictureLegend.h"

#include "data/Category.h"
#include "picture/SplatSet.h"

#include <algorithm>

namespace hmgrl {

namespace {

void tidy(PictureLegend& legend) {
    std::erase_if(legend.entries, [](const auto& entry) { return entry.count == 0; });
    std::stable_sort(legend.entries.begin(), legend.entries.end(),
                     [](const auto& a, const auto& b) { return a.count > b.count; });
}

std::string nameOf(const std::string& category) {
    const std::string name = displayName(category);
    return name.empty() ? "(no category)" : name;
}

} // namespace

PictureLegend markLegend(const DiskController& view) {
    using enum PictureLegend::Sign;
    const std::vector<PointKind>& kinds = view.scene().kind;
    std::size_t samples = 0, prototypes = 0, ghosts = 0, selected = 0;
    for (std::size_t row = 0; row < kinds.size(); ++row) {
        const PointKind kind = kinds[row];
        ++(isPrototype(kind) ? prototypes : kind == PointKind::Generated ? ghosts : samples);
        selected += view.selected()[row];
    }
    PictureLegend legend;
    const auto add = [&](const char* name, std::size_t count, PictureLegend::Sign sign) {
        legend.entries.push_back({name, 0, count, Marker::Circle, sign});
    };
    add("samples", samples, Mark);
    add("selected", selected, Selected);
    add("generated", view.overlay().ghosts ? ghosts : 0, Ghost);
    add("prototypes", prototypes, Prototype);
    if (std::find(kinds.begin(), kinds.end(), PointKind::RelationPrototype) != kinds.end())
        legend.entries.back().marker = Marker::Diamond;
    std::erase_if(legend.entries, [](const auto& entry) { return entry.count == 0; });
    return legend;
}

PictureLegend categoryLegend(const DiskScene& scene) {
    PictureLegend legend;
    for (const std::string& category : scene.categoryNames)
        legend.entries.push_back(
            {nameOf(category), 0, 0, Marker::Circle, PictureLegend::Sign::Mark});
    std::vector<bool> coloured(legend.entries.size(), false);
    for (std::size_t row = 0; row < scene.size(); ++row) {
        auto& entry = legend.entries[scene.category[row]];
        const bool prototype = isPrototype(scene.kind[row]);
        if (prototype || !coloured[scene.category[row]])
            entry.colour = scene.colour[row];
        coloured[scene.category[row]] = true;
        if (prototype || scene.kind[row] == PointKind::Generated)
            continue;
        ++*entry.count;
        if (!scene.marker.empty())
            entry.marker = scene.marker[row];
    }
    tidy(legend);
    return legend;
}

PictureLegend arcLegend(const DiskController& view) {
    PictureLegend legend;
    const DiskScene& scene = view.scene();
    for (const std::string& category : scene.arcNames)
        legend.entries.push_back(
            {nameOf(category), 0, 0, Marker::Circle, PictureLegend::Sign::Line});
    for (std::size_t i = 0; i < scene.arcs.size(); ++i)
        if (view.isArcShown(i)) {
            auto& entry = legend.entries[scene.arcs[i].category];
            entry.colour = scene.arcs[i].colour;
            ++*entry.count;
        }
    tidy(legend);
    if (!legend.entries.empty())
        legend.title = "Relations";
    return legend;
}

} // namespace hmgrl
