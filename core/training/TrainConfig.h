#pragma once

#include "learning/HmgrlConfig.h"
#include "support/Options.h"

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace hmgrl {

/// One labelled corpus that training draws from.
struct SourceConfig {
    std::string name;
    std::string format;             ///< see Corpora.h
    std::vector<std::string> paths; ///< relative to the data folder
    double weight = 1;              ///< share of the training steps
    int style = 0;                  ///< annotation style of mention detection; 0 is predicted
    bool mentions = false;          ///< every mention is annotated: trains detection
    bool relations = false;         ///< every relation is annotated: unrelated pairs are negatives
    bool split = false;             ///< divided into train, validation and test
    std::map<std::string, std::string> rename; ///< label in the file -> category name
    std::set<std::string> drop; ///< labels whose type is not learned (the span still is)
    std::string labels;         ///< file with names and descriptions of relations, or empty
};

struct ScheduleOptions {
    int steps = 4000;
    int warmup = 150;
    int rows = 20;        ///< texts of a micro-batch
    int microBatches = 1; ///< micro-batches a step, see TrainRequest::team
    int maxTokens = 128;  ///< longer texts are cut while training
    int labelsPerStep =
        32;            ///< categories compared with in one step: the batch's own and drawn ones
    int topLayers = 4; ///< layers of the text encoder that are trained
    int wordingWidth =
        128; ///< directions kept of what words say, where a head's weight_wording isn't 0
    double encoderRate = 4e-5;
    double headRate = 6e-4;
    double weightDecay = 0.01;
    double clipNorm = 1;
    double average = 0.998;    ///< decay of the running mean of weights, see WeightAverage
    double imageDropout = 0.3; ///< share of rows whose image is hidden, so that absence is learned
    int evaluateEvery = 500;   ///< steps between validations
    int saveEvery = 500;       ///< steps between resume points
    int threads = 0;           ///< 0: all cores

    template <typename Self, typename Visit>
    static void describe(Self& self, Visit&& visit) {
        visit(OptionInfo{"steps", "optimiser steps", 1, 1e7}, self.steps);
        visit(OptionInfo{"warmup", "steps of rising rate", 0, 1e6}, self.warmup);
        visit(OptionInfo{"rows", "texts of a micro-batch", 1, 4096}, self.rows);
        visit(OptionInfo{"micro_batches", "micro-batches a step", 1, 4096}, self.microBatches);
        visit(OptionInfo{"max_tokens", "word pieces of a text", 16, 512}, self.maxTokens);
        visit(OptionInfo{"labels_per_step", "categories compared with", 2, 4096},
              self.labelsPerStep);
        visit(OptionInfo{"top_layers", "trained layers of the text encoder", 0, 48},
              self.topLayers);
        visit(OptionInfo{"wording_width", "directions kept of what words say", 1, 4096},
              self.wordingWidth);
        visit(OptionInfo{"encoder_rate", "learning rate of the text encoder", 0, 1},
              self.encoderRate);
        visit(OptionInfo{"head_rate", "learning rate of the heads", 0, 1}, self.headRate);
        visit(OptionInfo{"weight_decay", "decoupled weight decay", 0, 1}, self.weightDecay);
        visit(OptionInfo{"clip_norm", "gradient norm limit, 0 = none", 0, 1e6}, self.clipNorm);
        visit(OptionInfo{"average", "decay of the mean of weights, 0 = none", 0, 0.99999},
              self.average);
        visit(OptionInfo{"image_dropout", "share of images hidden", 0, 1}, self.imageDropout);
        visit(OptionInfo{"evaluate_every", "steps between validations", 1, 1e7},
              self.evaluateEvery);
        visit(OptionInfo{"save_every", "steps between resume points", 1, 1e7}, self.saveEvery);
        visit(OptionInfo{"threads", "0 = all cores", 0, 256}, self.threads);
    }
};

/// A training run, read from one JSON file.
struct TrainConfig {
    std::string name;
    std::uint32_t seed = 1;
    std::filesystem::path textEncoder;  ///< Hugging Face layout; relative to the config file
    std::filesystem::path imageEncoder; ///< model.safetensors inside
    std::filesystem::path taxonomy;     ///< categories with descriptions
    std::set<std::string> validationUnseen, testUnseen; ///< category names kept out of training
    HmgrlConfig entity, relation;
    ScheduleOptions schedule;
    std::vector<SourceConfig> sources;
    std::string cardNotes; ///< paragraph on data and licences for the card

    /// @throws Error naming file and key
    [[nodiscard]] static TrainConfig load(const std::filesystem::path& file);
};

} // namespace hmgrl
