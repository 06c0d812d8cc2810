#include "extraction/DocumentReader.h"

#include "extraction/LatentRanking.h"
#include "extraction/MentionDecoder.h"

#include <algorithm>

namespace hmgrl {
namespace {

constexpr std::size_t samplesAtOnce = 256; ///< bounds the memory of the fusion's attention

std::vector<float> rowOf(const torch::Tensor& matrix, std::int64_t row) {
    const auto line = matrix[row].contiguous();
    return {line.data_ptr<float>(), line.data_ptr<float>() + line.numel()};
}

bool overlapsAny(Span span, const std::vector<MentionPrediction>& mentions) {
    return std::any_of(mentions.begin(), mentions.end(), [&](const MentionPrediction& m) {
        return span.begin < m.span.end && m.span.begin < span.end;
    });
}

} // namespace

/// Everything that is known while a group of documents is read.
struct DocumentReader::Work {
    std::span<const Document* const> documents;
    std::vector<Extraction> out;
    EncodedWindows encoded;
    std::vector<std::vector<int>> windowOf; ///< per document and mention: its window
};

std::vector<Extraction> DocumentReader::read(std::span<const Document* const> documents,
                                             std::span<const torch::Tensor> images) const {
    const c10::InferenceMode inference;
    Work work;
    work.documents = documents;
    work.out.resize(documents.size());
    work.windowOf.resize(documents.size());
    std::vector<Window> windows;
    for (std::size_t d = 0; d < documents.size(); ++d) {
        bool truncated = false;
        auto parts = m_reader.split(static_cast<int>(d), documents[d]->text, m_limits.maxTokens,
                                    m_limits.maxWindows, truncated);
        work.out[d].truncated = truncated;
        work.out[d].usedImage = images[d].defined();
        for (Window& window : parts) {
            window.image = images[d];
            windows.push_back(std::move(window));
        }
    }
    work.encoded = m_reader.encode(std::move(windows), true);
    findMentions(work);
    typeMentions(work);
    relate(work);
    for (std::size_t d = 0; d < documents.size(); ++d)
        rankLatents(work.out[d], *documents[d], m_space);
    return std::move(work.out);
}

void DocumentReader::findMentions(Work& work) const {
    const auto& windows = work.encoded.windows;
    for (std::size_t d = 0; d < work.documents.size(); ++d)
        for (const Mention& mention : work.documents[d]->mentions)
            work.out[d].mentions.push_back({mention.span, true, 1, {}, {}});
    if (m_limits.detect) {
        const auto rows = static_cast<std::int64_t>(windows.size());
        const auto style =
            torch::zeros({rows}, torch::TensorOptions(torch::kInt64).device(m_model.device));
        const auto logits =
            MentionHead(m_model.heads->mention)->forward(work.encoded.states, style);
        const auto probabilities = torch::softmax(logits, 2).to(torch::kCPU).contiguous();
        const auto access = probabilities.accessor<float, 3>();
        for (std::int64_t r = 0; r < rows; ++r) {
            const Window& window = windows[static_cast<std::size_t>(r)];
            std::vector<std::array<float, 3>> tokens;
            for (std::size_t t = 0; t < window.encoding.ids.size(); ++t) {
                const auto row = access[r][static_cast<std::int64_t>(t)];
                tokens.push_back({row[0], row[1], row[2]});
            }
            auto& mentions = work.out[static_cast<std::size_t>(window.document)].mentions;
            const Document& document = *work.documents[static_cast<std::size_t>(window.document)];
            for (const DetectedSpan& found :
                 decodeMentions(window.encoding, document.text, tokens, m_limits.mentionThreshold))
                if (!overlapsAny(found.span, mentions))
                    mentions.push_back({found.span, false, found.probability, {}, {}});
        }
    }
    // The window of a mention is the first that holds a token of it.
    for (std::size_t d = 0; d < work.documents.size(); ++d)
        work.windowOf[d].assign(work.out[d].mentions.size(), -1);
    for (std::size_t w = 0; w < windows.size(); ++w) {
        const auto d = static_cast<std::size_t>(windows[w].document);
        for (std::size_t m = 0; m < work.out[d].mentions.size(); ++m) {
            const auto [first, last] =
                Reader::tokensOf(windows[w].encoding, work.out[d].mentions[m].span);
            if (work.windowOf[d][m] < 0 && first < last)
                work.windowOf[d][m] = static_cast<int>(w);
        }
    }
}

void DocumentReader::typeMentions(Work& work) const {
    std::vector<Sample> samples;
    std::vector<MentionPrediction*> targets;
    for (std::size_t d = 0; d < work.out.size(); ++d)
        for (std::size_t m = 0; m < work.out[d].mentions.size(); ++m)
            if (work.windowOf[d][m] >= 0) {
                samples.push_back({work.windowOf[d][m], {work.out[d].mentions[m].span}});
                targets.push_back(&work.out[d].mentions[m]);
            }
    HmgrlHead head = m_model.heads->entity;
    for (std::size_t from = 0; from < samples.size(); from += samplesAtOnce) {
        const auto count = std::min(samplesAtOnce, samples.size() - from);
        const auto part = std::span(samples).subspan(from, count);
        const auto input = m_reader.input(work.encoded, part, m_model.config.entity);
        const auto points = head->latent(head->perceive(input).fused);
        const auto latents =
            torch::cat({points, m_reader.wording(work.encoded, part)}, 1).to(torch::kCPU);
        for (std::size_t i = 0; i < count; ++i)
            targets[from + i]->latent = rowOf(latents, static_cast<std::int64_t>(i));
    }
}

void DocumentReader::relate(Work& work) const {
    struct Pair {
        std::size_t document;
        int head, tail;
        bool given;
    };
    std::vector<Sample> samples;
    std::vector<Pair> pairs;
    for (std::size_t d = 0; d < work.out.size(); ++d) {
        const auto& mentions = work.out[d].mentions;
        const auto& given = work.documents[d]->relations;
        const int count = static_cast<int>(mentions.size());
        std::vector<int> inWindow(work.encoded.windows.size(), 0);
        std::vector<int> ordinal(mentions.size());
        for (int m = 0; m < count; ++m) {
            const int w = work.windowOf[d][static_cast<std::size_t>(m)];
            ordinal[static_cast<std::size_t>(m)] =
                w < 0 ? -1 : inWindow[static_cast<std::size_t>(w)]++;
        }
        for (int h = 0; h < count; ++h)
            for (int t = 0; t < count; ++t) {
                const auto hs = static_cast<std::size_t>(h);
                const auto ts = static_cast<std::size_t>(t);
                const int window = work.windowOf[d][hs];
                if (h == t || window < 0)
                    continue;
                const bool isGiven =
                    std::any_of(given.begin(), given.end(),
                                [&](const Relation& r) { return r.head == h && r.tail == t; });
                const bool near = m_limits.detect && window == work.windowOf[d][ts] &&
                                  std::max(ordinal[hs], ordinal[ts]) < m_limits.maxPairMentions;
                if (!isGiven && !near)
                    continue;
                samples.push_back({window, {mentions[hs].span, mentions[ts].span}});
                pairs.push_back({d, h, t, isGiven});
            }
    }
    HmgrlHead head = m_model.heads->relation;
    for (std::size_t from = 0; from < samples.size(); from += samplesAtOnce) {
        const auto count = std::min(samplesAtOnce, samples.size() - from);
        const auto input = m_reader.input(work.encoded, std::span(samples).subspan(from, count),
                                          m_model.config.relation);
        const auto fused = head->perceive(input).fused;
        const auto related = torch::sigmoid(head->related(fused)).to(torch::kCPU).contiguous();
        std::vector<std::int64_t> kept;
        for (std::size_t i = 0; i < count; ++i)
            if (pairs[from + i].given || related.data_ptr<float>()[i] >= m_limits.relationThreshold)
                kept.push_back(static_cast<std::int64_t>(i));
        if (kept.empty())
            continue;
        const auto rows = torch::tensor(kept, torch::kInt64).to(m_model.device);
        std::vector<Sample> chosen;
        for (const std::int64_t k : kept)
            chosen.push_back(samples[from + static_cast<std::size_t>(k)]);
        const auto latents = torch::cat({head->latent(fused.index_select(0, rows)),
                                         m_reader.wording(work.encoded, chosen)},
                                        1)
                                 .to(torch::kCPU);
        for (std::size_t k = 0; k < kept.size(); ++k) {
            const Pair& pair = pairs[from + static_cast<std::size_t>(kept[k])];
            const double probability = related.data_ptr<float>()[kept[k]];
            RelationPrediction relation{pair.head, pair.tail, pair.given, 1 - probability, {}, {}};
            relation.latent = rowOf(latents, static_cast<std::int64_t>(k));
            work.out[pair.document].relations.push_back(std::move(relation));
        }
    }
}

} // namespace hmgrl
