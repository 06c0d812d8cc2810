#include "training/Evaluation.h"

#include "support/Random.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <set>

namespace hmgrl {
namespace {

/// One labelled sample with its scores against every assignable category.
struct Scored {
    std::size_t document = 0;
    int truth = 0;
    std::vector<double> score; ///< uncalibrated, -inf where not assignable
};

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
                             const std::vector<float>& latent) {
    const auto& part = space.part(kind);
    const double temperature = part.similarity == Similarity::Dot ? 1 : part.tau;
    std::vector<double> out(part.categories.size(), -std::numeric_limits<double>::infinity());
    for (std::size_t c = 0; c < out.size(); ++c)
        if (part.assignable[c])
            out[c] = -space.distance(kind, latent, c) / temperature;
    return out;
}

/// Best seen and best unseen category of a sample.
std::pair<int, int> bestOf(const Scored& sample, const std::vector<Category>& categories) {
    int best[2] = {-1, -1};
    for (std::size_t c = 0; c < categories.size(); ++c) {
        int& slot = best[categories[c].seen ? 0 : 1];
        if (slot < 0 || sample.score[c] > sample.score[static_cast<std::size_t>(slot)])
            slot = static_cast<int>(c);
    }
    return {best[0], best[1]};
}

double scoreAt(const Scored& sample, int category) {
    // Without a category of this side the other always wins; finite for calibrate().
    const double value = category < 0 ? -1e30 : sample.score[static_cast<std::size_t>(category)];
    return std::max(value, -1e30);
}

int predict(const Scored& sample, const std::vector<Category>& categories, double gamma) {
    const auto [seen, unseen] = bestOf(sample, categories);
    return scoreAt(sample, seen) - gamma > scoreAt(sample, unseen) ? seen : unseen;
}

std::vector<CalibrationSample> calibrationSamples(const std::vector<Scored>& samples,
                                                  const std::vector<Category>& categories) {
    std::vector<CalibrationSample> out;
    for (const Scored& sample : samples) {
        const auto [seen, unseen] = bestOf(sample, categories);
        out.push_back({scoreAt(sample, seen), scoreAt(sample, unseen), seen == sample.truth,
                       unseen == sample.truth,
                       categories[static_cast<std::size_t>(sample.truth)].seen});
    }
    return out;
}

/// Calls `visit` with the samples of as many documents as there are, drawn with replacement.
template <typename Visit>
void bootstrap(const std::vector<Scored>& samples,
               const std::vector<CalibrationSample>& calibration, std::size_t documents, int draws,
               Visit&& visit) {
    std::vector<std::vector<std::size_t>> byDocument(documents);
    for (std::size_t i = 0; i < samples.size(); ++i)
        byDocument[samples[i].document].push_back(i);
    Random random(1);
    for (int b = 0; b < draws && documents > 0; ++b) {
        std::vector<CalibrationSample> drawn;
        for (std::size_t d = 0; d < documents; ++d)
            for (const std::size_t i :
                 byDocument[random.upTo(static_cast<std::uint32_t>(documents - 1))])
                drawn.push_back(calibration[i]);
        visit(drawn);
    }
}

std::pair<double, double> harmonicInterval(const std::vector<Scored>& samples,
                                           const std::vector<CalibrationSample>& calibration,
                                           double gamma, std::size_t documents) {
    constexpr int draws = 1000;
    std::vector<double> values;
    bootstrap(samples, calibration, documents, draws,
              [&](const std::vector<CalibrationSample>& drawn) {
                  values.push_back(evaluateAt(drawn, gamma).harmonic);
              });
    if (values.empty())
        return {0, 0};
    std::sort(values.begin(), values.end());
    return {values[draws / 40], values[draws - 1 - draws / 40]};
}

/// The least gamma whose H is within one standard error of the best. Few validation labels leave
/// the optimum uncertain, and each unit of gamma takes samples from categories that are known well.
double leastGamma(const std::vector<Scored>& samples,
                  const std::vector<CalibrationSample>& calibration, const CalibrationResult& best,
                  std::size_t documents) {
    constexpr int draws = 200;
    double sum = 0, squares = 0;
    bootstrap(samples, calibration, documents, draws,
              [&](const std::vector<CalibrationSample>& drawn) {
                  const double h = evaluateAt(drawn, best.gamma).harmonic;
                  sum += h;
                  squares += h * h;
              });
    const double mean = sum / draws;
    const double error = std::sqrt(std::max(0.0, squares / draws - mean * mean));
    // H changes only where a sample changes sides.
    std::vector<double> gammas{0};
    for (const CalibrationSample& sample : calibration)
        if (const double d = sample.bestSeen - sample.bestUnseen; d > 0 && d < best.gamma)
            gammas.push_back(std::nextafter(d, best.gamma));
    std::sort(gammas.begin(), gammas.end());
    for (const double gamma : gammas)
        if (evaluateAt(calibration, gamma).harmonic >= best.harmonic - error)
            return gamma;
    return best.gamma;
}

/// Keeps what is given and its labels' places, drops the types, so that nothing leaks into reading.
std::vector<Document> withoutRelations(std::span<const Document> documents, bool keepMentions) {
    std::vector<Document> out(documents.begin(), documents.end());
    for (Document& document : out) {
        document.relations.clear();
        if (!keepMentions)
            document.mentions.clear();
    }
    return out;
}

struct Collected {
    std::vector<Scored> samples;
    std::map<std::string, int> index;
};

void collect(Collected& out, const CategorySpace& space, CategoryKind kind,
             const Document& document, std::size_t number, const Extraction& extraction) {
    const auto add = [&](const std::string& type, const std::vector<float>& latent) {
        const auto truth = out.index.find(type);
        if (truth != out.index.end() && !latent.empty())
            out.samples.push_back({number, truth->second, scoresOf(space, kind, latent)});
    };
    if (kind == CategoryKind::Entity) {
        for (std::size_t m = 0; m < document.mentions.size(); ++m)
            add(document.mentions[m].type, extraction.mentions[m].latent);
        return;
    }
    for (const Relation& relation : document.relations)
        for (const RelationPrediction& found : extraction.relations)
            if (found.given && found.head == relation.head && found.tail == relation.tail)
                add(relation.type, found.latent);
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
            {"detection", spanJson(detection)},
            {"end_to_end", spanJson(endToEnd)},
            {"categories", perCategory}};
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
    std::vector<Document> input(documents.begin(), documents.end());
    if (!options.useImages)
        for (Document& document : input)
            document.imagePath.clear();
    if (!options.detectionOnly)
        engine.extract(
            input, *space,
            [&](std::size_t i, Extraction extraction) {
                collect(collected, *space, kind, documents[i], i, extraction);
            },
            cancel, progress);

    const bool entity = kind == CategoryKind::Entity;
    engine.extract(
        withoutRelations(input, !entity), *space,
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

    const auto calibration = calibrationSamples(collected.samples, out.categories);
    out.sweep = calibrate(calibration);
    std::vector<int> truth, predicted;
    for (const Scored& sample : collected.samples) {
        truth.push_back(sample.truth);
        predicted.push_back(predict(sample, out.categories, out.gamma));
    }
    std::vector<bool> seen;
    for (const Category& category : out.categories)
        seen.push_back(category.seen);
    out.scores = zeroShotScores(truth, predicted, seen);
    std::tie(out.harmonicLow, out.harmonicHigh) =
        harmonicInterval(collected.samples, calibration, out.gamma, documents.size());
    out.leastGamma = leastGamma(collected.samples, calibration, out.sweep, documents.size());
    return out;
}

} // namespace hmgrl
