#include "geometry/Alignment.h"
#include "workflow/Jobs.h"
#include "workflow/StoredRanking.h"

#include <algorithm>

namespace hmgrl {
namespace {

std::string placesKey(CategoryKind kind) {
    return std::string("disk.prototypes.") + toString(kind);
}

std::string methodKey(CategoryKind kind) {
    return std::string("disk.layout.") + toString(kind);
}

/// The project's method; one that this program doesn't know (a later version's) counts as none.
LayoutMethod methodOf(const Project& project, CategoryKind kind) {
    const auto& names = layoutMethodNames();
    const auto name = project.setting(methodKey(kind));
    const bool known = name && std::find(names.begin(), names.end(), *name) != names.end();
    return known ? layoutMethodFromString(*name) : LayoutMethod::TreeFirst;
}

struct Stored {
    std::vector<SampleRow> samples;
    std::vector<RelationEnds> relations;
    PrototypePlaces prototypes;
    LayoutMethod method;
};

Stored readStored(Project& project, CategoryKind kind) {
    return {project.samples(kind),
            kind == CategoryKind::Entity ? project.relationEnds() : std::vector<RelationEnds>{},
            prototypePlaces(project.setting(placesKey(kind)).value_or("")),
            methodOf(project, kind)};
}

DiskData diskOf(Stored& stored, CategoryKind kind, const CategorySpace& space) {
    DiskData disk = makeDiskData(kind, std::move(stored.samples), space);
    addArcs(disk, stored.relations, space);
    disk.method = stored.method;
    return disk;
}

/// While the layout is on its way ghosts wait at the prototype of their category.
void addGhosts(std::vector<DiskPoint>& where, const DiskData& disk) {
    for (const std::string& category : disk.ghosts.points.category)
        where.push_back(where[static_cast<std::size_t>(disk.prototypeRow(category))]);
}

/// Writes the places that differ from what the project has.
void storePlaces(const ProjectLink& project, const DiskData& disk) {
    std::vector<std::pair<std::int64_t, DiskPoint>> samples;
    for (std::size_t i = 0; i < disk.samples.size(); ++i)
        if (!disk.samples[i].where || !(*disk.samples[i].where == disk.where[i]))
            samples.emplace_back(disk.samples[i].id, disk.where[i]);
    PrototypePlaces prototypes;
    for (std::size_t i = 0; i < disk.prototypes.size(); ++i)
        prototypes[disk.prototypes[i].name] = disk.where[disk.samples.size() + i];
    const std::string json = toJson(prototypes);
    project.call([&](Project& p) {
        if (p.isReadOnly())
            return;
        if (!samples.empty())
            p.storeCoordinates(disk.kind, samples);
        if (p.setting(placesKey(disk.kind)) != json)
            p.setSetting(placesKey(disk.kind), json);
        if (methodOf(p, disk.kind) != disk.method)
            p.setSetting(methodKey(disk.kind), toString(disk.method));
    });
}

} // namespace

DiskData layDisk(const ProjectLink& project, const CategorySpace& space, CategoryKind kind,
                 bool fresh, const CancelToken& cancel, const ProgressSink& progress) {
    Stored stored = project.call([&](Project& p) { return readStored(p, kind); });
    DiskData disk = diskOf(stored, kind, space);
    if (fresh || !placeFromStored(disk, stored.prototypes)) {
        LayoutOptions options;
        options.method = disk.method;
        disk.where = layoutOnDisk({disk.points, disk.parent}, options, cancel, progress);
        turnTowards(disk, stored.prototypes);
    }
    placeGhosts(disk);
    cancel.throwIfCancelled();
    storePlaces(project, disk);
    return disk;
}

DiskData relayDisk(const ProjectLink& project, const CategorySpace& space, CategoryKind kind,
                   const LayoutOptions& options, const CancelToken& cancel,
                   const PictureSink& pictures, const ProgressSink& progress) {
    Stored stored = project.call([&](Project& p) { return readStored(p, kind); });
    DiskData disk = diskOf(stored, kind, space);
    const bool known = placeFromStored(disk, stored.prototypes);
    // The first picture finds the turn; the others follow it, so that nothing jumps.
    std::optional<disk::Alignment> turn;
    const auto turned = [&](std::vector<DiskPoint> where) {
        if (!turn)
            turn = known ? disk::alignAboutCentre(where, disk.where) : disk::Alignment{};
        for (DiskPoint& point : where)
            point = turn->apply(point);
        return where;
    };
    PictureSink sink;
    if (pictures)
        sink = [&](LayoutPicture picture) {
            picture.where = turned(std::move(picture.where));
            addGhosts(picture.where, disk);
            pictures(std::move(picture));
        };
    LayoutRun run =
        layoutProgressively({disk.points, disk.parent}, options, cancel, sink, progress);
    disk.where = turned(std::move(run.where));
    disk.method = options.method;
    placeGhosts(disk);
    storePlaces(project, disk);
    return disk;
}

SpaceChange renewSpace(const ProjectLink& project, const Engine& engine, SpaceSlot& slot,
                       const CancelToken& cancel) {
    SpaceChange change;
    const auto categories = project.call([](Project& p) { return p.categories(); });
    change.space = engine.space(categories, cancel);
    project.call([&](Project& p) {
        slot.set(change.space);
        if (!p.isReadOnly())
            p.rescore([&](const LatentRow& row) { return rankRow(row, *change.space); }, cancel);
    });
    change.entities = layDisk(project, *change.space, CategoryKind::Entity, false, cancel, {});
    change.relations = layDisk(project, *change.space, CategoryKind::Relation, false, cancel, {});
    return change;
}

std::vector<SampleRow> claimsOf(const DiskData& disk, const std::string& category) {
    std::vector<SampleRow> claims;
    for (const SampleRow& sample : disk.samples)
        if (sample.status == Status::Suggested && !sample.candidates.empty() &&
            sample.candidates.front().category == category)
            claims.push_back(sample);
    std::stable_sort(claims.begin(), claims.end(), [](const SampleRow& a, const SampleRow& b) {
        return a.candidates.front().score > b.candidates.front().score;
    });
    return claims;
}

} // namespace hmgrl
