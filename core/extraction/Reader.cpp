#include "extraction/Reader.h"

#include <algorithm>
#include <limits>
#include <torch/nn/functional.h>
#include <torch/nn/utils/rnn.h>

namespace hmgrl {
namespace {

/// The next token starts a new word unless it continues the previous one without a gap as
/// "##piece".
bool startsWord(const WordPiece& words, const Encoding& encoding, std::size_t token) {
    return words.token(encoding.ids[token]).rfind("##", 0) != 0;
}

Encoding slice(const Encoding& whole, std::size_t first, std::size_t last) {
    Encoding out;
    out.ids.push_back(whole.ids.front());
    out.offsets.push_back({-1, -1});
    out.ids.insert(out.ids.end(), whole.ids.begin() + static_cast<std::ptrdiff_t>(first),
                   whole.ids.begin() + static_cast<std::ptrdiff_t>(last));
    out.offsets.insert(out.offsets.end(),
                       whole.offsets.begin() + static_cast<std::ptrdiff_t>(first),
                       whole.offsets.begin() + static_cast<std::ptrdiff_t>(last));
    out.ids.push_back(whole.ids.back());
    out.offsets.push_back({-1, -1});
    return out;
}

torch::Tensor meanOf(const torch::Tensor& states, const torch::Tensor& mask) {
    const auto weight = mask.to(states.dtype()).unsqueeze(-1);
    return (states * weight).sum(1) / weight.sum(1);
}

} // namespace

/// One product with a (N, R L) weight matrix instead of gathering whole rows.
torch::Tensor rangeMeans(const torch::Tensor& states, const std::vector<int>& rows,
                         const std::vector<std::pair<int, int>>& ranges) {
    const auto length = states.size(1);
    auto weights =
        torch::zeros({static_cast<std::int64_t>(ranges.size()), states.size(0) * length});
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        float* row = weights.data_ptr<float>() + static_cast<std::int64_t>(i) * weights.size(1);
        const std::int64_t start = rows[i] * length;
        const auto [first, last] = ranges[i];
        // A span outside its window (cut off) falls back to the whole text's state.
        if (first >= last)
            row[start] = 1;
        for (int t = first; t < last; ++t)
            row[start + t] = 1.0F / static_cast<float>(last - first);
    }
    return torch::matmul(weights.to(states.device(), states.scalar_type()), states.flatten(0, 1));
}

torch::Tensor wordingOf(const torch::Tensor& states, const std::vector<int>& rows,
                        const std::vector<std::vector<std::pair<int, int>>>& anchors) {
    std::vector<std::pair<int, int>> hulls;
    for (const auto& ranges : anchors) {
        std::pair<int, int> hull{0, 0};
        for (const auto& [first, last] : ranges)
            if (first < last)
                hull = hull.first < hull.second
                           ? std::pair(std::min(hull.first, first), std::max(hull.second, last))
                           : std::pair(first, last);
        hulls.push_back(hull);
    }
    return unitRows(rangeMeans(states, rows, hulls));
}

torch::Tensor unitRows(const torch::Tensor& x) {
    return torch::nn::functional::normalize(x,
                                            torch::nn::functional::NormalizeFuncOptions().dim(-1));
}

std::pair<torch::Tensor, torch::Tensor> padIds(std::span<const Encoding> encodings,
                                               std::size_t minimumLength) {
    std::size_t length = std::max<std::size_t>(minimumLength, 1);
    for (const Encoding& encoding : encodings)
        length = std::max(length, encoding.ids.size());
    const auto rows = static_cast<std::int64_t>(encodings.size());
    auto ids = torch::zeros({rows, static_cast<std::int64_t>(length)}, torch::kInt64);
    auto mask = torch::zeros({rows, static_cast<std::int64_t>(length)}, torch::kBool);
    for (std::int64_t r = 0; r < rows; ++r) {
        const auto& tokens = encodings[static_cast<std::size_t>(r)].ids;
        std::copy(tokens.begin(), tokens.end(), ids.data_ptr<std::int64_t>() + r * ids.size(1));
        std::fill_n(mask.data_ptr<bool>() + r * mask.size(1), tokens.size(), true);
    }
    return {ids, mask};
}

std::vector<Window> Reader::split(int document, const std::string& text, int maxTokens,
                                  int maxWindows, bool& truncated) const {
    const Encoding whole = m_model.words->encode(text, std::numeric_limits<int>::max());
    const std::size_t end = whole.ids.size() - 1;
    const std::size_t room = static_cast<std::size_t>(maxTokens) - 2;
    std::vector<Window> out;
    truncated = false;
    std::size_t first = 1;
    do {
        if (static_cast<int>(out.size()) == maxWindows) {
            truncated = true;
            break;
        }
        std::size_t last = std::min(end, first + room);
        // Cut between words; a single word longer than the window is cut where it must be.
        std::size_t cut = last;
        while (cut < end && cut > first && !startsWord(*m_model.words, whole, cut))
            --cut;
        if (cut > first)
            last = cut;
        out.push_back({document, slice(whole, first, last), {}, end > 1});
        first = last;
    } while (first < end);
    return out;
}

