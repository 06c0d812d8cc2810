#include "learning/Hmgrl.h"

#include <cmath>
#include <torch/nn/functional.h>

namespace hmgrl {
namespace {

/// Curvature 1 at the start; sigmoid between 0.1 and 10 on a logarithmic scale.
constexpr double curvatureLogRange = 2.302585092994046; // ln 10

torch::Tensor maskedMean(const torch::Tensor& x, const torch::Tensor& mask) {
    const auto weight = mask.to(x.dtype()).unsqueeze(-1);
    return (x * weight).sum(1) / weight.sum(1).clamp_min(1);
}

VaeConfig vaeConfig(const HmgrlConfig& config, std::int64_t fusedWidth, std::int64_t textWidth) {
    VaeConfig vae;
    vae.data = fusedWidth;
    vae.condition = textWidth;
    vae.latent = config.vaeLatent;
    vae.hidden = config.vaeHidden;
    vae.hyperbolic = config.hyperbolic;
    vae.wrapped = !config.isReference() && config.hyperbolic;
    // A standard normal of z dimensions has radius sqrt(z); scaled, generated points lie at radius
    // about 1.
    vae.scale = 1 / std::sqrt(static_cast<double>(config.vaeLatent));
    return vae;
}

void startUniform(torch::nn::Module& layer, double limit) {
    auto parameters = layer.named_parameters(false);
    torch::nn::init::uniform_(parameters["weight"], -limit, limit);
    if (auto* bias = parameters.find("bias"))
        torch::nn::init::zeros_(*bias);
}

/// Starts every layer as the authors' framework does: Glorot for dense layers, He for Lorentz
/// linears, where it takes the rows of their (out-1, in) weight for the inputs.
void startAsPublished(torch::nn::Module& head) {
    for (const auto& layer : head.modules(false)) {
        if (const auto* dense = layer->as<torch::nn::Linear>()) {
            const auto sum = dense->weight.size(0) + dense->weight.size(1);
            startUniform(*layer, std::sqrt(6.0 / static_cast<double>(sum)));
        } else if (layer->as<lorentz::ReferenceLinear>()) {
            const auto rows = layer->named_parameters(false)["weight"].size(0);
            startUniform(*layer, std::sqrt(6.0 / static_cast<double>(rows)));
        }
    }
}

} // namespace

HmgrlHeadImpl::HmgrlHeadImpl(const HmgrlConfig& config, std::int64_t anchors,
                             std::int64_t textWidth, std::int64_t imageWidth)
    : m_config(config)
    , m_anchors(anchors)
    , m_textWidth(textWidth)
    , m_fusedWidth((1 + anchors) * textWidth + config.vibWidth) {
    using torch::nn::Linear;
    const std::int64_t vib = config.vibWidth;
    const std::int64_t latent = config.latentWidth;
    if (!config.isReference() || imageWidth != textWidth)
        m_imageIn = register_module("image_in", Linear(imageWidth, textWidth));
    m_absentImage = register_parameter("absent_image", torch::zeros({textWidth}));
    m_absentText = register_parameter("absent_text", torch::zeros({textWidth}));
    m_vib = register_module("vib", Vib(textWidth, vib, config.hyperbolic));
    if (config.queryAttention) {
        m_query = register_module("query", Linear(anchors * textWidth, vib));
        m_key = register_module("key", Linear(vib, vib));
    } else {
        // A bias cancels in the softmax, as the query does: in reference mode there is none for the
        // optimiser to blow rounding errors up in.
        m_tokenScore = register_module(
            "token_score", Linear(torch::nn::LinearOptions(vib, 1).bias(!config.isReference())));
    }
    std::int64_t in = m_fusedWidth;
    if (config.distanceScore) {
        m_norm = register_module("norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({in})));
        m_labelNorm = register_module(
            "label_norm", torch::nn::LayerNorm(torch::nn::LayerNormOptions({textWidth})));
    }
    if (config.hiddenWidth > 0) {
        m_hidden = register_module("hidden", Linear(in, config.hiddenWidth));
        in = config.hiddenWidth;
    }
    if (config.distanceScore && config.hyperbolic) {
        m_lift = register_module("lift", lorentz::Lift(in, latent));
        m_labelLift = register_module("label_lift", lorentz::Lift(textWidth, latent));
    } else {
        m_plain = register_module("ln1", Linear(in, latent));
        m_labelPlain = register_module("ln2", Linear(textWidth, latent));
    }
    if (anchors == 2)
        m_related = register_module("related", Linear(in, 1));
    m_vae = register_module("vae", Vae(vaeConfig(config, m_fusedWidth, textWidth)));
    if (config.weightArguments > 0)
        makeArguments();
    m_logTau = register_parameter("log_tau", torch::tensor(std::log(0.25)));
    m_rawCurvature = register_parameter("raw_curvature", torch::zeros({}));
    if (config.isReference()) {
        startAsPublished(*this);
        if (m_tokenScore) // published over [query; token], as wide as h_mm
            startUniform(*m_tokenScore, std::sqrt(6.0 / static_cast<double>(m_fusedWidth + 1)));
    }
}

void HmgrlHeadImpl::makeArguments() {
    const auto norm = [&] {
        return torch::nn::LayerNorm(torch::nn::LayerNormOptions({m_textWidth}));
    };
    m_anchorNorm = register_module("anchor_norm", norm());
    m_typeNorm = register_module("type_norm", norm());
    if (m_config.hyperbolic) {
        m_anchorLift =
            register_module("anchor_lift", lorentz::Lift(m_textWidth, m_config.latentWidth));
        m_typeLift = register_module("type_lift", lorentz::Lift(m_textWidth, m_config.latentWidth));
    } else {
        const auto plain = [&] { return torch::nn::Linear(m_textWidth, m_config.latentWidth); };
        m_anchorPlain = register_module("anchor_plain", plain());
        m_typePlain = register_module("type_plain", plain());
    }
    m_logTypeTau = register_parameter("log_type_tau", torch::tensor(std::log(0.25)));
}

Perceived HmgrlHeadImpl::perceive(const HeadInput& input, const HeadNoise& noise) {
    // A missing modality is one learned token where its tokens would be.
    const auto textAbsent = input.textPresent.logical_not().view({-1, 1, 1});
    const auto tokens = torch::where(textAbsent, m_absentText, input.tokens);
    const auto imageAbsent = input.imagePresent.logical_not().view({-1, 1, 1});
    const auto image = m_imageIn ? m_imageIn(input.image) : input.image;
    const auto regions = torch::where(imageAbsent, m_absentImage, image);
    // The reference counts padding as text (a known fault, kept for parity only).
    const auto tokenMask =
        m_config.isReference() ? torch::ones_like(input.tokenMask) : input.tokenMask;
    auto regionMask = input.imagePresent.unsqueeze(1).expand({-1, regions.size(1)}).clone();
    regionMask.select(1, 0).fill_(true);

    Perceived out;
    out.text = m_vib(tokens, noise.text);
    out.image = m_vib(regions, noise.image);
    out.pooledText = maskedMean(out.text.sample, tokenMask);
    out.pooledImage = maskedMean(out.image.sample, regionMask);

    const auto z = torch::cat({out.text.sample, out.image.sample}, 1); // (R, T, V), T = L + K
    const auto mask = torch::cat({tokenMask, regionMask}, 1);
    // Every sample is scored against the tokens of all rows and masked to its own: one matrix
    // product is far cheaper than gathering a row's tokens for each of its samples.
    const auto rows = z.size(0);
    const auto all = z.flatten(0, 1); // (R T, V)
    torch::Tensor logits;             // (B, R T)
    if (m_config.queryAttention) {
        const auto query = m_query(input.anchors.flatten(1));
        logits = torch::matmul(query, m_key(all).transpose(0, 1)) /
                 std::sqrt(static_cast<double>(m_config.vibWidth));
    } else {
        logits = m_tokenScore(all).transpose(0, 1).expand({input.row.size(0), -1});
    }
    const auto own =
        torch::arange(rows, input.row.options()).unsqueeze(0) == input.row.unsqueeze(1);
    const auto visible = own.unsqueeze(2).logical_and(mask.unsqueeze(0)).flatten(1); // (B, R T)
    const auto attention = torch::softmax(logits.masked_fill(visible.logical_not(), -1e9), 1);
    const auto context = torch::matmul(attention, all);
    out.attention = attention.detach()
                        .view({-1, rows, z.size(1)})
                        .gather(1, input.row.view({-1, 1, 1}).expand({-1, 1, z.size(1)}))
                        .squeeze(1);
    const auto whole = tokens.select(1, 0).index_select(0, input.row); // h_cls
    out.fused = torch::cat({whole, input.anchors.flatten(1), context}, 1);
    return out;
}

torch::Tensor HmgrlHeadImpl::toSpace(const torch::Tensor& tangentInput, lorentz::Lift& lift,
                                     torch::nn::Linear& plain) {
    return lift ? lift(tangentInput, curvature()) : plain(tangentInput);
}

torch::Tensor HmgrlHeadImpl::latent(const torch::Tensor& fused, bool drop) {
    auto h = m_norm ? m_norm(fused) : fused;
    if (m_hidden)
        h = torch::gelu(m_hidden(h));
    h = torch::dropout(h, m_config.dropout, drop && is_training());
    return toSpace(h, m_lift, m_plain);
}

torch::Tensor HmgrlHeadImpl::prototypes(const torch::Tensor& labelStates, bool drop) {
    auto l = m_labelNorm ? m_labelNorm(labelStates) : labelStates;
    if (!m_config.distanceScore)
        l = torch::dropout(l, m_config.dropout, drop && is_training());
    return toSpace(l, m_labelLift, m_labelPlain);
}

torch::Tensor HmgrlHeadImpl::scores(const torch::Tensor& latents, const torch::Tensor& protos) {
    if (!m_config.distanceScore)
        return torch::matmul(latents, protos.transpose(0, 1));
    return distanceScores(latents, protos) / tau();
}

torch::Tensor HmgrlHeadImpl::distanceScores(const torch::Tensor& points,
                                            const torch::Tensor& protos) {
    if (m_config.hyperbolic)
        return -lorentz::pairwiseDistance(points, protos, curvature());
    const auto difference = points.unsqueeze(1) - protos.unsqueeze(0);
    return -(difference.square().sum(-1) + 1e-9).sqrt();
}

torch::Tensor HmgrlHeadImpl::argumentTypes(const torch::Tensor& fused,
                                           const torch::Tensor& typeStates) {
    // h_mm = [h_cls; anchors; context]
    auto anchors = fused.narrow(-1, m_textWidth, m_anchors * m_textWidth)
                       .reshape({-1, m_textWidth}); // (B A, D)
    anchors = torch::dropout(m_anchorNorm(anchors), m_config.dropout, is_training());
    const auto points = toSpace(anchors, m_anchorLift, m_anchorPlain);
    const auto prototypes = toSpace(m_typeNorm(typeStates), m_typeLift, m_typePlain);
    return torch::log_softmax(distanceScores(points, prototypes) / torch::exp(m_logTypeTau), 1)
        .view({-1, m_anchors, typeStates.size(0)});
}

torch::Tensor argumentScores(const torch::Tensor& types, const torch::Tensor& allowed) {
    const auto masked = types.unsqueeze(1).masked_fill(allowed.logical_not().unsqueeze(0), -1e4);
    return torch::logsumexp(masked, -1).sum(-1);
}

torch::Tensor HmgrlHeadImpl::related(const torch::Tensor& fused) {
    auto h = m_norm ? m_norm(fused) : fused;
    if (m_hidden)
        h = torch::gelu(m_hidden(h));
    return m_related(h).squeeze(-1);
}

torch::Tensor HmgrlHeadImpl::generate(const torch::Tensor& labelStates, const torch::Tensor& eps) {
    const auto condition = labelStates.unsqueeze(1).expand({-1, eps.size(1), -1});
    return m_vae->generate(eps, condition);
}

torch::Tensor HmgrlHeadImpl::curvature() const {
    if (m_config.isReference())
        return torch::ones({}, m_rawCurvature.options().requires_grad(false));
    return torch::exp(torch::tanh(m_rawCurvature) * curvatureLogRange);
}

torch::Tensor HmgrlHeadImpl::tau() const {
    return torch::exp(m_logTau);
}

MentionHeadImpl::MentionHeadImpl(std::int64_t textWidth, std::int64_t styles, std::int64_t hidden)
    : m_styles(styles) {
    m_hidden = register_module("hidden", torch::nn::Linear(textWidth, hidden));
    m_style = register_module("style", torch::nn::Embedding(styles, hidden));
    m_out = register_module("out", torch::nn::Linear(hidden, 3));
    const torch::NoGradGuard guard;
    m_style->weight.zero_();
}

torch::Tensor MentionHeadImpl::forward(const torch::Tensor& tokens, const torch::Tensor& style) {
    return m_out(torch::gelu(m_hidden(tokens) + m_style(style).unsqueeze(1)));
}

} // namespace hmgrl
