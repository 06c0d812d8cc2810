#include "inspector/InspectorQuery.h"

#include "bridge/CategoryText.h"
#include "bridge/TextOffsets.h"
#include "document/DocumentContent.h"
#include "layout/Layout.h"
#include "workflow/StoredRanking.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

QString percentText(double score) {
    return QLocale().toString(std::lround(score * 100)) + QStringLiteral("\u2009%");
}

QString typeText(const std::string& type) {
    return type.empty() ? QCoreApplication::translate("InspectorView", "untyped")
                        : toQString(displayName(type));
}

/// The part of a fact that mentions and relations share.
template <typename Row>
SampleFact sampleFact(const Row& row, CategoryKind kind, const DocumentContent& content,
                      const std::vector<Category>& categories) {
    SampleFact fact;
    fact.document = content.document.id;
    fact.item = {kind, row.id};
    fact.text = content.describe(fact.item);
    fact.detail = typeText(row.type);
    fact.colour = categoryFact(categories, kind, row.type).colour;
    fact.status = row.status;
    fact.value = row.status == Status::Suggested ? percentText(row.score) : QString();
    return fact;
}

/// What the model reads, and what a relation goes between.
QString descriptionOf(const Category& category) {
    const QString between = argumentText(category);
    const QString text = toQString(category.description);
    return between.isEmpty() || text.isEmpty() ? text + between
                                               : text + QLatin1Char('\n') + between;
}

void addReasons(SampleFacts& facts, const Project& project, const Selection& selection,
                const std::vector<Candidate>& candidates, const CategorySpace& space) {
    const auto row = project.latent(selection.kind, selection.sample);
    if (!row)
        return;
    const auto reasons = reasonsOf(*row, space, candidates);
    for (std::size_t i = 0; i < reasons.size(); ++i)
        facts.best[i].reason = reasons[i];
}

template <typename Row>
SampleFacts sampleFacts(const Row& row, CategoryKind kind, const DocumentContent& content,
                        const std::vector<Category>& categories) {
    SampleFacts facts;
    facts.sample = sampleFact(row, kind, content, categories);
    facts.type = categoryFact(categories, kind, row.type);
    facts.type.name = row.type;
    facts.type.score = row.score;
    for (const Category& category : categories)
        if (category.kind == kind && category.name == row.type)
            facts.description = descriptionOf(category);
    for (const Candidate& candidate : row.candidates) {
        facts.best.push_back(categoryFact(categories, kind, candidate.category));
        facts.best.back().score = candidate.score;
        facts.best.back().distance = candidate.distance;
    }
    return facts;
}

QImage thumbnailOf(const Project& project, std::int64_t document) {
    const std::string jpeg = project.thumbnail(document);
    return QImage::fromData(reinterpret_cast<const uchar*>(jpeg.data()),
                            static_cast<int>(jpeg.size()), "JPEG");
}

} // namespace

CategoryFact categoryFact(const std::vector<Category>& categories, CategoryKind kind,
                          const std::string& name) {
    CategoryFact fact;
    fact.name = name;
    fact.label = typeText(name);
    for (const Category& category : categories)
        if (category.kind == kind && category.name == name) {
            fact.colour = category.colour;
            fact.seen = category.seen;
            fact.path =
                category.parent.empty() ? QString() : toQString(displayName(category.parent));
        }
    return fact;
}

std::optional<DocumentFacts> readDocumentFacts(const Project& project, std::int64_t document,
                                               const std::vector<Category>& categories) {
    const auto summary = project.summary(document);
    if (!summary)
        return std::nullopt;
    DocumentContent content;
    content.document = project.document(document);
    DocumentFacts facts;
    facts.key = toQString(content.document.key);
    facts.topic = toQString(content.document.topic);
    facts.accepted = summary->accepted;
    facts.suggested = summary->suggested;
    facts.rejected = summary->rejected;
    facts.reviewed = summary->reviewed;
    facts.extracted = summary->extracted;
    for (const Mention& mention : content.document.mentions)
        if (mention.status != Status::Rejected)
            facts.mentions.push_back(
                sampleFact(mention, CategoryKind::Entity, content, categories));
    for (const Relation& relation : content.document.relations)
        if (relation.status != Status::Rejected)
            facts.relations.push_back(
                sampleFact(relation, CategoryKind::Relation, content, categories));
    return facts;
}

std::optional<SampleFacts> readSampleFacts(const Project& project, const Selection& selection,
                                           const std::vector<Category>& categories,
                                           const CategorySpace* space) {
    if (!project.summary(selection.document))
        return std::nullopt;
    DocumentContent content;
    content.document = project.document(selection.document);
    const auto factsOf = [&](const auto* row) -> std::optional<SampleFacts> {
        if (!row)
            return std::nullopt;
        SampleFacts facts = sampleFacts(*row, selection.kind, content, categories);
        if (space)
            addReasons(facts, project, selection, row->candidates, *space);
        return facts;
    };
    return selection.kind == CategoryKind::Entity ? factsOf(content.mention(selection.sample))
                                                  : factsOf(content.relation(selection.sample));
}

Surroundings surroundings(const DiskData& disk, std::int64_t sample, std::size_t count) {
    Surroundings out;
    const int row = disk.sampleRow(sample);
    if (row < 0)
        return out;
    for (const auto& [at, distance] :
         nearest(disk.points, static_cast<std::size_t>(row), disk.points.size() - 1)) {
        if (at >= disk.samples.size())
            out.prototypes.emplace_back(disk.prototypes[at - disk.samples.size()].name, distance);
        else if (out.samples.size() < count && disk.samples[at].status != Status::Rejected)
            out.samples.emplace_back(disk.samples[at], distance);
    }
    return out;
}

void fillSurroundings(SampleFacts& facts, const Surroundings& around, const Project& project,
                      CategoryKind kind, const std::vector<Category>& categories) {
    facts.isSearching = false;
    for (const auto& [name, distance] : around.prototypes) {
        facts.distances.push_back(categoryFact(categories, kind, name));
        facts.distances.back().distance = distance;
    }
    for (const auto& [row, distance] : around.samples) {
        if (!project.summary(row.document))
            continue; // removed since the disk was made
        DocumentContent content;
        content.document = project.document(row.document);
        SampleFact fact;
        fact.document = row.document;
        fact.item = {kind, row.id};
        fact.text = content.describe(fact.item);
        fact.detail =
            typeText(row.type) + QStringLiteral("  ·  ") + toQString(content.document.key);
        fact.colour = categoryFact(categories, kind, row.type).colour;
        fact.status = row.status;
        fact.value = QLocale().toString(distance, 'f', 2);
        fact.thumbnail = thumbnailOf(project, row.document);
        if (!fact.text.isEmpty())
            facts.neighbours.push_back(std::move(fact));
    }
}

} // namespace hmgrl
