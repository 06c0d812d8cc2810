#include "experiment/Samples.h"

#include "extraction/Reader.h"

#include <algorithm>
#include <limits>
#include <map>

namespace hmgrl {
namespace {

constexpr std::size_t rowsAtOnce = 64;

/// [unused1] mention [unused2]; pairs: [unused1] head [unused3], [unused2] tail [unused4].
std::vector<Marker> markersOf(const WordPiece& words, const std::vector<Span>& anchors) {
    const auto id = [&](int n) { return words.id("[unused" + std::to_string(n) + "]"); };
    std::vector<Marker> out;
    if (anchors.size() == 1) {
        out = {{anchors[0].begin, id(1)}, {anchors[0].end, id(2)}};
    } else {
        out = {{anchors[0].begin, id(1)},
               {anchors[0].end, id(3)},
               {anchors[1].begin, id(2)},
               {anchors[1].end, id(4)}};
    }
    std::stable_sort(out.begin(), out.end(),
                     [](const Marker& a, const Marker& b) { return a.position < b.position; });
    return out;
}

/// Token ranges of the anchors: those of the spans, or of the markers before them.
std::vector<std::pair<int, int>> anchorsIn(const Encoding& encoding, const std::vector<Span>& spans,
                                           const WordPiece& words, bool markers) {
    std::vector<std::pair<int, int>> out;
    for (std::size_t a = 0; a < spans.size(); ++a) {
        if (!markers) {
            out.push_back(Reader::tokensOf(encoding, spans[a]));
            continue;
        }
        const auto id = words.id(a == 0 ? "[unused1]" : "[unused2]");
        const auto at = std::find(encoding.ids.begin(), encoding.ids.end(), id);
        const int position =
            at == encoding.ids.end() ? 0 : static_cast<int>(at - encoding.ids.begin());
        out.emplace_back(position, position + 1);
    }
    return out;
}

/// Cuts a long text to `room` tokens so that the anchors lie within where they can.
void cut(Encoding& encoding, std::vector<std::pair<int, int>>& anchors, int room) {
    const int count = static_cast<int>(encoding.ids.size());
    if (count <= room)
        return;
    int first = count, last = 0;
    for (const auto& [from, to] : anchors)
        if (from < to) {
            first = std::min(first, from);
            last = std::max(last, to);
        }
    const int middle = first < last ? (first + last) / 2 : 0;
    const int start = std::clamp(middle - room / 2, 1, count - room + 1);
    const auto keep = [&](auto& items) {
        using Item = typename std::decay_t<decltype(items)>::value_type;
        std::vector<Item> out{items.front()};
        out.insert(out.end(), items.begin() + start, items.begin() + start + room - 2);
        out.push_back(items.back());
        items = std::move(out);
    };
    keep(encoding.ids);
    keep(encoding.offsets);
    for (auto& [from, to] : anchors) {
        from = std::clamp(from - start + 1, 0, room);
        to = std::clamp(to - start + 1, from, room);
    }
}

torch::Tensor paddedLower(const SampleSet& set, const std::vector<int>& rows, std::int64_t length) {
    const auto width = set.rows[static_cast<std::size_t>(rows.front())].lower.size(1);
    auto out = torch::zeros({static_cast<std::int64_t>(rows.size()), length, width});
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const auto& lower = set.rows[static_cast<std::size_t>(rows[r])].lower;
        out[static_cast<std::int64_t>(r)].narrow(0, 0, lower.size(0)).copy_(lower);
    }
    return out;
}

/// Ids and mask of rows, padded to the longest or to the set's length.
std::pair<torch::Tensor, torch::Tensor> idsOf(const SampleSet& set, const std::vector<int>& rows) {
    std::vector<Encoding> encodings;
    for (const int r : rows)
        encodings.push_back(set.rows[static_cast<std::size_t>(r)].encoding);
    return padIds(encodings, set.length);
}

struct RowStates {
    torch::Tensor states, mask; ///< on the encoder's device
};

RowStates statesOf(const SampleSet& set, TextEncoder& text, const std::vector<int>& rows) {
    const auto [ids, cpuMask] = idsOf(set, rows);
    const auto mask = cpuMask.to(text->device());
    if (!set.rows[static_cast<std::size_t>(rows.front())].lower.defined())
        return {text->forward(ids.to(text->device()), mask), mask};
    return {text->upper(paddedLower(set, rows, ids.size(1)).to(text->device()), mask), mask};
}

} // namespace

