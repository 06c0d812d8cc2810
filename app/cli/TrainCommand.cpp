#include "cli/Command.h"

#include "training/TrainRun.h"

#include <cstdio>

namespace hmgrl::cli {

void addTrain(CLI::App& parent, std::function<void(Action)> choose) {
    struct Arguments {
        std::string config, data = ".", out, cache, weights;
        bool resume = false, splitsOnly = false;
        int steps = 0;
        double patience = TeamPlace{}.patience;
    };
    auto* command = parent.add_subcommand("train", "Train a model from a configuration file");
    auto args = std::make_shared<Arguments>();
    command->add_option("--config", args->config, "Configuration (JSON)")->required();
    command->add_option("--data", args->data, "Folder that the configuration's paths start from");
    command->add_option("--out", args->out, "Folder of the run: checkpoint, metrics, resume point")
        ->required();
    command->add_option("--cache", args->cache, "Folder of image features, \"off\" for none");
    command->add_option("--weights", args->weights,
                        "Checkpoint whose weights are taken instead of training: calibrates and "
                        "measures it anew");
    command->add_option("--steps", args->steps, "Instead of the configuration's number of steps");
    command
        ->add_option("--peer-timeout", args->patience,
                     "Seconds to wait for the other processes of WORLD_SIZE [1800]")
        ->check(CLI::Range(1.0, 1e6));
    command->add_flag("--resume", args->resume, "Go on from the resume point in --out")
        ->excludes("--weights");
    command->add_flag("--splits-only", args->splitsOnly,
                      "Only write train, validation and test JSONL");
    command->callback([args, choose, command, &parent] {
        const bool seeded = parent.count("--seed") > 0;
        choose([args, seeded](Context& context) {
            TrainRequest request{TrainConfig::load(args->config),
                                 args->data,
                                 args->out,
                                 args->cache,
                                 args->resume,
                                 args->splitsOnly,
                                 context.device,
                                 TeamPlace::fromEnvironment(),
                                 args->weights};
            request.team.patience = args->patience;
            if (seeded)
                request.config.seed = context.seed;
            if (args->steps > 0)
                request.config.schedule.steps = args->steps;
            if (context.threads > 0)
                request.config.schedule.threads = context.threads;
            const auto metrics = trainModel(request, context.cancel, context.progress());
            std::printf("%s\n", metrics.dump(1).c_str());
            return Done;
        });
    });
}

} // namespace hmgrl::cli
