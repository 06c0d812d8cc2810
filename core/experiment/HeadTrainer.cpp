#include "experiment/HeadTrainer.h"

#include "extraction/Reader.h"
#include "support/Random.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <set>

namespace hmgrl {
namespace {

constexpr std::size_t samplesAtOnce = 64;

torch::Tensor rowsTensor(std::span<const int> rows, torch::Device device) {
    return torch::tensor(std::vector<std::int64_t>(rows.begin(), rows.end()), torch::kInt64)
        .to(device);
}

/// (C, A, T) bool; an empty list allows every type.
torch::Tensor allowedTensor(const Protocol& protocol) {
    const auto types = static_cast<std::int64_t>(protocol.argumentTypes.size());
    const auto categories = static_cast<std::int64_t>(protocol.categories.size());
    const auto anchors = static_cast<std::int64_t>(protocol.allowedTypes.front().size());
    auto out = torch::zeros({categories, anchors, types}, torch::kBool);
    for (std::int64_t c = 0; c < categories; ++c)
        for (std::int64_t a = 0; a < anchors; ++a) {
            const auto& allowed =
                protocol.allowedTypes[static_cast<std::size_t>(c)][static_cast<std::size_t>(a)];
            if (allowed.empty())
                out[c][a].fill_(true);
            for (const int type : allowed)
                out[c][a][type] = true;
        }
    return out;
}

torch::Tensor parentRows(const Protocol& protocol) {
    std::map<std::string, std::int64_t> rows;
    for (std::size_t c = 0; c < protocol.categories.size(); ++c)
        rows[protocol.categories[c].name] = static_cast<std::int64_t>(c);
    std::vector<std::int64_t> parents;
    bool any = false;
    for (const Category& category : protocol.categories) {
        const auto found = rows.find(category.parent);
        parents.push_back(found == rows.end() ? -1 : found->second);
        any = any || found != rows.end();
    }
    return any ? torch::tensor(parents, torch::kInt64) : torch::Tensor();
}

/// Of the training samples; `labels` (C, D) what the categories' texts say.
WordExamples wordExamples(const Protocol& protocol, const SampleSet& samples,
                          const torch::Tensor& labels) {
    std::vector<int> categories;
    for (const int i : protocol.train)
        categories.push_back(protocol.samples[static_cast<std::size_t>(i)].category);
    const auto target = rowsTensor(categories, labels.device());
    const auto words = samples.wording.index_select(0, rowsTensor(protocol.train, torch::kCPU))
                           .to(labels.device());
    WordExamples out{torch::zeros_like(labels).index_add(0, target, words),
                     torch::bincount(target, {}, labels.size(0)).to(labels.dtype()),
                     {}};
    out.shift = wordShift(labels, out);
    return out;
}

} // namespace

std::vector<int> candidatesOf(const Protocol& protocol, CategoryGroup unseen) {
    std::vector<int> out = protocol.categoriesIn(CategoryGroup::Seen);
    const auto more = protocol.categoriesIn(unseen);
    out.insert(out.end(), more.begin(), more.end());
    return out;
}

std::vector<Category> categoriesFor(const Protocol& protocol, CategoryGroup unseen) {
    std::vector<Category> out;
    for (const int c : candidatesOf(protocol, unseen))
        out.push_back(protocol.categories[static_cast<std::size_t>(c)]);
    return out;
}

std::vector<ScoredSample> scoredSamples(const Protocol& protocol, std::span<const int> samples,
                                        const std::vector<int>& candidates,
                                        const torch::Tensor& scores) {
    std::map<int, int> place;
    for (std::size_t i = 0; i < candidates.size(); ++i)
        place[candidates[i]] = static_cast<int>(i);
    std::map<std::size_t, std::size_t> documents;
    const auto table = scores.to(torch::kFloat64).contiguous();
    std::vector<ScoredSample> out;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        const LabelledSample& sample = protocol.samples[static_cast<std::size_t>(samples[i])];
        const double* row = table.data_ptr<double>() + static_cast<std::int64_t>(i) * table.size(1);
        out.push_back({documents.try_emplace(sample.document, documents.size()).first->second,
                       place.at(sample.category), std::vector<double>(row, row + table.size(1))});
    }
    return out;
}

