#include "perception/TorchFiles.h"

#include "support/Error.h"

#include <algorithm>
#include <cstring>
#include <set>
#include <sstream>
#include <string_view>
#include <vector>

namespace hmgrl {
namespace {

at::ScalarType scalarType(DType type) {
    switch (type) {
    case DType::F64:
        return at::kDouble;
    case DType::F32:
        return at::kFloat;
    case DType::F16:
        return at::kHalf;
    case DType::BF16:
        return at::kBFloat16;
    case DType::I64:
        return at::kLong;
    case DType::I32:
        return at::kInt;
    case DType::I16:
        return at::kShort;
    case DType::I8:
        return at::kChar;
    case DType::U8:
        return at::kByte;
    case DType::Bool:
        return at::kBool;
    }
    throw Error("unknown tensor type");
}

DType dtypeOf(const torch::Tensor& tensor, const std::string& file, const std::string& name) {
    for (const DType type : {DType::F64, DType::F32, DType::F16, DType::BF16, DType::I64,
                             DType::I32, DType::I16, DType::I8, DType::U8, DType::Bool})
        if (scalarType(type) == tensor.scalar_type())
            return type;
    throw Error(file, "tensor \"" + name + "\"", "this type cannot be written");
}

std::string shapeText(at::IntArrayRef shape) {
    std::ostringstream out;
    out << shape;
    return out.str();
}

/// Parameters and buffers by name, without batch norm's step counters: they play no part in
/// inference or in training with a fixed momentum.
std::map<std::string, torch::Tensor> stateOf(const torch::nn::Module& module) {
    constexpr std::string_view counter = "num_batches_tracked";
    std::map<std::string, torch::Tensor> state;
    for (const auto& item : module.named_parameters())
        state.emplace(item.key(), item.value());
    for (const auto& item : module.named_buffers())
        if (!std::string_view(item.key()).ends_with(counter))
            state.emplace(item.key(), item.value());
    return state;
}

/// @throws Error unless `view` can be copied into `target`
void checkFit(const TensorView& view, const torch::Tensor& target, const std::string& file) {
    const std::string place = "tensor \"" + view.name + "\"";
    if (target.sizes() != at::IntArrayRef(view.shape))
        throw Error(file, place,
                    "expected shape " + shapeText(target.sizes()) + ", found " +
                        shapeText(view.shape));
    const auto found = scalarType(view.type);
    const bool fits =
        target.is_floating_point() ? at::isFloatingType(found) : found == target.scalar_type();
    if (!fits)
        throw Error(file, place,
                    std::string("expected ") +
                        (target.is_floating_point() ? "a floating type"
                                                    : at::toString(target.scalar_type())) +
                        ", found " + toString(view.type));
}

/// `prefix` is what the names in the file begin with, for the messages.
void load(torch::nn::Module& module, const std::map<std::string, StoredTensor>& tensors,
          const std::string& source, const std::string& prefix) {
    auto state = stateOf(module);
    for (const auto& [name, target] : state) {
        const auto found = tensors.find(name);
        if (found == tensors.end())
            throw Error(source, "tensor \"" + prefix + name + "\"", "missing");
        checkFit(found->second.view, target, found->second.file);
    }
    for (const auto& [name, stored] : tensors)
        if (!state.contains(name))
            throw Error(stored.file, "tensor \"" + stored.view.name + "\"",
                        "not part of this model");
    const torch::NoGradGuard noGrad;
    for (auto& [name, target] : state)
        target.copy_(toTensor(tensors.at(name).view));
}

} // namespace

torch::Tensor toTensor(const TensorView& view) {
    auto out = torch::empty(view.shape, scalarType(view.type));
    if (!view.bytes.empty())
        std::memcpy(out.data_ptr(), view.bytes.data(), view.bytes.size());
    return out;
}

void loadModule(torch::nn::Module& module, const SafetensorsFile& file, const std::string& prefix) {
    const std::string path = file.path().string();
    std::map<std::string, StoredTensor> tensors;
    for (const TensorView& view : file.tensors())
        if (view.name.starts_with(prefix))
            tensors.emplace(view.name.substr(prefix.size()), StoredTensor{view, path});
    load(module, tensors, path, prefix);
}

void loadModule(torch::nn::Module& module, const std::map<std::string, StoredTensor>& tensors,
                const std::string& source) {
    load(module, tensors, source, {});
}

void saveModule(const torch::nn::Module& module, const std::filesystem::path& path, DType type,
                const std::map<std::string, std::string>& metadata) {
    if (type != DType::F32 && type != DType::F16 && type != DType::BF16)
        throw Error(path.string(), {},
                    std::string("expected F32, F16 or BF16, found ") + toString(type));
    std::map<std::string, torch::Tensor> tensors;
    for (const auto& [name, value] : stateOf(module))
        tensors.emplace(name, value.is_floating_point() ? value.detach().to(scalarType(type))
                                                        : value.detach());
    saveTensors(tensors, path, metadata);
}

void saveTensors(const std::map<std::string, torch::Tensor>& tensors,
                 const std::filesystem::path& path,
                 const std::map<std::string, std::string>& metadata) {
    std::vector<torch::Tensor> kept; // owns what the views below borrow
    std::vector<TensorView> views;
    for (const auto& [name, value] : tensors) {
        const auto tensor = value.detach().to(torch::kCPU).contiguous();
        views.push_back({name,
                         dtypeOf(tensor, path.string(), name),
                         tensor.sizes().vec(),
                         {static_cast<const std::byte*>(tensor.data_ptr()), tensor.nbytes()}});
        kept.push_back(tensor);
    }
    writeSafetensors(path, std::move(views), metadata);
}

} // namespace hmgrl
