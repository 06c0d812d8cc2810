#include "explore/Neighbourhood.h"

#include "data/Palette.h"

#include <algorithm>

namespace hmgrl {
namespace {

std::uint32_t colourOf(const DiskData& disk, const std::string& category) {
    const int row = disk.prototypeRow(category);
    return row < 0 ? untypedColour
                   : disk.prototypes[static_cast<std::size_t>(row) - disk.samples.size()].colour;
}

void fillHistogram(Neighbourhood& out, const DiskData& disk,
                   const std::vector<std::pair<std::size_t, double>>& all, std::size_t bins) {
    double farthest = 0;
    for (const auto& [at, distance] : all)
        if (at < disk.samples.size())
            farthest = std::max(farthest, distance);
    out.own.assign(bins, 0);
    out.others.assign(bins, 0);
    out.width = farthest > 0 ? farthest / static_cast<double>(bins) : 1;
    for (const auto& [at, distance] : all) {
        if (at >= disk.samples.size())
            continue;
        const auto bin = std::min(bins - 1, static_cast<std::size_t>(distance / out.width));
        ++(disk.points.category[at] == out.category ? out.own : out.others)[bin];
    }
}

} // namespace

Neighbourhood neighbourhoodOf(const DiskData& disk, int row, std::size_t k, std::size_t bins) {
    Neighbourhood out;
    out.row = row;
    // Prototypes and generated samples are no neighbours: all rows are asked for, samples kept.
    const auto all = nearest(disk.points, static_cast<std::size_t>(row), disk.points.size());
    out.category = disk.points.category[static_cast<std::size_t>(row)];
    for (const auto& [at, distance] : all)
        if (at < disk.samples.size() && out.nearest.size() < k)
            out.nearest.emplace_back(static_cast<int>(at), distance);
    out.reach = out.nearest.empty() ? 0 : out.nearest.back().second;
    fillHistogram(out, disk, all, std::max<std::size_t>(bins, 1));
    return out;
}

std::vector<DiskLink> neighbourLinks(const DiskData& disk, const Neighbourhood& around) {
    std::vector<DiskLink> links;
    for (const auto& [row, distance] : around.nearest) {
        const double nearness = around.reach > 0 ? 1 - 0.75 * distance / around.reach : 1;
        links.push_back({static_cast<std::uint32_t>(around.row), static_cast<std::uint32_t>(row),
                         colourOf(disk, disk.points.category[static_cast<std::size_t>(row)]),
                         std::clamp(nearness, 0.0, 1.0)});
    }
    return links;
}

} // namespace hmgrl
