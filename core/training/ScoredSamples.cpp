#include "training/ScoredSamples.h"

#include "support/Random.h"

#include <algorithm>
#include <cmath>

namespace hmgrl {
namespace {

/// Best seen and best unseen category of a sample.
std::pair<int, int> bestOf(const ScoredSample& sample, const std::vector<Category>& categories) {
    int best[2] = {-1, -1};
    for (std::size_t c = 0; c < categories.size(); ++c) {
        int& slot = best[categories[c].seen ? 0 : 1];
        if (slot < 0 || sample.score[c] > sample.score[static_cast<std::size_t>(slot)])
            slot = static_cast<int>(c);
    }
    return {best[0], best[1]};
}

double scoreAt(const ScoredSample& sample, int category) {
    // Without a category of this side the other always wins; finite for calibrate().
    const double value = category < 0 ? -1e30 : sample.score[static_cast<std::size_t>(category)];
    return std::max(value, -1e30);
}

int predict(const ScoredSample& sample, const std::vector<Category>& categories, double gamma) {
    const auto [seen, unseen] = bestOf(sample, categories);
    return scoreAt(sample, seen) - gamma > scoreAt(sample, unseen) ? seen : unseen;
}

/// Calls `visit` with the samples of as many documents as there are, drawn with replacement.
template <typename Visit>
void bootstrap(const std::vector<ScoredSample>& samples,
               const std::vector<CalibrationSample>& calibration, std::size_t documents, int draws,
               Visit&& visit) {
    std::vector<std::vector<std::size_t>> byDocument(documents);
    for (std::size_t i = 0; i < samples.size(); ++i)
        byDocument[samples[i].document].push_back(i);
    Random random(1);
    for (int b = 0; b < draws && documents > 0; ++b) {
        std::vector<CalibrationSample> drawn;
        for (std::size_t d = 0; d < documents; ++d)
            for (const std::size_t i :
                 byDocument[random.upTo(static_cast<std::uint32_t>(documents - 1))])
                drawn.push_back(calibration[i]);
        visit(drawn);
    }
}

std::pair<double, double> harmonicInterval(const std::vector<ScoredSample>& samples,
                                           const std::vector<CalibrationSample>& calibration,
                                           double gamma, std::size_t documents) {
    constexpr int draws = 1000;
    std::vector<double> values;
    bootstrap(samples, calibration, documents, draws,
              [&](const std::vector<CalibrationSample>& drawn) {
                  values.push_back(evaluateAt(drawn, gamma).harmonic);
              });
    if (values.empty())
        return {0, 0};
    std::sort(values.begin(), values.end());
    return {values[draws / 40], values[draws - 1 - draws / 40]};
}

/// The least gamma whose H is within one standard error of the best. Few validation labels leave
/// the optimum uncertain, and each unit of gamma takes samples from categories that are known well.
double leastGamma(const std::vector<ScoredSample>& samples,
                  const std::vector<CalibrationSample>& calibration, const CalibrationResult& best,
                  std::size_t documents) {
    constexpr int draws = 200;
    double sum = 0, squares = 0;
    bootstrap(samples, calibration, documents, draws,
              [&](const std::vector<CalibrationSample>& drawn) {
                  const double h = evaluateAt(drawn, best.gamma).harmonic;
                  sum += h;
                  squares += h * h;
              });
    const double mean = sum / draws;
    const double error = std::sqrt(std::max(0.0, squares / draws - mean * mean));
    // H changes only where a sample changes sides.
    std::vector<double> gammas{0};
    for (const CalibrationSample& sample : calibration)
        if (const double d = sample.bestSeen - sample.bestUnseen; d > 0 && d < best.gamma)
            gammas.push_back(std::nextafter(d, best.gamma));
    std::sort(gammas.begin(), gammas.end());
    for (const double gamma : gammas)
        if (evaluateAt(calibration, gamma).harmonic >= best.harmonic - error)
            return gamma;
    return best.gamma;
}

/// Calibrated probabilities of all categories.
std::vector<double> probabilities(const ScoredSample& sample,
                                  const std::vector<Category>& categories, double gamma,
                                  double temperature) {
    std::vector<double> out(sample.score.size());
    for (std::size_t c = 0; c < out.size(); ++c)
        out[c] = (sample.score[c] - (categories[c].seen ? gamma : 0)) / temperature;
    const double most = *std::max_element(out.begin(), out.end());
    double sum = 0;
    for (double& value : out)
        sum += value = std::exp(value - most);
    for (double& value : out)
        value /= sum;
    return out;
}

double logLoss(const std::vector<ScoredSample>& samples, const std::vector<Category>& categories,
               double gamma, double temperature) {
    constexpr double least = 1e-12; // what rounds to zero is not infinitely wrong
    double sum = 0;
    for (const ScoredSample& sample : samples) {
        const auto shares = probabilities(sample, categories, gamma, temperature);
        sum -= std::log(std::max(least, shares[static_cast<std::size_t>(sample.truth)]));
    }
    return samples.empty() ? 0 : sum / static_cast<double>(samples.size());
}

double bestTemperature(const std::vector<ScoredSample>& samples,
                       const std::vector<Category>& categories, double gamma) {
    constexpr int stepsAnOctave = 8, octaves = 7;
    double best = 1;
    double bestLoss = logLoss(samples, categories, gamma, best);
    for (int step = 0; step <= stepsAnOctave * octaves; ++step) {
        const double temperature = 0.25 * std::exp2(static_cast<double>(step) / stepsAnOctave);
        const double loss = logLoss(samples, categories, gamma, temperature);
        if (loss < bestLoss) {
            bestLoss = loss;
            best = temperature;
        }
    }
    return best;
}

double confidenceError(const std::vector<ScoredSample>& samples,
                       const std::vector<Category>& categories, double gamma) {
    constexpr std::size_t bins = 10;
    double confidence[bins] = {}, right[bins] = {};
    for (const ScoredSample& sample : samples) {
        const auto shares = probabilities(sample, categories, gamma, 1);
        const auto best = std::max_element(shares.begin(), shares.end());
        const auto bin = std::min(bins - 1, static_cast<std::size_t>(*best * bins));
        confidence[bin] += *best;
        right[bin] += best - shares.begin() == sample.truth;
    }
    double sum = 0;
    for (std::size_t b = 0; b < bins; ++b)
        sum += std::abs(confidence[b] - right[b]);
    return samples.empty() ? 0 : sum / static_cast<double>(samples.size());
}

} // namespace

std::vector<CalibrationSample> calibrationSamples(const std::vector<ScoredSample>& samples,
                                                  const std::vector<Category>& categories) {
    std::vector<CalibrationSample> out;
    for (const ScoredSample& sample : samples) {
        const auto [seen, unseen] = bestOf(sample, categories);
        out.push_back({scoreAt(sample, seen), scoreAt(sample, unseen), seen == sample.truth,
                       unseen == sample.truth,
                       categories[static_cast<std::size_t>(sample.truth)].seen});
    }
    return out;
}

CalibrationResult calibrate(const std::vector<ScoredSample>& samples,
                            const std::vector<Category>& categories) {
    return calibrate(calibrationSamples(samples, categories));
}

void measure(TaskEvaluation& out, const std::vector<ScoredSample>& samples, std::size_t documents) {
    const auto calibration = calibrationSamples(samples, out.categories);
    out.sweep = calibrate(calibration);
    std::vector<int> truth, predicted;
    for (const ScoredSample& sample : samples) {
        truth.push_back(sample.truth);
        predicted.push_back(predict(sample, out.categories, out.gamma));
    }
    std::vector<bool> seen;
    for (const Category& category : out.categories)
        seen.push_back(category.seen);
    out.scores = zeroShotScores(truth, predicted, seen);
    std::tie(out.harmonicLow, out.harmonicHigh) =
        harmonicInterval(samples, calibration, out.gamma, documents);
    out.leastGamma = leastGamma(samples, calibration, out.sweep, documents);
    out.logLoss = logLoss(samples, out.categories, out.gamma, 1);
    out.confidenceError = confidenceError(samples, out.categories, out.gamma);
    out.bestTemperature = bestTemperature(samples, out.categories, out.gamma);
}

} // namespace hmgrl