std::size_t SampleSet::tokensOf(int sample) const {
    const int row = samples[static_cast<std::size_t>(sample)].row;
    return rows[static_cast<std::size_t>(row)].encoding.ids.size();
}

SampleSet encodeSamples(const Protocol& protocol, const Model& model, const ImageFeatures& images,
                        const SampleOptions& options, Issues& issues, const CancelToken& cancel,
                        const ProgressSink& progress) {
    const torch::NoGradGuard frozen;
    const WordPiece& words = *model.words;
    SampleSet out;
    out.length = static_cast<std::size_t>(options.padTo);
    out.texts = options.texts;
    std::map<std::size_t, int> rowOfDocument;
    std::map<std::size_t, torch::Tensor> pictures;
    const auto picture = [&](std::size_t document) {
        const std::string& path = protocol.documents[document].imagePath;
        if (!options.images || path.empty())
            return torch::Tensor();
        const auto [found, isNew] = pictures.try_emplace(document);
        if (isNew)
            found->second = images.of(path, issues);
        return found->second;
    };
    constexpr int everything = std::numeric_limits<int>::max();
    const int room =
        options.padTo > 0 ? std::min(options.padTo, options.maxTokens) : options.maxTokens;
    for (const LabelledSample& sample : protocol.samples) {
        cancel.throwIfCancelled();
        const Document& document = protocol.documents[sample.document];
        Encoding encoding = words.encode(document.text, everything,
                                         options.markers ? markersOf(words, sample.anchors)
                                                         : std::vector<Marker>());
        auto anchors = anchorsIn(encoding, sample.anchors, words, options.markers);
        const bool isLong = static_cast<int>(encoding.ids.size()) > room;
        cut(encoding, anchors, room);
        // A text that is cut differs from sample to sample.
        const bool shared = !options.markers && !isLong;
        const auto known = rowOfDocument.find(sample.document);
        int row = static_cast<int>(out.rows.size());
        if (shared && known != rowOfDocument.end())
            row = known->second;
        else
            out.rows.push_back({std::move(encoding), picture(sample.document), {}});
        if (shared)
            rowOfDocument[sample.document] = row;
        out.samples.push_back({row, std::move(anchors)});
        if (progress && out.samples.size() % 256 == 0)
            progress({"Reading samples",
                      static_cast<double>(out.samples.size()),
                      static_cast<double>(protocol.samples.size()),
                      {}});
    }
    for (const TextRow& row : out.rows)
        if (row.image.defined()) {
            out.regions = row.image.size(0);
            out.imageWidth = row.image.size(1);
        }
    return out;
}

void keepLowerStates(SampleSet& set, TextEncoder& text, const CancelToken& cancel,
                     const ProgressSink& progress) {
    // By length, so that little is padded.
    std::vector<int> order(set.rows.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = static_cast<int>(i);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        return set.rows[static_cast<std::size_t>(a)].encoding.ids.size() <
               set.rows[static_cast<std::size_t>(b)].encoding.ids.size();
    });
    for (std::size_t from = 0; from < order.size(); from += rowsAtOnce) {
        cancel.throwIfCancelled();
        const auto to = std::min(from + rowsAtOnce, order.size());
        const std::vector<int> rows(order.begin() + static_cast<std::ptrdiff_t>(from),
                                    order.begin() + static_cast<std::ptrdiff_t>(to));
        const auto [ids, mask] = idsOf(set, rows);
        const auto states =
            text->lower(ids.to(text->device()), mask.to(text->device())).to(torch::kCPU);
        for (std::size_t r = 0; r < rows.size(); ++r) {
            TextRow& row = set.rows[static_cast<std::size_t>(rows[r])];
            // Padding that is counted has states of its own.
            const auto length = set.length > 0 ? states.size(1)
                                               : static_cast<std::int64_t>(row.encoding.ids.size());
            row.lower = states[static_cast<std::int64_t>(r)].narrow(0, 0, length).clone();
        }
        if (progress)
            progress(
                {"Encoding texts", static_cast<double>(to), static_cast<double>(order.size()), {}});
    }
}

