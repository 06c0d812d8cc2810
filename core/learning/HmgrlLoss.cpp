#include "learning/HmgrlLoss.h"

#include "learning/Losses.h"

#include <torch/nn/functional.h>

namespace hmgrl {
namespace {

using torch::Tensor;

/// The terms share what the first of them compute.
struct Pass {
    HmgrlHead& head;
    const TaskBatch& batch;
    const HeadNoise& noise;
    LossTerms& out;
    Perceived perceived;
    Tensor typed;      ///< (T) samples with a category
    Tensor target;     ///< (T) rows of labelStates
    Tensor prototypes; ///< (C, d)
    Tensor seenScores; ///< (T, S)

    [[nodiscard]] bool hasArguments() const {
        return batch.argumentTypes.defined() && config().weightArguments > 0;
    }
    /// Scores (N, S) for the categories in `rows`, with what the anchors' types say.
    [[nodiscard]] Tensor withArguments(const Tensor& scores, const Tensor& types,
                                       const Tensor& rows) const {
        return types.defined()
                   ? scores + config().weightArguments *
                                  argumentScores(types, batch.allowedTypes.index_select(0, rows))
                   : scores;
    }
    [[nodiscard]] Tensor typesOf(const Tensor& fused) const {
        return hasArguments() ? head->argumentTypes(fused, batch.argumentTypes) : Tensor();
    }
    [[nodiscard]] const HmgrlConfig& config() const { return head->config(); }
    [[nodiscard]] Tensor labels(const Tensor& rows) const {
        return batch.labelStates.index_select(0, rows);
    }
    void add(const std::string& name, const Tensor& term, double weight) const {
        out.terms[name] = term.detach();
        out.total = out.total + term * weight;
    }
};

/// Position in `rows` of each value of `values` (all must occur).
Tensor positionsIn(const Tensor& rows, const Tensor& values, std::int64_t count) {
    auto inverse = torch::full({count}, -1, rows.options());
    inverse.index_put_({rows}, torch::arange(rows.size(0), rows.options()));
    return inverse.index_select(0, values);
}

/// Scores (T, S) of latents (T, d) for the seen categories.
Tensor scoresOfSeen(const Pass& pass, const Tensor& latents) {
    if (!pass.config().isReference() || pass.config().distanceScore)
        return pass.head->scores(latents, pass.prototypes.index_select(0, pass.batch.seen));
    // The authors drop parts of the label states anew for every sample.
    const auto labels = pass.labels(pass.batch.seen).unsqueeze(0);
    const auto protos = pass.head->prototypes(labels.expand({latents.size(0), -1, -1}));
    return (protos * latents.unsqueeze(1)).sum(-1);
}

/// The category of a sample tells which types its anchors may have.
void argumentTerm(const Pass& pass, const Tensor& types) {
    if (!types.defined())
        return;
    const auto allowed = pass.batch.allowedTypes.index_select(0, pass.target); // (T, A, types)
    const auto inside = types.masked_fill(allowed.logical_not(), -1e4);
    pass.add("arguments", -torch::logsumexp(inside, -1).mean(), pass.config().weightArguments);
}

void rankTerm(Pass& pass) {
    const auto fused = pass.perceived.fused.index_select(0, pass.typed);
    const auto latents = pass.head->latent(fused);
    const auto types = pass.typesOf(fused);
    pass.seenScores = pass.withArguments(scoresOfSeen(pass, latents), types, pass.batch.seen);
    // What words say already the head need not learn.
    if (pass.batch.wording.defined())
        pass.seenScores =
            pass.seenScores +
            pass.config().weightWording *
                pass.batch.wording.index_select(0, pass.typed).index_select(1, pass.batch.seen);
    const auto target = positionsIn(pass.batch.seen, pass.target, pass.prototypes.size(0));
    const auto loss = pass.config().distanceScore
                          ? torch::nn::functional::cross_entropy(pass.seenScores, target)
                          : rankingLoss(pass.seenScores, target);
    pass.add("rank", loss, 1);
    argumentTerm(pass, types);

    if (!pass.batch.group.defined() || pass.config().weightTree <= 0)
        return;
    // Groups of the tree: the sample also belongs near its category's parent.
    const auto group = pass.batch.group.index_select(0, pass.target);
    const auto grouped = (group >= 0).nonzero().squeeze(1);
    const auto groups =
        std::get<0>(at::_unique(pass.batch.group.masked_select(pass.batch.group >= 0)));
    if (grouped.size(0) == 0 || groups.size(0) < 2)
        return;
    const auto scores = pass.head->scores(latents.index_select(0, grouped),
                                          pass.prototypes.index_select(0, groups));
    const auto wanted =
        positionsIn(groups, group.index_select(0, grouped), pass.prototypes.size(0));
    pass.add("group", torch::nn::functional::cross_entropy(scores, wanted),
             pass.config().weightTree);
}

void treeTerm(const Pass& pass) {
    const HmgrlConfig& config = pass.config();
    if (!pass.batch.group.defined() || config.weightTree <= 0 || !config.hyperbolic ||
        !config.distanceScore)
        return;
    const auto children = (pass.batch.group >= 0).nonzero().squeeze(1);
    if (children.size(0) == 0)
        return;
    const auto parents = pass.batch.group.index_select(0, children);
    const auto loss =
        entailmentLoss(pass.prototypes.index_select(0, parents),
                       pass.prototypes.index_select(0, children), pass.head->curvature());
    pass.add("cone", loss / static_cast<double>(children.size(0)), config.weightTree);
}

void vibTerm(const Pass& pass) {
    const Perceived& p = pass.perceived;
    // The reference averages over padding as well (a known fault, kept for parity only).
    const auto textMask = pass.config().isReference() ? Tensor() : pass.batch.input.tokenMask;
    const auto kl =
        (gaussianKl(p.text.mu, p.text.logvar, textMask) + gaussianKl(p.image.mu, p.image.logvar)) /
        2;
    pass.add("vib", kl, pass.config().beta * pass.config().weightVib);
}

void nceTerm(const Pass& pass) {
    const auto valid = pass.batch.input.imagePresent.logical_and(pass.batch.input.textPresent);
    const auto loss = infoNce(pass.perceived.pooledText, pass.perceived.pooledImage, 1, valid);
    pass.add("nce", loss, pass.config().beta * pass.config().weightNce);
}

void vaeTerm(Pass& pass) {
    const HmgrlConfig& config = pass.config();
    const auto x = pass.perceived.fused.index_select(0, pass.typed).detach();
    const auto condition =
        config.isReference() ? pass.batch.input.anchors.index_select(0, pass.typed).mean(1).detach()
                             : pass.labels(pass.target).detach();
    const auto eps =
        pass.noise.vae.defined() ? pass.noise.vae.index_select(0, pass.typed) : Tensor();
    const auto result = pass.head->vae()(x, condition, eps);
    const auto error = torch::mse_loss(result.reconstruction, x);
    const auto kl =
        config.isReference()
            ? gaussianKl(result.latent.mu, result.latent.logvar)
            : gaussianKlFreeBits(result.latent.mu, result.latent.logvar, config.freeBits) /
                  static_cast<double>(x.size(1));
    pass.add("vae", error + kl, config.beta * config.weightVae);
}

/// Generated h_mm of the unseen categories (U, M, W).
Tensor generatedUnseen(const Pass& pass, const Tensor& states) {
    const Tensor& eps = pass.noise.generated;
    return pass.head->generate(
        states, eps.defined()
                    ? eps
                    : torch::zeros({states.size(0), 1, pass.config().vaeLatent}, states.options()));
}

/// The authors' way: a category is the mean of its decodings, nothing is dropped, and no gradient
/// reaches the label states.
void referenceUnseenTerms(const Pass& pass, double eta, double zeta) {
    const auto states = pass.labels(pass.batch.unseen).detach();
    const auto means = generatedUnseen(pass, states).mean(1); // g_c (U, W)
    const auto scores =
        pass.head->scores(pass.head->latent(means, false), pass.head->prototypes(states, false));
    pass.add("unseen", unseenCrossEntropy(scores), eta);
    pass.add("align", uniformAlignment(scores), zeta);
}

/// Generated samples of unseen categories must rank their own prototype first, and their scores
/// must be distributed as those of real samples of seen categories are.
void unseenTerms(Pass& pass) {
    const HmgrlConfig& config = pass.config();
    const auto& unseen = pass.batch.unseen;
    if (!unseen.defined() || unseen.size(0) < 2 || config.weightUnseen + config.weightAlign <= 0)
        return;
    const double eta = config.beta * config.weightUnseen;
    const double zeta = config.beta * config.weightAlign;
    if (config.isReference())
        return referenceUnseenTerms(pass, eta, zeta);
    // Among the seen categories too, generated samples also teach how the two sides compare.
    const auto rows = config.generatedAmongAll ? torch::cat({unseen, pass.batch.seen}) : unseen;
    const auto protos = pass.prototypes.index_select(0, rows);
    const auto generated = generatedUnseen(pass, pass.labels(unseen)).detach(); // (U, M, W)
    const auto flat = generated.flatten(0, 1);
    const auto scores = pass.withArguments(pass.head->scores(pass.head->latent(flat), protos),
                                           pass.typesOf(flat), rows); // (U*M, U or U+S)
    const auto target =
        torch::arange(unseen.size(0), unseen.options()).repeat_interleave(generated.size(1));
    pass.add("unseen", torch::nn::functional::cross_entropy(scores, target), eta);
    const auto own = scores.narrow(1, 0, unseen.size(0)); // (U*M, U)
    pass.add("align",
             config.distributionAlign
                 ? distributionAlignment(pass.seenScores.detach(), own)
                 : uniformAlignment(own.view({unseen.size(0), generated.size(1), -1}).mean(1)),
             zeta);
}

void relatedTerm(const Pass& pass) {
    if (pass.head->anchors() != 2 || !pass.batch.related.defined())
        return;
    const auto known = (pass.batch.related >= 0).nonzero().squeeze(1);
    if (known.size(0) == 0)
        return;
    const auto fused = pass.perceived.fused.index_select(0, known);
    const auto logits = pass.head->related(pass.config().isReference() ? fused.detach() : fused);
    const auto loss =
        torch::binary_cross_entropy_with_logits(logits, pass.batch.related.index_select(0, known));
    pass.add("related", loss, 1);
}

} // namespace

LossTerms hmgrlLoss(HmgrlHead& head, const TaskBatch& batch, const HeadNoise& noise) {
    LossTerms out;
    out.total = torch::zeros({}, batch.input.tokens.options());
    Pass pass{head, batch, noise, out, {}, {}, {}, {}, {}};
    pass.perceived = head->perceive(batch.input, noise);
    pass.typed = (batch.target >= 0).nonzero().squeeze(1);
    if (pass.typed.size(0) > 0) {
        pass.target = batch.target.index_select(0, pass.typed);
        pass.prototypes = head->prototypes(batch.labelStates);
        rankTerm(pass);
        treeTerm(pass);
        vaeTerm(pass);
        unseenTerms(pass);
    }
    vibTerm(pass);
    nceTerm(pass);
    relatedTerm(pass);
    return out;
}

HeadNoise drawNoise(const HmgrlHead& head, const TaskBatch& batch) {
    const auto options = batch.input.tokens.options().requires_grad(false);
    const HmgrlConfig& config = head->config();
    const auto& in = batch.input;
    HeadNoise noise;
    if (config.weightVib > 0) { // else there is no bottleneck
        noise.text = torch::randn({in.tokens.size(0), in.tokens.size(1), config.vibWidth}, options);
        noise.image = torch::randn({in.image.size(0), in.image.size(1), config.vibWidth}, options);
    }
    noise.vae = torch::randn({in.row.size(0), config.vaeLatent}, options);
    const auto unseen = batch.unseen.defined() ? batch.unseen.size(0) : 0;
    // The reference decodes once per row of the batch.
    const auto samples = config.isReference() ? std::max<std::int64_t>(1, in.row.size(0))
                                              : std::int64_t{config.generated};
    noise.generated = torch::randn({unseen, samples, config.vaeLatent}, options);
    return noise;
}

} // namespace hmgrl
