#include "training/Evaluation.h"

#include "extraction/LatentRanking.h"
#include "support/Error.h"
#include "training/ScoredSamples.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace hmgrl {
namespace {

std::vector<Category> categoriesFor(const Engine& engine, std::span<const Document> documents,
                                    CategoryKind kind, bool restrict) {
    std::set<std::string> used;
    for (const Document& document : documents) {
        if (kind == CategoryKind::Entity)
            for (const Mention& mention : document.mentions)
                used.insert(mention.type);
        else
            for (const Relation& relation : document.relations)
                used.insert(relation.type);
    }
    used.erase("");
    std::vector<Category> out;
    std::set<std::string> known;
    for (const Category& category : engine.categories()) {
        known.insert(category.kind == kind ? category.name : "");
        if (category.kind == kind && (!restrict || used.count(category.name)))
            out.push_back(category);
    }
    for (const std::string& name : used)
        if (!known.count(name))
            out.push_back({kind, name, "", "", false, 0});
    if (restrict) // parents of a restricted set would dangle
        for (Category& category : out)
            if (std::none_of(out.begin(), out.end(),
                             [&](const Category& other) { return other.name == category.parent; }))
                category.parent.clear();
    return out;
}

std::vector<double> scoresOf(const CategorySpace& space, CategoryKind kind,
                             const std::vector<float>& latent, const std::vector<double>& extra) {
    std::vector<double> out = space.scores(kind, latent);
    for (std::size_t c = 0; c < out.size(); ++c)
        out[c] += extra[c];
    return out;
}

/// The documents as the model gets them: without types that it is to find.
std::vector<Document> inputOf(std::span<const Document> documents, bool useImages, bool withTypes) {
    std::vector<Document> out(documents.begin(), documents.end());
    for (Document& document : out) {
        if (!useImages)
            document.imagePath.clear();
        if (!withTypes)
            for (Mention& mention : document.mentions)
                mention.type.clear();
    }
    return out;
}

std::vector<Document> withoutRelations(std::vector<Document> out, bool keepMentions) {
    for (Document& document : out) {
        document.relations.clear();
        if (!keepMentions)
            document.mentions.clear();
    }
    return out;
}

struct Collected {
    std::vector<ScoredSample> samples;
    std::map<std::string, int> index;
};

void collect(Collected& out, const CategorySpace& space, CategoryKind kind,
             const Document& document, std::size_t number, const Extraction& extraction,
             bool givenTypes) {
    const auto add = [&](const std::string& type, const std::vector<float>& latent,
                         const std::vector<double>& extra) {
        const auto truth = out.index.find(type);
        if (truth != out.index.end() && !latent.empty())
            out.samples.push_back({number, truth->second, scoresOf(space, kind, latent, extra)});
    };
    if (kind == CategoryKind::Entity) {
        const std::vector<double> nothing(space.part(kind).categories.size());
        for (std::size_t m = 0; m < document.mentions.size(); ++m)
            add(document.mentions[m].type, extraction.mentions[m].latent, nothing);
        return;
    }
    const auto belief = [&](int mention) {
        const auto m = static_cast<std::size_t>(mention);
        return beliefOf(
            {givenTypes ? document.mentions[m].type : "", extraction.mentions[m].latent}, space);
    };
    for (const Relation& relation : document.relations)
        for (const RelationPrediction& found : extraction.relations)
            if (found.given && found.head == relation.head && found.tail == relation.tail)
                add(relation.type, found.latent,
                    space.argumentScores(belief(found.head), belief(found.tail)));
}

void countMentions(TaskEvaluation& out, const Document& document, const Extraction& found) {
    std::map<Span, std::string> truth;
    for (const Mention& mention : document.mentions)
        truth[mention.span] = mention.type;
    out.detection.truth += truth.size();
    out.endToEnd.truth += truth.size();
    out.detection.predicted += found.mentions.size();
    out.endToEnd.predicted += found.mentions.size();
    for (const MentionPrediction& mention : found.mentions) {
        const auto match = truth.find(mention.span);
        if (match == truth.end())
            continue;
        ++out.detection.right;
        out.endToEnd.right +=
            !mention.candidates.empty() && mention.candidates.front().category == match->second;
    }
}

void countRelations(TaskEvaluation& out, const Document& document, const Extraction& found) {
    std::map<std::pair<int, int>, std::set<std::string>> truth;
    for (const Relation& relation : document.relations)
        truth[{relation.head, relation.tail}].insert(relation.type);
    out.detection.truth += truth.size();
    out.endToEnd.truth += truth.size();
    out.detection.predicted += found.relations.size();
    out.endToEnd.predicted += found.relations.size();
    for (const RelationPrediction& relation : found.relations) {
        const auto match = truth.find({relation.head, relation.tail});
        if (match == truth.end())
            continue;
        ++out.detection.right;
        out.endToEnd.right += !relation.candidates.empty() &&
                              match->second.count(relation.candidates.front().category);
    }
}

/// Detection, and typing of what is detected.
void countFound(TaskEvaluation& out, const Engine& engine, const CategorySpace& space,
                std::span<const Document> documents, const EvaluateOptions& options,
                const CancelToken& cancel, const ProgressSink& progress) {
    const bool entity = out.kind == CategoryKind::Entity;
    engine.extract(
        withoutRelations(inputOf(documents, options.useImages, options.givenTypes), !entity), space,
        [&](std::size_t i, Extraction extraction) {
            if (!entity) // typed pairs of detected mentions would count twice: only the given ones
                std::erase_if(extraction.relations, [&](const RelationPrediction& r) {
                    return !extraction.mentions[static_cast<std::size_t>(r.head)].given ||
                           !extraction.mentions[static_cast<std::size_t>(r.tail)].given;
                });
            entity ? countMentions(out, documents[i], extraction)
                   : countRelations(out, documents[i], extraction);
        },
        cancel, progress);
}

nlohmann::json scoresJson(const Scores& scores) {
    return {{"count", scores.count},
            {"accuracy", scores.accuracy},
            {"weighted_f1", scores.weightedF1},
            {"macro_accuracy", scores.macroAccuracy}};
}

nlohmann::json spanJson(const SpanScores& scores) {
    return {{"truth", scores.truth},
            {"predicted", scores.predicted},
            {"precision", scores.precision()},
            {"recall", scores.recall()},
            {"f1", scores.f1()}};
}

} // namespace

