#include "training/GradientSum.h"

namespace hmgrl {

GradientSum::GradientSum(std::vector<torch::Tensor> parameters)
    : m_parameters(std::move(parameters))
    , m_counts(m_parameters.size() + 1, 0) {
    std::int64_t size = static_cast<std::int64_t>(m_counts.size());
    for (const torch::Tensor& parameter : m_parameters)
        size += parameter.numel();
    const auto device =
        m_parameters.empty() ? torch::Device(torch::kCPU) : m_parameters.front().device();
    m_total = torch::zeros({size}, torch::TensorOptions(torch::kFloat64).device(device));
}

void GradientSum::add() {
    const torch::NoGradGuard guard;
    std::int64_t at = 0;
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        torch::Tensor& parameter = m_parameters[i];
        if (parameter.grad().defined()) {
            m_total.narrow(0, at, parameter.numel()).add_(parameter.grad().flatten());
            m_counts[i] += 1;
            parameter.mutable_grad() = torch::Tensor();
        }
        at += parameter.numel();
    }
}

GradientSum::Outcome GradientSum::finish(Team& team, int microBatches, bool stop) {
    const torch::NoGradGuard guard;
    m_counts.back() = stop ? 1 : 0;
    const auto counts = static_cast<std::int64_t>(m_counts.size());
    auto tail = m_total.narrow(0, m_total.size(0) - counts, counts);
    tail.copy_(torch::tensor(m_counts, torch::kFloat64));
    team.sum(m_total);
    const auto all = tail.to(torch::kCPU);
    Outcome out;
    out.stop = all[counts - 1].item<double>() > 0;
    std::int64_t at = 0;
    for (std::size_t i = 0; i < m_parameters.size(); ++i) {
        torch::Tensor& parameter = m_parameters[i];
        const auto mean = m_total.narrow(0, at, parameter.numel()) / microBatches;
        at += parameter.numel();
        const bool given = all[static_cast<std::int64_t>(i)].item<double>() > 0;
        parameter.mutable_grad() =
            given ? mean.to(parameter.scalar_type()).view_as(parameter) : torch::Tensor();
        out.any = out.any || given;
    }
    m_total.zero_();
    m_counts.assign(m_counts.size(), 0);
    return out;
}

} // namespace hmgrl
