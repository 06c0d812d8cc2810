#include "perception/TorchFiles.h"

#include "Support.h"

#include <gmock/gmock.h>

namespace hmgrl {
namespace {

using ::testing::HasSubstr;
namespace nn = torch::nn;

/// Two linear layers and a batch norm: parameters, buffers and a step counter.
struct SmallImpl : nn::Module {
    SmallImpl() {
        first = register_module("first", nn::Linear(3, 2));
        norm = register_module("norm", nn::BatchNorm1d(2));
        steps = register_buffer("steps", torch::zeros({2}, torch::kLong));
    }
    nn::Linear first{nullptr};
    nn::BatchNorm1d norm{nullptr};
    torch::Tensor steps;
};
TORCH_MODULE(Small);

class TorchFiles : public test::FolderTest {
protected:
    /// Saves `small` after `change` was made to the list of its tensors.
    template <typename Change>
    std::filesystem::path saveChanged(Change&& change) {
        const auto whole = m_folder / "whole.safetensors";
        saveModule(*Small(), whole, DType::F32);
        const auto file = SafetensorsFile::open(whole);
        auto views = file.tensors();
        change(views);
        const auto path = m_folder / "changed.safetensors";
        writeSafetensors(path, views);
        return path;
    }

    static std::string loadFault(const std::filesystem::path& path) {
        return test::errorOf([&] { loadModule(*Small(), SafetensorsFile::open(path)); });
    }
};

TEST_F(TorchFiles, roundTrip) {
    Small out;
    out->norm->running_mean.fill_(0.25);
    out->steps.fill_(7);
    const auto path = m_folder / "m.safetensors";
    saveModule(*out, path, DType::F32, {{"kind", "small"}});
    const auto file = SafetensorsFile::open(path);
    EXPECT_EQ(file.metadata().at("kind"), "small");
    Small in;
    loadModule(*in, file);
    EXPECT_TRUE(torch::equal(in->first->weight, out->first->weight));
    EXPECT_TRUE(torch::equal(in->norm->running_mean, out->norm->running_mean));
    EXPECT_TRUE(torch::equal(in->steps, out->steps));
    EXPECT_TRUE(in->first->weight.requires_grad());
}

TEST_F(TorchFiles, halfPrecisionIsConvertedBack) {
    for (const DType type : {DType::F16, DType::BF16}) {
        Small out;
        const auto path = m_folder / "half.safetensors";
        saveModule(*out, path, type);
        EXPECT_EQ(SafetensorsFile::open(path).at("first.weight").type, type);
        EXPECT_EQ(SafetensorsFile::open(path).at("steps").type, DType::I64);
        Small in;
        loadModule(*in, SafetensorsFile::open(path));
        EXPECT_EQ(in->first->weight.scalar_type(), torch::kFloat32);
        EXPECT_LT((in->first->weight - out->first->weight).abs().max().item<double>(), 5e-3);
    }
    EXPECT_THROW(saveModule(*Small(), m_folder / "i.safetensors", DType::I8), Error);
}

TEST_F(TorchFiles, missingTensor) {
    const auto path = saveChanged([](auto& views) { views.erase(views.begin()); });
    EXPECT_THAT(loadFault(path), HasSubstr("changed.safetensors: tensor \"first.bias\": missing"));
}

TEST_F(TorchFiles, leftOverTensor) {
    const auto path = saveChanged([](auto& views) {
        views.push_back(views.front());
        views.back().name = "second.bias";
    });
    EXPECT_THAT(loadFault(path), HasSubstr("tensor \"second.bias\": not part of this model"));
}

TEST_F(TorchFiles, wrongShape) {
    const auto path = saveChanged([](auto& views) {
        for (auto& view : views)
            if (view.name == "first.weight")
                view.shape = {3, 2};
    });
    EXPECT_THAT(loadFault(path),
                HasSubstr("\"first.weight\": expected shape [2, 3], found [3, 2]"));
}

TEST_F(TorchFiles, wrongType) {
    const auto path = saveChanged([](auto& views) {
        for (auto& view : views)
            if (view.name == "first.weight")
                view.type = DType::I32;
    });
    EXPECT_THAT(loadFault(path), HasSubstr("expected a floating type, found I32"));
}

TEST_F(TorchFiles, aFaultLeavesTheModuleAsItWas) {
    const auto path = saveChanged([](auto& views) { views.pop_back(); });
    Small small;
    const auto before = small->first->weight.clone();
    EXPECT_THROW(loadModule(*small, SafetensorsFile::open(path)), Error);
    EXPECT_TRUE(torch::equal(small->first->weight, before));
}

TEST_F(TorchFiles, prefixSelects) {
    const auto path = saveChanged([](auto& views) {
        const auto copy = views;
        for (auto& view : views)
            view.name = "a." + view.name;
        for (auto view : copy) {
            view.name = "b." + view.name;
            views.push_back(view);
        }
    });
    Small small;
    loadModule(*small, SafetensorsFile::open(path), "b.");
    EXPECT_THROW(loadModule(*small, SafetensorsFile::open(path), "c."), Error);
}

TEST_F(TorchFiles, everyTypeBecomesATensor) {
    const std::vector<std::pair<DType, at::ScalarType>> types = {
        {DType::F64, at::kDouble},    {DType::F32, at::kFloat}, {DType::F16, at::kHalf},
        {DType::BF16, at::kBFloat16}, {DType::I64, at::kLong},  {DType::I32, at::kInt},
        {DType::I16, at::kShort},     {DType::I8, at::kChar},   {DType::U8, at::kByte},
        {DType::Bool, at::kBool}};
    for (const auto& [type, expected] : types) {
        const std::vector<std::byte> bytes(3 * byteSize(type), std::byte{0});
        const auto tensor = toTensor({"t", type, {3}, bytes});
        EXPECT_EQ(tensor.scalar_type(), expected);
        EXPECT_EQ(tensor.to(at::kFloat).sum().item<float>(), 0.0F);
    }
    EXPECT_EQ(toTensor({"empty", DType::F32, {0, 4}, {}}).numel(), 0);
}

} // namespace
} // namespace hmgrl
