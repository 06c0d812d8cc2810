#include "training/StepMaker.h"

#include "extraction/SpaceBuilder.h"

#include <algorithm>
#include <numeric>

namespace hmgrl {
namespace {

constexpr int negativesPerPair = 3;
constexpr std::size_t mostPairs = 96; ///< pairs of one step

std::map<std::string, int> indexOf(const std::vector<Category>& categories) {
    std::map<std::string, int> out;
    for (std::size_t i = 0; i < categories.size(); ++i)
        out[categories[i].name] = static_cast<int>(i);
    return out;
}

int find(const std::map<std::string, int>& index, const std::string& name) {
    const auto found = index.find(name);
    return found == index.end() ? -1 : found->second;
}

bool inWindow(const Window& window, Span span) {
    const auto [first, last] = Reader::tokensOf(window.encoding, span);
    return first < last;
}

std::vector<std::int64_t> bioLabels(const Window& window, std::vector<Span> spans) {
    std::vector<std::int64_t> bio(window.encoding.ids.size(), 0);
    bio.front() = bio.back() = -100;
    // Longer spans first: of nested mentions the outer one is learned.
    std::stable_sort(spans.begin(), spans.end(),
                     [](Span a, Span b) { return a.end - a.begin > b.end - b.begin; });
    for (const Span span : spans) {
        const auto [first, last] = Reader::tokensOf(window.encoding, span);
        bool isFree = true;
        for (int t = first; t < last; ++t)
            isFree = isFree && bio[static_cast<std::size_t>(t)] == 0;
        for (int t = first; t < last && isFree; ++t)
            bio[static_cast<std::size_t>(t)] = t == first ? 1 : 2;
    }
    return bio;
}

TrainingRow prepareRow(const Document& document, Window window,
                       const std::map<std::string, int>& entities,
                       const std::map<std::string, int>& relations) {
    TrainingRow row;
    std::vector<Span> spans;
    for (const Mention& mention : document.mentions) {
        spans.push_back(mention.span);
        if (inWindow(window, mention.span))
            row.mentions.emplace_back(mention.span, find(entities, mention.type));
    }
    for (const Relation& relation : document.relations) {
        const Span head = document.mentions[static_cast<std::size_t>(relation.head)].span;
        const Span tail = document.mentions[static_cast<std::size_t>(relation.tail)].span;
        if (!inWindow(window, head) || !inWindow(window, tail))
            continue;
        row.pairs.emplace_back(head, tail);
        row.pairTypes.push_back(find(relations, relation.type));
    }
    row.bio = bioLabels(window, spans);
    row.window = std::move(window);
    return row;
}

torch::Tensor indexTensor(const std::vector<std::int64_t>& values, torch::Device device) {
    return torch::tensor(values, torch::kInt64).to(device);
}

} // namespace

TrainingSource prepareSource(const Corpus& corpus, const Model& model, const ImageFeatures& images,
                             int maxTokens, Issues& issues, const CancelToken& cancel,
                             const ProgressSink& progress) {
    const Reader reader(model);
    const auto entities = indexOf(corpus.entities);
    const auto relations = indexOf(corpus.relations);
    TrainingSource out{corpus.source, {}, corpus.entities, corpus.relations, {}, {}, {}, {}};
    for (std::size_t i = 0; i < corpus.documents.size(); ++i) {
        cancel.throwIfCancelled();
        const Document& document = corpus.documents[i];
        bool truncated = false;
        auto windows = reader.split(0, document.text, maxTokens, 1, truncated);
        if (!document.imagePath.empty()) {
            const c10::InferenceMode inference(false);
            const torch::NoGradGuard guard;
            windows.front().image = images.of(document.imagePath, issues);
        }
        out.rows.push_back(prepareRow(document, std::move(windows.front()), entities, relations));
        if (progress && i % 64 == 0)
            progress({"Reading " + corpus.source.name,
                      static_cast<double>(i),
                      static_cast<double>(corpus.documents.size()),
                      {}});
    }
    std::erase_if(out.rows,
                  [](const TrainingRow& row) { return row.window.encoding.ids.size() < 4; });
    return out;
}

StepMaker::StepMaker(const Model& model, const ScheduleOptions& schedule,
                     std::vector<TrainingSource> sources)
    : m_model(model)
    , m_reader(model)
    , m_schedule(schedule)
    , m_sources(std::move(sources)) {
    std::erase_if(m_sources,
                  [](const TrainingSource& s) { return s.rows.empty() || s.config.weight <= 0; });
    if (m_sources.empty())
        throw Error("training: expected texts, found none");
    for (TrainingSource& source : m_sources) {
        m_totalWeight += source.config.weight;
        source.entityLabels = labelsOf(CategoryKind::Entity, source.entities);
        source.relationLabels = labelsOf(CategoryKind::Relation, source.relations);
    }
}

TrainingSource::Labels StepMaker::labelsOf(CategoryKind kind,
                                           const std::vector<Category>& categories) const {
    const torch::NoGradGuard fixed;
    const HmgrlConfig& config = m_model.config.head(kind);
    TrainingSource::Labels out;
    if (config.wordingInLoss)
        out.wording = readLabels(m_model, kind, categories).wording;
    if (m_model.text->hasFrozenLayers())
        out.lower = m_reader.lowerLabels(categories, config);
    return out;
}

std::vector<std::size_t> StepMaker::drawRows(const TrainingSource& source, Random& random) const {
    // Texts of similar length share a batch, so that little is padded: a pivot is drawn and its
    // neighbours by length among a few times as many candidates.
    const auto wanted = static_cast<std::size_t>(m_schedule.rows);
    const auto last = static_cast<std::uint32_t>(source.rows.size() - 1);
    std::vector<std::size_t> drawn;
    for (std::size_t i = 0; i < wanted * 3; ++i)
        drawn.push_back(random.upTo(last));
    const auto length = [&](std::size_t i) { return source.rows[i].window.encoding.ids.size(); };
    std::stable_sort(drawn.begin(), drawn.end(),
                     [&](std::size_t a, std::size_t b) { return length(a) < length(b); });
    const std::size_t from = random.upTo(2) * wanted;
    std::vector<std::size_t> rows(drawn.begin() + static_cast<std::ptrdiff_t>(from),
                                  drawn.begin() + static_cast<std::ptrdiff_t>(from + wanted));
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

StepBatch StepMaker::make(Random& random) const {
    double at = random.uniform() * m_totalWeight;
    std::size_t chosen = 0;
    while (chosen + 1 < m_sources.size() && at >= m_sources[chosen].config.weight)
        at -= m_sources[chosen++].config.weight;
    const TrainingSource& source = m_sources[chosen];
    const auto rows = drawRows(source, random);

    std::vector<Window> windows;
    for (const std::size_t r : rows) {
        windows.push_back(source.rows[r].window);
        if (random.uniform() < m_schedule.imageDropout)
            windows.back().image = torch::Tensor();
    }
    const bool withWording =
        m_model.config.entity.wordingInLoss || m_model.config.relation.wordingInLoss;
    const EncodedWindows encoded = m_reader.encode(std::move(windows), withWording);
    StepBatch out;
    if (source.config.mentions) {
        const auto style = torch::full({encoded.states.size(0)}, source.config.style,
                                       torch::TensorOptions(torch::kInt64).device(m_model.device));
        out.mentionLogits = MentionHead(m_model.heads->mention)->forward(encoded.states, style);
        out.mentionTargets =
            torch::full({encoded.states.size(0), encoded.states.size(1)}, -100, torch::kInt64);
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const auto& bio = source.rows[rows[i]].bio;
            std::copy(bio.begin(), bio.end(),
                      out.mentionTargets.data_ptr<std::int64_t>() +
                          static_cast<std::int64_t>(i) * out.mentionTargets.size(1));
        }
        out.mentionTargets = out.mentionTargets.to(m_model.device);
    }
    out.entity = entityBatch(source, rows, encoded, random);
    out.relation = relationBatch(source, rows, encoded, random);
    return out;
}

void StepMaker::addLabels(TaskBatch& batch, const std::vector<Category>& categories,
                          const TrainingSource::Labels& labels, const std::set<int>& unseen,
                          const std::vector<int>& types, const HmgrlConfig& config,
                          Random& random) const {
    // The batch's own categories, the unseen ones and drawn others, up to the limit; then their
    // parents.
    std::set<int> chosen(types.begin(), types.end());
    chosen.erase(-1);
    std::vector<int> others;
    for (int c = 0; c < static_cast<int>(categories.size()); ++c) {
        const bool inner =
            std::any_of(categories.begin(), categories.end(), [&](const Category& child) {
                return child.parent == categories[static_cast<std::size_t>(c)].name;
            });
        if (!inner && !chosen.count(c))
            others.push_back(c);
    }
    random.shuffle(others);
    for (const int c : others)
        if (static_cast<int>(chosen.size()) < m_schedule.labelsPerStep)
            chosen.insert(c);
    std::set<int> withParents = chosen;
    const auto index = indexOf(categories);
    for (const int c : chosen)
        if (const int parent = find(index, categories[static_cast<std::size_t>(c)].parent);
            parent >= 0)
            withParents.insert(parent);

    const std::vector<int> order(withParents.begin(), withParents.end());
    std::map<int, std::int64_t> rowOf;
    std::vector<std::int64_t> seenRows, unseenRows, groups, targets;
    for (const int c : order)
        rowOf[c] = static_cast<std::int64_t>(rowOf.size());
    for (const int c : order) {
        const int parent = find(index, categories[static_cast<std::size_t>(c)].parent);
        groups.push_back(parent < 0 ? -1 : rowOf.at(parent));
        if (chosen.count(c))
            (unseen.count(c) ? unseenRows : seenRows).push_back(rowOf.at(c));
    }
    for (const int type : types)
        targets.push_back(type < 0 ? -1 : rowOf.at(type));
    batch.labelStates = labelStates(categories, labels, order, config);
    if (batch.wording.defined()) {
        const std::vector<std::int64_t> rows(order.begin(), order.end());
        batch.wording = torch::matmul(
            batch.wording,
            labels.wording.index_select(0, indexTensor(rows, m_model.device)).transpose(0, 1));
    }
    batch.target = indexTensor(targets, m_model.device);
    batch.seen = indexTensor(seenRows, m_model.device);
    batch.unseen = indexTensor(unseenRows, m_model.device);
    if (std::any_of(groups.begin(), groups.end(), [](std::int64_t g) { return g >= 0; }))
        batch.group = indexTensor(groups, m_model.device);
}

torch::Tensor StepMaker::labelStates(const std::vector<Category>& categories,
                                     const TrainingSource::Labels& labels,
                                     const std::vector<int>& chosen,
                                     const HmgrlConfig& config) const {
    if (labels.lower.empty()) {
        std::vector<std::string> texts;
        for (const int c : chosen)
            texts.push_back(labelText(categories[static_cast<std::size_t>(c)]));
        return m_reader.labelStates(texts, config);
    }
    std::vector<const LowerLabel*> lower;
    for (const int c : chosen)
        lower.push_back(&labels.lower[static_cast<std::size_t>(c)]);
    return m_reader.labelStates(lower, config);
}

std::optional<TaskBatch> StepMaker::entityBatch(const TrainingSource& source,
                                                const std::vector<std::size_t>& rows,
                                                const EncodedWindows& encoded,
                                                Random& random) const {
    std::vector<Sample> samples;
    std::vector<int> types;
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (const auto& [span, type] : source.rows[rows[i]].mentions)
            if (type >= 0) {
                samples.push_back({static_cast<int>(i), {span}});
                types.push_back(type);
            }
    if (samples.empty() || source.entities.size() < 2)
        return std::nullopt;
    TaskBatch batch;
    batch.input = m_reader.input(encoded, samples, m_model.config.entity);
    if (m_model.wording && m_model.config.entity.wordingInLoss)
        batch.wording = m_reader.wording(encoded, samples);
    addLabels(batch, source.entities, source.entityLabels, source.unseenEntities, types,
              m_model.config.entity, random);
    return batch;
}

std::optional<TaskBatch> StepMaker::relationBatch(const TrainingSource& source,
                                                  const std::vector<std::size_t>& rows,
                                                  const EncodedWindows& encoded,
                                                  Random& random) const {
    std::vector<Sample> samples;
    std::vector<int> types;
    std::vector<float> related;
    std::vector<Sample> unrelated;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const TrainingRow& row = source.rows[rows[i]];
        for (std::size_t p = 0; p < row.pairs.size(); ++p) {
            samples.push_back({static_cast<int>(i), {row.pairs[p].first, row.pairs[p].second}});
            types.push_back(row.pairTypes[p]);
            related.push_back(source.config.relations ? 1.0F : -1.0F);
        }
        if (!source.config.relations)
            continue;
        for (const auto& [head, headType] : row.mentions)
            for (const auto& [tail, tailType] : row.mentions)
                if (head != tail && std::find(row.pairs.begin(), row.pairs.end(),
                                              std::pair(head, tail)) == row.pairs.end())
                    unrelated.push_back({static_cast<int>(i), {head, tail}});
    }
    if (samples.size() > mostPairs) {
        samples.resize(mostPairs);
        types.resize(mostPairs);
        related.resize(mostPairs);
    }
    random.shuffle(unrelated);
    const std::size_t negatives = std::min<std::size_t>(
        {unrelated.size(), mostPairs, std::max<std::size_t>(8, samples.size() * negativesPerPair)});
    for (std::size_t n = 0; n < negatives; ++n) {
        samples.push_back(unrelated[n]);
        types.push_back(-1);
        related.push_back(0.0F);
    }
    if (samples.empty() || source.relations.size() < 2)
        return std::nullopt;
    TaskBatch batch;
    batch.input = m_reader.input(encoded, samples, m_model.config.relation);
    if (m_model.wording && m_model.config.relation.wordingInLoss)
        batch.wording = m_reader.wording(encoded, samples);
    addLabels(batch, source.relations, source.relationLabels, source.unseenRelations, types,
              m_model.config.relation, random);
    batch.related = torch::tensor(related).to(m_model.device);
    return batch;
}

} // namespace hmgrl
