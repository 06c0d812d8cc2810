#include "workflow/DiskData.h"

#include "data/Palette.h"
#include "geometry/Alignment.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace hmgrl {
namespace {

std::map<std::string, std::int32_t> rowsByName(const std::vector<Category>& categories,
                                               std::size_t first) {
    std::map<std::string, std::int32_t> rows;
    for (std::size_t i = 0; i < categories.size(); ++i)
        rows.emplace(categories[i].name, static_cast<std::int32_t>(first + i));
    return rows;
}

void appendRow(EmbeddingSet& to, const EmbeddingSet& from, std::size_t row) {
    const auto values = from.row(row);
    to.space.insert(to.space.end(), values.begin(), values.end());
    to.kind.push_back(from.kind[row]);
    to.id.push_back(from.id[row]);
    to.category.push_back(from.category[row]);
}

EmbeddingSet emptyLike(const EmbeddingSet& set) {
    EmbeddingSet out;
    out.width = set.width;
    out.curvature = set.curvature;
    return out;
}

/// Samples that carry a latent of this model, as the first rows.
EmbeddingSet sampleRows(std::vector<SampleRow>& samples, std::size_t modelWidth,
                        const EmbeddingSet& prototypes, CategoryKind kind) {
    EmbeddingSet set = emptyLike(prototypes);
    std::erase_if(samples, [&](const SampleRow& s) { return s.latent.size() != modelWidth; });
    for (SampleRow& sample : samples) {
        sample.latent.resize(set.width, 0.0F);
        set.space.insert(set.space.end(), sample.latent.begin(), sample.latent.end());
        set.kind.push_back(kind == CategoryKind::Entity ? PointKind::Mention : PointKind::Relation);
        set.id.push_back(sample.id);
        set.category.push_back(sample.type);
        sample.latent = {};
    }
    return set;
}

} // namespace

int DiskData::sampleRow(std::int64_t id) const {
    const auto found = m_rows.find(id);
    return found == m_rows.end() ? -1 : found->second;
}

int DiskData::prototypeRow(const std::string& category) const {
    const auto found = std::find_if(prototypes.begin(), prototypes.end(),
                                    [&](const Category& c) { return c.name == category; });
    return found == prototypes.end()
               ? -1
               : static_cast<int>(samples.size()) + static_cast<int>(found - prototypes.begin());
}

DiskScene DiskData::scene() const {
    DiskScene scene;
    const auto rows = rowsByName(prototypes, 0);
    const auto untyped = static_cast<std::uint32_t>(prototypes.size());
    for (const Category& category : prototypes)
        scene.categoryNames.push_back(category.name);
    scene.categoryNames.emplace_back();
    static_assert(markCount == markerCount);
    const std::vector<std::uint8_t> marks = categoryMarks(prototypes);
    scene.points = where;
    scene.kind = points.kind;
    scene.id = points.id;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const bool isSample = i < samples.size();
        const auto found = rows.find(points.category[i]);
        const bool known = found != rows.end();
        const std::uint32_t category = known ? static_cast<std::uint32_t>(found->second) : untyped;
        scene.document.push_back(isSample ? samples[i].document : -1);
        scene.category.push_back(category);
        scene.colour.push_back(known ? prototypes[category].colour : untypedColour);
        scene.marker.push_back(known ? static_cast<Marker>(marks[category]) : Marker::Circle);
        scene.labels.push_back(isSample ? std::string{} : displayName(points.category[i]));
        if (parent[i] >= 0)
            scene.treeEdges.emplace_back(static_cast<std::uint32_t>(parent[i]),
                                         static_cast<std::uint32_t>(i));
    }
    for (std::size_t i = 0; i < ghosts.where.size(); ++i) {
        const auto category = static_cast<std::uint32_t>(rows.at(ghosts.points.category[i]));
        scene.points.push_back(ghosts.where[i]);
        scene.kind.push_back(PointKind::Generated);
        scene.id.push_back(-1);
        scene.document.push_back(-1);
        scene.category.push_back(category);
        scene.colour.push_back(prototypes[category].colour);
        scene.marker.push_back(static_cast<Marker>(marks[category]));
        scene.labels.emplace_back();
    }
    std::map<std::string, std::uint32_t> arcNames;
    for (const RelationArc& arc : arcs) {
        const auto [name, isNew] =
            arcNames.emplace(arc.type, static_cast<std::uint32_t>(arcNames.size()));
        if (isNew)
            scene.arcNames.push_back(arc.type);
        scene.arcs.push_back({arc.head, arc.tail, arc.colour, name->second, arc.id});
    }
    return scene;
}

