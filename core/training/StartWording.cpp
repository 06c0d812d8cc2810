#include "training/StartWording.h"

#include "extraction/Reader.h"
#include "extraction/SpaceBuilder.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

constexpr std::size_t rowsOfSource = 48; ///< texts read of each source
constexpr std::size_t rowsAtOnce = 16;

/// The samples of some rows.
struct RowSamples {
    struct Label {
        CategoryKind kind;
        int type; ///< row of the source's categories of that kind, -1: not known
    };
    std::vector<Label> labels;
    torch::Tensor wording; ///< (N, D) unit vectors of what they say
};

RowSamples samplesOfRows(const Model& model, std::span<const TrainingRow* const> rows) {
    RowSamples out;
    std::vector<Window> windows;
    std::vector<int> places;
    std::vector<std::vector<std::pair<int, int>>> anchors;
    for (std::size_t r = 0; r < rows.size(); ++r) {
        const TrainingRow& row = *rows[r];
        windows.push_back(row.window);
        const auto add = [&](RowSamples::Label label, std::initializer_list<Span> spans) {
            out.labels.push_back(label);
            places.push_back(static_cast<int>(r));
            anchors.emplace_back();
            for (const Span span : spans)
                anchors.back().push_back(Reader::tokensOf(row.window.encoding, span));
        };
        for (const auto& [span, type] : row.mentions)
            add({CategoryKind::Entity, type}, {span});
        for (std::size_t p = 0; p < row.pairs.size(); ++p)
            add({CategoryKind::Relation, row.pairTypes[p]},
                {row.pairs[p].first, row.pairs[p].second});
    }
    out.wording = torch::zeros({0, model.config.text.hiddenSize}, model.device);
    if (!anchors.empty())
        out.wording =
            wordingOf(Reader(model).encode(std::move(windows), true).wording, places, anchors);
    return out;
}

template <typename Visit>
void inBatches(const Model& model, const std::vector<const TrainingRow*>& rows,
               const CancelToken& cancel, Visit&& visit) {
    for (std::size_t from = 0; from < rows.size(); from += rowsAtOnce) {
        cancel.throwIfCancelled();
        const auto count = std::min(rowsAtOnce, rows.size() - from);
        visit(samplesOfRows(model, std::span(rows).subspan(from, count)));
    }
}

const std::vector<Category>& categoriesOf(const TrainingSource& source, CategoryKind kind) {
    return kind == CategoryKind::Entity ? source.entities : source.relations;
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
        inBatches(model, rows, cancel,
                  [&](const RowSamples& part) { samples.push_back(part.wording); });
        for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation})
            labels.push_back(readLabels(model, kind, categoriesOf(source, kind), cancel).wording);
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

void learnExamples(Model& model, const TrainingSource& source, const CancelToken& cancel) {
    const torch::NoGradGuard fixed;
    std::vector<const TrainingRow*> rows;
    for (const TrainingRow& row : source.rows)
        rows.push_back(&row);
    inBatches(model, rows, cancel, [&](const RowSamples& part) {
        const auto words = model.wording->kept(part.wording).to(torch::kCPU);
        for (std::size_t i = 0; i < part.labels.size(); ++i)
            if (const auto [kind, type] = part.labels[i]; type >= 0)
                Examples::add(model.examples.of(kind).trained,
                              categoriesOf(source, kind)[static_cast<std::size_t>(type)].name,
                              words[static_cast<std::int64_t>(i)]);
    });
    for (const CategoryKind kind : {CategoryKind::Entity, CategoryKind::Relation}) {
        Examples& examples = model.examples.of(kind);
        if (examples.trained.empty())
            continue;
        const auto& categories = categoriesOf(source, kind);
        const auto labels = readLabels(model, kind, categories, cancel).wording.to(torch::kCPU);
        examples.shift = wordShift(labels, examples.of(categories, labels));
    }
}

} // namespace hmgrl
