#pragma once

// LibTorch header: for core rooms only.
#include "experiment/Experiment.h"
#include "experiment/Samples.h"
#include "experiment/Variant.h"

#include <map>

namespace hmgrl {

/// Makes the runs of one experiment; what several runs share is prepared once.
class Workbench {
public:
    /// @throws Error when the request's device isn't there
    Workbench(const Protocol& protocol, const nlohmann::json& config,
              const ExperimentRequest& request, Issues& issues);

    /// "gamma", "validation", "test" (figures as TaskEvaluation::toJson), "curve" (seen and unseen
    /// accuracy by gamma), "geometry", "steps", "seconds", "peak_mb".
    [[nodiscard]] nlohmann::json run(const Variant& variant, std::uint32_t seed,
                                     const CancelToken& cancel, const ProgressSink& progress);

private:
    [[nodiscard]] Model freshModel(const std::filesystem::path& textEncoder) const;
    const SampleSet& samplesFor(const Variant& variant, Model& model, const CancelToken& cancel,
                                const ProgressSink& progress);

    const Protocol& m_protocol;
    const ExperimentRequest& m_request;
    torch::Device m_device;
    Issues& m_issues;
    std::filesystem::path m_imageEncoder;
    std::map<std::string, SampleSet> m_samples;
};

} // namespace hmgrl
