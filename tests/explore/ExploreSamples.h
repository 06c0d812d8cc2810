#pragma once

#include "workflow/DiskData.h"

#include <random>

namespace hmgrl::test {

/// A placed disk: `count` samples with latents of width 4 spread about three prototypes, the second
/// and third children of the first.
inline DiskData exploreDisk(std::size_t count, std::uint32_t seed = 5) {
    CategorySpace::Part part;
    part.categories = {{CategoryKind::Entity, "place", "", "", true, 0x1689D7},
                       {CategoryKind::Entity, "place/city", "", "place", true, 0xAC430E},
                       {CategoryKind::Entity, "place/river", "", "place", false, 0x26795F}};
    part.prototypes = {0, 0, 0, 0, 1.5F, 0, 0.2F, 0, -1, 1, 0, 0.1F};
    part.width = 4;
    part.assignable = {false, true, true};
    part.curvature = 0.7;
    const CategorySpace space(part, {});
    std::mt19937 random(seed);
    std::normal_distribution<float> noise(0, 0.8F);
    std::vector<SampleRow> samples;
    for (std::size_t i = 0; i < count; ++i) {
        SampleRow row;
        row.id = static_cast<std::int64_t>(i) + 1;
        row.document = row.id / 3 + 1;
        row.type = i % 3 == 0 ? "place/river" : "place/city";
        row.status = static_cast<Status>(i % 3);
        for (int k = 0; k < 4; ++k)
            row.latent.push_back(noise(random));
        row.candidates = space.rank(CategoryKind::Entity, row.latent);
        row.where = DiskPoint{0.2 + 0.01 * static_cast<double>(i), 0.37 * static_cast<double>(i)};
        samples.push_back(std::move(row));
    }
    DiskData disk = makeDiskData(CategoryKind::Entity, std::move(samples), space);
    (void)placeFromStored(disk,
                          {{"place", {0, 0}}, {"place/city", {1, 0}}, {"place/river", {1, 2}}});
    return disk;
}

} // namespace hmgrl::test
