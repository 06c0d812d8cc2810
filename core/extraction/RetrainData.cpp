#include "extraction/RetrainData.h"

#include "extraction/ImageFeatures.h"
#include "extraction/Reader.h"
#include "support/Random.h"

#include <algorithm>
#include <map>

namespace hmgrl {
namespace {

constexpr std::size_t documentsAtOnce = 8;

/// What is collected for one kind while the documents are read.
struct Collector {
    RetrainSet set;
    std::map<std::string, std::int64_t> targetOf; ///< category name -> index into `assignable`
    std::vector<torch::Tensor> fused, wording, pairs;
    std::vector<std::string> names;
    std::vector<float> related;
};

Collector collectorFor(const Model& model, CategoryKind kind,
                       std::span<const Category> categories) {
    Collector out;
    out.set.kind = kind;
    std::copy_if(categories.begin(), categories.end(), std::back_inserter(out.set.categories),
                 [&](const Category& category) { return category.kind == kind; });
    std::vector<std::int64_t> assignable;
    for (std::size_t i = 0; i < out.set.categories.size(); ++i) {
        const Category& category = out.set.categories[i];
        const bool inner =
            std::any_of(out.set.categories.begin(), out.set.categories.end(),
                        [&](const Category& c) { return c.parent == category.name; });
        if (inner)
            continue;
        out.targetOf[category.name] = static_cast<std::int64_t>(assignable.size());
        assignable.push_back(static_cast<std::int64_t>(i));
    }
    const torch::NoGradGuard guard;
    out.set.labels = readLabels(model, kind, out.set.categories);
    out.set.assignable = torch::tensor(assignable, torch::kInt64);
    return out;
}

bool isLabel(const auto& item, const std::map<std::string, std::int64_t>& targetOf) {
    return item.status == Status::Accepted && targetOf.count(item.type) > 0;
}

/// Samples of a group of documents: mentions typed, pairs related, and pairs that are not.
struct GroupSamples {
    std::vector<Sample> mentions, related, unrelated;
    std::vector<std::string> mentionTypes, relationTypes;
};

void addDocument(GroupSamples& out, const Document& document, const EncodedWindows& encoded,
                 int number, const Collector& entities, const Collector& relations) {
    const auto windowOf = [&](Span span) {
        for (std::size_t w = 0; w < encoded.windows.size(); ++w) {
            const auto [first, last] = Reader::tokensOf(encoded.windows[w].encoding, span);
            if (encoded.windows[w].document == number && first < last)
                return static_cast<int>(w);
        }
        return -1;
    };
    std::vector<int> accepted;
    for (std::size_t m = 0; m < document.mentions.size(); ++m) {
        const Mention& mention = document.mentions[m];
        const int window = windowOf(mention.span);
        if (mention.status != Status::Accepted || window < 0)
            continue;
        accepted.push_back(static_cast<int>(m));
        if (isLabel(mention, entities.targetOf)) {
            out.mentions.push_back({window, {mention.span}});
            out.mentionTypes.push_back(mention.type);
        }
    }
    std::set<std::pair<int, int>> paired;
    for (const Relation& relation : document.relations) {
        const Span head = document.mentions[static_cast<std::size_t>(relation.head)].span;
        const Span tail = document.mentions[static_cast<std::size_t>(relation.tail)].span;
        // Suggestions may be right: neither a label nor a proof that there is no relation.
        if (relation.status != Status::Rejected)
            paired.emplace(relation.head, relation.tail);
        if (!isLabel(relation, relations.targetOf) || windowOf(head) < 0)
            continue;
        out.related.push_back({windowOf(head), {head, tail}});
        out.relationTypes.push_back(relation.type);
    }
    const bool annotated =
        std::any_of(document.relations.begin(), document.relations.end(),
                    [](const Relation& relation) { return relation.status == Status::Accepted; });
    for (const int h : accepted)
        for (const int t : accepted)
            if (annotated && h != t && !paired.count({h, t}))
                out.unrelated.push_back(
                    {windowOf(document.mentions[static_cast<std::size_t>(h)].span),
                     {document.mentions[static_cast<std::size_t>(h)].span,
                      document.mentions[static_cast<std::size_t>(t)].span}});
}

torch::Tensor fusedOf(const Model& model, const EncodedWindows& encoded,
                      const std::vector<Sample>& samples, CategoryKind kind) {
    const auto input = Reader(model).input(encoded, samples, model.config.head(kind));
    HmgrlHead head = kind == CategoryKind::Entity ? model.heads->entity : model.heads->relation;
    return head->perceive(input).fused;
}

void append(Collector& entities, Collector& relations, const Model& model,
            const EncodedWindows& encoded, const GroupSamples& samples) {
    if (!samples.mentions.empty()) {
        entities.fused.push_back(fusedOf(model, encoded, samples.mentions, CategoryKind::Entity));
        entities.wording.push_back(Reader(model).wording(encoded, samples.mentions));
        entities.names.insert(entities.names.end(), samples.mentionTypes.begin(),
                              samples.mentionTypes.end());
    }
    if (!samples.related.empty()) {
        relations.fused.push_back(fusedOf(model, encoded, samples.related, CategoryKind::Relation));
        relations.wording.push_back(Reader(model).wording(encoded, samples.related));
        relations.names.insert(relations.names.end(), samples.relationTypes.begin(),
                               samples.relationTypes.end());
        relations.pairs.push_back(relations.fused.back());
        relations.related.insert(relations.related.end(), samples.related.size(), 1.0F);
    }
    if (!samples.unrelated.empty()) {
        relations.pairs.push_back(
            fusedOf(model, encoded, samples.unrelated, CategoryKind::Relation));
        relations.related.insert(relations.related.end(), samples.unrelated.size(), 0.0F);
    }
}

void divide(Collector& collector, const RetrainOptions& options) {
    std::map<std::string, std::vector<std::int64_t>> rowsOf;
    for (std::size_t i = 0; i < collector.names.size(); ++i)
        rowsOf[collector.names[i]].push_back(static_cast<std::int64_t>(i));
    Random random(options.seed);
    std::vector<std::int64_t> train, held;
    for (auto& [name, rows] : rowsOf) {
        random.shuffle(rows);
        std::size_t out = 0;
        if (options.holdOut > 0 && rows.size() >= 2)
            out = std::clamp<std::size_t>(
                static_cast<std::size_t>(options.holdOut * static_cast<double>(rows.size()) + 0.5),
                1, rows.size() - 1);
        held.insert(held.end(), rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(out));
        train.insert(train.end(), rows.begin() + static_cast<std::ptrdiff_t>(out), rows.end());
    }
    std::sort(train.begin(), train.end());
    std::sort(held.begin(), held.end());
    collector.set.trainRows = torch::tensor(train, torch::kInt64);
    collector.set.heldRows = torch::tensor(held, torch::kInt64);
    for (const std::int64_t row : held)
        collector.set.heldNames.push_back(collector.names[static_cast<std::size_t>(row)]);
}

RetrainSet finish(Collector& collector, const RetrainOptions& options) {
    divide(collector, options);
    std::vector<std::int64_t> targets;
    for (const std::string& name : collector.names)
        targets.push_back(collector.targetOf.at(name));
    collector.set.target = torch::tensor(targets, torch::kInt64);
    if (!collector.fused.empty()) {
        collector.set.fused = torch::cat(collector.fused);
        collector.set.wording = torch::cat(collector.wording);
    }
    const auto related = std::count(collector.related.begin(), collector.related.end(), 1.0F);
    if (related > 0 && related < static_cast<std::ptrdiff_t>(collector.related.size())) {
        collector.set.pairs = torch::cat(collector.pairs);
        collector.set.related = torch::tensor(collector.related);
    }
    return std::move(collector.set);
}

} // namespace

RetrainData readRetrainData(const Model& model, std::span<const Document> documents,
                            std::span<const Category> categories, const RetrainOptions& options,
                            const CancelToken& cancel, const ProgressSink& progress) {
    const torch::NoGradGuard guard;
    const Reader reader(model);
    const ImageFeatures images(model, {});
    Collector entities = collectorFor(model, CategoryKind::Entity, categories);
    Collector relations = collectorFor(model, CategoryKind::Relation, categories);
    for (std::size_t from = 0; from < documents.size(); from += documentsAtOnce) {
        cancel.throwIfCancelled();
        if (progress)
            progress({"Reading labels",
                      static_cast<double>(from),
                      static_cast<double>(documents.size()),
                      {}});
        const std::size_t end = std::min(from + documentsAtOnce, documents.size());
        std::vector<Window> windows;
        Issues unreadable; // an image that is gone leaves its label without one
        for (std::size_t d = from; d < end; ++d) {
            bool truncated = false;
            auto parts = reader.split(static_cast<int>(d), documents[d].text,
                                      model.config.maxTokens, 64, truncated);
            const auto image = documents[d].imagePath.empty()
                                   ? torch::Tensor()
                                   : images.of(documents[d].imagePath, unreadable);
            for (Window& window : parts) {
                window.image = image;
                windows.push_back(std::move(window));
            }
        }
        const EncodedWindows encoded = reader.encode(std::move(windows), true);
        GroupSamples samples;
        for (std::size_t d = from; d < end; ++d)
            addDocument(samples, documents[d], encoded, static_cast<int>(d), entities, relations);
        append(entities, relations, model, encoded, samples);
    }
    RetrainData out;
    out.labelCount = entities.names.size() + relations.names.size();
    for (const Collector* collector : {&entities, &relations})
        for (const std::string& name : collector->names)
            out.learned.emplace(collector->set.kind, name);
    out.entities = finish(entities, options);
    out.relations = finish(relations, options);
    return out;
}

} // namespace hmgrl