DiskData makeDiskData(CategoryKind kind, std::vector<SampleRow> samples,
                      const CategorySpace& space) {
    DiskData disk;
    disk.kind = kind;
    disk.prototypes = space.part(kind).categories;
    const EmbeddingSet prototypes = space.prototypes(kind);
    disk.points = sampleRows(samples, space.part(kind).latentWidth(), prototypes, kind);
    disk.samples = std::move(samples);
    for (std::size_t i = 0; i < disk.samples.size(); ++i)
        disk.m_rows.emplace(disk.samples[i].id, static_cast<int>(i));
    for (std::size_t i = 0; i < prototypes.size(); ++i)
        appendRow(disk.points, prototypes, i);
    const auto rows = rowsByName(disk.prototypes, disk.samples.size());
    disk.ghosts.points = space.generated(kind);
    disk.parent.assign(disk.points.size(), -1);
    for (std::size_t i = 0; i < disk.prototypes.size(); ++i)
        if (const auto found = rows.find(disk.prototypes[i].parent); found != rows.end())
            disk.parent[disk.samples.size() + i] = found->second;
    return disk;
}

void placeGhosts(DiskData& disk) {
    if (disk.ghosts.points.size() > 0)
        disk.ghosts.where = placeMore(disk.points, disk.where, disk.ghosts.points);
}

void addArcs(DiskData& disk, const std::vector<RelationEnds>& relations,
             const CategorySpace& space) {
    std::map<std::string, std::uint32_t> colours;
    for (const Category& category : space.part(CategoryKind::Relation).categories)
        colours.emplace(category.name, category.colour);
    for (const RelationEnds& ends : relations) {
        const int head = disk.sampleRow(ends.head), tail = disk.sampleRow(ends.tail);
        if (head < 0 || tail < 0)
            continue;
        const auto colour = colours.find(ends.type);
        disk.arcs.push_back({ends.id, static_cast<std::uint32_t>(head),
                             static_cast<std::uint32_t>(tail), ends.type,
                             colour == colours.end() ? untypedColour : colour->second});
    }
}

DiskQuality judgeDisk(const DiskData& disk, const CancelToken& cancel, int threads) {
    QualityOptions options;
    options.threads = threads;
    std::map<std::string, std::int32_t> number;
    for (const std::string& category : disk.points.category)
        options.labels.push_back(
            number.emplace(category, static_cast<std::int32_t>(number.size())).first->second);
    DiskQuality judged;
    judged.method = disk.method;
    judged.quality = layoutQuality(disk.points, disk.where, options, cancel);
    judged.distortion = layoutDistortion(disk.points, disk.where, options, 256, cancel);
    return judged;
}

std::string toJson(const PrototypePlaces& places) {
    nlohmann::json json = nlohmann::json::object();
    for (const auto& [name, point] : places)
        json[name] = {point.r, point.theta};
    return json.dump();
}

PrototypePlaces prototypePlaces(const std::string& text) {
    PrototypePlaces places;
    const auto json = nlohmann::json::parse(text, nullptr, false);
    if (!json.is_object())
        return places;
    for (const auto& [name, point] : json.items())
        if (point.is_array() && point.size() == 2 && point[0].is_number() && point[1].is_number())
            places[name] = {point[0].get<double>(), point[1].get<double>()};
    return places;
}

bool placeFromStored(DiskData& disk, const PrototypePlaces& prototypes) {
    std::vector<std::optional<DiskPoint>> known(disk.points.size());
    for (std::size_t i = 0; i < disk.samples.size(); ++i)
        known[i] = disk.samples[i].where;
    for (std::size_t i = 0; i < disk.prototypes.size(); ++i)
        if (const auto found = prototypes.find(disk.prototypes[i].name); found != prototypes.end())
            known[disk.samples.size() + i] = found->second;
    EmbeddingSet placed = emptyLike(disk.points), more = emptyLike(disk.points);
    std::vector<DiskPoint> where;
    for (std::size_t i = 0; i < known.size(); ++i) {
        appendRow(known[i] ? placed : more, disk.points, i);
        if (known[i])
            where.push_back(*known[i]);
    }
    if (where.empty() || more.size() * 3 > known.size())
        return false;
    const auto added = more.size() == 0 ? std::vector<DiskPoint>{} : placeMore(placed, where, more);
    disk.where.resize(known.size());
    for (std::size_t i = 0, next = 0; i < known.size(); ++i)
        disk.where[i] = known[i] ? *known[i] : added[next++];
    return true;
}

void turnTowards(DiskData& disk, const PrototypePlaces& before) {
    std::vector<DiskPoint> now, then;
    for (std::size_t i = 0; i < disk.prototypes.size(); ++i)
        if (const auto found = before.find(disk.prototypes[i].name); found != before.end()) {
            now.push_back(disk.where[disk.samples.size() + i]);
            then.push_back(found->second);
        }
    const disk::Alignment turn = disk::alignAboutCentre(now, then);
    for (DiskPoint& point : disk.where)
        point = turn.apply(point);
}

} // namespace hmgrl