HeadTrainer::HeadTrainer(const Protocol& protocol, const SampleSet& samples, const Variant& variant,
                         Model model, std::uint32_t seed)
    : m_protocol(protocol)
    , m_samples(samples)
    , m_variant(variant)
    , m_model(std::move(model))
    , m_seed(seed) {
    torch::manual_seed(seed);
    const auto anchors = protocol.kind == CategoryKind::Entity ? 1 : 2;
    m_head = HmgrlHead(variant.head, anchors, m_model.config.text.hiddenSize, samples.imageWidth);
    m_head->to(m_model.device);
    const ExperimentSchedule& schedule = variant.schedule;
    m_model.text->trainTopLayers(schedule.topLayers);
    Adam::Group encoder{{}, schedule.encoderRate, schedule.weightDecay};
    for (const auto& item : m_model.text->named_parameters())
        if (item.value().requires_grad())
            encoder.parameters.emplace_back("text." + item.key(), item.value());
    Adam::Group head{{}, schedule.headRate, schedule.weightDecay};
    for (const auto& item : m_head->named_parameters())
        head.parameters.emplace_back("head." + item.key(), item.value());
    m_trained = encoder.parameters;
    m_trained.insert(m_trained.end(), head.parameters.begin(), head.parameters.end());
    Adam::Options options;
    if (variant.head.isReference())
        options = Adam::referenceOptions();
    options.clipNorm = schedule.clipNorm;
    m_adam.emplace(std::vector<Adam::Group>{encoder, head}, options);
    m_average.emplace(m_trained, schedule.average);

    std::map<int, std::vector<int>> byClass;
    for (const int i : protocol.train)
        byClass[protocol.samples[static_cast<std::size_t>(i)].category].push_back(i);
    for (auto& [category, rows] : byClass)
        m_byClass.push_back(std::move(rows));
    m_seen = rowsTensor(protocol.categoriesIn(CategoryGroup::Seen), m_model.device);
    std::vector<int> unseen = protocol.categoriesIn(CategoryGroup::ValidationUnseen);
    const auto test = protocol.categoriesIn(CategoryGroup::TestUnseen);
    unseen.insert(unseen.end(), test.begin(), test.end());
    m_unseen = rowsTensor(unseen, m_model.device);
    if (const auto parents = parentRows(protocol); parents.defined())
        m_group = parents.to(m_model.device);
    if (!protocol.argumentTypes.empty() && variant.head.weightArguments > 0)
        m_allowed = allowedTensor(protocol).to(m_model.device);
    m_model.text->eval();
    const torch::NoGradGuard frozen;
    encodeLabels();
    m_labelWording = unitRows(m_labels);
    if (variant.head.weightWording > 0 && variant.head.wordingExamples)
        m_examples = wordExamples(protocol, samples, m_labelWording);
}

torch::Tensor HeadTrainer::wordingOf(std::span<const int> samples) const {
    return m_samples.wording.index_select(0, rowsTensor(samples, torch::kCPU)).to(m_model.device);
}

torch::Tensor HeadTrainer::wordingScores(std::span<const int> samples) const {
    const auto wording = wordingOf(samples);
    return m_examples ? gaussianScores(wording, wordPoints(m_labelWording, *m_examples))
                      : torch::matmul(wording, m_labelWording.transpose(0, 1));
}

void HeadTrainer::encodeLabels() {
    const Reader reader(m_model);
    std::vector<std::string> labels;
    for (const Category& category : m_protocol.categories)
        labels.push_back(labelText(category));
    m_labels = reader.labelStates(labels, m_variant.head);
    if (m_allowed.defined())
        m_types = reader.labelStates(m_protocol.argumentTypes, m_variant.head);
}

