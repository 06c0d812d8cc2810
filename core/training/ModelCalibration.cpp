#include "training/ModelCalibration.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace hmgrl {
namespace {

EvaluateOptions typingOnly() {
    EvaluateOptions out;
    out.detection = false;
    return out;
}

/// By AUSUC, which is steadier than H at its best gamma: of the settings within half a point of the
/// best the first that was tried, texts before examples and small weights before great ones. A head
/// that learned beside the words keeps their weight.
void chooseWording(Model& model, CategoryKind kind, const ValidationMeasure& measure) {
    constexpr double tolerance = 0.005;
    HmgrlConfig& head = kind == CategoryKind::Entity ? model.config.entity : model.config.relation;
    if (!model.config.wording || head.wordingInLoss)
        return;
    std::vector<std::pair<HmgrlConfig, double>> tried;
    double best = 0;
    for (const bool examples : {false, true})
        for (const double weight : {0.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 80.0, 100.0}) {
            if (examples && (weight == 0 || model.examples.of(kind).empty()))
                continue;
            head.wordingExamples = examples;
            head.weightWording = weight;
            tried.emplace_back(head, measure(kind, typingOnly()).sweep.ausuc);
            best = std::max(best, tried.back().second);
        }
    head = std::find_if(tried.begin(), tried.end(), [&](const auto& setting) {
               return setting.second >= best - tolerance;
           })->first;
}

/// Gamma first: it is where the temperature starts from.
void chooseCalibration(ModelConfig& config, CategoryKind kind, const ValidationMeasure& measure) {
    ModelConfig::Calibration& calibration = config.calibration(kind);
    calibration = {};
    calibration.gamma = measure(kind, typingOnly()).leastGamma;
    calibration.temperature = measure(kind, typingOnly()).bestTemperature;
}

/// Best on average of arguments that are suggestions, as at first, and labels, as later. Needs the
/// entity types' calibration: arguments are typed with it.
void chooseArgumentWeight(ModelConfig& config, const ValidationMeasure& measure) {
    EvaluateOptions typed = typingOnly();
    typed.givenTypes = true;
    double best = 0;
    double bestH = -1;
    for (const double weight : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        config.argumentWeight = weight;
        const double h = measure(CategoryKind::Relation, typingOnly()).sweep.harmonic +
                         measure(CategoryKind::Relation, typed).sweep.harmonic;
        if (h > bestH) {
            bestH = h;
            best = weight;
        }
    }
    config.argumentWeight = best;
}

void chooseThreshold(double& threshold, CategoryKind kind, const ValidationMeasure& measure) {
    EvaluateOptions options;
    options.typing = false;
    double best = threshold;
    double bestF1 = -1;
    for (const double candidate : {0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9}) {
        threshold = candidate;
        const double f1 = measure(kind, options).detection.f1();
        if (f1 > bestF1) {
            bestF1 = f1;
            best = candidate;
        }
    }
    threshold = best;
}

} // namespace

void calibrateModel(Model& model, const ValidationMeasure& measure) {
    ModelConfig& config = model.config;
    config.entityCalibration = config.relationCalibration = {};
    chooseWording(model, CategoryKind::Entity, measure);
    chooseWording(model, CategoryKind::Relation, measure);
    chooseCalibration(config, CategoryKind::Entity, measure);
    chooseArgumentWeight(config, measure);
    chooseCalibration(config, CategoryKind::Relation, measure);
    chooseThreshold(config.mentionThreshold, CategoryKind::Entity, measure);
    chooseThreshold(config.relationThreshold, CategoryKind::Relation, measure);
}

} // namespace hmgrl
