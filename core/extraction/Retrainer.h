#pragma once

#include "data/Category.h"
#include "data/Document.h"
#include "support/Cancel.h"
#include "support/Options.h"
#include "support/Progress.h"

#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <vector>

namespace hmgrl {

struct RetrainOptions {
    int steps = 300;            ///< optimiser steps
    double learningRate = 5e-4; ///< of the heads; the encoders stay as they are
    int batchSize = 64;
    int generated = 16;   ///< generated samples a category and step (replay of old, support of new)
    double holdOut = 0.2; ///< share of accepted labels kept for the before/after report
    std::uint32_t seed = 1;

    template <typename Self, typename Visit>
    static void describe(Self& self, Visit&& visit) {
        visit(OptionInfo{"steps", "optimiser steps", 1, 1e6}, self.steps);
        visit(OptionInfo{"learning_rate", "learning rate of the heads", 1e-7, 1},
              self.learningRate);
        visit(OptionInfo{"batch", "labels a step", 1, 4096}, self.batchSize);
        visit(OptionInfo{"generated", "generated samples a category and step", 0, 1024},
              self.generated);
        visit(OptionInfo{"hold_out", "share of labels kept for the report", 0, 0.9}, self.holdOut);
        visit(OptionInfo{"seed", "random seed", 0, 4294967295.0}, self.seed);
    }
};

/// Held-out accuracy of one group of labels, before and after.
struct RetrainFigure {
    std::string group; ///< "all", "seen", "unseen", or a category name
    CategoryKind kind = CategoryKind::Entity;
    std::size_t labels = 0;
    double before = 0, after = 0; ///< accuracy 0..1
};

struct RetrainReport {
    std::filesystem::path checkpoint; ///< the candidate's folder
    std::string modelHash;
    std::vector<RetrainFigure> figures;
    std::vector<std::string> warnings; ///< "too few labels for ...", a drop on old categories
    bool dropsOldCategories = false;   ///< more than 2 points on categories seen before
    double seconds = 0;
    [[nodiscard]] nlohmann::json toJson() const;
};

/// Incremental training on accepted labels plus samples generated for every category; the encoders
/// stay frozen, heads and prototypes move. Writes a complete candidate checkpoint into `out` (made
/// here, removed again when cancelled or failed); the base stays untouched. Progress values:
/// "loss.*", "metric.*".
/// @throws Error (no labels, bad base), Cancelled
[[nodiscard]] RetrainReport retrain(const std::filesystem::path& base,
                                    std::span<const Document> documents,
                                    std::span<const Category> categories,
                                    const RetrainOptions& options, const std::filesystem::path& out,
                                    const CancelToken& cancel = {},
                                    const ProgressSink& progress = {});

} // namespace hmgrl
