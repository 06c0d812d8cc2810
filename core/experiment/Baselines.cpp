#include "experiment/Baselines.h"

#include "experiment/HeadTrainer.h"
#include "extraction/Reader.h"

#include <algorithm>

namespace hmgrl {
namespace {

constexpr std::size_t samplesAtOnce = 64;

} // namespace

Baseline::Baseline(const Protocol& protocol, const SampleSet& samples, const Variant& variant,
                   Model model)
    : m_protocol(protocol)
    , m_samples(samples)
    , m_variant(variant)
    , m_model(std::move(model)) {
    const torch::NoGradGuard guard;
    m_model.text->trainTopLayers(variant.schedule.topLayers);
    m_model.text->eval();
    std::vector<std::string> labels;
    for (const Category& category : protocol.categories)
        labels.push_back(labelText(category));
    m_labels = unitRows(Reader(m_model).labelStates(labels, variant.head)).to(torch::kCPU);
    std::vector<int> validation = protocol.validationSeen;
    validation.insert(validation.end(), protocol.validationUnseen.begin(),
                      protocol.validationUnseen.end());
    m_train = features(protocol.train);
    const auto candidates = categoriesFor(protocol, CategoryGroup::ValidationUnseen);
    const auto read = features(validation);
    double best = -1;
    for (std::size_t kind = 0; kind < read.size(); ++kind) {
        const auto scored = scoreBy(validation, read[kind], CategoryGroup::ValidationUnseen, kind);
        if (const double figure = calibrate(scored, candidates).harmonic; figure > best) {
            best = figure;
            m_kind = kind;
        }
    }
}

Baseline::Features Baseline::features(std::span<const int> samples) {
    std::array<std::vector<torch::Tensor>, 4> parts;
    for (std::size_t from = 0; from < samples.size(); from += samplesAtOnce) {
        const auto count = std::min(samplesAtOnce, samples.size() - from);
        const auto chosen = samples.subspan(from, count);
        const HeadInput input = inputOf(m_samples, m_model.text, chosen);
        const auto weight = input.tokenMask.to(input.tokens.dtype()).unsqueeze(-1);
        const auto text =
            unitRows(((input.tokens * weight).sum(1) / weight.sum(1)).index_select(0, input.row));
        const auto anchors = unitRows(input.anchors.mean(1));
        parts[0].push_back(anchors);
        parts[1].push_back(text);
        parts[2].push_back(unitRows(anchors + text));
        const auto rows = input.row.to(torch::kCPU).to(torch::kInt);
        std::vector<std::vector<std::pair<int, int>>> ranges;
        for (const int i : chosen)
            ranges.push_back(m_samples.samples[static_cast<std::size_t>(i)].anchors);
        parts[3].push_back(wordingOf(
            input.tokens, {rows.data_ptr<int>(), rows.data_ptr<int>() + rows.numel()}, ranges));
    }
    Features out;
    std::transform(parts.begin(), parts.end(), out.begin(),
                   [](const auto& part) { return torch::cat(part).to(torch::kCPU); });
    return out;
}

torch::Tensor Baseline::prototypes(std::size_t kind) {
    if (m_variant.kind == Variant::Kind::NearestLabel)
        return m_labels;
    // Seen categories: the mean of their training samples. Unseen ones: their label, moved as the
    // seen ones' means are from their labels on average.
    auto out = m_labels.clone();
    auto offset = torch::zeros({m_labels.size(1)});
    const auto seen = m_protocol.categoriesIn(CategoryGroup::Seen);
    for (const int c : seen) {
        std::vector<std::int64_t> rows;
        for (std::size_t i = 0; i < m_protocol.train.size(); ++i)
            if (m_protocol.samples[static_cast<std::size_t>(m_protocol.train[i])].category == c)
                rows.push_back(static_cast<std::int64_t>(i));
        if (rows.empty())
            continue;
        const auto mean =
            unitRows(m_train[kind].index_select(0, torch::tensor(rows, torch::kInt64)).mean(0));
        offset += (mean - m_labels[c]) / static_cast<double>(seen.size());
        out[c].copy_(mean);
    }
    for (const CategoryGroup group : {CategoryGroup::ValidationUnseen, CategoryGroup::TestUnseen})
        for (const int c : m_protocol.categoriesIn(group))
            out[c].copy_(unitRows(m_labels[c] + offset));
    return out;
}

std::vector<ScoredSample> Baseline::scoreBy(std::span<const int> samples, const torch::Tensor& read,
                                            CategoryGroup unseen, std::size_t kind) {
    const auto candidates = candidatesOf(m_protocol, unseen);
    const auto rows = torch::tensor(std::vector<std::int64_t>(candidates.begin(), candidates.end()),
                                    torch::kInt64);
    const auto scores = torch::matmul(read, prototypes(kind).index_select(0, rows).transpose(0, 1));
    return scoredSamples(m_protocol, samples, candidates, scores);
}

std::vector<ScoredSample> Baseline::score(std::span<const int> samples, CategoryGroup unseen) {
    const torch::NoGradGuard guard;
    return scoreBy(samples, features(samples)[m_kind], unseen, m_kind);
}

} // namespace hmgrl
