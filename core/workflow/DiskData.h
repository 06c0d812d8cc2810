#pragma once

#include "data/Category.h"
#include "data/EmbeddingSet.h"
#include "extraction/CategorySpace.h"
#include "layout/Layout.h"
#include "project/Project.h"
#include "view/DiskController.h"

#include <map>
#include <string>
#include <vector>

namespace hmgrl {

/// A relation between two samples of the entity disk.
struct RelationArc {
    std::int64_t id = 0;              ///< project row of the relation
    std::uint32_t head = 0, tail = 0; ///< rows of the disk
    std::string type;
    std::uint32_t colour = 0; ///< of its category, 0xRRGGBB
};

/// What the model's generator imagines of unseen categories, placed beside what is real: it has no
/// influence on the layout.
struct DiskGhosts {
    EmbeddingSet points;
    std::vector<DiskPoint> where; ///< as many, once the disk is placed
};

/// The disk of one kind: rows are the samples first, then one prototype a category. The scene has
/// the ghosts after these. Immutable once published; shared between threads.
struct DiskData {
    CategoryKind kind = CategoryKind::Entity;
    std::vector<SampleRow> samples;   ///< their latents moved to `points`
    std::vector<Category> prototypes; ///< rows samples.size() and on
    EmbeddingSet points;              ///< all rows, on the hyperboloid
    std::vector<std::int32_t> parent; ///< row of the parent prototype, -1 for roots and samples
    std::vector<DiskPoint> where;     ///< all rows, or empty before the first layout
    LayoutMethod method = LayoutMethod::TreeFirst; ///< that placed them
    std::vector<RelationArc> arcs;                 ///< of the entity disk
    DiskGhosts ghosts;

    [[nodiscard]] bool isPlaced() const {
        return !points.kind.empty() && where.size() == points.size();
    }
    [[nodiscard]] int sampleRow(std::int64_t id) const;                ///< -1: not on the disk
    [[nodiscard]] int prototypeRow(const std::string& category) const; ///< -1: none
    /// Rows of scene(): samples, prototypes, ghosts.
    [[nodiscard]] std::size_t sceneSize() const { return where.size() + ghosts.where.size(); }
    /// What the disk widget draws; colours and names from `categories` of the project.
    [[nodiscard]] DiskScene scene() const;

private:
    friend DiskData makeDiskData(CategoryKind, std::vector<SampleRow>, const CategorySpace&);
    std::map<std::int64_t, int> m_rows;
};

/// Samples without a latent are left out; latents are padded to the prototypes' width.
[[nodiscard]] DiskData makeDiskData(CategoryKind kind, std::vector<SampleRow> samples,
                                    const CategorySpace& space);

/// Puts the ghosts beside their nearest neighbours among the placed rows.
void placeGhosts(DiskData& disk);

/// Relations whose two mentions are on the entity disk become its arcs.
void addArcs(DiskData& disk, const std::vector<RelationEnds>& relations,
             const CategorySpace& space);

/// How faithful a placed disk is to its latents; distortion has a value for every row.
struct DiskQuality {
    LayoutMethod method = LayoutMethod::TreeFirst;
    LayoutQuality quality;
    LayoutDistortion distortion;
};
/// Labels of the 1-NN error are the categories of the rows. @throws Cancelled
[[nodiscard]] DiskQuality judgeDisk(const DiskData& disk, const CancelToken& cancel = {},
                                    int threads = 0);

/// Where prototypes lay when the project was saved, by category name.
using PrototypePlaces = std::map<std::string, DiskPoint>;
[[nodiscard]] std::string toJson(const PrototypePlaces& places);
/// Empty for a text that isn't such a map: places are derived data and can be computed again.
[[nodiscard]] PrototypePlaces prototypePlaces(const std::string& json);

/// Takes the stored places of samples and prototypes and puts the few rows that have none beside
/// their neighbours. False, and nothing placed, when more than a third are missing: a new layout is
/// due.
[[nodiscard]] bool placeFromStored(DiskData& disk, const PrototypePlaces& prototypes);

/// Turns or mirrors a new layout about its centre so that prototypes lie near where they were: what
/// an analyst has learned to find at the left stays there when the model changes.
void turnTowards(DiskData& disk, const PrototypePlaces& before);

} // namespace hmgrl
