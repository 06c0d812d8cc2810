#include "extraction/Examples.h"

#include "perception/TorchFiles.h"
#include "support/Error.h"

#include <nlohmann/json.hpp>

namespace hmgrl {
namespace fs = std::filesystem;
using nlohmann::json;
namespace {

constexpr CategoryKind kinds[] = {CategoryKind::Entity, CategoryKind::Relation};

/// What a file calls each part of it.
struct Group {
    std::string name;
    Examples::ByCategory* content;
};

std::vector<Group> groupsOf(ModelExamples& examples) {
    std::vector<Group> out;
    for (const CategoryKind kind : kinds) {
        const std::string name = toString(kind);
        out.push_back({name + ".trained", &examples.of(kind).trained});
        out.push_back({name + ".taught", &examples.of(kind).taught});
    }
    return out;
}

std::string described(DType type, const std::vector<std::int64_t>& shape) {
    return std::string(toString(type)) + " " + json(shape).dump();
}

/// Finite numbers of this shape.
torch::Tensor tensorAt(const SafetensorsFile& file, const std::string& name,
                       const std::vector<std::int64_t>& shape) {
    const TensorView& view = file.at(name);
    if (view.type != DType::F32 || view.shape != shape)
        throw Error(file.path().string(), name,
                    "expected " + described(DType::F32, shape) + ", found " +
                        described(view.type, view.shape));
    auto out = toTensor(view);
    if (!out.isfinite().all().item<bool>())
        throw Error(file.path().string(), name, "expected finite numbers");
    return out;
}

std::vector<std::string> namesIn(const SafetensorsFile& file, const std::string& group) {
    const auto found = file.metadata().find(group);
    const json list =
        found == file.metadata().end() ? json() : json::parse(found->second, nullptr, false);
    std::vector<std::string> out;
    if (list.is_array())
        for (const json& name : list)
            if (name.is_string())
                out.push_back(name.get<std::string>());
    if (!list.is_array() || out.size() != list.size())
        throw Error(file.path().string(), group, "expected a list of categories in the metadata");
    return out;
}

void readGroup(const Group& group, const SafetensorsFile& file, std::int64_t width) {
    const auto names = namesIn(file, group.name);
    const auto rows = static_cast<std::int64_t>(names.size());
    const auto sums = tensorAt(file, group.name + ".sums", {rows, width});
    const auto counts = tensorAt(file, group.name + ".counts", {rows});
    for (std::int64_t i = 0; i < rows; ++i) {
        const auto count = counts[i].item<float>();
        if (count < 1 || count > 1e9F)
            throw Error(file.path().string(), group.name + ".counts",
                        "expected at least one sample a category, found " + std::to_string(count));
        (*group.content)[names[static_cast<std::size_t>(i)]] = {sums[i].clone(),
                                                                static_cast<std::int64_t>(count)};
    }
}

} // namespace

void Examples::add(ByCategory& to, const std::string& category, const torch::Tensor& words) {
    Words& entry = to[category];
    entry.sum = entry.sum.defined() ? entry.sum + words : words.clone();
    ++entry.count;
}

WordExamples Examples::of(std::span<const Category> categories, const torch::Tensor& labels) const {
    WordExamples out{torch::zeros_like(labels), torch::zeros({labels.size(0)}, labels.options()),
                     shift.defined() ? shift.to(labels.device())
                                     : torch::zeros({labels.size(1)}, labels.options())};
    for (const ByCategory* group : {&trained, &taught})
        for (std::size_t c = 0; c < categories.size(); ++c)
            if (const auto found = group->find(categories[c].name); found != group->end()) {
                const auto row = static_cast<std::int64_t>(c);
                out.sums[row] += found->second.sum.to(labels.device());
                out.counts[row] += static_cast<double>(found->second.count);
            }
    return out;
}

void saveExamples(const ModelExamples& examples, const fs::path& file) {
    std::map<std::string, torch::Tensor> tensors;
    std::map<std::string, std::string> metadata{{"format", "hmgrl"}};
    ModelExamples copy = examples;
    for (const Group& group : groupsOf(copy)) {
        if (group.content->empty())
            continue;
        json names = json::array();
        std::vector<torch::Tensor> sums;
        std::vector<float> counts;
        for (const auto& [category, words] : *group.content) {
            names.push_back(category);
            sums.push_back(words.sum.to(torch::kCPU, torch::kFloat32));
            counts.push_back(static_cast<float>(words.count));
        }
        metadata[group.name] = names.dump();
        tensors[group.name + ".sums"] = torch::stack(sums);
        tensors[group.name + ".counts"] = torch::tensor(counts);
    }
    for (const CategoryKind kind : kinds)
        if (examples.of(kind).shift.defined())
            tensors[std::string(toString(kind)) + ".shift"] =
                examples.of(kind).shift.to(torch::kCPU, torch::kFloat32);
    saveTensors(tensors, file, metadata);
}

ModelExamples loadExamples(const fs::path& path, std::int64_t width) {
    const auto file = SafetensorsFile::open(path);
    ModelExamples out;
    for (const Group& group : groupsOf(out))
        if (file.find(group.name + ".sums"))
            readGroup(group, file, width);
    for (const CategoryKind kind : kinds)
        if (const std::string name = std::string(toString(kind)) + ".shift"; file.find(name))
            out.of(kind).shift = tensorAt(file, name, {width});
    return out;
}

} // namespace hmgrl
