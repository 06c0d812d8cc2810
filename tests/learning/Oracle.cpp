#include "learning/Oracle.h"

#include <fstream>
#include <stdexcept>

namespace hmgrl::test {

using torch::Tensor;

namespace {

nlohmann::json load(const std::string& name) {
    std::ifstream file(std::string(HMGRL_SOURCE_DIR) + "/tests/learning/data/" + name);
    return nlohmann::json::parse(file);
}

} // namespace

const nlohmann::json& oracle() {
    static const nlohmann::json values = load("oracle.json");
    return values;
}

const nlohmann::json& referenceOracle() {
    static const nlohmann::json values = load("reference.json");
    return values;
}

const nlohmann::json& lorentzOracle() {
    static const nlohmann::json values = load("lorentz.json");
    return values;
}

Tensor tensorOf(const nlohmann::json& value) {
    const auto shape = value.at("shape").get<std::vector<std::int64_t>>();
    auto data = value.at("data").get<std::vector<double>>();
    return torch::tensor(data, torch::kFloat64).view(shape);
}

void setParameters(torch::nn::Module& module, const nlohmann::json& parameters) {
    const torch::NoGradGuard guard;
    auto named = module.named_parameters();
    if (named.size() != parameters.size())
        throw std::runtime_error("the module has " + std::to_string(named.size()) +
                                 " parameters, the oracle " + std::to_string(parameters.size()));
    for (auto& item : named) {
        const Tensor value = tensorOf(parameters.at(item.key()));
        if (value.sizes() != item.value().sizes())
            throw std::runtime_error("shape of " + item.key());
        item.value().copy_(value);
    }
}

double rowError(const Tensor& actual, const Tensor& expected, double floor) {
    if (actual.sizes() != expected.sizes() || !allFinite(actual))
        return std::numeric_limits<double>::infinity();
    const Tensor a = actual.detach().to(torch::kFloat64), e = expected.to(torch::kFloat64);
    return ((a - e).norm(2, {-1}) / e.norm(2, {-1}).clamp_min(floor)).max().item<double>();
}

double entryError(const Tensor& actual, const Tensor& expected, double floor) {
    return rowError(actual.unsqueeze(-1), expected.unsqueeze(-1), floor);
}

bool allFinite(const Tensor& t) {
    return torch::isfinite(t).all().item<bool>();
}

namespace {

std::vector<Tensor> leaves(const std::vector<Tensor>& inputs) {
    std::vector<Tensor> result;
    for (const Tensor& input : inputs)
        result.push_back(input.detach().clone().requires_grad_());
    return result;
}

Tensor weightsLike(const Tensor& t) {
    const auto n = static_cast<double>(t.numel());
    return (torch::arange(n, torch::kFloat64) * 1.7).cos().view(t.sizes());
}

double weighted(const Function& function, const std::vector<Tensor>& inputs) {
    const torch::NoGradGuard guard;
    const Tensor value = function(inputs);
    return (value * weightsLike(value)).sum().item<double>();
}

} // namespace

double gradientError(const Function& function, const std::vector<Tensor>& inputs, double step) {
    std::vector<Tensor> at = leaves(inputs);
    const Tensor value = function(at);
    (value * weightsLike(value)).sum().backward();
    double error = 0, largest = 1;
    for (std::size_t i = 0; i < at.size(); ++i) {
        const Tensor analytic = at[i].grad().flatten();
        largest = std::max(largest, analytic.abs().max().item<double>());
        for (std::int64_t k = 0; k < analytic.size(0); ++k) {
            std::vector<Tensor> up = inputs, down = inputs;
            up[i] = inputs[i].clone(), down[i] = inputs[i].clone();
            up[i].view(-1)[k] += step;
            down[i].view(-1)[k] -= step;
            const double numeric = (weighted(function, up) - weighted(function, down)) / (2 * step);
            error = std::max(error, std::abs(numeric - analytic[k].item<double>()));
        }
    }
    return error / largest;
}

std::vector<Tensor> gradients(const Function& function, const std::vector<Tensor>& inputs) {
    std::vector<Tensor> at = leaves(inputs), result;
    const Tensor value = function(at);
    if (!allFinite(value))
        throw std::runtime_error("a value is not finite");
    value.sum().backward();
    for (const Tensor& leaf : at)
        result.push_back(leaf.grad());
    return result;
}

Tensor vectorsOfNorm(const std::vector<double>& radii, std::int64_t n, std::int64_t dimension) {
    const Tensor v = torch::randn({n, dimension}, torch::kFloat64);
    const Tensor index = torch::arange(n) % static_cast<std::int64_t>(radii.size());
    const Tensor lengths = torch::tensor(radii, torch::kFloat64).index_select(0, index);
    return v / v.norm(2, -1, true) * lengths.unsqueeze(1);
}

} // namespace hmgrl::test