EncodedWindows Reader::encode(std::vector<Window> windows, bool withWording) const {
    EncodedWindows out;
    std::vector<Encoding> encodings;
    for (const Window& window : windows)
        encodings.push_back(window.encoding);
    const auto [ids, mask] = padIds(encodings);
    out.mask = mask.to(m_model.device);
    TextEncoder text = m_model.text;
    if (withWording && m_model.wording) {
        const auto lower = text->lower(ids.to(m_model.device), out.mask);
        out.states = text->upper(lower, out.mask);
        out.wording = WordingEncoder(m_model.wording)->forward(lower, out.mask);
    } else {
        out.states = text->forward(ids.to(m_model.device), out.mask);
    }
    const auto rows = static_cast<std::int64_t>(windows.size());
    const std::int64_t regions = m_model.config.imageRegions();
    out.image = torch::zeros({rows, regions, m_model.config.imageWidth});
    out.imagePresent = torch::zeros({rows}, torch::kBool);
    out.textPresent = torch::zeros({rows}, torch::kBool);
    for (std::int64_t r = 0; r < rows; ++r) {
        const Window& window = windows[static_cast<std::size_t>(r)];
        out.textPresent[r] = window.hasText;
        if (!window.image.defined())
            continue;
        out.image[r].copy_(window.image);
        out.imagePresent[r] = true;
    }
    for (torch::Tensor* tensor : {&out.image, &out.imagePresent, &out.textPresent})
        *tensor = tensor->to(m_model.device);
    out.windows = std::move(windows);
    return out;
}

std::pair<int, int> Reader::tokensOf(const Encoding& encoding, Span span) {
    int first = 0;
    int last = 0;
    for (int t = 0; t < static_cast<int>(encoding.offsets.size()); ++t) {
        const Span token = encoding.offsets[static_cast<std::size_t>(t)];
        if (token.begin < 0 || token.end <= span.begin || token.begin >= span.end)
            continue;
        if (first == last)
            first = t;
        last = t + 1;
    }
    return {first, last};
}

HeadInput Reader::input(const EncodedWindows& encoded, std::span<const Sample> samples,
                        const HmgrlConfig& config) const {
    if (config.markers)
        return markerInput(encoded, samples, config);
    HeadInput out{encoded.states,
                  encoded.mask,
                  encoded.image,
                  encoded.imagePresent,
                  encoded.textPresent,
                  {},
                  {}};
    std::vector<std::int64_t> rows;
    std::vector<int> windows;
    for (const Sample& sample : samples) {
        rows.push_back(sample.window);
        windows.push_back(sample.window);
    }
    out.row = torch::tensor(rows, torch::kInt64).to(m_model.device);
    std::vector<torch::Tensor> anchors;
    const std::size_t count = samples.empty() ? 0 : samples.front().anchors.size();
    for (std::size_t a = 0; a < count; ++a) {
        std::vector<std::pair<int, int>> ranges;
        for (const Sample& sample : samples)
            ranges.push_back(
                tokensOf(encoded.windows[static_cast<std::size_t>(sample.window)].encoding,
                         sample.anchors[a]));
        anchors.push_back(rangeMeans(encoded.states, windows, ranges));
    }
    out.anchors = torch::stack(anchors, 1);
    return out;
}

HeadInput Reader::markerInput(const EncodedWindows& encoded, std::span<const Sample> samples,
                              const HmgrlConfig& config) const {
    // [unused1] head [unused3], [unused2] tail [unused4]; a single mention: [unused1] mention
    // [unused2].
    const WordPiece& words = *m_model.words;
    const auto positions = static_cast<std::size_t>(m_model.config.text.maxPositions);
    const auto padded = static_cast<std::size_t>(config.textLength);
    const std::size_t room = padded > 0 ? std::min(padded, positions) : positions;
    std::vector<Encoding> encodings;
    std::vector<std::vector<int>> markerAt;
    for (const Sample& sample : samples) {
        const Encoding& plain = encoded.windows[static_cast<std::size_t>(sample.window)].encoding;
        const bool pair = sample.anchors.size() == 2;
        Encoding marked;
        std::vector<int> at(sample.anchors.size(), 0);
        std::vector<std::pair<int, int>> ranges;
        for (const Span& anchor : sample.anchors)
            ranges.push_back(tokensOf(plain, anchor));
        for (int t = 0; t < static_cast<int>(plain.ids.size()); ++t) {
            for (std::size_t a = 0; a < ranges.size(); ++a) {
                const bool real = ranges[a].first < ranges[a].second;
                if (real && t == ranges[a].second)
                    marked.ids.push_back(words.id(!pair    ? "[unused2]"
                                                  : a == 0 ? "[unused3]"
                                                           : "[unused4]"));
            }
            for (std::size_t a = 0; a < ranges.size(); ++a) {
                if (ranges[a].first < ranges[a].second && t == ranges[a].first) {
                    at[a] = static_cast<int>(marked.ids.size());
                    marked.ids.push_back(words.id(a == 0 ? "[unused1]" : "[unused2]"));
                }
            }
            marked.ids.push_back(plain.ids[static_cast<std::size_t>(t)]);
        }
        if (marked.ids.size() > room)
            marked.ids.resize(room);
        for (int& position : at)
            position = std::min(position, static_cast<int>(marked.ids.size()) - 1);
        encodings.push_back(std::move(marked));
        markerAt.push_back(std::move(at));
    }
    const auto [ids, mask] = padIds(encodings, std::min(padded, positions));
    HeadInput out;
    out.tokenMask = mask.to(m_model.device);
    out.tokens = TextEncoder(m_model.text)->forward(ids.to(m_model.device), out.tokenMask);
    std::vector<std::int64_t> source;
    for (const Sample& sample : samples)
        source.push_back(sample.window);
    const auto index = torch::tensor(source, torch::kInt64).to(m_model.device);
    out.image = encoded.image.index_select(0, index);
    out.imagePresent = encoded.imagePresent.index_select(0, index);
    out.textPresent = encoded.textPresent.index_select(0, index);
    out.row = torch::arange(static_cast<std::int64_t>(samples.size()), index.options());
    std::vector<torch::Tensor> anchors;
    for (std::size_t i = 0; i < samples.size(); ++i) {
        std::vector<std::int64_t> places(markerAt[i].begin(), markerAt[i].end());
        anchors.push_back(out.tokens[static_cast<std::int64_t>(i)].index_select(
            0, torch::tensor(places, torch::kInt64).to(m_model.device)));
    }
    out.anchors = torch::stack(anchors);
    return out;
}

