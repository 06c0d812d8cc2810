#pragma once

// LibTorch header: for core rooms only.
#include "learning/Lorentz.h"

#include <torch/nn.h>

namespace hmgrl {

/// Mean and log-variance with one sample drawn from them.
struct Gaussian {
    torch::Tensor mu;
    torch::Tensor logvar; ///< held within [-20, 20], so that exp stays finite
    torch::Tensor sample; ///< mu + exp(logvar/2) eps; mu itself when eps is undefined
};

/// Hyperbolic variational information bottleneck, shared by both modalities (model.md section 2):
/// mu = Dense(LL1 x), logvar = Dense(LL2 x). `hyperbolic` false replaces the Lorentz linears by
/// plain ones (the Euclidean twin). Used token-wise: x (..., in) -> (..., out).
class VibImpl : public torch::nn::Module {
public:
    VibImpl(std::int64_t in, std::int64_t out, bool hyperbolic = true);
    /// eps: noise of the output's shape, injected; undefined = deterministic (sample = mu).
    Gaussian forward(const torch::Tensor& x, const torch::Tensor& eps = {});

private:
    lorentz::ReferenceLinear m_lift1{nullptr}, m_lift2{nullptr}; ///< "ll1", "ll2"
    torch::nn::Linear m_plain1{nullptr}, m_plain2{nullptr};      ///< the twin's, same names
    torch::nn::Linear m_mu{nullptr}, m_logvar{nullptr};          ///< "mu", "logvar"
};
TORCH_MODULE(Vib);

struct VaeConfig {
    std::int64_t data = 0;      ///< width of what is encoded and generated
    std::int64_t condition = 0; ///< width of the condition
    std::int64_t latent = 32;
    std::int64_t hidden = 0; ///< width of the decoder's two hidden layers (reference: 2D)
    bool hyperbolic = true;  ///< Lorentz linears (reference) or plain ones in the encoder
    bool wrapped = false;    ///< lorentz mode: the latent is a wrapped normal at the origin
    double scale = 1;        ///< wrapped: unit of the tangent space, so that radii stay moderate
};

/// Conditional VAE: encoder Lorentz linears -> mu, logvar; decoder([z; condition]) = (Dense,
/// LeakyReLU 0.2) twice, then Dense. The wrapped normal is v ~ N(mu, sigma) in the tangent space at
/// the origin, then exp_0: the decoder reads the space part. Its KL is that of the tangent normals
/// (exp_0 is a bijection, so the volume terms of posterior and prior cancel).
class VaeImpl : public torch::nn::Module {
public:
    explicit VaeImpl(const VaeConfig& config);

    struct Output {
        torch::Tensor reconstruction; ///< (B, data)
        Gaussian latent;              ///< tangent space
    };
    /// x (B, data), condition (B, condition), eps (B, latent) injected noise (undefined: the mean).
    /// x is detached here: no gradient reaches it. The condition is not: detach it where it is an
    /// encoder's state that the generator must leave alone.
    Output forward(const torch::Tensor& x, const torch::Tensor& condition,
                   const torch::Tensor& eps);
    /// eps (..., latent), condition (..., condition), leading sizes broadcast -> (..., data)
    torch::Tensor generate(const torch::Tensor& eps, const torch::Tensor& condition);

    [[nodiscard]] const VaeConfig& config() const { return m_config; }

private:
    VaeConfig m_config;
    lorentz::ReferenceLinear m_lorentzMu{nullptr}, m_lorentzLogvar{nullptr}; ///< "mu", "logvar"
    torch::nn::Linear m_plainMu{nullptr}, m_plainLogvar{nullptr}; ///< the twin's, same names
    torch::nn::Linear m_hidden1{nullptr}, m_hidden2{nullptr}, m_output{nullptr}; ///< "hidden1", ...
};
TORCH_MODULE(Vae);

} // namespace hmgrl
