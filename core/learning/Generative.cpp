#include "learning/Generative.h"

#include "support/Error.h"

#include <string>

namespace hmgrl {
namespace {

using torch::Tensor;

/// exp(logvar) and its gradient stay finite whatever the layers say.
constexpr double logvarLimit = 20;

Gaussian gaussian(const Tensor& mu, const Tensor& rawLogvar, const Tensor& eps) {
    const Tensor logvar = rawLogvar.clamp(-logvarLimit, logvarLimit);
    return {mu, logvar, eps.defined() ? mu + (logvar / 2).exp() * eps : mu};
}

/// Glorot weights and no bias, as the Lorentz linears start.
torch::nn::Linear dense(std::int64_t in, std::int64_t out) {
    torch::nn::Linear layer(in, out);
    torch::nn::init::xavier_uniform_(layer->weight);
    torch::nn::init::zeros_(layer->bias);
    return layer;
}

void requirePositive(const char* what, std::int64_t value) {
    if (value < 1)
        throw Error(std::string("VAE: expected a positive width of ") + what + ", found " +
                    std::to_string(value));
}

VaeConfig checked(const VaeConfig& config) {
    requirePositive("data", config.data);
    requirePositive("condition", config.condition);
    requirePositive("latent", config.latent);
    requirePositive("hidden", config.hidden);
    return config;
}

Tensor leaky(const Tensor& x) {
    return torch::leaky_relu(x, 0.2);
}

/// Leading sizes of both, broadcast; then joined along the last dimension.
Tensor joined(const Tensor& a, const Tensor& b) {
    auto widen = [](const Tensor& t, const Tensor& like) {
        auto sizes =
            torch::broadcast_tensors({t.select(-1, 0), like.select(-1, 0)})[0].sizes().vec();
        sizes.push_back(t.size(-1));
        return t.expand(sizes);
    };
    return torch::cat({widen(a, b), widen(b, a)}, -1);
}

} // namespace

VibImpl::VibImpl(std::int64_t in, std::int64_t out, bool hyperbolic) {
    if (hyperbolic) {
        m_lift1 = register_module("ll1", lorentz::ReferenceLinear(in, out));
        m_lift2 = register_module("ll2", lorentz::ReferenceLinear(in, out));
    } else {
        m_plain1 = register_module("ll1", dense(in, out));
        m_plain2 = register_module("ll2", dense(in, out));
    }
    m_mu = register_module("mu", dense(out, out));
    m_logvar = register_module("logvar", dense(out, out));
}

Gaussian VibImpl::forward(const Tensor& x, const Tensor& eps) {
    const Tensor first = m_lift1.is_empty() ? m_plain1(x) : m_lift1(x);
    const Tensor second = m_lift2.is_empty() ? m_plain2(x) : m_lift2(x);
    return gaussian(m_mu(first), m_logvar(second), eps);
}

VaeImpl::VaeImpl(const VaeConfig& config)
    : m_config(checked(config)) {
    if (config.hyperbolic) {
        m_lorentzMu = register_module("mu", lorentz::ReferenceLinear(config.data, config.latent));
        m_lorentzLogvar =
            register_module("logvar", lorentz::ReferenceLinear(config.data, config.latent));
    } else {
        m_plainMu = register_module("mu", dense(config.data, config.latent));
        m_plainLogvar = register_module("logvar", dense(config.data, config.latent));
    }
    m_hidden1 = register_module("hidden1", dense(config.latent + config.condition, config.hidden));
    m_hidden2 = register_module("hidden2", dense(config.hidden, config.hidden));
    m_output = register_module("output", dense(config.hidden, config.data));
}

VaeImpl::Output VaeImpl::forward(const Tensor& x, const Tensor& condition, const Tensor& eps) {
    const Tensor fixed = x.detach();
    const Tensor mu = m_config.hyperbolic ? m_lorentzMu(fixed) : m_plainMu(fixed);
    const Tensor logvar = m_config.hyperbolic ? m_lorentzLogvar(fixed) : m_plainLogvar(fixed);
    Gaussian latent = gaussian(mu, logvar, eps);
    return {generate(latent.sample, condition), latent};
}

Tensor VaeImpl::generate(const Tensor& eps, const Tensor& condition) {
    const Tensor z = m_config.wrapped
                         ? lorentz::exp0(eps * m_config.scale, torch::ones({}, eps.options()))
                         : eps;
    return m_output(leaky(m_hidden2(leaky(m_hidden1(joined(z, condition))))));
}

} // namespace hmgrl