torch::Tensor Reader::labelStates(std::span<const std::string> labels,
                                  const HmgrlConfig& config) const {
    const auto [ids, mask] = labelIds(labels, config.labelLength);
    const auto states = TextEncoder(m_model.text)->forward(ids, mask);
    return config.labelLength > 0 ? states.mean(1) : meanOf(states, mask);
}

torch::Tensor Reader::labelStates(std::span<const LowerLabel* const> labels,
                                  const HmgrlConfig& config) const {
    std::vector<torch::Tensor> lower;
    for (const LowerLabel* label : labels)
        lower.push_back(label->states);
    const auto padded = torch::nn::utils::rnn::pad_sequence(lower, true);
    auto mask = torch::zeros({padded.size(0), padded.size(1)}, torch::kBool);
    for (std::size_t i = 0; i < labels.size(); ++i)
        mask[static_cast<std::int64_t>(i)].narrow(0, 0, labels[i]->tokens).fill_(true);
    mask = mask.to(m_model.device);
    const auto states = TextEncoder(m_model.text)->upper(padded, mask);
    return config.labelLength > 0 ? states.mean(1) : meanOf(states, mask);
}

std::vector<LowerLabel> Reader::lowerLabels(std::span<const Category> categories,
                                            const HmgrlConfig& config) const {
    std::vector<LowerLabel> out;
    for (const Category& category : categories) {
        const std::string label = labelText(category);
        const auto [ids, mask] = labelIds({&label, 1}, config.labelLength);
        const auto states = TextEncoder(m_model.text)->lower(ids, mask);
        out.push_back({states.squeeze(0), mask.sum().item<std::int64_t>()});
    }
    return out;
}

torch::Tensor Reader::labelWording(std::span<const std::string> labels) const {
    if (!m_model.wording)
        return torch::zeros({static_cast<std::int64_t>(labels.size()), 0}, m_model.device);
    if (labels.empty())
        return torch::zeros({0, m_model.wording->width()}, m_model.device);
    WordingEncoder wording = m_model.wording;
    const auto [ids, mask] = labelIds(labels, 0);
    const auto states = wording->forward(TextEncoder(m_model.text)->lower(ids, mask), mask);
    return wording->kept(unitRows(meanOf(states, mask)));
}

std::pair<torch::Tensor, torch::Tensor> Reader::labelIds(std::span<const std::string> labels,
                                                         int length) const {
    constexpr int longestLabel = 40;
    std::vector<Encoding> encodings;
    for (const std::string& label : labels)
        encodings.push_back(m_model.words->encode(label, length > 0 ? length : longestLabel));
    const auto [ids, mask] = padIds(encodings, static_cast<std::size_t>(length));
    return {ids.to(m_model.device), mask.to(m_model.device)};
}

torch::Tensor Reader::wording(const EncodedWindows& encoded,
                              std::span<const Sample> samples) const {
    const auto count = static_cast<std::int64_t>(samples.size());
    if (!encoded.wording.defined())
        return torch::zeros({count, 0}, m_model.device);
    std::vector<int> rows;
    std::vector<std::vector<std::pair<int, int>>> anchors;
    for (const Sample& sample : samples) {
        const auto& window = encoded.windows[static_cast<std::size_t>(sample.window)];
        rows.push_back(sample.window);
        anchors.emplace_back();
        for (const Span& anchor : sample.anchors)
            anchors.back().push_back(tokensOf(window.encoding, anchor));
    }
    return m_model.wording->kept(wordingOf(encoded.wording, rows, anchors));
}

} // namespace hmgrl
