#pragma once

#include "learning/HmgrlConfig.h"
#include "support/Options.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace hmgrl {

/// How one head of an experiment is trained.
struct ExperimentSchedule {
    int steps = 240;
    int warmup = 30;
    int batch = 16;            ///< samples a step, drawn by class: class = draw mod S
    int evaluateEvery = 40;    ///< steps between validations
    int patience = 10;         ///< validations without a better one before it stops
    int validationLimit = 600; ///< unseen samples while training; all of them at the end
    int topLayers = 2;         ///< trained layers of the text encoder
    double encoderRate = 3e-5;
    double headRate = 1e-3;
    double weightDecay = 0.01;
    double clipNorm = 1;
    bool decay = true; ///< the rate falls linearly; false: constant
    double average = 0.97;
    double imageDropout = 0.3;
    int maxTokens = 128;
    bool trainLabels = false; ///< encode the labels with gradient at every step; false: once

    template <typename Self, typename Visit>
    static void describe(Self& self, Visit&& visit) {
        visit(OptionInfo{"steps", "optimiser steps", 1, 1e7}, self.steps);
        visit(OptionInfo{"warmup", "steps of rising rate", 0, 1e6}, self.warmup);
        visit(OptionInfo{"batch", "samples a step", 1, 4096}, self.batch);
        visit(OptionInfo{"evaluate_every", "steps between validations", 1, 1e7},
              self.evaluateEvery);
        visit(OptionInfo{"patience", "validations without a better one", 1, 1e6}, self.patience);
        visit(OptionInfo{"validation_limit", "unseen samples while training", 1, 1e9},
              self.validationLimit);
        visit(OptionInfo{"top_layers", "trained layers of the text encoder", 0, 48},
              self.topLayers);
        visit(OptionInfo{"encoder_rate", "learning rate of the text encoder", 0, 1},
              self.encoderRate);
        visit(OptionInfo{"head_rate", "learning rate of the head", 0, 1}, self.headRate);
        visit(OptionInfo{"weight_decay", "decoupled weight decay", 0, 1}, self.weightDecay);
        visit(OptionInfo{"clip_norm", "gradient norm limit, 0 = none", 0, 1e6}, self.clipNorm);
        visit(OptionInfo{"decay", "the rate falls linearly"}, self.decay);
        visit(OptionInfo{"average", "decay of the mean of weights, 0 = none", 0, 0.99999},
              self.average);
        visit(OptionInfo{"image_dropout", "share of pictures hidden", 0, 1}, self.imageDropout);
        visit(OptionInfo{"max_tokens", "word pieces of a text", 16, 512}, self.maxTokens);
        visit(OptionInfo{"train_labels", "labels are encoded with gradient"}, self.trainLabels);
    }
};

/// One row of an experiment's table.
struct Variant {
    enum class Kind {
        Head,         ///< an HMGRL head is trained
        NearestLabel, ///< nothing is trained: the nearest label text by the same encoder
        NearestMean   ///< the nearest mean of a category's training samples
    };
    std::string name, title;
    Kind kind = Kind::Head;
    bool images = true;
    bool texts = true; ///< false: heads get the picture alone, neither text nor what is typed
    std::filesystem::path textEncoder; ///< folder
    HmgrlConfig head;
    ExperimentSchedule schedule;
};

/// "variants" of an experiment's configuration: each changes keys of "head" and "schedule", and may
/// name another "text_encoder" (relative to `folder`). @throws Error naming the variant and key
[[nodiscard]] std::vector<Variant> readVariants(const nlohmann::json& config,
                                                const std::filesystem::path& folder, int anchors);

} // namespace hmgrl
