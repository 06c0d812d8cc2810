#include "training/WeightAverage.h"

#include <algorithm>
#include <torch/torch.h>

namespace hmgrl {

WeightAverage::WeightAverage(Parameters parameters, double decay)
    : m_parameters(std::move(parameters))
    , m_decay(decay) {
    if (m_decay > 0)
        for (const auto& [name, parameter] : m_parameters)
            m_mean.push_back(parameter.detach().clone());
}

void WeightAverage::update(int step) {
    const torch::NoGradGuard guard;
    const double keep = std::min(m_decay, (1.0 + step) / (10.0 + step));
    for (std::size_t i = 0; i < m_mean.size(); ++i)
        m_mean[i].lerp_(m_parameters[i].second, 1 - keep);
}

void WeightAverage::swap() {
    const torch::NoGradGuard guard;
    for (std::size_t i = 0; i < m_mean.size(); ++i) {
        const auto weights = m_parameters[i].second.clone();
        m_parameters[i].second.copy_(m_mean[i]);
        m_mean[i].copy_(weights);
    }
}

std::map<std::string, torch::Tensor> WeightAverage::state() const {
    std::map<std::string, torch::Tensor> out;
    for (std::size_t i = 0; i < m_mean.size(); ++i)
        out["a." + m_parameters[i].first] = m_mean[i];
    return out;
}

void WeightAverage::loadState(const std::map<std::string, torch::Tensor>& state) {
    const torch::NoGradGuard guard;
    for (std::size_t i = 0; i < m_mean.size(); ++i)
        m_mean[i].copy_(state.at("a." + m_parameters[i].first));
}

} // namespace hmgrl
