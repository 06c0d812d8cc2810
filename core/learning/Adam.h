#pragma once

// LibTorch header: for core rooms only.
#include <map>
#include <string>
#include <torch/types.h>
#include <vector>

namespace hmgrl {

/// AdamW over named parameters. Ours rather than LibTorch's because its state must be saved in
/// safetensors for resuming, and torch::save writes pickles.
class Adam {
public:
    struct Group {
        std::vector<std::pair<std::string, torch::Tensor>> parameters;
        double learningRate = 1e-4;
        double weightDecay = 0; ///< decoupled
    };
    struct Options {
        double beta1 = 0.9, beta2 = 0.999;
        double epsilon = 1e-8; ///< reference: 1e-7
        double clipNorm = 0;   ///< global gradient norm, 0: no clipping
        /// True: epsilon is added to the root of the second moment before its bias is corrected, so
        /// that it weighs 32 times as much at first (the authors' framework).
        bool epsilonBeforeCorrection = false;
    };

    /// The authors' rate and options; they use neither weight decay nor clipping.
    static constexpr double referenceRate = 1e-5;
    [[nodiscard]] static Options referenceOptions();

    Adam(std::vector<Group> groups, Options options);

    void zeroGradients();
    /// One step with every group's rate times `factor` (schedule). Parameters without gradient
    /// stay.
    void step(double factor = 1);
    [[nodiscard]] std::int64_t steps() const { return m_steps; }

    /// First and second moments by "m.<name>" / "v.<name>", and the step count as "steps".
    [[nodiscard]] std::map<std::string, torch::Tensor> state() const;
    /// @throws Error when a moment is missing or has another shape
    void loadState(const std::map<std::string, torch::Tensor>& state);

private:
    struct Moments {
        torch::Tensor first, second;
    };
    std::vector<Group> m_groups;
    Options m_options;
    std::map<std::string, Moments> m_moments;
    std::int64_t m_steps = 0;
};

} // namespace hmgrl
