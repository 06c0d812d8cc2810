#include "learning/Adam.h"

#include "support/Error.h"

#include <cmath>

namespace hmgrl {

Adam::Adam(std::vector<Group> groups, Options options)
    : m_groups(std::move(groups))
    , m_options(options) {
    for (const Group& group : m_groups)
        for (const auto& [name, parameter] : group.parameters)
            m_moments[name] = {torch::zeros_like(parameter), torch::zeros_like(parameter)};
}

Adam::Options Adam::referenceOptions() {
    Options options;
    options.epsilon = 1e-7;
    options.epsilonBeforeCorrection = true;
    return options;
}

void Adam::zeroGradients() {
    for (Group& group : m_groups)
        for (auto& [name, parameter] : group.parameters)
            if (parameter.grad().defined())
                parameter.mutable_grad() = torch::Tensor();
}

void Adam::step(double factor) {
    const torch::NoGradGuard guard;
    ++m_steps;
    double scale = 1;
    if (m_options.clipNorm > 0) {
        double squares = 0;
        for (const Group& group : m_groups)
            for (const auto& [name, parameter] : group.parameters)
                if (parameter.grad().defined())
                    squares += parameter.grad().square().sum().item<double>();
        scale = std::min(1.0, m_options.clipNorm / (std::sqrt(squares) + 1e-12));
    }
    const double correction1 = 1 - std::pow(m_options.beta1, static_cast<double>(m_steps));
    const double correction2 = 1 - std::pow(m_options.beta2, static_cast<double>(m_steps));
    const double epsilon = m_options.epsilonBeforeCorrection
                               ? m_options.epsilon / std::sqrt(correction2)
                               : m_options.epsilon;
    for (Group& group : m_groups) {
        const double rate = group.learningRate * factor;
        for (auto& [name, parameter] : group.parameters) {
            if (!parameter.grad().defined())
                continue;
            Moments& moments = m_moments.at(name);
            const auto gradient = scale == 1 ? parameter.grad() : parameter.grad() * scale;
            moments.first.mul_(m_options.beta1).add_(gradient, 1 - m_options.beta1);
            moments.second.mul_(m_options.beta2).addcmul_(gradient, gradient, 1 - m_options.beta2);
            if (group.weightDecay > 0)
                parameter.mul_(1 - rate * group.weightDecay);
            const auto denominator = (moments.second / correction2).sqrt_().add_(epsilon);
            parameter.addcdiv_(moments.first, denominator, -rate / correction1);
        }
    }
}

std::map<std::string, torch::Tensor> Adam::state() const {
    std::map<std::string, torch::Tensor> out;
    for (const auto& [name, moments] : m_moments) {
        out["m." + name] = moments.first;
        out["v." + name] = moments.second;
    }
    out["steps"] = torch::tensor(m_steps, torch::kInt64);
    return out;
}

void Adam::loadState(const std::map<std::string, torch::Tensor>& state) {
    const auto take = [&](const std::string& name, const torch::Tensor& like) {
        const auto found = state.find(name);
        if (found == state.end() || found->second.sizes() != like.sizes())
            throw Error({}, "optimiser state " + name,
                        "expected a tensor of the parameter's shape");
        return found->second.to(like.device(), like.scalar_type()).clone();
    };
    for (auto& [name, moments] : m_moments)
        moments = {take("m." + name, moments.first), take("v." + name, moments.second)};
    m_steps = take("steps", torch::tensor(std::int64_t{0})).item<std::int64_t>();
}

} // namespace hmgrl