/// Balanced: the i-th draw of the run takes a sample of class i mod S.
std::vector<int> HeadTrainer::draw(int step) const {
    Random random(m_seed * 1000003U + static_cast<std::uint32_t>(step));
    std::vector<int> out;
    for (int i = 0; i < m_variant.schedule.batch; ++i) {
        const auto position =
            static_cast<std::size_t>(step) * static_cast<std::size_t>(m_variant.schedule.batch) +
            static_cast<std::size_t>(i);
        const auto& rows = m_byClass[position % m_byClass.size()];
        out.push_back(rows[random.upTo(static_cast<std::uint32_t>(rows.size() - 1))]);
    }
    return out;
}

TaskBatch HeadTrainer::batchOf(const std::vector<int>& chosen) {
    std::vector<bool> hidden;
    for (std::size_t r = 0; r < rowsOf(m_samples, chosen).size(); ++r)
        hidden.push_back(torch::rand({}).item<double>() < m_variant.schedule.imageDropout);
    TaskBatch batch;
    batch.input = inputOf(m_samples, m_model.text, chosen, hidden);
    std::vector<int> targets;
    for (const int i : chosen)
        targets.push_back(m_protocol.samples[static_cast<std::size_t>(i)].category);
    batch.target = rowsTensor(targets, m_model.device);
    batch.labelStates = m_labels;
    batch.seen = m_seen;
    batch.unseen = m_unseen;
    batch.group = m_group;
    batch.argumentTypes = m_types;
    // A training sample is one of its category's examples: without itself it is as far from them
    // as others will be.
    if (m_variant.head.wordingInLoss && m_variant.head.weightWording > 0)
        batch.wording = m_examples ? gaussianScoresWithoutSelf(wordingOf(chosen), batch.target,
                                                               m_labelWording, *m_examples)
                                   : wordingScores(chosen);
    batch.allowedTypes = m_allowed;
    return batch;
}

void HeadTrainer::learn(int step) {
    const ExperimentSchedule& schedule = m_variant.schedule;
    torch::manual_seed(m_seed * 1000003ULL + static_cast<std::uint64_t>(step));
    m_head->train();
    if (schedule.trainLabels)
        encodeLabels();
    const TaskBatch batch = batchOf(draw(step));
    const LossTerms loss = hmgrlLoss(m_head, batch, drawNoise(m_head, batch));
    if (!std::isfinite(loss.total.item<double>()))
        throw Error({}, m_variant.name + ", step " + std::to_string(step),
                    "the loss is not finite");
    m_adam->zeroGradients();
    loss.total.backward();
    double factor = step < schedule.warmup ? (step + 1.0) / schedule.warmup : 1;
    if (schedule.decay)
        factor *= std::max(0.02, 1 - static_cast<double>(step) / schedule.steps);
    m_adam->step(factor);
    m_average->update(step);
}

double HeadTrainer::validate() {
    // Every k-th unseen sample while training; all of them decide gamma at the end.
    std::vector<int> samples = m_protocol.validationSeen;
    const auto& unseen = m_protocol.validationUnseen;
    const auto limit = static_cast<std::size_t>(m_variant.schedule.validationLimit);
    const std::size_t stride = std::max<std::size_t>(1, (unseen.size() + limit - 1) / limit);
    for (std::size_t i = 0; i < unseen.size(); i += stride)
        samples.push_back(unseen[i]);
    return calibrate(score(samples, CategoryGroup::ValidationUnseen),
                     categoriesFor(m_protocol, CategoryGroup::ValidationUnseen))
        .ausuc;
}