nlohmann::json TaskEvaluation::toJson() const {
    nlohmann::json perCategory = nlohmann::json::array();
    for (const Scores* side : {&scores.seen, &scores.unseen})
        for (const CategoryScore& row : side->perCategory)
            if (row.support > 0)
                perCategory.push_back(
                    {{"name", categories[static_cast<std::size_t>(row.category)].name},
                     {"seen", side == &scores.seen},
                     {"support", row.support},
                     {"recall", row.recall},
                     {"precision", row.precision}});
    return {{"task", toString(kind)},
            {"gamma", gamma},
            {"seen", scoresJson(scores.seen)},
            {"unseen", scoresJson(scores.unseen)},
            {"harmonic_accuracy", scores.harmonicAccuracy},
            {"harmonic_accuracy_95", {harmonicLow, harmonicHigh}},
            {"harmonic_f1", scores.harmonicF1},
            {"ausuc", sweep.ausuc},
            {"harmonic_gamma_0", sweep.harmonicAtZero},
            {"harmonic_best_gamma", sweep.harmonic},
            {"best_gamma", sweep.gamma},
            {"log_loss", logLoss},
            {"confidence_error", confidenceError},
            {"detection", spanJson(detection)},
            {"end_to_end", spanJson(endToEnd)},
            {"categories", perCategory}};
}

std::vector<Extraction> readGiven(const Engine& engine, std::span<const Document> documents,
                                  bool useImages, const CancelToken& cancel,
                                  const ProgressSink& progress) {
    std::vector<Extraction> out(documents.size());
    engine.extract(
        inputOf(documents, useImages, false), *engine.space(engine.categories(), cancel),
        [&](std::size_t i, Extraction extraction) { out[i] = std::move(extraction); }, cancel,
        progress);
    return out;
}

TaskEvaluation evaluate(const Engine& engine, std::span<const Document> documents,
                        CategoryKind kind, const EvaluateOptions& options,
                        const CancelToken& cancel, const ProgressSink& progress) {
    TaskEvaluation out;
    out.kind = kind;
    out.categories = categoriesFor(engine, documents, kind, options.restrictToLabels);
    // The other kind's categories are needed by reading, not by this evaluation.
    std::vector<Category> all = out.categories;
    for (const Category& category : engine.categories())
        if (category.kind != kind)
            all.push_back(category);
    const auto space = engine.space(all, cancel);
    out.gamma = options.gamma.value_or(space->part(kind).gamma);

    Collected collected;
    for (std::size_t i = 0; i < out.categories.size(); ++i)
        collected.index[out.categories[i].name] = static_cast<int>(i);
    if (options.typing) {
        std::vector<Extraction> readNow;
        if (options.given.empty())
            readNow = readGiven(engine, documents, options.useImages, cancel, progress);
        const auto given =
            options.given.empty() ? std::span<const Extraction>(readNow) : options.given;
        if (given.size() != documents.size())
            throw Error("evaluation: expected " + std::to_string(documents.size()) +
                        " documents read, found " + std::to_string(given.size()));
        for (std::size_t i = 0; i < documents.size(); ++i)
            collect(collected, *space, kind, documents[i], i, given[i], options.givenTypes);
    }
    if (options.detection)
        countFound(out, engine, *space, documents, options, cancel, progress);
    measure(out, collected.samples, documents.size());
    return out;
}

} // namespace hmgrl
