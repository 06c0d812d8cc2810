#pragma once

#include "support/Options.h"

#include <string>

namespace hmgrl {

/// Everything that decides what an HMGRL head computes. One struct serves both modes of the model;
/// each difference between them is a field, so that an ablation is a change of one field.
struct HmgrlConfig {
    std::string mode = "lorentz"; ///< "lorentz" or "reference"; see applyMode()
    int latentWidth = 64;         ///< d: sample and prototype space (reference: text width)
    int vibWidth = 128;           ///< bottleneck of tokens and regions (reference: text width)
    int hiddenWidth = 384;        ///< hidden layer before the latent, 0: none (reference)
    int vaeLatent = 32;
    int vaeHidden = 256;
    bool hyperbolic = true; ///< false: the Euclidean twin
    bool queryAttention =
        true; ///< fusion attends from the sample's anchors; false: the query cancels
    bool distanceScore = true; ///< -d/tau with cross entropy; false: dot product with ranking loss
    bool distributionAlign = true; ///< alignment as the paper states it; false: the unseen diagonal
    bool generatedAmongAll =
        false; ///< generated samples are told from seen categories as well, not only unseen ones
    bool markers =
        false;           ///< marker tokens around mentions, one encoder pass a sample; false: spans
    int textLength = 0;  ///< texts are padded to it, which the reference counts; 0: not padded
    int labelLength = 0; ///< a label is the mean over so many positions; 0: over its own tokens
    double dropout = 0.1;
    double beta = 1; ///< weight of everything but the ranking term
    double weightVib = 1e-3;
    double weightVae = 1;
    double weightNce = 0.05;
    double weightUnseen = 0.2; ///< eta
    double weightAlign = 0.1;  ///< zeta
    double weightTree = 0.3;   ///< groups of the tree and entailment cones
    double weightArguments =
        0; ///< what kinds of things a category's anchors are, see argumentTypes(); 0: not asked
    double weightWording =
        0; ///< of the likeness of a sample's words to a category's, see TaskBatch::wording
    bool wordingInLoss = false;   ///< the head learns only what words leave; false: it learns all
    bool wordingExamples = false; ///< words are compared with those of a category's examples as
                                  ///< well, see wordPoints(); false: with its text's
    double freeBits = 0.05;       ///< nats per dimension of the VAE's latent
    int generated = 4;            ///< generated samples per unseen category and step

    /// Sets every field that defines the authors' arithmetic (model.md section 2) for a head of
    /// `anchors` marker states, whose unseen terms weigh 10 (1, typing) or 1 (2, relations).
    /// "lorentz" only sets the mode.
    /// @throws Error when `name` is neither
    void applyMode(const std::string& name, int textWidth, int anchors = 1);
    [[nodiscard]] bool isReference() const { return mode == "reference"; }

    template <typename Self, typename Visit>
    static void describe(Self& self, Visit&& visit) {
        visit(OptionInfo{"mode", "lorentz or reference"}, self.mode);
        visit(OptionInfo{"latent", "width of the latent space", 2, 4096}, self.latentWidth);
        visit(OptionInfo{"vib", "width of the bottleneck", 2, 4096}, self.vibWidth);
        visit(OptionInfo{"hidden", "hidden layer before the latent, 0 = none", 0, 4096},
              self.hiddenWidth);
        visit(OptionInfo{"vae_latent", "latent width of the VAE", 2, 4096}, self.vaeLatent);
        visit(OptionInfo{"vae_hidden", "hidden width of the VAE's decoder", 2, 8192},
              self.vaeHidden);
        visit(OptionInfo{"hyperbolic", "false: Euclidean twin"}, self.hyperbolic);
        visit(OptionInfo{"query_attention", "fusion attends from the mention"},
              self.queryAttention);
        visit(OptionInfo{"distance_score", "distance to prototypes instead of dot product"},
              self.distanceScore);
        visit(OptionInfo{"distribution_align", "align whole score distributions"},
              self.distributionAlign);
        visit(OptionInfo{"generated_among_all", "generated samples compete with seen categories"},
              self.generatedAmongAll);
        visit(OptionInfo{"markers", "marker tokens around mentions"}, self.markers);
        visit(OptionInfo{"text_length", "positions of a marked text, 0 = its own", 0, 512},
              self.textLength);
        visit(OptionInfo{"label_length", "positions of a label, 0 = its own", 0, 512},
              self.labelLength);
        visit(OptionInfo{"dropout", "share dropped while training", 0, 0.9}, self.dropout);
        visit(OptionInfo{"beta", "weight of all auxiliary terms", 0, 1000}, self.beta);
        visit(OptionInfo{"weight_vib", "weight of the bottleneck's KL", 0, 1000}, self.weightVib);
        visit(OptionInfo{"weight_vae", "weight of the VAE", 0, 1000}, self.weightVae);
        visit(OptionInfo{"weight_nce", "weight of InfoNCE", 0, 1000}, self.weightNce);
        visit(OptionInfo{"weight_unseen", "eta, unseen cross entropy", 0, 1000}, self.weightUnseen);
        visit(OptionInfo{"weight_align", "zeta, alignment", 0, 1000}, self.weightAlign);
        visit(OptionInfo{"weight_tree", "category tree", 0, 1000}, self.weightTree);
        visit(OptionInfo{"weight_arguments", "kinds of things that anchors are", 0, 1000},
              self.weightArguments);
        visit(OptionInfo{"weight_wording", "likeness of words to a category's text", 0, 1000},
              self.weightWording);
        visit(OptionInfo{"wording_in_loss", "the head learns only what words leave"},
              self.wordingInLoss);
        visit(OptionInfo{"wording_examples", "words are compared with those of examples as well"},
              self.wordingExamples);
        visit(OptionInfo{"free_bits", "nats per latent dimension not penalised", 0, 10},
              self.freeBits);
        visit(OptionInfo{"generated", "generated samples per unseen category", 1, 256},
              self.generated);
    }
};

} // namespace hmgrl
