#pragma once

// LibTorch header: for core rooms only.
#include "extraction/Checkpoint.h"
#include "extraction/Retrainer.h"
#include "extraction/SpaceBuilder.h"

#include <set>
#include <utility>

namespace hmgrl {

/// The labels of one kind as the frozen part of the model sees them.
struct RetrainSet {
    CategoryKind kind = CategoryKind::Entity;
    std::vector<Category> categories;  ///< of this kind, seen flags as before
    LabelTensors labels;               ///< of `categories`
    torch::Tensor assignable;          ///< rows of `categories` that targets index
    torch::Tensor fused;               ///< (N, W) h_mm of every label
    torch::Tensor wording;             ///< (N, V) what its words say, V 0 without a wording encoder
    torch::Tensor target;              ///< (N) index into `assignable`
    torch::Tensor trainRows, heldRows; ///< rows of `fused`
    std::vector<std::string> heldNames; ///< category of each held-out row
    torch::Tensor pairs, related; ///< relations: (P, W) and 1 or 0; undefined without both sorts
};

struct RetrainData {
    RetrainSet entities, relations;
    std::set<std::pair<CategoryKind, std::string>> learned; ///< categories with labels in training
    std::size_t labelCount = 0;
};

/// Reads accepted labels, computes their h_mm once (the encoders don't move) and holds some out: of
/// every category with at least two labels the given share, at least one.
[[nodiscard]] RetrainData readRetrainData(const Model& model, std::span<const Document> documents,
                                          std::span<const Category> categories,
                                          const RetrainOptions& options, const CancelToken& cancel,
                                          const ProgressSink& progress);

} // namespace hmgrl
