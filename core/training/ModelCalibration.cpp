#include "training/ModelCalibration.h"

namespace hmgrl {
namespace {

/// By AUSUC, which is steadier than H at its best gamma. A head that learned beside the words keeps
/// their weight.
void chooseWordingWeight(ModelConfig& config, CategoryKind kind, const ValidationMeasure& measure) {
    HmgrlConfig& head = kind == CategoryKind::Entity ? config.entity : config.relation;
    if (!config.wording || head.wordingInLoss)
        return;
    double best = 0;
    double bestArea = -1;
    for (const double weight : {0.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 40.0, 50.0}) {
        head.weightWording = weight;
        const double area = measure(kind, {}).sweep.ausuc;
        if (area > bestArea) {
            bestArea = area;
            best = weight;
        }
    }
    head.weightWording = best;
}

/// Best on average of arguments that are suggestions, as at first, and labels, as later. Needs the
/// entity types' gamma: arguments are typed with it.
void chooseArgumentWeight(ModelConfig& config, const ValidationMeasure& measure) {
    EvaluateOptions typed;
    typed.givenTypes = true;
    double best = 0;
    double bestH = -1;
    for (const double weight : {0.0, 0.25, 0.5, 0.75, 1.0}) {
        config.argumentWeight = weight;
        const double h = measure(CategoryKind::Relation, {}).sweep.harmonic +
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
    options.detectionOnly = true;
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

void calibrateModel(ModelConfig& config, const ValidationMeasure& measure) {
    chooseWordingWeight(config, CategoryKind::Entity, measure);
    chooseWordingWeight(config, CategoryKind::Relation, measure);
    config.gammaEntity = measure(CategoryKind::Entity, {}).leastGamma;
    chooseArgumentWeight(config, measure);
    config.gammaRelation = measure(CategoryKind::Relation, {}).leastGamma;
    chooseThreshold(config.mentionThreshold, CategoryKind::Entity, measure);
    chooseThreshold(config.relationThreshold, CategoryKind::Relation, measure);
}

} // namespace hmgrl
