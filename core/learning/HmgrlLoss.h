#pragma once

// LibTorch header: for core rooms only.
#include "learning/Hmgrl.h"

#include <map>
#include <string>

namespace hmgrl {

/// One training step's material for one head. C categories, of which some are seen.
struct TaskBatch {
    HeadInput input;
    torch::Tensor target;        ///< (B) int64 rows of labelStates, -1: no category known
    torch::Tensor labelStates;   ///< (C, D)
    torch::Tensor seen;          ///< (S) int64 rows of labelStates that targets are drawn from
    torch::Tensor unseen;        ///< (U) int64 rows: known by name only; may be empty
    torch::Tensor group;         ///< (C) int64 row of the parent, -1: none; or undefined
    torch::Tensor argumentTypes; ///< (T, D) states of the kinds of things anchors can be; or
                                 ///< undefined
    torch::Tensor allowedTypes;  ///< (C, A, T) bool, of each category's anchors; or undefined
    torch::Tensor wording;       ///< (B, C) likeness of each sample's words to each category's text
                                 ///< by an encoder that wasn't trained; or undefined
    torch::Tensor related;       ///< (B) float 1 related, 0 not, -1 unknown; or undefined
};

struct LossTerms {
    torch::Tensor total;
    std::map<std::string, torch::Tensor>
        terms; ///< "rank", "vae", "vib", "nce", "unseen", "align", ...
};

/// Total = L_rank + beta (L_vae + L_vib + L_nce + eta L_ce + zeta L_kl), each with its weight, plus
/// the tree and relatedness terms of lorentz mode (model.md sections 2 and 4). The VAE reads a
/// detached h_mm and condition. What it generates trains the maps and, lorentz, the label states,
/// or, reference, the VAE's decoder. Relatedness is no part of the reference: there it reads a
/// detached h_mm. Rows without text or without image take no part in InfoNCE. Noise is injected.
[[nodiscard]] LossTerms hmgrlLoss(HmgrlHead& head, const TaskBatch& batch, const HeadNoise& noise);

/// Fresh noise of every shape that hmgrlLoss needs, from LibTorch's default generator.
[[nodiscard]] HeadNoise drawNoise(const HmgrlHead& head, const TaskBatch& batch);

} // namespace hmgrl
