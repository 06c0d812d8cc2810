#include "training/StartWording.h"

#include "extraction/Reader.h"
#include "extraction/SpaceBuilder.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

constexpr std::size_t rowsOfSource = 48; ///< texts read of each source
constexpr std::size_t rowsAtOnce = 16;

/// Unit vectors (N, D) of what the samples of these rows say.
torch::Tensor wordingOfRows(const Model& model, const std::vector<const TrainingRow*>& rows) {
    std::vector<Window> windows;
    std::vector<int> places;
    std::vector<std::vector<std::pair<int, int>>> anchors;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        windows.push_back(rows[r]->window);
        const auto add = [&](std::initializer_list<Span> spans) {
            places.push_back(static_cast<int>(r));
            anchors.emplace_back();
            for (const Span span : spans)
                anchors.back().push_back(Reader::tokensOf(rows[r]->window.encoding, span));
        };
        for (const auto& mention : rows[r]->mentions)
            add({mention.first});
        for (const auto& [head, tail] : rows[r]->pairs)
            add({head, tail});
    }
    if (anchors.empty())
        return torch::zeros({0, model.config.text.hiddenSize}, model.device);
    const EncodedWindows encoded = Reader(model).encode(std::move(windows), true);
    return wordingOf(encoded.wording, places, anchors);
}

} // namespace

void startWording(Model& model, int layers, int width, const std::vector<TrainingSource>& sources,
                  const CancelToken& cancel) {
    const torch::NoGradGuard fixed;
    model.text->eval();
    model.text->trainTopLayers(layers); // so that lower() ends where these layers begin
    // Of all directions first: labels and samples are then read as they will be.
    const std::int64_t everything = model.config.text.hiddenSize;
    WordingEncoder whole(model.config.text, layers, everything);
    whole->copyFrom(model.text);
    whole->to(model.device);
    model.wording = whole;
    std::vector<torch::Tensor> samples, labels;
    for (const TrainingSource& source : sources) {
        std::vector<const TrainingRow*> rows;
        const std::size_t step = std::max<std::size_t>(1, source.rows.size() / rowsOfSource);
        for (std::size_t i = 0; i < source.rows.size() && rows.size() < rowsOfSource; i += step)
            rows.push_back(&source.rows[i]);
        for (std::size_t from = 0; from < rows.size(); from += rowsAtOnce) {
            cancel.throwIfCancelled();
            const auto to = std::min(from + rowsAtOnce, rows.size());
            samples.push_back(
                wordingOfRows(model, {rows.begin() + static_cast<std::ptrdiff_t>(from),
                                      rows.begin() + static_cast<std::ptrdiff_t>(to)}));
        }
        for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation})
            labels.push_back(
                readLabels(model, kind,
                           kind == CategoryKind::Entity ? source.entities : source.relations,
                           cancel)
                    .wording);
    }
    auto x = torch::cat(samples);
    auto y = torch::cat(labels);
    // Both sides of the product count alike.
    if (x.size(0) > 0 && y.size(0) > 0)
        y = y * std::sqrt(static_cast<double>(x.size(0)) / static_cast<double>(y.size(0)));
    WordingEncoder kept(model.config.text, layers, width);
    kept->copyFrom(model.text);
    kept->keepDirectionsOf(torch::cat({x, y}));
    kept->to(model.device);
    kept->eval();
    model.wording = kept;
    model.config.wording = {layers, kept->width()};
}

} // namespace hmgrl