void keepWording(SampleSet& set, TextEncoder& text, const CancelToken& cancel) {
    const torch::NoGradGuard frozen;
    std::vector<std::vector<int>> samplesOf(set.rows.size());
    for (std::size_t i = 0; i < set.samples.size(); ++i)
        samplesOf[static_cast<std::size_t>(set.samples[i].row)].push_back(static_cast<int>(i));
    for (std::size_t r = 0; r < set.rows.size(); ++r) {
        cancel.throwIfCancelled();
        const std::vector<int> row{static_cast<int>(r)};
        const auto states = statesOf(set, text, row).states;
        std::vector<std::vector<std::pair<int, int>>> anchors;
        for (const int i : samplesOf[r])
            anchors.push_back(set.samples[static_cast<std::size_t>(i)].anchors);
        if (anchors.empty())
            continue;
        const auto vectors = wordingOf(states, std::vector<int>(anchors.size()), anchors);
        if (!set.wording.defined())
            set.wording =
                torch::zeros({static_cast<std::int64_t>(set.samples.size()), vectors.size(1)});
        for (std::size_t k = 0; k < anchors.size(); ++k)
            set.wording[samplesOf[r][k]].copy_(vectors[static_cast<std::int64_t>(k)]);
    }
}

std::vector<int> rowsOf(const SampleSet& set, std::span<const int> chosen) {
    std::vector<int> rows;
    for (const int i : chosen)
        rows.push_back(set.samples[static_cast<std::size_t>(i)].row);
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows;
}

HeadInput inputOf(const SampleSet& set, TextEncoder& text, std::span<const int> chosen,
                  const std::vector<bool>& hidden) {
    const std::vector<int> rows = rowsOf(set, chosen);
    const auto [states, mask] = statesOf(set, text, rows);
    const auto count = static_cast<std::int64_t>(rows.size());
    HeadInput out;
    out.tokens = states;
    out.tokenMask = mask;
    out.image = torch::zeros({count, set.regions, set.imageWidth});
    out.imagePresent = torch::zeros({count}, torch::kBool);
    out.textPresent = torch::full({count}, set.texts, torch::kBool);
    for (std::int64_t r = 0; r < count; ++r) {
        const auto& image =
            set.rows[static_cast<std::size_t>(rows[static_cast<std::size_t>(r)])].image;
        if (!image.defined() || (!hidden.empty() && hidden[static_cast<std::size_t>(r)]))
            continue;
        out.image[r].copy_(image);
        out.imagePresent[r] = true;
    }
    std::vector<int> places;
    for (const int i : chosen)
        places.push_back(
            static_cast<int>(std::lower_bound(rows.begin(), rows.end(),
                                              set.samples[static_cast<std::size_t>(i)].row) -
                             rows.begin()));
    out.row = torch::tensor(std::vector<std::int64_t>(places.begin(), places.end()), torch::kInt64);
    std::vector<torch::Tensor> anchors;
    const std::size_t anchorCount =
        set.samples[static_cast<std::size_t>(chosen.front())].anchors.size();
    for (std::size_t a = 0; a < anchorCount; ++a) {
        std::vector<std::pair<int, int>> ranges;
        for (const int i : chosen)
            ranges.push_back(set.samples[static_cast<std::size_t>(i)].anchors[a]);
        anchors.push_back(rangeMeans(out.tokens, places, ranges));
    }
    out.anchors = torch::stack(anchors, 1);
    if (!set.texts)
        out.anchors = torch::zeros_like(out.anchors);
    for (torch::Tensor* tensor : {&out.image, &out.imagePresent, &out.textPresent, &out.row})
        *tensor = tensor->to(text->device());
    return out;
}

} // namespace hmgrl