HeadTrainer::Course HeadTrainer::train(const CancelToken& cancel, const ProgressSink& progress) {
    const ExperimentSchedule& schedule = m_variant.schedule;
    Course course;
    double best = -1;
    std::vector<torch::Tensor> kept;
    double seconds = 0;
    while (course.steps < schedule.steps) {
        cancel.throwIfCancelled();
        const auto start = std::chrono::steady_clock::now();
        learn(course.steps++);
        seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
        if (progress)
            progress({m_variant.name + ", seed " + std::to_string(m_seed),
                      static_cast<double>(course.steps),
                      static_cast<double>(schedule.steps),
                      {{"speed", schedule.batch * course.steps / seconds}}});
        if (course.steps % schedule.evaluateEvery != 0 && course.steps != schedule.steps)
            continue;
        m_average->swap();
        if (const double figure = validate(); figure > best) {
            best = figure;
            course.bestStep = course.steps;
            kept.clear();
            for (const auto& [name, parameter] : m_trained)
                kept.push_back(parameter.detach().clone());
        }
        m_average->swap();
        if (course.steps - course.bestStep >= schedule.patience * schedule.evaluateEvery)
            break;
    }
    const torch::NoGradGuard guard;
    for (std::size_t i = 0; i < m_trained.size(); ++i)
        m_trained[i].second.copy_(kept[i]);
    course.samplesPerSecond = schedule.batch * course.steps / seconds;
    course.curvature = m_head->curvature().item<double>();
    return course;
}

template <typename Visit>
void HeadTrainer::inBatches(std::span<const int> samples, Visit&& visit) {
    const torch::NoGradGuard guard;
    m_head->eval();
    std::vector<std::size_t> order(samples.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return m_samples.tokensOf(samples[a]) < m_samples.tokensOf(samples[b]);
    });
    for (std::size_t from = 0; from < order.size(); from += samplesAtOnce) {
        const auto to = std::min(from + samplesAtOnce, order.size());
        std::vector<int> chosen;
        std::vector<std::int64_t> places;
        for (std::size_t i = from; i < to; ++i) {
            chosen.push_back(samples[order[i]]);
            places.push_back(static_cast<std::int64_t>(order[i]));
        }
        visit(m_head->perceive(inputOf(m_samples, m_model.text, chosen)).fused,
              torch::tensor(places, torch::kInt64));
    }
}

std::vector<ScoredSample> HeadTrainer::score(std::span<const int> samples, CategoryGroup unseen) {
    const torch::NoGradGuard guard;
    m_head->eval();
    if (m_variant.schedule.trainLabels)
        encodeLabels();
    const auto candidates = candidatesOf(m_protocol, unseen);
    const auto rows = rowsTensor(candidates, m_model.device);
    const auto prototypes = m_head->prototypes(m_labels.index_select(0, rows));
    auto scores = torch::zeros(
        {static_cast<std::int64_t>(samples.size()), static_cast<std::int64_t>(candidates.size())});
    inBatches(samples, [&](const torch::Tensor& fused, const torch::Tensor& places) {
        auto part = m_head->scores(m_head->latent(fused), prototypes);
        if (m_types.defined())
            part = part + m_variant.head.weightArguments *
                              argumentScores(m_head->argumentTypes(fused, m_types),
                                             m_allowed.index_select(0, rows));
        scores.index_copy_(0, places, part.to(torch::kCPU));
    });
    if (m_variant.head.weightWording > 0)
        scores += m_variant.head.weightWording *
                  wordingScores(samples).index_select(1, rows).to(torch::kCPU);
    return scoredSamples(m_protocol, samples, candidates, scores);
}

torch::Tensor HeadTrainer::prototypes() {
    const torch::NoGradGuard guard;
    m_head->eval();
    return m_head->prototypes(m_labels).to(torch::kCPU);
}

torch::Tensor HeadTrainer::latents(std::span<const int> samples) {
    torch::Tensor out;
    inBatches(samples, [&](const torch::Tensor& fused, const torch::Tensor& places) {
        const auto part = m_head->latent(fused).to(torch::kCPU);
        if (!out.defined())
            out = torch::zeros({static_cast<std::int64_t>(samples.size()), part.size(1)});
        out.index_copy_(0, places, part);
    });
    return out;
}

} // namespace hmgrl
