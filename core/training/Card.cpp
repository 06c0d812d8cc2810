#include "training/Card.h"

#include <cstdio>
#include <sstream>

namespace hmgrl {
namespace {

std::string percent(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value * 100);
    return text;
}

std::string list(const std::set<std::string>& names) {
    std::string out;
    for (const std::string& name : names)
        out += (out.empty() ? "`" : ", `") + name + "`";
    return out;
}

void figures(std::ostringstream& out, const std::string& title, const nlohmann::json& task) {
    const auto& interval = task["harmonic_accuracy_95"];
    out << "| " << title << " | " << percent(task["seen"]["accuracy"]) << " ("
        << task["seen"]["count"] << ") | " << percent(task["unseen"]["accuracy"]) << " ("
        << task["unseen"]["count"] << ") | " << percent(task["harmonic_accuracy"]) << " ["
        << percent(interval[0]) << ", " << percent(interval[1]) << "] | "
        << percent(task["harmonic_gamma_0"]) << " | " << percent(task["ausuc"]) << " | "
        << percent(task["confidence_error"]) << " |\n";
}

void detection(std::ostringstream& out, const std::string& title, const nlohmann::json& spans) {
    out << "| " << title << " | " << percent(spans["precision"]) << " | "
        << percent(spans["recall"]) << " | " << percent(spans["f1"]) << " | " << spans["truth"]
        << " |\n";
}

std::string trainingOf(const nlohmann::json& metrics) {
    if (metrics["given_weights"])
        return "weights of an earlier checkpoint";
    return metrics["steps"].dump() + " steps, state of step " + metrics["best_step"].dump() +
           " (best on validation)";
}

} // namespace

std::string modelCard(const TrainConfig& config, const std::vector<Category>& categories,
                      const nlohmann::json& metrics) {
    std::ostringstream out;
    std::size_t seen[2] = {0, 0}, all[2] = {0, 0};
    for (const Category& category : categories) {
        ++all[category.kind == CategoryKind::Relation];
        seen[category.kind == CategoryKind::Relation] += category.seen;
    }
    out << "# Model card: " << config.name << "\n\n"
        << "HMGRL (" << config.entity.mode
        << " mode) for generalized zero-shot entity typing and relation "
        << "extraction on text/image pairs, with class-free mention detection.\n\n"
        << "## Data and licences\n\n"
        << config.cardNotes << "\n\nCorpora of this run:";
    for (const SourceConfig& source : config.sources)
        out << " " << source.name << (&source == &config.sources.back() ? "." : ",");
    out << "\n\n## Categories\n\n"
        << all[0] << " entity categories (" << seen[0] << " seen), " << all[1] << " relations ("
        << seen[1]
        << " seen). Kept out of training, for validation: " << list(config.validationUnseen)
        << "; for test: " << list(config.testUnseen)
        << ". Their names and descriptions are known to the model while it trains (the usual "
        << "class-transductive setting), their examples' labels are not.\n\n"
        << "## Splits and seed\n\n"
        << "Documents are divided by seed and key, never standing on both sides: "
        << metrics["documents"]["train"] << " train, " << metrics["documents"]["validation"]
        << " validation, " << metrics["documents"]["test"] << " test; seed " << config.seed << ", "
        << trainingOf(metrics)
        << ". Gamma, temperatures, thresholds, the weights of wording and of a relation's argument "
           "types, and whether the words of examples count, were chosen on validation.\n\n"
        << "## Figures on the test documents\n\n"
        << "Accuracy in percent over seen and unseen categories together, number of labels in "
           "parentheses; "
        << "H with a 95 % bootstrap interval over documents (one training run); ECE, the expected "
           "calibration error of the best category's probability.\n\n"
        << "| task | seen | unseen | H | H at gamma 0 | AUSUC | ECE |\n"
        << "|---|---|---|---|---|---|---|\n";
    for (const char* task : {"entity", "relation"}) {
        figures(out, std::string(task) + ", with images", metrics["test"][task]);
        figures(out, std::string(task) + ", without images", metrics["test_without_images"][task]);
    }
    figures(out, "relation, types of its arguments labelled",
            metrics["test_given_types"]["relation"]);
    out << "\n| detection | precision | recall | F1 | labels |\n|---|---|---|---|---|\n";
    detection(out, "mentions, exact spans", metrics["test"]["entity"]["detection"]);
    detection(out, "mentions with type", metrics["test"]["entity"]["end_to_end"]);
    detection(out, "related pairs of given mentions", metrics["test"]["relation"]["detection"]);
    detection(out, "relations of given mentions with type",
              metrics["test"]["relation"]["end_to_end"]);
    out << "\n## Limits\n\n"
        << "English text. Trained on encyclopedia and textbook captions: other registers are read "
           "less "
        << "well. Texts are read in windows of " << 160
        << " word pieces; relations do not cross windows. "
        << "Rare categories have few test labels, so that their figures are uncertain. Predictions "
           "are "
        << "suggestions for an analyst, not facts about people.\n";
    return out.str();
}

} // namespace hmgrl
