#include "learning/Device.h"

#include "support/Error.h"

#include <charconv>
#include <torch/cuda.h>

namespace hmgrl {

torch::Device deviceNamed(const std::string& name, int preferred) {
    if (name.empty() || name == "cpu")
        return torch::kCPU;
    int index = preferred;
    const bool numbered = name.rfind("cuda:", 0) == 0;
    const char* end = name.data() + name.size();
    const auto [stop, failure] =
        numbered ? std::from_chars(name.data() + 5, end, index) : std::from_chars_result{end, {}};
    if ((!numbered && name != "cuda") || failure != std::errc() || stop != end || index < 0)
        throw Error({}, "device", "expected cpu, cuda or cuda:N, found \"" + name + "\"");
    if (!torch::cuda::is_available())
        throw Error({}, "device",
                    "expected cpu: this LibTorch has no CUDA, found \"" + name + "\"");
    const int count = static_cast<int>(torch::cuda::device_count());
    if (index >= count)
        throw Error({}, "device",
                    "expected cuda:0 to cuda:" + std::to_string(count - 1) +
                        ", found cuda:" + std::to_string(index));
    return {torch::kCUDA, static_cast<c10::DeviceIndex>(index)};
}

} // namespace hmgrl
